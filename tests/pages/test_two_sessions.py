"""Two readers at once: nobody gets another's state, and what they share stays as it was made.

What each brings is in `tests/pages/test_data_page.py`, what is kept of it in
`tests/pages/test_kept.py`.
"""

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.asking.answers import Answers
from incidents.asking.store import Store
from incidents.intake.placing.overrides import make_override
from incidents.versions.catalog import get_catalog
from parts.session import Session
from tests.opened import read_sentence
from tests.pages.bringing import OWN, click, drop, list_texts, open_tab, snapshot_of

OpenPage = Callable[..., AppTest]
PAGES = ("overview", "timeline", "casualties", "data", "about")


def session_of(app: AppTest) -> Session:
    session: Session = app.session_state["_session"]
    return session


def test_filters_are_of_one_session(open_page: OpenPage) -> None:
    first, second = open_page("overview", {"gov": "Anbar"}), open_page("overview")
    second.query_params["gov"] = "Erbil"
    for app, gov in ((second.run(), "Erbil"), (first.run(), "Anbar"), (second.run(), "Erbil")):
        assert gov in read_sentence(app)
        assert session_of(app).view.filters.gov == (gov,)  # type: ignore[union-attr]


def test_decisions_are_of_one_session_and_one_version(open_page: OpenPage) -> None:
    first, second = open_page("data"), open_page("data")
    version = get_catalog().current.snapshot.id
    made = make_override("Narnia", "IQ", "", 33.5, 43.2, "town", "Ana", "a map")
    session_of(first).decisions[version] = (made,)
    for app in (first, second):
        app.session_state["_review"] = "Places in doubt"
        open_tab(app, "Review")
    assert "Decided so far: 1" in list_texts(first)
    assert "Decided so far" not in list_texts(second)
    other = click(click(drop(first, ("own.csv", OWN.encode())), "Check and place"), "Publish")
    other.session_state["_review"] = "Places in doubt"
    assert "Decided so far" not in list_texts(open_tab(other, "Review"))
    # They are still there for the version that they are on.
    assert session_of(other).decisions == {version: (made,)}


def test_two_differences_are_two(open_page: OpenPage, tmp_path: Path) -> None:
    table, home = tmp_path / "own.csv", tmp_path / "kept"
    ids = []
    for rows in ("a,2021-07-01,Hit\n", "a,2021-07-01,Erbil\n", "b,2021-07-01,Mosul\n"):
        table.write_text(f"id,date,place\n{rows}", "utf-8")
        open_page("data", table=table, snapshots=home)
        ids.append(get_catalog().current.snapshot.id)
    pairs = {(ids[0], ids[1]): "Changed (1)", (ids[0], ids[2]): "Added (1)"}
    opened = {
        pair: open_page(
            "difference", {"data": pair[1], "against": pair[0]}, table=table, snapshots=home
        )
        for pair in pairs
    }
    for pair, words in pairs.items():
        assert words in [each.label for each in opened[pair].run().tabs]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_changes_an_answer_that_others_get(open_page: OpenPage, page: str) -> None:
    for query in ({}, {"gov": "Anbar", "basis": "low"}):
        app = open_page(page, query, is_fresh=True)
        if page == "data":
            open_tab(app, "Review")
        assert not app.exception
        catalog = get_catalog()
        kept = dict(catalog._stores._answers._kept)
        assert kept
        for (folder, question, given, named), answer in kept.items():
            fresh = question(Store(folder, Answers()), *given, **dict(named))
            assert pickle.dumps(fresh) == pickle.dumps(answer), question


def test_a_version_that_goes_while_it_is_shown_is_told_and_its_filters_with_it(
    open_page: OpenPage, tmp_path: Path
) -> None:
    home = tmp_path / "kept"
    app = drop(open_page("data", snapshots=home), ("own.csv", OWN.encode()))
    app = click(click(app, "Check and place"), "Publish")
    mine = snapshot_of(app)
    app.query_params["place"] = "Narnia"
    assert "Narnia" in read_sentence(app.run())
    shutil.rmtree(home / mine)
    app = app.run()
    assert not app.exception
    assert mine in list_texts(app)
    assert "Narnia" not in read_sentence(app)


SAME = "dataset,date,place,lat,lon,precision,country,gov\n" + (
    "one,2021-07-01,Hit,33.64,42.83,town,IQ,Anbar\n"
)


def test_what_a_reader_calls_a_table_is_not_shown_to_who_brings_the_same(
    open_page: OpenPage, tmp_path: Path
) -> None:
    home, made = tmp_path / "kept", []
    for name in ("secret name", "my own"):
        app = drop(open_page("data", snapshots=home), (f"{name}.csv", SAME.encode()))
        app = click(click(app, "Check and place"), "Publish")
        made.append(snapshot_of(app))
        shown = "".join(each.proto.body for each in open_tab(app, "Versions").get("html"))
        assert "secret name" not in shown or name == "secret name"
    # The same content is the same version.
    assert made[0] == made[1]


def test_who_brings_what_everybody_finds_is_told(open_page: OpenPage, tmp_path: Path) -> None:
    table, home = tmp_path / "own.csv", tmp_path / "kept"
    table.write_text(SAME, "utf-8")
    app = drop(open_page("data", table=table, snapshots=home), ("own.csv", SAME.encode()))
    app = click(click(app, "Check and place"), "Publish")
    assert snapshot_of(app) == get_catalog().current.snapshot.id
    assert "the same as one that everybody finds here" in list_texts(app)
