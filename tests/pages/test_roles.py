"""Pages show and do what the reader's role may, and no more."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.intake.bundles import Bundle
from incidents.table.errors import TableError
from incidents.versions.snapshots import find_snapshot
from parts.data.bring import work
from parts.data.bring.desk import Desk
from tests.pages.bringing import OWN, click, drop, list_texts, open_tab, snapshot_of

OpenPage = Callable[..., AppTest]


@pytest.fixture
def have_role(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda role: monkeypatch.setenv("INCIDENTS_ROLE", role)


def test_a_reader_brings_nothing(open_page: OpenPage, have_role: Callable[[str], None]) -> None:
    have_role("reader")
    app = open_tab(open_page("data"), "Bring a table")
    assert not app.exception
    assert not app.file_uploader
    assert "cannot bring tables here" in app.info[0].value


def test_what_an_editor_publishes_is_for_all(
    open_page: OpenPage, have_role: Callable[[str], None], tmp_path: Path
) -> None:
    have_role("editor")
    app = drop(open_page("data", snapshots=tmp_path), ("the desk.csv", OWN.encode()))
    app = click(click(app, "Check and place"), "Publish")
    assert not app.exception
    assert "listed to everybody" in list_texts(app)
    made = find_snapshot(tmp_path, snapshot_of(app))
    assert made is not None and made.origin == "import"
    have_role("reader")
    other = open_tab(open_page("data", snapshots=tmp_path), "Versions")
    assert "the desk" in "".join(each.proto.body for each in other.get("html"))


def test_a_bringer_checks_and_publishes_nothing_where_the_host_says_so(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTS_PUBLISHING", "editor")
    app = click(drop(open_page("data"), ("own.csv", OWN.encode())), "Check and place")
    assert "3 rows read: 2 accepted" in list_texts(app)
    (button,) = [each for each in app.button if each.label == "Publish"]
    assert button.disabled
    assert "ask whoever runs this page" in list_texts(app)
    # Whatever a browser sends that shows the button all the same.
    with pytest.raises(TableError, match="may not publish"):
        work.publish_bundle(Desk(), "sign", Bundle("own"))


def test_an_editor_teaches(
    open_page: OpenPage, have_role: Callable[[str], None], tmp_path: Path
) -> None:
    for role, buttons in (("editor", ["_teach"]), ("bringer", [])):
        have_role(role)
        app = open_tab(open_page("data"), "Review")
        app.session_state["_review"] = "Places in doubt"
        app = app.run()
        assert [each.key for each in app.button if each.key == "_teach"] == buttons
