"""Steps of the timeline: where each starts and ends, and which fits a span."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.asking.time.steps import (
    CODES,
    DAYS,
    MOST_BARS,
    choose_step,
    count_steps,
    find_end,
    find_start,
    list_steps,
    say_step,
)
from incidents.table.sentences import STEPS

JANUARY_1 = date(2021, 1, 1)
DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))

CHOSEN = [(0, "day"), (45, "day"), (46, "week"), (400, "week"), (401, "month"), (3660, "month"),
          (3661, "quarter"), (10_960, "quarter"), (10_961, "year"), (73_000, "year")]  # fmt: skip


@pytest.mark.parametrize(("days", "step"), CHOSEN)
def test_step_fits_the_span(days: int, step: str) -> None:
    last = JANUARY_1 + timedelta(days)
    assert choose_step(JANUARY_1, last) == step
    assert step in list_steps(JANUARY_1, last)


def test_step_of_an_empty_table() -> None:
    assert choose_step(None, None) == "week"
    assert list_steps(None, None) == list(STEPS)


@given(DATES, DATES)
def test_the_chosen_step_is_readable(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert count_steps(first, last, choose_step(first, last)) <= 202
    assert choose_step(first, last) in list_steps(first, last)


PARTS = [
    ("day", date(2021, 7, 7), date(2021, 7, 7), date(2021, 7, 8), "7 Jul 2021"),
    ("week", date(2021, 7, 7), date(2021, 7, 5), date(2021, 7, 12), "Week of 5 Jul 2021"),
    ("week", date(2021, 1, 1), date(2020, 12, 28), date(2021, 1, 4), "Week of 28 Dec 2020"),
    ("month", date(2020, 2, 29), date(2020, 2, 1), date(2020, 3, 1), "Feb 2020"),
    ("month", date(2021, 12, 31), date(2021, 12, 1), date(2022, 1, 1), "Dec 2021"),
    ("quarter", date(2021, 7, 7), date(2021, 7, 1), date(2021, 10, 1), "Q3 2021"),
    ("quarter", date(2021, 3, 31), date(2021, 1, 1), date(2021, 4, 1), "Q1 2021"),
    ("quarter", date(2021, 12, 31), date(2021, 10, 1), date(2022, 1, 1), "Q4 2021"),
    ("year", date(2021, 7, 7), date(2021, 1, 1), date(2022, 1, 1), "2021"),
]


@pytest.mark.parametrize(("step", "day", "start", "end", "words"), PARTS,
                         ids=[case[4] for case in PARTS])  # fmt: skip
def test_a_step_holds_its_day(step: str, day: date, start: date, end: date, words: str) -> None:
    assert (find_start(day, step), find_end(start, step)) == (start, end)
    assert say_step(start, step) == words


@pytest.mark.parametrize("step", STEPS)
@given(one=DATES, other=DATES)
def test_steps_are_those_of_the_calendar(step: str, one: date, other: date) -> None:
    first, last = sorted((one, other))
    period = pd.Period(first, CODES[step])
    start = find_start(first, step)
    assert start == period.start_time.date()
    assert find_end(start, step) == period.end_time.date() + timedelta(1)
    assert count_steps(first, last, step) == (pd.Period(last, CODES[step]) - period).n + 1


def test_too_many_bars_are_not_offered() -> None:
    assert list_steps(JANUARY_1, JANUARY_1 + timedelta(MOST_BARS - 1)) == list(STEPS)
    assert list_steps(JANUARY_1, JANUARY_1 + timedelta(MOST_BARS))[0] == "week"


def test_every_step_is_told_and_measured() -> None:
    assert list(STEPS) == list(CODES) == list(DAYS)
