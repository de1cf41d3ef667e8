"""Casualties over time: a row for each step, and running sums that end at the total."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.asking.casualties.answer import read_casualties
from incidents.asking.casualties.over_time import UNTIL, accumulate
from incidents.asking.casualties.rows import Row
from incidents.asking.figures import Total
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.errors import FilterError
from tests.incidents.asking.casualties.test_answer import killed, tolls

MakeStore = Callable[..., Store]


def read_months(store: Store) -> list[tuple[Any, ...]]:
    """Month, lowest, highest and unknown of each row, then the same until its end."""
    names = ("low", "high", "unknown", "until_low", "until_high", "until_unknown")
    return [
        (None if row["start"] is None else row["start"].month, *(row[name] for name in names))
        for row in read_casualties(store, Filters(), "time", step="month").rows
    ]


def test_steps_and_running_sums(make_store: MakeStore) -> None:
    store = make_store(
        {"date": "2021-05-01"},
        killed(1, 2, date="2021-06-30"), killed(1, 1, date="2021-06-01"), {"date": "2021-06-02"},
        killed(0, 0, date="2021-08-01"),
    )  # fmt: skip
    assert read_months(store) == [
        (5, None, None, 1, None, None, 1),
        (6, 2, 3, 1, 2, 3, 2),
        # July has no row: nothing was found, which is neither 0 nor unknown.
        (8, 0, 0, 0, 2, 3, 2),
    ]


def test_what_fits_into_no_step_is_apart_and_counts_from_its_last_day(
    make_store: MakeStore,
) -> None:
    store = make_store(
        killed(5, 5, date="2021-06-01", date_end="2021-08-01"), killed(1, 1, date="2021-06-01")
    )
    assert read_months(store) == [
        (6, 1, 1, 0, 1, 1, 0),
        (8, None, None, 0, 6, 6, 0),
        (None, 5, 5, 0, None, None, None),
    ]


def test_a_later_part_of_an_operation_adds_only_what_it_has_more(make_store: MakeStore) -> None:
    store = make_store(
        killed(4, 7, date="2021-06-28", operation="a"),
        killed(3, 9, date="2021-07-01", operation="a"),
        killed(5, 6, date="2021-08-01", operation="a"),
        killed(1, 1, date="2021-08-01"),
        {"date": "2021-08-02", "operation": "a"},
    )
    assert read_months(store) == [
        (6, 4, 7, 0, 4, 7, 0),
        (7, 3, 9, 0, 4, 9, 0),
        (8, 6, 7, 1, 6, 10, 1),
    ]


@settings(max_examples=15)
@given(rows=st.lists(tolls(), max_size=6))
def test_running_sums_never_fall_and_end_at_the_total(
    make_store: MakeStore, rows: list[dict[str, Any]]
) -> None:
    told = read_casualties(make_store(*rows), Filters(), "time", step="month")
    steps = [row for row in told.rows if row["start"] is not None]
    names = ("low", "high", "open", "unknown")
    if rows:
        assert [steps[-1][name] for name in UNTIL] == [told.total[name] for name in names]
    for name in ("until_low", "until_high"):
        known = [row[name] for row in steps if row[name] is not None]
        assert known == sorted(known)


def test_unknown_until_the_first_number() -> None:
    days = [date(2021, month, 1) for month in (5, 6, 7)]
    parts = [(days[1], Total(None, 4, 0, False)), (days[0], Total(None, None, 2, False)),
             (days[2], Total(0, 0, 1, True))]  # fmt: skip
    rows: list[Row] = [row for _, row in accumulate(parts)]
    assert [tuple(row[name] for name in UNTIL) for row in rows] == [
        (None, None, False, 2), (None, 4, False, 2), (0, 4, True, 3)]  # fmt: skip


def test_the_step_follows_from_the_days_if_none_is_given(make_store: MakeStore) -> None:
    store = make_store(killed(1, 1, date="2015-01-01"), killed(1, 1, date="2021-01-01"))
    assert read_casualties(store, Filters(), "time").step == "month"
    assert read_casualties(store, Filters(), "time", step="year").step == "year"
    assert read_casualties(store, Filters(), "actor", step="year").step is None


def test_too_many_steps_are_refused(make_store: MakeStore) -> None:
    store = make_store({"date": "2001-01-01"}, {"date": "2021-01-01"})
    with pytest.raises(FilterError, match='"step": by day there are 7,306 rows'):
        read_casualties(store, Filters(), "time", step="day")
