"""How the incidents are spread over days and over tolls: what the panel draws beside its fields."""

from dataclasses import dataclass
from datetime import date, timedelta

from incidents.asking.conditions import harm_column
from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters, to_expression, without
from incidents.asking.keys import Days
from incidents.asking.store import Store, read_rows
from incidents.asking.time.steps import CODES, count_steps, find_end, find_start
from incidents.table.columns import HARMS

MOST_BINS = 60
"""Bars of a histogram: a panel is some 280 pixels wide."""
MOST_OWN_BINS = 30
"""Bars over the numbers of a reader's own column."""


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

    bars: tuple[tuple[str, str, int] | tuple[float, float, int], ...]
    unknown: int


def count_histograms(store: Store, filters: Filters) -> dict[str, Histogram]:
    """The histogram of each filter that is a range, under the other filters."""
    people = {harm: _count_people(store, filters, harm) for harm in HARMS}
    extents = store.ask(read_facets).extents if store.own else {}
    own = {
        name: _count_days(store, filters, name, name, extent)
        if isinstance(extent[0], date)
        else _count_numbers(store, filters, name, *extent)
        for name, extent in extents.items()
    }
    return {
        "dates": _count_days(store, filters, "dates", "date", store.extent.span),
        **people,
        **own,
    }


def _count_days(
    store: Store, filters: Filters, name: str, column: str, span: Days | None
) -> Histogram:
    """Incidents by the day on which they begin, in the shortest steps that fit."""
    if span is None:
        return Histogram((), 0)
    step = _choose_step(*span)
    incidents = to_expression(without(filters, name), store.incidents)
    start = incidents[column].truncate(CODES[step])
    counted = incidents.group_by(start=start).aggregate(n=incidents.count()).order_by("start")
    rows = read_rows(counted)
    bars = tuple(
        (start.isoformat(), (find_end(start, step) - timedelta(days=1)).isoformat(), row["n"])
        for row in rows
        if row["start"] and (start := find_start(row["start"], step))
    )
    return Histogram(bars, sum(row["n"] for row in rows if row["start"] is None))


def _count_numbers(
    store: Store, filters: Filters, name: str, least: float, most: float
) -> Histogram:
    """Incidents by the number in a column, in bars of one width; of whole numbers, whole ones."""
    incidents = to_expression(without(filters, name), store.incidents)
    column = incidents[name]
    is_whole = column.type().is_integer()
    width = (most - least + is_whole) / MOST_OWN_BINS
    width = (max(1, -int(-width // 1)) if is_whole else width) or 1
    place = ((column - least) / width).floor().cast("int64")
    counted = incidents.group_by(place=place).aggregate(n=incidents.count()).order_by("place")
    rows = read_rows(counted)
    bars: dict[int, int] = {}
    for row in rows:
        if row["place"] is not None:
            at = min(row["place"], MOST_OWN_BINS - 1)  # the largest number ends the last bar
            bars[at] = bars.get(at, 0) + row["n"]
    spread = tuple(
        (least + at * width, least + (at + 1) * width - is_whole, n) for at, n in bars.items()
    )
    return Histogram(spread, sum(row["n"] for row in rows if row["place"] is None))


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
