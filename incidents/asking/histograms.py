"""How the incidents are spread over days and over tolls: what the panel draws beside its fields."""

from dataclasses import dataclass
from datetime import date, timedelta

from incidents.asking.conditions import harm_column
from incidents.asking.filters import Filters, to_expression, without
from incidents.asking.store import Store, read_rows
from incidents.asking.time.steps import CODES, count_steps, find_end, find_start
from incidents.table.columns import HARMS

MOST_BINS = 60
"""Bars of a histogram: a panel is some 280 pixels wide."""


@dataclass(frozen=True)
class Histogram:
    """Bars over days or numbers of people, and how many incidents are in none of them.

    Attributes
    ----------
    bars
        First and last value that a bar holds, both included, and its number of incidents; in
        order, only those that hold any. Days are ISO texts.
    unknown
        Incidents whose number is not known: they are in no bar, and never 0.
    """

    bars: tuple[tuple[str, str, int] | tuple[int, int, int], ...]
    unknown: int


def count_histograms(store: Store, filters: Filters) -> dict[str, Histogram]:
    """The histogram of each filter that is a range, under the other filters."""
    people = {harm: _count_people(store, filters, harm) for harm in HARMS}
    return {"dates": _count_days(store, filters), **people}


def _count_days(store: Store, filters: Filters) -> Histogram:
    """Incidents by the day on which they begin, in the shortest steps that fit."""
    if store.extent.span is None:
        return Histogram((), 0)
    step = _choose_step(*store.extent.span)
    incidents = to_expression(without(filters, "dates"), store.incidents)
    start = incidents.date.truncate(CODES[step])
    counted = incidents.group_by(start=start).aggregate(n=incidents.count()).order_by("start")
    bars = tuple(
        (start.isoformat(), (find_end(start, step) - timedelta(days=1)).isoformat(), row["n"])
        for row in read_rows(counted)
        if (start := find_start(row["start"], step))
    )
    return Histogram(bars, 0)


def _choose_step(first: date, last: date) -> str:
    return next((step for step in CODES if count_steps(first, last, step) <= MOST_BINS), "year")


def _count_people(store: Store, filters: Filters, harm: str) -> Histogram:
    """Incidents by their toll: 0, 1, 2, 3 to 4, 5 to 8 and so on, as few have large ones."""
    incidents = to_expression(without(filters, harm), store.incidents)
    toll = harm_column(incidents, harm, filters.who, filters.basis)
    counted = incidents.group_by(toll=toll).aggregate(n=incidents.count())
    sums: dict[tuple[int, int], int] = {}
    unknown = 0
    for row in read_rows(counted):
        if row["toll"] is None:
            unknown += row["n"]
        else:
            bar = find_bar(row["toll"])
            sums[bar] = sums.get(bar, 0) + row["n"]
    return Histogram(tuple((*bar, sums[bar]) for bar in sorted(sums)), unknown)


def find_bar(toll: int) -> tuple[int, int]:
    """Least and most people of the bar that holds a toll; each is twice as wide as the last."""
    if toll <= 2:
        return toll, toll
    top = 1 << (toll - 1).bit_length()
    return top // 2 + 1, top
