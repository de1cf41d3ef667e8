"""Figures: ranges with their unknowns, operations counted once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.columns import GROUPS
from incidents.figures import Total, add_totals, count_figures, sum_by, sum_by_group, sum_harm
from incidents.store import Store

MakeStore = Callable[..., Store]
UNKNOWN: dict[str, Any] = {}


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
    assert sum_harm(make_store(*rows).incidents, "killed") == total
    assert total.text == text


claims = st.none() | st.integers(0, 10**9)
operations = st.sampled_from([None, None, "a", "b"])


@st.composite
def tolls(draw: st.DrawFn) -> dict[str, Any]:
    low, high = draw(claims), draw(claims)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    return killed(low, high, draw(operations))


slow = settings(max_examples=25)


@slow
@given(rows=st.lists(tolls(), max_size=8))
def test_low_is_never_above_high(make_store: MakeStore, rows: list[dict[str, Any]]) -> None:
    total = sum_harm(make_store(*rows).incidents, "killed")
    if total.low is not None:
        assert total.high is not None and total.low <= total.high
    known = sum(row["killed_min"] is not None or row["killed_max"] is not None for row in rows)
    assert total.unknown == len(rows) - known


@slow
@given(rows=st.lists(tolls(), max_size=6), operation=operations)
def test_an_incident_with_unknown_toll_changes_no_sum(
    make_store: MakeStore, rows: list[dict[str, Any]], operation: str | None
) -> None:
    before = sum_harm(make_store(*rows).incidents, "killed")
    after = sum_harm(make_store(*rows, killed(None, None, operation)).incidents, "killed")
    assert after == Total(before.low, before.high, before.unknown + 1, before.is_open)


def test_groups_are_summed_on_their_own(make_store: MakeStore) -> None:
    store = make_store(
        {"killed_min": 9, "killed_max": 9, "children_killed_min": 1, "children_killed_max": 2},
        {"fighters_killed_min": 5},
    )
    assert sum_harm(store.incidents, "killed", "children") == Total(1, 2, 1, False)
    groups = sum_by_group(store.incidents, "killed").set_index("group")
    assert list(groups.index) == list(GROUPS)
    assert groups.loc["all", "low"] == 9
    assert groups.loc["fighters"].tolist() == [5, 5, 1, True]
    assert groups.loc["coalition", "low"] is pd.NA
    assert groups.loc["coalition", "unknown"] == 2


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


def test_sum_by_month(make_store: MakeStore) -> None:
    store = make_store(
        {"date": "2021-07-31", **killed(1, 2)},
        {"date": "2021-07-01", **killed(None, None)},
        {"date": "2021-06-28", **killed(4, None, "28 June")},
        {"date": "2021-06-28", **killed(3, None, "28 June")},
        {"date": "2021-05-01"},
    )
    assert sum_by(store.incidents, "month", "killed").values.tolist() == [
        [date(2021, 5, 1), pd.NA, pd.NA, 1, False, 1],
        [date(2021, 6, 1), 4, 4, 0, True, 2],
        [date(2021, 7, 1), 1, 2, 1, False, 2],
    ]


@pytest.mark.parametrize("by", ["type", "gov"])
def test_sum_by_text_keeps_what_is_not_stated_last(make_store: MakeStore, by: str) -> None:
    store = make_store(
        {by: "b", **killed(1, 1, "x")}, {by: "a", **killed(2, 2, "x")}, {**killed(4, 4)},
        {by: "b", **killed(1, 1)},
    )  # fmt: skip
    sums = sum_by(store.incidents, by, "killed")
    assert list(sums.columns) == [by, "low", "high", "unknown", "open", "incidents"]
    assert sums["low"].tolist() == [2, 2, 4]
    assert sums["incidents"].tolist() == [1, 2, 1]
    assert sums[by].tolist()[:2] == ["a", "b"] and pd.isna(sums[by][2])


@pytest.mark.parametrize("by", ["month", "type", "gov"])
def test_sum_by_of_nothing(make_store: MakeStore, by: str) -> None:
    sums = sum_by(make_store().incidents, by, "wounded", "civilians")
    assert sums.empty
    assert list(sums.columns) == [by, "low", "high", "unknown", "open", "incidents"]


def test_totals_known_on_one_side_only() -> None:
    nothing, some = Total(None, None, 3, False), Total(1, 2, 1, True)
    assert add_totals(nothing, some, 1) == Total(1, 2, 1, True)
    assert add_totals(nothing, nothing, 3) == nothing


def test_shipped_28_june_counts_once(shipped: Any) -> None:
    incidents = shipped.store.incidents
    pair = incidents.filter(incidents.operation.notnull())
    total = sum_harm(pair, "killed")
    rows = pair.to_pyarrow().to_pylist()
    assert len(rows) > len({row["operation"] for row in rows}) > 0
    tops = pd.DataFrame(rows).groupby("operation")["killed_max"].max()
    assert total.high == tops.sum()
