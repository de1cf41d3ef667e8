"""Two periods to compare: the one looked at, and the one before it."""

from datetime import date, timedelta

from incidents.asking.filters import Filters

Period = tuple[date, date]
"""First and last day, both included."""


def find_periods(filters: Filters, span: Period) -> tuple[Period, Period]:
    """The period before and the period looked at.

    Looked at are the dates of the filters; without dates the later half of the table's span. The
    period before is the one that the reader names with ``before``, else that of the same length
    directly before.
    """
    first, last = span
    if filters.dates is not None:
        after = filters.dates
        before = precede(after)
    else:
        middle = first + (last - first) / 2 + timedelta(1)
        after = (min(middle, last), last)
        # With an odd number of days, the earlier half has one more: no day is left out.
        before = precede(after) if first == last else (first, after[0] - timedelta(1))
    return filters.before or before, after


def precede(period: Period) -> Period:
    """The period of the same length directly before; cut where the calendar begins."""
    first, last = (day.toordinal() for day in period)
    start, end = 2 * first - last - 1, first - 1
    return date.fromordinal(max(1, start)), date.fromordinal(max(1, end))
