"""The timeline: each incident in one bar, or in an interval."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.asking.time import timeline as module
from incidents.asking.time.steps import find_end, find_start
from incidents.asking.time.timeline import (
    MOST_INTERVALS,
    OTHER_TYPES,
    count_timeline,
    count_weeks,
    describe_timeline,
    read_span,
)
from incidents.table.errors import FilterError
from incidents.table.sentences import STEPS

MakeStore = Callable[..., Store]
JULY_7 = date(2021, 7, 7)
TYPES = ("air strike",)
STRIKE = {"type": "air strike", "direction": "strike by coalition"}

STARTS = [
    ("day", [date(2021, 6, 28), date(2021, 7, 4), date(2021, 7, 5)]),
    ("week", [date(2021, 6, 28), date(2021, 7, 5)]),
    ("month", [date(2021, 6, 1), date(2021, 7, 1)]),
    ("quarter", [date(2021, 4, 1), date(2021, 7, 1)]),
    ("year", [date(2021, 1, 1)]),
]


@pytest.mark.parametrize(("step", "starts"), STARTS, ids=[case[0] for case in STARTS])
def test_counts_per_step(make_store: MakeStore, step: str, starts: list[date]) -> None:
    days = ["2021-07-05", "2021-07-04", "2021-06-28"]
    timeline = count_timeline(make_store(*({"date": day} for day in days)).incidents, step, TYPES)
    assert timeline.bars["start"].tolist() == starts
    assert (timeline.incidents, timeline.vague, len(timeline.intervals)) == (3, 0, 0)


def test_types_that_are_not_named_are_told_together(make_store: MakeStore) -> None:
    store = make_store(STRIKE, {"type": "a"}, {"type": "b"}, {"type": None})
    bars = count_timeline(store.incidents, "week", TYPES).bars
    told = {None if bar.type is None else str(bar.type): bar.incidents
            for bar in bars.astype(object).where(bars.notna(), None).itertuples()}  # fmt: skip
    assert told == {"air strike": 1, OTHER_TYPES: 2, None: 1}


def test_counts_per_type_and_direction(make_store: MakeStore) -> None:
    store = make_store(STRIKE, STRIKE, {"type": "air strike"}, {})
    bars = count_timeline(store.incidents, "week", TYPES).bars
    assert bars["incidents"].tolist() == [2, 1, 1]
    assert bars["direction"].isna().tolist() == [False, True, True]


# first day, last day, precision; the finest step that holds it
WHEN = [
    ("one day", "2021-07-07", None, "day", "day"),
    ("precision not stated", "2021-07-07", None, None, "day"),
    ("two days of a week", "2021-07-07", "2021-07-08", "day", "week"),
    ("a week", "2021-07-05", "2021-07-11", "week", "week"),
    ("seven days over a Monday", "2021-07-07", "2021-07-13", "week", "month"),
    ("two days over a Monday", "2021-07-11", "2021-07-12", "day", "month"),
    ("a month", "2021-07-01", "2021-07-31", "month", "month"),
    ("two days over a month's end", "2021-08-31", "2021-09-01", "day", "week"),
    ("a week over a quarter's end", "2021-06-28", "2021-07-04", "week", "week"),
    ("two months", "2021-07-01", "2021-08-31", "month", "quarter"),
    ("a year", "2021-01-01", "2021-12-31", "year", "year"),
    ("New Year", "2020-12-31", "2021-01-01", "day", "week"),
    ("two years", "2020-12-01", "2021-01-31", "month", "none"),
]


@pytest.mark.parametrize(("first", "last", "precision", "finest"), [case[1:] for case in WHEN],
                         ids=[case[0] for case in WHEN])  # fmt: skip
def test_what_fits_no_step_is_an_interval(
    make_store: MakeStore, first: str, last: str | None, precision: str | None, finest: str
) -> None:
    store = make_store({"date": first, "date_end": last, "date_precision": precision})
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    fitting = []
    for step in STEPS:
        timeline = count_timeline(store.incidents, step, TYPES)
        if find_end(find_start(start, step), step) > end:
            assert (len(timeline.bars), timeline.vague) == (1, 0)
            fitting.append(step)
        else:
            # Its days are those on which a filter by dates finds it.
            assert timeline.bars.empty
            assert timeline.intervals.values.tolist() == [[start, end, 1]]
    assert [*fitting, "none"][0] == finest


days = st.dates(date(2019, 1, 1), date(2022, 12, 31))
lasting = st.integers(0, 500)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(days, lasting), max_size=12), step=st.sampled_from(list(STEPS)))
def test_bars_and_intervals_add_up_to_all_incidents(
    make_store: MakeStore, rows: list[tuple[date, int]], step: str
) -> None:
    made = [
        {"date": first.isoformat(), "date_end": (first + timedelta(n)).isoformat() if n else None}
        for first, n in rows
    ]
    timeline = count_timeline(make_store(*made).incidents, step, TYPES)
    counted = int(timeline.bars["incidents"].sum()) + int(timeline.intervals["incidents"].sum())
    assert counted == timeline.incidents == len(rows)


def test_the_same_interval_is_told_once(make_store: MakeStore) -> None:
    july = {"date": "2021-07-01", "date_end": "2021-07-31", "date_precision": "month"}
    year = {"date": "2021-01-01", "date_end": "2021-12-31", "date_precision": "year"}
    timeline = count_timeline(make_store(year, july, july, {}).incidents, "week", TYPES)
    assert timeline.intervals["incidents"].tolist() == [2, 1]
    assert (timeline.vague, timeline.incidents) == (3, 4)


def test_intervals_are_bounded_and_the_rest_is_counted(make_store: MakeStore) -> None:
    rows = [
        {"date": f"2021-01-{1 + n % 28:02}", "date_end": f"2021-{2 + n // 28:02}-15"}
        for n in range(MOST_INTERVALS + 5)
    ]
    store = make_store(*rows)
    timeline = count_timeline(store.incidents, "week", TYPES)
    assert len(timeline.intervals) == MOST_INTERVALS
    assert timeline.vague == MOST_INTERVALS + 5
    assert describe_timeline(store, Filters(), "week", None)["more_intervals"] == 5


def test_no_question_for_intervals_where_there_are_none(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    read = module.read_frame
    monkeypatch.setattr(module, "read_frame", lambda e: asked.append(1) or read(e))
    count_timeline(make_store({}).incidents, "week", TYPES)
    assert len(asked) == 1


def test_nothing_to_count(make_store: MakeStore) -> None:
    timeline = count_timeline(make_store().incidents, "day", TYPES)
    assert list(timeline.bars.columns) == ["start", "type", "direction", "incidents"]
    assert timeline.bars.empty and timeline.intervals.empty
    assert (timeline.vague, timeline.incidents) == (0, 0)


def test_weeks_hold_what_fits_into_one(make_store: MakeStore) -> None:
    store = make_store(
        {}, STRIKE, {"direction": "other"},
        {"date": "2021-07-05", "date_end": "2021-07-11"},
        {"date": "2021-07-01", "date_end": "2021-07-31"},
    )  # fmt: skip
    weeks = count_weeks(store.incidents).sort_values("below")
    assert weeks.values.tolist() == [[date(2021, 7, 5), False, 3], [date(2021, 7, 5), True, 1]]


def test_span_is_of_first_days(make_store: MakeStore) -> None:
    year = {"date": "2021-01-01", "date_end": "2021-12-31", "date_precision": "year"}
    assert read_span(make_store(year, {}).incidents) == (date(2021, 1, 1), JULY_7)
    assert read_span(make_store().incidents) is None


# --- the answer of the API


def test_describes_bars_and_intervals(make_store: MakeStore) -> None:
    month = {"date": "2021-06-01", "date_end": "2021-06-30", "date_precision": "month"}
    answer = describe_timeline(make_store(month, STRIKE), Filters(), "week", (JULY_7, JULY_7))
    answer = json.loads(json.dumps(answer))
    assert answer == {
        "step": "week",
        "monitored": ["2021-07-07", "2021-07-07"],
        "incidents": 2,
        "bars": [{"start": "2021-07-05", "end": "2021-07-12", "incidents": 1, **STRIKE}],
        "intervals": [{"first": "2021-06-01", "last": "2021-06-30", "incidents": 1}],
        "more_intervals": 0,
    }


LONG = [("2021-07-07", "day"), ("2022-06-30", "week"), ("2030-01-01", "month"),
        ("2040-01-01", "quarter"), ("2090-01-01", "year")]  # fmt: skip


@pytest.mark.parametrize(("last", "step"), LONG)
def test_chooses_the_step_by_the_span(make_store: MakeStore, last: str, step: str) -> None:
    answer = describe_timeline(make_store({}, {"date": last}), Filters(), None, None)
    assert (answer["step"], answer["monitored"], answer["incidents"]) == (step, None, 2)


def test_describes_nothing(make_store: MakeStore) -> None:
    answer: dict[str, Any] = describe_timeline(make_store(), Filters(), None, None)
    assert (answer["incidents"], answer["bars"], answer["intervals"]) == (0, [], [])


def test_a_step_too_fine_is_refused(make_store: MakeStore) -> None:
    with pytest.raises(FilterError, match='"step": by day there are 544 bars, and at most 400'):
        describe_timeline(make_store({}, {"date": "2023-01-01"}), Filters(), "day", None)
