"""Figures: ranges with their unknowns, operations counted once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.asking.figures import Total, add_totals, count_figures, sum_ranges
from incidents.asking.store import Store

MakeStore = Callable[..., Store]
UNKNOWN: dict[str, Any] = {}


def sum_one(store: Store, prefix: str = "killed") -> Total:
    return sum_ranges(store.incidents, [prefix])[0][1][prefix]


def killed(low: int | None, high: int | None, operation: str | None = None) -> dict[str, Any]:
    return {"killed_min": low, "killed_max": high, "operation": operation}


TOTALS = [
    ("no incident", [], Total(None, None, 0, False), "unknown"),
    ("nobody says anything", [UNKNOWN, UNKNOWN], Total(None, None, 2, False), "unknown"),
    ("sources say nobody died", [killed(0, 0)], Total(0, 0, 0, False), "0"),
    ("one number", [killed(4, 4)], Total(4, 4, 0, False), "4"),
    ("sums", [killed(1, 2), killed(10, 1000)], Total(11, 1002, 0, False), "11–1,002"),
    ("unknown adds nothing", [killed(1, 2), UNKNOWN], Total(1, 2, 1, False), "1–2"),
    ("open top", [killed(4, None)], Total(4, 4, 0, True), "4 or more"),
    ("open top beside others", [killed(4, None), killed(1, 6)], Total(5, 10, 0, True),
     "5–10 or more"),
    ("open below", [killed(None, 5)], Total(None, 5, 0, False), "up to 5"),
    ("two sides of one operation", [killed(4, 7, "28 June"), killed(5, 6, "28 June")],
     Total(5, 7, 0, False), "5–7"),
    ("two operations", [killed(1, 1, "a"), killed(2, 2, "a"), killed(4, 4, "b"), killed(8, 8)],
     Total(14, 14, 0, False), "14"),
    ("one side unknown", [killed(4, 4, "a"), killed(None, None, "a")],
     Total(4, 4, 1, False), "4"),
    ("one side open", [killed(4, None, "a"), killed(2, 9, "a")],
     Total(4, 9, 0, True), "4–9 or more"),
    ("only an operation, unknown", [killed(None, None, "a")] * 2,
     Total(None, None, 2, False), "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "total", "text"), [case[1:] for case in TOTALS],
                         ids=[case[0] for case in TOTALS])  # fmt: skip
def test_sums(make_store: MakeStore, rows: list[Any], total: Total, text: str) -> None:
    assert sum_one(make_store(*rows)) == total
    assert total.text == text


claims = st.none() | st.integers(0, 10**9)
operations = st.sampled_from([None, None, "a", "b"])


@st.composite
def tolls(draw: st.DrawFn) -> dict[str, Any]:
    low, high = draw(claims), draw(claims)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    return killed(low, high, draw(operations))


slow = settings(max_examples=15)


@slow
@given(rows=st.lists(tolls(), max_size=8))
def test_low_is_never_above_high(make_store: MakeStore, rows: list[dict[str, Any]]) -> None:
    total = sum_one(make_store(*rows))
    if total.low is not None:
        assert total.high is not None and total.low <= total.high
    known = sum(row["killed_min"] is not None or row["killed_max"] is not None for row in rows)
    assert total.unknown == len(rows) - known


@slow
@given(rows=st.lists(tolls(), max_size=6), operation=operations)
def test_an_incident_with_unknown_toll_changes_no_sum(
    make_store: MakeStore, rows: list[dict[str, Any]], operation: str | None
) -> None:
    before = sum_one(make_store(*rows))
    after = sum_one(make_store(*rows, killed(None, None, operation)))
    assert after == Total(before.low, before.high, before.unknown + 1, before.is_open)


def test_groups_are_summed_on_their_own(make_store: MakeStore) -> None:
    store = make_store(
        {"killed_min": 9, "killed_max": 9, "children_killed_min": 1, "children_killed_max": 2},
        {"fighters_killed_min": 5},
    )
    assert sum_one(store, "children_killed") == Total(1, 2, 1, False)


def test_figures_of_an_empty_selection(make_store: MakeStore) -> None:
    figures = count_figures(make_store().incidents)
    nothing = Total(None, None, 0, False)
    assert (figures.incidents, figures.located) == (0, 0)
    assert (figures.first, figures.last) == (None, None)
    assert (figures.killed, figures.wounded, figures.civilians) == (nothing,) * 3


def test_figures(make_store: MakeStore) -> None:
    store = make_store(
        {"date": "2021-06-27", "date_end": "2021-07-09", "lat": 33.0, "lon": 44.0, "killed_min": 2,
         "killed_max": 3, "civilians_killed_min": 1, "civilians_killed_max": 1},
        {"date": "2021-07-08", "wounded_min": 2, "civilians_wounded_min": 2},
        {"date": "2021-07-08"},
    )  # fmt: skip
    figures = count_figures(store.incidents)
    assert (figures.incidents, figures.located) == (3, 1)
    assert (figures.first, figures.last) == (date(2021, 6, 27), date(2021, 7, 9))
    assert figures.killed == Total(2, 3, 2, False)
    assert figures.wounded == Total(2, 2, 2, True)
    assert figures.civilians == Total(3, 3, 1, True)


@pytest.mark.parametrize("by", ["type", "gov"])
def test_an_operation_counts_once_in_each_row(make_store: MakeStore, by: str) -> None:
    store = make_store(
        {by: "b", **killed(1, 1, "x")}, {by: "a", **killed(2, 2, "x")}, {**killed(4, 4)},
        {by: "b", **killed(1, 1)}, {by: "c", **killed(4, None, "y")},
        {by: "c", **killed(3, None, "y")}, {by: "d", **killed(None, None)},
    )  # fmt: skip
    rows = sum_ranges(store.incidents, ["killed"], [by])
    told = {row[by]: (row["incidents"], totals["killed"]) for row, totals in rows}
    assert told == {
        "a": (1, Total(2, 2, 0, False)), "b": (2, Total(2, 2, 0, False)),
        "c": (2, Total(4, 4, 0, True)), "d": (1, Total(None, None, 1, False)),
        None: (1, Total(4, 4, 0, False)),
    }  # fmt: skip


def test_no_incident_makes_no_row(make_store: MakeStore) -> None:
    assert sum_ranges(make_store().incidents, ["wounded"], ["type"]) == []


def test_totals_known_on_one_side_only() -> None:
    nothing, some = Total(None, None, 3, False), Total(1, 2, 1, True)
    assert add_totals(nothing, some, 1) == Total(1, 2, 1, True)
    assert add_totals(nothing, nothing, 3) == nothing


def test_shipped_28_june_counts_once(shipped: Any) -> None:
    incidents = shipped.store.incidents
    pair = incidents.filter(incidents.operation.notnull())
    total = sum_ranges(pair, ["killed"])[0][1]["killed"]
    rows = pair.to_pyarrow().to_pylist()
    assert len(rows) > len({row["operation"] for row in rows}) > 0
    tops = pd.DataFrame(rows).groupby("operation")["killed_max"].max()
    assert total.high == tops.sum()
