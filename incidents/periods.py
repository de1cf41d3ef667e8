"""Two periods to compare: the one looked at, and the one before it."""

from datetime import date, timedelta

from incidents.filters import Filters

Period = tuple[date, date]
"""First and last day, both included."""


def find_periods(filters: Filters, span: Period) -> tuple[Period, Period]:
    """The period before and the period looked at.

    Looked at are the dates of the filters; without dates the later half of the table's span. The
    period before is the one that the reader names with ``before``, else that of the same length
    directly before.
    """
    if filters.dates is not None:
        after = filters.dates
    else:
        days = max(1, (span[1] - span[0]).days // 2)
        after = (span[1] - timedelta(days - 1), span[1])
    return filters.before or precede(after), after


def precede(period: Period) -> Period:
    """The period of the same length directly before."""
    first, last = period
    day = timedelta(1)
    return first - (last - first) - day, first - day
