"""What a timeline draws: bars, intervals in lanes, and days that were not monitored."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from incidents.telling.charts.timeline_marks import find_axis, find_gaps, pack_intervals, stack_bars

TYPES = ("rocket attack", "air strike", "other")
JULY_1, JULY_31 = date(2021, 7, 1), date(2021, 7, 31)
AXIS = (JULY_1, date(2021, 8, 1))


def count(*rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["start", "type", "direction", "incidents"])
    return frame.astype({"type": "str", "direction": "str", "incidents": "Int64"})


def test_strikes_hang_below_the_line_and_nothing_overlaps() -> None:
    strike = "strike by coalition"
    counts = count(
        (JULY_1, "other", "other", 1),
        (JULY_1, "rocket attack", "attack on coalition", 3),
        (JULY_1, "air strike", strike, 2),
        (JULY_1, "other", strike, 1),
    )
    bars = stack_bars(counts, "day", TYPES, None)
    spans = [[bar.type, bar.bottom, bar.top] for bar in bars]
    assert spans == [
        ["rocket attack", 0, 3],
        ["other", 3, 4],
        ["air strike", 0, -2],
        ["other", -2, -3],
    ]


WORDS = [
    ("day", JULY_1, "1 Jul 2021", "2021-07-02"),
    ("week", date(2021, 6, 28), "Week of 28 Jun 2021", "2021-07-05"),
    ("month", JULY_1, "Jul 2021", "2021-08-01"),
    ("quarter", JULY_1, "Q3 2021", "2021-10-01"),
    ("year", date(2021, 1, 1), "2021", "2022-01-01"),
]


@pytest.mark.parametrize(("step", "start", "words", "end"), WORDS, ids=[case[0] for case in WORDS])
def test_bars_are_named_and_end_by_their_step(step: str, start: date, words: str, end: str) -> None:
    (bar,) = stack_bars(count((start, "other", "other", 1)), step, TYPES, None)
    assert (bar.when, bar.start, bar.end.isoformat()) == (words, start, end)


CHOSEN = [
    ("day", [1, 2, 3], (2, 2), [False, True, False]),
    ("week", [5], (11, 12), [True]),
    ("week", [5], (12, 13), [False]),
    ("month", [1], (31, 31), [True]),
]


@pytest.mark.parametrize(("step", "starts", "dates", "chosen"), CHOSEN)
def test_bars_that_touch_the_dates_are_chosen(
    step: str, starts: list[int], dates: tuple[int, int], chosen: list[bool]
) -> None:
    counts = count(*((date(2021, 7, day), "other", "other", 1) for day in starts))
    first, last = (date(2021, 7, day) for day in dates)
    assert [bar.is_chosen for bar in stack_bars(counts, step, TYPES, (first, last))] == chosen


def intervals(*rows: tuple[int, int, int]) -> pd.DataFrame:
    """First and last day of July, incidents."""
    made = [(date(2021, 7, first), date(2021, 7, last), n) for first, last, n in rows]
    return pd.DataFrame(made, columns=["first", "last", "incidents"])


def test_no_interval_lies_over_another() -> None:
    packed = pack_intervals(intervals((1, 31, 9), (5, 9, 3), (9, 12, 2), (10, 14, 1)), 3)
    assert [each.lane for each in packed] == [0, 1, 2, 1]
    assert [each.when for each in packed][:2] == ["1–31 Jul 2021", "5–9 Jul 2021"]
    assert packed[0].end == date(2021, 8, 1)


def test_what_finds_no_room_is_left_out_and_never_merged() -> None:
    packed = pack_intervals(intervals((1, 31, 9), (5, 9, 3), (9, 12, 2)), 2)
    assert [each.incidents for each in packed] == [9, 3]


def test_intervals_that_touch_the_dates_are_chosen() -> None:
    rows = intervals((1, 4, 2), (4, 6, 1), (7, 8, 1))
    packed = pack_intervals(rows, 3, (date(2021, 7, 5), date(2021, 7, 6)))
    assert [each.is_chosen for each in packed] == [False, True, False]


def test_no_intervals() -> None:
    empty = pd.DataFrame({"first": [], "last": [], "incidents": []})
    assert pack_intervals(empty, 2) == []


GAPS = [
    ("not stated", None, []),
    ("all of it", (JULY_1, JULY_31), []),
    ("more than it", (date(2020, 1, 1), date(2022, 1, 1)), []),
    ("begins later", (date(2021, 7, 4), JULY_31), ["1–3 Jul 2021"]),
    ("ends earlier", (JULY_1, date(2021, 7, 30)), ["31 Jul 2021"]),
    ("a day amid", (date(2021, 7, 4), date(2021, 7, 4)), ["1–3 Jul 2021", "5–31 Jul 2021"]),
    ("before all", (date(2020, 1, 1), date(2020, 2, 1)), ["1–31 Jul 2021"]),
    ("after all", (date(2022, 1, 1), date(2022, 2, 1)), ["1–31 Jul 2021"]),
]


@pytest.mark.parametrize(("monitored", "words"), [case[1:] for case in GAPS],
                         ids=[case[0] for case in GAPS])  # fmt: skip
def test_days_outside_the_monitored_period(monitored: Any, words: list[str]) -> None:
    gaps = find_gaps(AXIS, monitored)
    assert [gap.when for gap in gaps] == words
    assert all(AXIS[0] <= gap.start < gap.end <= AXIS[1] for gap in gaps)


def test_the_axis_ends_with_its_last_step() -> None:
    assert find_axis((date(2021, 7, 7), date(2021, 7, 8)), "week") == (
        date(2021, 7, 5),
        date(2021, 7, 12),
    )
