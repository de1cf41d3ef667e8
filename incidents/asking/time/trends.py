"""Change over time: a period against the one of the same length before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import ibis

from incidents.asking.conditions import touches
from incidents.asking.figures import Total, sum_ranges
from incidents.asking.store import Table, read_rows
from incidents.asking.time.periods import Period, precede
from incidents.table.columns import HARMS
from incidents.table.sentences import FEWEST_FOR_PERCENT, UNKNOWN, say_date

MOST_PLACES = 8
"""Governorates that a comparison lists; the others are counted."""
LATEST = {"Last 4 weeks": 28, "Last 52 weeks": 364}
"""Periods that are compared when no dates are chosen, in days."""


@dataclass(frozen=True)
class Sums:
    """Incidents of a period and the people they harmed; an operation counts once."""

    incidents: int
    killed: Total
    wounded: Total


NOTHING = Sums(0, *(Total(None, None, 0, False),) * 2)


@dataclass(frozen=True)
class PlaceChange:
    """Incidents in one governorate, in the period and in the one before."""

    gov: str | None
    incidents: int
    earlier: int


@dataclass(frozen=True)
class Trend:
    """A period against the one of the same length just before.

    Attributes
    ----------
    name
        Words for the period, such as those of `LATEST`.
    dates, before
        First and last day of both.
    obstacle
        Why they cannot be compared; empty if they can.
    now, earlier
        What happened in them; `NOTHING` where they cannot be compared.
    shared
        Incidents that lie in both, as far as is known: their days cross the border.
    places, more
        Governorates of the largest changes, and the number of others.
    """

    name: str
    dates: Period
    before: Period
    obstacle: str
    now: Sums = NOTHING
    earlier: Sums = NOTHING
    shared: int = 0
    places: Sequence[PlaceChange] = ()
    more: int = 0


def list_periods(dates: Period | None, span: Period) -> dict[str, Period]:
    """The dates chosen, or else the latest 4 and 52 weeks of the days that are known of."""
    if dates is not None:
        return {"Chosen dates": dates}
    return {name: (span[1] - timedelta(days - 1), span[1]) for name, days in LATEST.items()}


def find_obstacle(dates: Period, span: Period, is_stated: bool) -> str:
    """Why a period cannot be compared with the one before; empty if it can."""
    if precede(dates)[0] < span[0]:
        words = "Not monitored before" if is_stated else "The table begins on"
        return f"{words} {say_date(span[0])}: no comparison."
    if is_stated and dates[1] > span[1]:
        return f"Not monitored after {say_date(span[1])}: no comparison."
    return ""


def compare_periods(
    incidents: Table, dates: Period | None, span: Period, is_stated: bool
) -> Sequence[Trend]:
    """The dates chosen, or the latest weeks, against the time before.

    Parameters
    ----------
    incidents
        Those of all days, under the other filters.
    span
        Period that are known of: the monitored period if it `is_stated`.

    Notes
    -----
    An incident is in a period if any of its days is, as in a filter by dates. One whose days
    cross the border is in both, and `Trend.shared` counts it.
    """
    bare = [
        Trend(name, days, precede(days), find_obstacle(days, span, is_stated))
        for name, days in list_periods(dates, span).items()
    ]
    asked = [trend for trend in bare if not trend.obstacle]
    if not asked:
        return bare
    tagged = _tag(incidents, [days for trend in asked for days in (trend.dates, trend.before)])
    found = _sum_periods(tagged, asked)
    compared = {trend.name: _compare(trend, n, tagged, found) for n, trend in enumerate(asked)}
    return [compared.get(trend.name, trend) for trend in bare]


def _compare(trend: Trend, n: int, tagged: Table, found: dict[int, tuple[Sums, int]]) -> Trend:
    """The n-th comparison: its period is tagged 2n, the one before 2n + 1."""
    now, shared = found.get(2 * n, (NOTHING, 0))
    earlier, _ = found.get(2 * n + 1, (NOTHING, 0))
    places, more = _compare_places(tagged, 2 * n)
    return replace(trend, now=now, earlier=earlier, shared=shared, places=places, more=more)


def _tag(incidents: Table, periods: Sequence[Period]) -> Table:
    """Each incident once for each period that it lies in: ``period`` is its place in the list."""
    ranges = [f"{harm}_{bound}" for harm in HARMS for bound in ("min", "max")]
    first, last = min(days[0] for days in periods), max(days[1] for days in periods)
    near = incidents.filter(touches(incidents, first, last))
    near = near.select("date", "date_end", "gov", "operation", *ranges)
    inside = [touches(near, *days).ifelse(n, ibis.null("int8")) for n, days in enumerate(periods)]
    tagged = near.mutate(period=ibis.array(inside).unnest())
    return tagged.filter(tagged.period.notnull())


def _sum_periods(tagged: Table, trends: Sequence[Trend]) -> dict[int, tuple[Sums, int]]:
    """Sums and shared incidents of each period that has incidents."""
    crosses = ibis.or_(
        *(
            (tagged.period == 2 * n) & (tagged.date < ibis.literal(trend.dates[0]))
            for n, trend in enumerate(trends)
        )
    )
    rows = sum_ranges(tagged, HARMS, ["period"], {"shared": crosses.sum()})
    return {
        row["period"]: (Sums(row["incidents"], totals["killed"], totals["wounded"]), row["shared"])
        for row, totals in rows
    }


def _compare_places(tagged: Table, period: int) -> tuple[Sequence[PlaceChange], int]:
    """Governorates of the largest changes between a period and the next of the list."""
    now, earlier = ((tagged.period == each).sum() for each in (period, period + 1))
    rows = tagged.filter(tagged.period.isin([period, period + 1]))
    counted = rows.group_by("gov").aggregate(now=now, earlier=earlier)
    ranked = counted.mutate(places=ibis._.count().over()).order_by(
        [ibis.desc((counted.now - counted.earlier).abs()), ibis.desc("now"), "gov"]
    )
    found = read_rows(ranked.limit(MOST_PLACES))
    places = [PlaceChange(row["gov"], row["now"], row["earlier"]) for row in found]
    return places, found[0]["places"] - len(places) if found else 0


def say_change(now: int | None, earlier: int | None) -> str:
    """A change in numbers and per cent: +40 (+50%), −3 (−12%), no change, unknown.

    Without per cent where there was little before, see `FEWEST_FOR_PERCENT`.
    """
    if now is None or earlier is None:
        return UNKNOWN
    if now == earlier:
        return "no change"
    sign = "+" if now > earlier else "−"
    words = f"{sign}{abs(now - earlier):,}"
    if earlier < FEWEST_FOR_PERCENT:
        return words
    share = abs(now - earlier) / earlier
    # Rounded, 0.4 % would say that nothing changed.
    return f"{words} ({sign}{share:,.0%})" if share >= 0.005 else f"{words} (less than 1%)"


def say_range_change(now: Total, earlier: Total) -> str:
    """A change of ranges: of the lowest and of the highest claims, once where they are the same.

    Where a source leaves the top open, the change of the highest claims is unknown.
    """
    low = say_change(now.low, earlier.low)
    is_open = now.is_open or earlier.is_open
    high = UNKNOWN if is_open else say_change(now.high, earlier.high)
    return low if low == high else f"lowest {low}, highest {high}"
