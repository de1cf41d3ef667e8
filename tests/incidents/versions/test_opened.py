"""When a version was opened last: by a reader, by who publishes it again, or as it was made."""

import pytest

from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.opened import read_opened
from incidents.versions.snapshots import FACTS
from tests.incidents.versions.conftest import Bring
from tests.incidents.versions.expiring import age, list_gone_now

pytestmark = pytest.mark.usefixtures("shared_world")


def test_opening_it_keeps_it(settings: Settings, bring: Bring) -> None:
    page, difference = bring("Hit", days=400), bring("Erbil", days=400)
    catalog = Catalog(settings)
    catalog.find(page.id)
    catalog.find_kept(difference.id)
    assert list_gone_now(settings) == set()
    age(page, 400)
    assert list_gone_now(settings) == {page.id}


def test_publishing_it_again_keeps_it(settings: Settings, bring: Bring) -> None:
    made = bring("Hit", days=400)
    assert bring("Hit").id == made.id
    assert list_gone_now(settings) == set()


def test_without_a_note_it_was_opened_when_it_was_made(bring: Bring) -> None:
    made = bring("Hit")
    assert abs(read_opened(made.folder) - (made.folder / FACTS).stat().st_mtime) < 0.001
