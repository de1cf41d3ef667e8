"""The axes of a timeline."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.telling.charts.axes import MOST_TICKS, ROOMS, list_counts, list_days, write
from incidents.telling.pages.style import CONTENT


@given(st.floats(-1e9, 0), st.floats(1, 1e9))
def test_numbers_are_few_round_even_and_inside(low: float, high: float) -> None:
    ticks = list_counts(low, high)
    assert 0 in ticks
    assert low <= ticks[0] and ticks[-1] <= high
    assert len(ticks) <= MOST_TICKS
    steps = {later - tick for tick, later in pairwise(ticks)}
    assert len(steps) <= 1
    assert all(re.fullmatch("[125]0*", str(step)) for step in steps)


COUNTS = [
    ((0, 1), [0, 1]),
    ((-2, 10), [0, 5, 10]),
    ((-6, 6), [-5, 0, 5]),
    ((0, 64), [0, 50]),
    ((0, 60), [0, 20, 40, 60]),
]


@pytest.mark.parametrize(("ends", "ticks"), COUNTS)
def test_numbers(ends: tuple[float, float], ticks: list[int]) -> None:
    assert list_counts(*ends) == ticks


DAYS = [
    ("day", 10, "5 Jul 2021", 10),
    ("day", 45, "5 Jul 2021", 7),
    ("week", 217, "Aug 2021", 7),
    ("month", 900, "2022", 2),
    ("quarter", 900, "Q4 2021", 9),
    ("year", 900, "2022", 2),
    ("week", 5000, "2022", 14),
]


@pytest.mark.parametrize(("step", "length", "word", "number"), DAYS)
def test_days(step: str, length: int, word: str, number: int) -> None:
    start = date(2021, 7, 5)
    ticks = list_days((start, start + timedelta(days=length)), step)
    assert word in [words for _, words in ticks]
    assert len(ticks) == number
    assert all(start <= day < start + timedelta(days=length) for day, _ in ticks)


def test_words_without_room_are_left_out() -> None:
    assert "from-120" in write("a", "0%", "day", 100)
    assert "from" not in write("a", "0%", "day")
    assert write("a", "0%", "day", ROOMS[-1] + 1) == ""


def test_the_style_sheet_hides_the_words_of_each_room() -> None:
    rules = dict(re.findall(r"max-width: (\d+)px\) { \.from-(\d+) {", CONTENT.read_text("utf-8")))
    assert rules == {str(room - 1): str(room) for room in ROOMS}
