"""The Casualties page: its numbers are those of the API, and a click asks for a filter."""

import json
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from incidents.asking.address import Address, from_query
from incidents.asking.casualties.answer import read_casualties
from incidents.asking.filters import Filters
from incidents.asking.munitions.answer import read_munitions
from incidents.table.sentences import say_range
from incidents.telling.charts.grammar import PICK
from incidents.telling.files.casualties import to_json
from incidents.versions.catalog import get_catalog
from parts.casualties import picks

OpenPage = Callable[..., AppTest]
QUESTIONS = [
    {},
    {"by": "Actor", "harm": "Wounded", "step": "Month", "basis": "Lowest"},
    {"by": "Governorate", "who": "Fighters", "direction": "other", "basis": "Known only"},
    {"by": "Group", "type": "air strike", "basis": "Highest"},
    {"by": "Weapon", "dates": ["2021-06-01", "2021-07-05"]},
]


def list_charts(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """The rows that each chart draws, by the last word of its key."""
    charts = {}
    for each in app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart"):
        name = each.proto.id.rpartition("chart_")[2].partition("_")[0]
        for dataset in each.proto.datasets:
            if dataset.name == "rows":
                table = pa.ipc.open_stream(dataset.data.data).read_all()
                charts[name] = table.to_pylist()
    return charts


def ask(filters: dict[str, Any], **keys: str) -> dict[str, Any]:
    """What the API answers."""
    pairs = [(name, text) for name, texts in (filters | keys).items()
             for text in ([texts] if isinstance(texts, str) else texts)]  # fmt: skip
    read, dropped = from_query(pairs)
    assert not dropped
    store = get_catalog().current.store
    shown = read.display
    told = read_casualties(
        store, read.filters, shown.by or "type", shown.harm or "killed", shown.step
    )
    answer: dict[str, Any] = json.loads(json.dumps(to_json(told)))
    return answer


def take(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


@pytest.mark.parametrize("question", QUESTIONS, ids=[str(each) for each in QUESTIONS])
def test_every_number_is_the_api_s(open_page: OpenPage, question: dict[str, Any]) -> None:
    app = open_page("casualties", question)
    assert not app.exception
    charts = list_charts(app)
    asked = {"by": "type", "step": "week"} | question
    by_time = [row for row in ask(asked | {"by": "time"})["rows"] if row["start"] is not None]
    assert take(charts["band"], "low", "high", "unknown") == take(
        by_time, "low", "high", "unknown")  # fmt: skip
    until = ("until_low", "until_high", "until_unknown")
    assert take(charts["running"], "low", "high", "unknown") == take(by_time, *until)
    rows = ask(asked)["rows"][:12]
    assert take(charts["bars"], "low", "high") == take(rows, "low", "high")
    shares = [sorted(s for s in pair if s is not None)
              for pair in take(rows, "share_of_low", "share_of_high")]  # fmt: skip
    drawn = [(pair[0], pair[-1]) if pair else (None, None) for pair in shares]
    assert take(charts["shares"], "low", "high") == drawn
    differ = ask(asked | {"by": "incident"})["rows"][:12]
    assert take(charts.get("differences", []), "low", "high") == take(differ, "low", "high")


def test_the_switch_is_told(open_page: OpenPage) -> None:
    for basis, words in (("Lowest", "each number is a least"), ("Highest", "is a most"),
                         ("Known only", "somebody gives the number")):  # fmt: skip
        html = " ".join(each.proto.body for each in open_page(
            "casualties", {"basis": basis}).get("html"))  # fmt: skip
        assert words in html


def test_a_table_without_numbers_says_unknown(open_page: OpenPage, flat_table: Path) -> None:
    app = open_page("casualties", table=flat_table)
    assert not app.exception
    charts = list_charts(app)
    assert take(charts["bars"], "low", "high", "words") == [(None, None, "unknown")]
    assert all(row == (None, None) for row in take(charts["running"], "low", "high"))


@pytest.mark.parametrize("by", ["Time", "Total", "colour"])
def test_what_no_bars_can_show_is_as_if_it_were_not_asked(open_page: OpenPage, by: str) -> None:
    app = open_page("casualties", {"by": by})
    assert not app.exception
    assert take(list_charts(app)["bars"], "label")[0] == ("air strike",)


class Facets:
    first, last = date(2021, 6, 10), date(2021, 7, 20)


def row(start: date, end: date) -> dict[str, Any]:
    return {"start": start, "end": end}


JUNE, AUGUST = (row(date(2021, month, 1), date(2021, month + 1, 1)) for month in (6, 8))


def test_days_of_a_step_end_where_the_table_does() -> None:
    facets: Any = Facets()
    assert picks.choose_days(JUNE, facets) == ("dates", (date(2021, 6, 10), date(2021, 6, 30)))
    assert picks.choose_days(AUGUST, facets) is None
    assert picks.choose_days(AUGUST, facets, from_start=True) == (
        "dates", (date(2021, 6, 10), date(2021, 7, 20)))  # fmt: skip


CHOICES: list[picks.Choice] = [("actor", "x"), ("who", "children"), None]
PICKS = [
    ([{"n": 0}], Filters(), {"actor": ("x",)}),
    ([{"n": 0}], Filters(actor=("x",)), {"actor": None}),
    ([{"n": 0}], Filters(actor=("x", "y")), {"actor": ("x",)}),
    ([{"n": 1}], Filters(), {"who": "children"}),
    ([{"n": 1}], Filters(who="children"), {"who": None}),
    ([{"n": 2}], Filters(), None),
    ([], Filters(), None),
    ([{"n": 3}], Filters(), None),
    ([{"n": -1}], Filters(), None),
    ([{"n": "0"}], Filters(), None),
    (["n"], Filters(), None),
    (None, Filters(), None),
]


@pytest.mark.parametrize(("picked", "before", "asked"), PICKS)
def test_a_click_sets_a_filter_and_a_second_one_clears_it(
    monkeypatch: pytest.MonkeyPatch, picked: Any, before: Filters, asked: dict[str, Any] | None
) -> None:
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(picks.st, "session_state", {"chart": {"selection": {PICK: picked}}})
    monkeypatch.setattr(picks.st, "toast", lambda words: None)
    monkeypatch.setattr(picks, "read_address", lambda: (Address(before), ()))
    monkeypatch.setattr(picks, "ask_for", lambda **changes: given.append(changes))
    picks.take_pick("chart", CHOICES)
    assert given == ([] if asked is None else [asked])


def test_links_of_charts_ask_for_what_the_charts_show(open_page: OpenPage) -> None:
    app = open_page("casualties", {"by": "Actor", "basis": "Lowest"})
    sent = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    sent = [each for each in sent if "chart" in each]
    asked = [from_query(each["query"])[0] for each in sent]
    told = {
        (each["answer"], question.display.by) for each, question in zip(sent, asked, strict=True)
    }
    assert told == {("casualties", by) for by in ("time", "actor", "party")} | {
        ("munitions", "actor")
    }
    assert {(each.filters.basis, each.display.harm) for each in asked} == {("low", "killed")}
    assert {each.display.data for each in asked} == {get_catalog().current.snapshot.id}


MUNITIONS = [
    ({}, "type"),
    ({"by": "Weapon"}, "weapon"),
    ({"by": "Group"}, "weapon"),
    ({"by": "Actor", "basis": "Lowest"}, "actor"),
    ({"by": "Target", "basis": "Known only", "type": "drone attack"}, "target"),
]


@pytest.mark.parametrize(("query", "by"), MUNITIONS)
def test_munitions_are_those_of_the_api(
    open_page: OpenPage, query: dict[str, Any], by: str
) -> None:
    app = open_page("casualties", query)
    tables = [each.proto.body for each in app.get("html") if "trends munitions" in each.proto.body]
    (table,) = tables
    words = {"basis": {"Lowest": "low", "Known only": "known"}.get(query.get("basis", ""), "")}
    pairs = [("type", query["type"])] if "type" in query else []
    pairs += [("basis", words["basis"])] if words["basis"] else []
    told = read_munitions(get_catalog().current.store, from_query(pairs)[0].filters, by)
    for row in told.rows:
        if row["launched_low"] is not None:
            launched = say_range(row["launched_low"], row["launched_high"])
            assert f"<tr><th>{escape(row['value'] or 'not stated')}</th><td>{launched}" in table
    total = say_range(told.total["launched_low"], told.total["launched_high"])
    assert f"<tr><th>All</th><td>{total}" in table


def test_where_no_munitions_are_told_there_is_no_table(open_page: OpenPage) -> None:
    app = open_page("casualties", {"type": "air strike"})
    assert not [each for each in app.get("html") if "trends munitions" in each.proto.body]
