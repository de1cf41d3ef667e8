"""Two periods to compare: the one looked at, and the one before it."""

from datetime import date, timedelta

Period = tuple[date, date]
"""First and last day, both included."""


def find_periods(
    dates: Period | None, before: Period | None, span: Period
) -> tuple[Period, Period]:
    """The period before and the period looked at.

    Looked at are the dates that are chosen; without dates the later half of the table's span. The
    period before is the one that the reader names, else that of the same length directly before.
    """
    first, last = span
    if dates is not None:
        after, preceding = dates, precede(dates)
    else:
        middle = first + (last - first) / 2 + timedelta(1)
        after = (min(middle, last), last)
        # With an odd number of days, the earlier half has one more: no day is left out.
        preceding = precede(after) if first == last else (first, after[0] - timedelta(1))
    return before or preceding, after


def precede(period: Period) -> Period:
    """The period of the same length directly before; cut where the calendar begins."""
    first, last = (day.toordinal() for day in period)
    start, end = 2 * first - last - 1, first - 1
    return date.fromordinal(max(1, start)), date.fromordinal(max(1, end))
