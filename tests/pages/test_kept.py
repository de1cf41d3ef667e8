"""What is brought or decided and not published is there again after a reload, for its reader alone.

A reload is a new session; what its browser remembers is what the old one was told.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.intake.placing.overrides import make_override
from incidents.versions.catalog import get_catalog
from incidents.versions.shelf import KEPT, SHELF
from parts.session import Session
from tests.pages.bringing import ODD, OWN, click, drop, list_texts, open_tab, snapshot_of

OpenPage = Callable[..., AppTest]


def session_of(app: AppTest) -> Session:
    session: Session = app.session_state["_session"]
    return session


def open_again(open_page: OpenPage, word: str, tab: str = "Bring a table") -> AppTest:
    """A new session in a browser that remembers this word."""
    app = open_page("data")
    app.session_state["_memory"] = {"found": word}
    return open_tab(app, tab)


def list_kept(home: Path) -> list[Path]:
    return [path for path in (home / SHELF).rglob("*") if path.is_file() and path.name[0] != "."]


@pytest.fixture(autouse=True)
def empty_shelf(kept_snapshots: Path) -> None:
    for path in list_kept(kept_snapshots):
        path.unlink()


def test_a_table_and_its_choices_are_there_after_a_reload(
    open_page: OpenPage, kept_snapshots: Path
) -> None:
    app = drop(open_page("data"), ("odd.csv", ODD.encode()), ("b.csv", OWN.encode()))
    app.selectbox(key="_pick_1_place").set_value("Spot")
    app.selectbox(key="_pick_1_killed").set_value("Fallen")
    app.text_input(key="_name_2").set_value("mine")
    app = click(app.run(), "Check and place")
    word = session_of(app).kept.word
    again = open_again(open_page, word)
    assert not again.exception
    assert [each.name for each in session_of(again).desk.pieces] == ["odd", "mine"]
    assert again.selectbox(key="_pick_1_place").value == "Spot"
    again = click(click(again, "Check and place"), "Publish")
    rows = get_catalog().find(snapshot_of(again)).store.incidents.to_pyarrow().to_pylist()
    assert sorted(row["place"] for row in rows) == ["Erbil", "Hit", "Hit", "Narnia"]
    assert sum(row["killed_max"] or 0 for row in rows) == 5
    # What is published is no longer kept, and the browser forgets the key.
    assert list_kept(kept_snapshots) == []
    kept = session_of(again).kept
    assert (kept.key, kept.said) == ("", ("", word))


def test_the_last_choice_counts(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("odd.csv", ODD.encode()))
    for column in ("Spot", "Fallen"):
        app.selectbox(key="_pick_1_place").set_value(column)
        again = open_again(open_page, session_of(app.run()).kept.word)
        assert again.selectbox(key="_pick_1_place").value == column


def test_everything_that_was_dropped_is_there_in_its_order(open_page: OpenPage) -> None:
    mapping = b"name: mine\ntitle: My columns\ncolumns:\n  date: {from: When}\n"
    app = drop(open_page("data"), ("odd.csv", ODD.encode()))
    app = drop(app, ("m.yaml", mapping), ("r.csv", b"report,incident,publisher\nr1,1,AFP\n"))
    app.checkbox(key="_joins").check()
    before = list_texts(app.run())
    assert "Recognised as **My columns**" in before and "1 reports" in before
    again = open_again(open_page, session_of(app).kept.word)
    assert list_texts(again) == before
    assert session_of(again).desk.joins


def test_it_says_elsewhere_on_the_page_that_something_waits(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("own.csv", OWN.encode()))
    again = open_again(open_page, session_of(app).kept.word, "Table")
    (info,) = again.info
    assert "own\\.csv" in info.value and "Bring a table" in info.value
    assert not open_tab(again, "Bring a table").info


def test_two_readers_have_each_their_own(open_page: OpenPage) -> None:
    words = []
    for content in (OWN, OWN.replace("Hit", "Erbil")):
        app = drop(open_page("data"), ("data.csv", content.encode()))
        words.append(session_of(app).kept.word)
    for word, place in zip(words, ("Hit", "Erbil"), strict=True):
        desk = session_of(open_again(open_page, word)).desk
        assert desk.pieces[0].table.rows["place"].iloc[0] == place
    assert session_of(open_tab(open_page("data"), "Bring a table")).desk.pieces == []


WORDS = [
    *("", "{", "[]", "null", "1", '"x"', "{}", '{"key": "x"}', '{"key": "x", "when": "soon"}'),
    *('{"key": "x", "when": 1e99}', '{"key": "x", "when": NaN}', "<img src=x>", "x" * 10_000),
]


@pytest.mark.parametrize("word", WORDS)
def test_a_browser_may_say_anything(open_page: OpenPage, word: str) -> None:
    drop(open_page("data"), ("own.csv", OWN.encode()))
    app = open_again(open_page, word)
    assert not app.exception
    assert session_of(app).desk.pieces == [] and not app.warning
    # It still takes a table.
    assert "own" in list_texts(drop(app, ("own.csv", OWN.encode())))


@pytest.mark.parametrize(
    ("seconds", "why"), [(0, "this host no longer has it"), (KEPT + 60, "it is kept for a day")]
)
def test_what_is_gone_is_told_with_its_reason(
    open_page: OpenPage, kept_snapshots: Path, seconds: int, why: str
) -> None:
    app = drop(open_page("data"), ("own.csv", OWN.encode()))
    word = json.loads(session_of(app).kept.word)
    for path in list_kept(kept_snapshots):
        path.unlink()
    word["when"] -= seconds
    again = open_again(open_page, json.dumps(word))
    (warning,) = again.warning
    assert why in warning.value.replace("\\", "") and "Bring it again" in warning.value
    assert session_of(again).kept.said == ("", json.dumps(word))


def test_a_file_that_is_gone_is_told_and_the_others_are_there(
    open_page: OpenPage, kept_snapshots: Path
) -> None:
    app = drop(open_page("data"), ("a.csv", OWN.encode()), ("b.csv", ODD.encode()))
    lost = session_of(app).desk.pieces[0].content
    for path in list_kept(kept_snapshots):
        if path.name == lost:
            path.unlink()
    again = open_again(open_page, session_of(app).kept.word)
    assert [each.name for each in session_of(again).desk.pieces] == ["b"]
    assert "a.csv is no longer kept here" in again.error[0].value.replace("\\", "")


def test_what_is_taken_back_is_let_go(open_page: OpenPage, kept_snapshots: Path) -> None:
    app = click(drop(open_page("data"), ("own.csv", OWN.encode())), "Check and place")
    assert list_kept(kept_snapshots)
    word = session_of(app).kept.word
    app = click(app, "Start again")
    assert list_kept(kept_snapshots) == []
    assert session_of(app).kept.said == ("", word)
    app = click(drop(app, ("own.csv", OWN.encode())), "Remove")
    assert list_kept(kept_snapshots) == []


def test_what_finds_no_room_is_told_and_read_all_the_same(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTS_LARGEST", "1")
    large = [OWN.encode() + f"2021-07-01,{n}{'x' * 900_000},1\n".encode() for n in range(3)]
    app = open_page("data")
    for number, data in enumerate(large):
        app = drop(app, (f"{number}.csv", data))
    assert len(session_of(app).desk.pieces) == 3
    assert "A reload of the page will lose this table: there is no room left" in list_texts(
        app
    ).replace("\\", "")


def test_a_disk_that_is_full_is_told_and_the_table_still_read(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    app = open_page("data")
    monkeypatch.setattr("incidents.versions.shelf.write_whole", fail)
    app = drop(app, ("own.csv", OWN.encode()))
    assert not app.exception
    assert "the disk is full" in list_texts(app)
    assert "2 accepted" in list_texts(click(app, "Check and place"))


def test_decisions_on_a_version_are_there_after_a_reload(open_page: OpenPage) -> None:
    app = open_page("data")
    version = get_catalog().current.snapshot.id
    made = (make_override("Narnia", "IQ", "", 33.5, 43.2, "town", "Ana", "a map", "2021-07-07"),)
    session_of(app).decisions[version] = made
    app.session_state["_review"] = "Places in doubt"
    app = open_tab(app, "Review")
    assert not app.exception
    again = open_again(open_page, session_of(app).kept.word, "Review")
    assert session_of(again).decisions == {version: made}
    other = open_tab(open_page("data"), "Review")
    assert session_of(other).decisions == {}
