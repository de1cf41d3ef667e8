"""Which two periods are compared."""

from datetime import date

import pytest

from incidents.asking.time.periods import Period, find_periods, precede

SPAN = (date(2021, 1, 1), date(2021, 12, 31))
JULY = (date(2021, 7, 1), date(2021, 7, 31))
PERIODS: list[tuple[str, Period | None, Period | None, Period, Period]] = [
    ("the same length before", JULY, None, (date(2021, 5, 31), date(2021, 6, 30)), JULY),
    ("a named period", JULY, (date(2020, 7, 1), date(2020, 7, 31)),
     (date(2020, 7, 1), date(2020, 7, 31)), JULY),
    ("one day", (JULY[0], JULY[0]), None, (date(2021, 6, 30),) * 2, (JULY[0], JULY[0])),
    ("no dates: halves of the table", None, None, (date(2021, 1, 1), date(2021, 7, 2)),
     (date(2021, 7, 3), date(2021, 12, 31))),
]  # fmt: skip


@pytest.mark.parametrize(("dates", "named", "before", "after"), [case[1:] for case in PERIODS],
                         ids=[case[0] for case in PERIODS])  # fmt: skip
def test_periods(dates: Period | None, named: Period | None, before: Period, after: Period) -> None:
    assert find_periods(dates, named, SPAN) == (before, after)


def test_a_table_of_one_day_has_that_day_and_the_one_before() -> None:
    day = JULY[0]
    assert find_periods(None, None, (day, day)) == ((date(2021, 6, 30),) * 2, (day, day))


def test_preceding_periods_follow_one_another_without_a_gap() -> None:
    before = precede(JULY)
    assert (JULY[0] - before[1]).days == 1
    assert before[1] - before[0] == JULY[1] - JULY[0]


@pytest.mark.parametrize("days", [1, 2, 3, 4, 101, 102])
def test_halves_hold_every_day_of_the_table(days: int) -> None:
    span = (JULY[0], date.fromordinal(JULY[0].toordinal() + days - 1))
    before, after = find_periods(None, None, span)
    assert (after[0] - before[1]).days == 1
    assert before[0] <= span[0] and after[1] == span[1]


@pytest.mark.parametrize("last", [date.min, date(1, 1, 2), date.max])
def test_nothing_precedes_the_calendar(last: date) -> None:
    assert precede((date.min, last)) == (date.min, date.min)
