"""What can be chosen in a table: its values, its days, its largest tolls, its window."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import ibis

from geo.places.mercator import Bounds
from geo.places.precision import PRECISIONS, is_at_least
from incidents.asking.conditions import find_code, harm_column
from incidents.asking.filters import FILTER_KEYS, Filters, to_expression, without
from incidents.asking.keys import Days, Key, Values
from incidents.asking.own_keys import is_own, make_keys
from incidents.asking.own_kinds import KNOWN, UNKNOWN
from incidents.asking.store import Store, read_rows
from incidents.table.columns import GROUPS, HARMS
from incidents.table.own_columns import OwnColumn

ANY_OF = tuple(key.name for key in FILTER_KEYS if key.takes_any)
"""Keys that take any of the values of their column."""

COUNTED = tuple(key.name for key in FILTER_KEYS if key.is_counted)
"""Keys whose options are counted."""

MOST_OPTIONS = 200
"""Options that are told of one key, besides those that are chosen."""

MOST_VALUES = 1_000
"""Values of one key that its widget offers; others can be typed."""

IRAQ_AND_SYRIA = (37.5, 29.5, 48.2, 37.4)
"""Window of the map when nothing can be placed: west, south, east, north in degrees."""


@dataclass(frozen=True)
class Facets:
    """What can be chosen in one version of the table.

    Attributes
    ----------
    values
        Values of each column of `ANY_OF`, most frequent first; at most `MOST_VALUES`.
    open
        Columns that have more values than that.
    first, last
        First and last day on which an incident happened; None in an empty table.
    most
        Largest number of people killed and wounded in one incident, over all groups.
    home
        Window that holds every incident that can be placed.
    others
        Number of events that are no attacks: protests, arrests.
    own
        The table's own columns; `values` and `open` have those to choose from.
    extents
        Least and most of each own column of numbers or days; of those with any.
    """

    values: dict[str, list[str]]
    open: frozenset[str]
    first: date | None
    last: date | None
    most: dict[str, int]
    home: tuple[float, float, float, float]
    others: int
    own: tuple[OwnColumn, ...] = ()
    extents: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every key of a filter of this table."""
        return (*FILTER_KEYS, *make_keys(self.own)) if self.own else FILTER_KEYS


def read_facets(store: Store) -> Facets:
    """Ask a store what can be chosen."""
    extent = store.extent
    names = (*ANY_OF, *_list_counted(store.own))
    values = {name: store.list_values(name, MOST_VALUES + 1) for name in names}
    return Facets(
        values={name: each[:MOST_VALUES] for name, each in values.items()},
        open=frozenset(name for name, each in values.items() if len(each) > MOST_VALUES),
        first=extent.span and extent.span[0],
        last=extent.span and extent.span[1],
        most=_read_most(store.incidents),
        home=find_home(extent.home),
        others=extent.others,
        own=store.own,
        extents=_read_extents(store),
    )


def _list_counted(columns: Iterable[OwnColumn]) -> tuple[str, ...]:
    """Own columns of which values are chosen."""
    return tuple(each.name for each in columns if each.kind == "facet")


def _read_extents(store: Store) -> dict[str, tuple[Any, Any]]:
    names = [each.name for each in store.own if each.kind in ("number", "date")]
    if not names:
        return {}
    incidents = store.incidents
    bounds = {f"{end} {name}": getattr(incidents[name], end)() for name in names for end in _ENDS}
    row = read_rows(incidents.aggregate(**bounds))[0]
    extents = {name: tuple(row[f"{end} {name}"] for end in _ENDS) for name in names}
    return {name: (low, high) for name, (low, high) in extents.items() if low is not None}


_ENDS = ("min", "max")


def has_choice(key: Key, facets: Facets) -> bool:
    """Whether what a link asks of it can be answered by this table; of most keys, always."""
    if not key.is_optional:
        return True
    return len(facets.values[key.name]) > 1 if key.takes_any else facets.others > 0


def is_offered(key: Key, facets: Facets, span: Days | None) -> bool:
    """Whether the table gives anything to choose: where all rows say the same, it does not.

    `span` are the first and the last day that can be asked for.
    """
    if is_own(key.name):
        # What is no choice at all is none of the columns.
        return key.takes_any or key.name in facets.extents
    if key.widget == "days":
        return span is not None
    if key.widget == "range":
        return facets.most[key.name] > 0
    return len(facets.values[key.name]) > 1 if key.takes_any else has_choice(key, facets)


def _read_most(incidents: ibis.Table) -> dict[str, int]:
    columns = {
        f"{who}_{harm}": harm_column(incidents, harm, who, "high").max()
        for harm in HARMS
        for who in GROUPS
    }
    row = read_rows(incidents.aggregate(**columns))[0]
    return {harm: max((row[f"{who}_{harm}"] or 0) for who in GROUPS) for harm in HARMS}


def find_home(bounds: Bounds | None) -> Bounds:
    """The window that holds some points: their bounds and a margin, in degrees."""
    if bounds is None:
        return IRAQ_AND_SYRIA
    west, south, east, north = bounds
    # A single spot is no window: half a degree around it.
    margin = 0.5
    return (
        max(-180.0, west - margin),
        max(-85.0, south - margin),
        min(180.0, east + margin),
        min(85.0, north + margin),
    )


@dataclass(frozen=True)
class Counts:
    """Options of one key with their number of incidents.

    Attributes
    ----------
    options
        Values and how many incidents have them, most frequent first; `MOST_OPTIONS` of them, and
        the chosen ones. Of ``precision`` from the finest: how many are at least that precise.
    more
        Number of values that the widget offers and that are not told.
    """

    options: tuple[tuple[str, int], ...]
    more: int


def count_facets(store: Store, filters: Filters) -> dict[str, Counts]:
    """How many incidents each option of each key of `COUNTED` has under the other filters.

    What is chosen in a key itself does not change its numbers: they say what choosing the option
    alone would give. Where there is room, values of the table that no incident has are told as 0.
    One query answers for all keys, and what they share is asked once: an area of many corners and
    many words would be written out, planned and looked through for each.
    """
    facets = store.ask(read_facets)
    own_names = _list_counted(facets.own)
    defaults = Filters()
    shared = replace(
        filters,
        **{name: getattr(defaults, name) for name in COUNTED},
        own=tuple(each for each in filters.own if each.name not in own_names),
    )
    incidents = to_expression(shared, store.incidents)
    asked = tuple(each for each in filters.own if each.name in own_names)
    own = Filters(**{name: getattr(filters, name) for name in COUNTED}, own=asked)
    counted = [_count_values(incidents, own, name, facets.open) for name in (*COUNTED, *own_names)]
    rows: dict[str, dict[str | None, int]] = {name: {} for name in (*COUNTED, *own_names)}
    for row in read_rows(ibis.union(*counted)):
        rows[row["key"]][row["value"] or None] = row["n"]
    counts = {
        name: _list_options(rows[name], facets.values[name], _list_chosen(filters, name))
        for name in ANY_OF
    }
    counts["precision"] = _list_precisions(rows["precision"])
    for name in own_names:
        numbers, chosen = rows[name], _list_chosen(filters, name)
        options = _list_options(numbers, facets.values[name], [])
        counts[name] = _add_unknown(options, numbers, chosen, name in facets.open)
    return counts


def _list_chosen(filters: Filters, name: str) -> Values:
    if is_own(name):
        return next((each.texts for each in filters.own if each.name == name), ())
    chosen: Values = getattr(filters, name)
    return chosen


def _add_unknown(
    counts: Counts, numbers: Mapping[str | None, int], chosen: Values, is_open: bool
) -> Counts:
    """The options of an own column with what is unknown in it, if anything is.

    Of a column of very many values that is not counted.
    """
    options = dict(counts.options)
    if not is_open and (unknown := numbers.get(None, 0)):
        known = sum(numbers.values()) - unknown
        options |= {UNKNOWN: unknown} | ({KNOWN: known} if len(options) > 1 else {})
    missing = {each: 0 for each in chosen if each not in options}
    return Counts(tuple((options | missing).items()), counts.more)


def _count_values(
    incidents: ibis.Table, filters: Filters, name: str, are_many: Collection[str]
) -> ibis.Table:
    """Incidents by the values of a key under its other filters.

    Of columns with very many values the most frequent, and those that are chosen.
    """
    incidents = to_expression(without(filters, name), incidents)
    counted = incidents.group_by(value=find_code(incidents, name)).aggregate(n=incidents.count())
    counted = counted.mutate(key=ibis.literal(name))
    if name not in are_many:
        return counted
    order = [ibis.desc("n"), ibis.asc("value")]
    if chosen := _list_chosen(filters, name):
        order.insert(0, ibis.desc(counted.value.isin(chosen)))
    # A further one than are told shows that there are more.
    return counted.filter(counted.value.notnull()).order_by(order).limit(MOST_OPTIONS + 1)


def _list_options(
    rows: Mapping[str | None, int], values: Sequence[str], chosen: Sequence[str]
) -> Counts:
    numbers = {value: n for value, n in rows.items() if value is not None}
    # Equally frequent ones stand in the order of the table, which no filter changes.
    places = {value: place for place, value in enumerate(values)}
    every = sorted(numbers, key=lambda each: (-numbers[each], places.get(each, len(places)), each))
    every += [value for value in values if value not in numbers]
    told = dict.fromkeys([*every[:MOST_OPTIONS], *chosen])
    return Counts(
        tuple((value, numbers.get(value, 0)) for value in told), len(set(every) - set(told))
    )


def _list_precisions(numbers: Mapping[str | None, int]) -> Counts:
    options = tuple(
        (wanted, sum(n for value, n in numbers.items() if value and is_at_least(value, wanted)))
        for wanted in PRECISIONS
    )
    return Counts(options, 0)
