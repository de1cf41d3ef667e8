"""Into which pictures the days of a playback are parted."""

from datetime import date
from itertools import pairwise

import pytest

from incidents.asking.map.playback_steps import MOST_PICTURES, plan_steps
from incidents.table.errors import FilterError

# --- steps

JAN = date(2021, 1, 1)
CHOSEN = [
    (date(2021, 1, 10), "day", 10), (date(2021, 3, 1), "day", 60), (date(2021, 3, 2), "week", 10),
    (date(2022, 1, 1), "week", 53), (date(2023, 1, 1), "month", 25),
    (date(2031, 1, 1), "quarter", 41),
    (date(2060, 1, 1), "year", 40),
]  # fmt: skip


@pytest.mark.parametrize(("last", "step", "windows"), CHOSEN, ids=[case[1] for case in CHOSEN])
def test_the_step_is_the_shortest_that_makes_few_pictures(
    last: date, step: str, windows: int
) -> None:
    steps = plan_steps(JAN, last, None, None, whole=False)
    assert (steps.name, steps.windows) == (step, windows)


def test_windows_cover_all_days_without_a_gap() -> None:
    steps = plan_steps(date(2021, 1, 15), date(2021, 6, 20), "month", None, whole=False)
    days = [steps.days(number) for number in range(steps.windows)]
    assert (days[0][0], days[-1][1]) == (date(2021, 1, 15), date(2021, 6, 20))
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(days))


def test_a_window_longer_than_the_days_is_one_picture() -> None:
    steps = plan_steps(JAN, date(2021, 1, 3), "day", 60, whole=False)
    assert (steps.windows, steps.days(0)) == (1, (JAN, date(2021, 1, 3)))


@pytest.mark.parametrize(
    ("first", "last"),
    [(date.min, date.max), (JAN, date(2021, 8, 29))],
    ids=["all dates", "241 days"],
)
def test_more_pictures_than_an_animation_holds_are_refused(first: date, last: date) -> None:
    with pytest.raises(FilterError, match=r'"step": one picture per day .* choose a longer step'):
        plan_steps(first, last, "day", None, whole=False)


def test_the_most_pictures_an_animation_holds() -> None:
    assert plan_steps(JAN, date(2021, 8, 28), "day", 1, whole=False).windows == MOST_PICTURES
    assert plan_steps(date(9950, 1, 1), date.max, "year", 1, whole=False).windows == 50
