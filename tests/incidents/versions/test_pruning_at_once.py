"""Versions are taken away while others read, open or take them, and where one is killed at it."""

import subprocess
import sys
import threading

import pytest

from incidents.table.settings import Settings
from incidents.versions import pruning
from incidents.versions.catalog import Catalog
from incidents.versions.notes import GoneError, find_gone
from incidents.versions.opened import note_opened
from incidents.versions.pruning import EXPIRED, find_going, prune
from tests.incidents.versions.conftest import Bring
from tests.incidents.versions.expiring import age, list_gone_now

pytestmark = pytest.mark.usefixtures("shared_world")


def test_who_reads_it_goes_on(settings: Settings, bring: Bring) -> None:
    made = bring("Hit", days=400)
    catalog = Catalog(settings)
    store = catalog.find(made.id).store
    age(made, 400)
    assert list_gone_now(settings) == {made.id}
    catalog.close_removed()
    assert store.incidents.count().to_pyarrow().as_py() == 1
    assert not made.folder.exists()
    with pytest.raises(GoneError):
        catalog.find(made.id)
    with pytest.raises(GoneError):
        catalog.answer(made.id, lambda version: version)
    assert not made.folder.exists(), "nothing makes an empty one"


def test_one_that_is_opened_while_it_is_chosen_stays(
    settings: Settings, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other = bring("Hit", days=400), bring("Erbil", days=400)

    def find(*given: Settings) -> object:
        found = find_going(*given)
        assert note_opened(made.folder)
        return found

    monkeypatch.setattr(pruning, "find_going", find)
    assert list_gone_now(settings) == {other.id}
    assert Catalog(settings).find(made.id).snapshot == made
    assert find_gone(settings.snapshots, made.id) is None
    assert list(settings.snapshots.glob(f"{EXPIRED}*")) == []


# A process that is killed as it takes one away: before the so-many-th step on the disk.
KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from incidents.table.settings import Settings
from incidents.versions import pruning

left = int(sys.argv[2])
def count(step):
    def run(*given, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return step(*given, **named)
    return run
for name in ("note_gone", "remove", "read_opened", "forget_gone"):
    setattr(pruning, name, count(getattr(pruning, name)))
Path.rename = count(Path.rename)
pruning.prune(replace(Settings(), snapshots=Path(sys.argv[1])))
"""


@pytest.mark.parametrize("step", range(7))
def test_a_kill_at_any_step_is_made_good_by_the_next(
    settings: Settings, bring: Bring, step: int
) -> None:
    old, new = bring("Hit", days=400), bring("Erbil")
    run = [sys.executable, "-c", KILLED, str(settings.snapshots), str(step)]
    ended = subprocess.run(run, check=False, capture_output=True)
    assert ended.returncode == 9, ended.stderr
    catalog = Catalog(settings)
    if old.folder.exists():
        assert catalog.find(old.id).snapshot == old
        list_gone_now(settings)
        assert find_gone(settings.snapshots, old.id) is None, "it was opened, so it stays"
        age(old, 400)
    list_gone_now(settings)
    with pytest.raises(GoneError, match="expired on"):
        catalog.find(old.id)
    assert list(settings.snapshots.glob(".*")) == []
    assert catalog.find(new.id).snapshot == new


def test_many_at_once_take_each_away_once(settings: Settings, bring: Bring) -> None:
    places = ("Hit", "Erbil", "Mosul", "Kirkuk", "Ramadi", "Samarra")
    old = {bring(place, days=400).id for place in places}
    new = bring("Tikrit")
    gone: list[str] = []
    wrong: list[Exception] = []

    def work() -> None:
        try:
            gone.extend(each.held.id for each in prune(settings)[0])
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    assert sorted(gone) == sorted(old)
    assert Catalog(settings).find(new.id).snapshot == new
