"""What can be chosen in a table: its values, its days, its largest tolls, its window."""

from dataclasses import dataclass
from datetime import date

import ibis

from incidents.columns import GROUPS, HARMS
from incidents.conditions import harm_column
from incidents.filter_kinds import AnyOf
from incidents.filters import KEYS
from incidents.store import Store, read_rows

ANY_OF = tuple(key.name for key in KEYS if isinstance(key.kind, AnyOf))
"""Keys that take any of the values of their column."""

IRAQ_AND_SYRIA = (37.5, 29.5, 48.2, 37.4)
"""Window of the map when nothing can be placed: west, south, east, north in degrees."""


@dataclass(frozen=True)
class Facets:
    """What can be chosen in one version of the table.

    Attributes
    ----------
    values
        Values of each column of `ANY_OF`, most frequent first.
    first, last
        First and last day on which an incident happened; None in an empty table.
    most
        Largest number of people killed and wounded in one incident, over all groups.
    home
        Window that holds every incident that can be placed.
    """

    values: dict[str, list[str]]
    first: date | None
    last: date | None
    most: dict[str, int]
    home: tuple[float, float, float, float]


def read_facets(store: Store) -> Facets:
    """Ask a store what can be chosen."""
    incidents = store.incidents
    days = read_rows(
        incidents.aggregate(
            first=incidents.date.min(),
            last=ibis.coalesce(incidents.date_end, incidents.date).max(),
        )
    )[0]
    return Facets(
        values={name: store.list_values(name) for name in ANY_OF},
        first=days["first"],
        last=days["last"],
        most=_read_most(incidents),
        home=_read_home(incidents),
    )


def _read_most(incidents: ibis.Table) -> dict[str, int]:
    columns = {
        f"{who}_{harm}": harm_column(incidents, harm, who, "high").max()
        for harm in HARMS
        for who in GROUPS
    }
    row = read_rows(incidents.aggregate(**columns))[0]
    return {harm: max((row[f"{who}_{harm}"] or 0) for who in GROUPS) for harm in HARMS}


def _read_home(incidents: ibis.Table) -> tuple[float, float, float, float]:
    row = read_rows(
        incidents.aggregate(
            west=incidents.lon.min(),
            south=incidents.lat.min(),
            east=incidents.lon.max(),
            north=incidents.lat.max(),
        )
    )[0]
    if row["west"] is None:
        return IRAQ_AND_SYRIA
    # A single spot is no window: half a degree around it.
    margin = 0.5
    return (
        max(-180.0, row["west"] - margin),
        max(-85.0, row["south"] - margin),
        min(180.0, row["east"] + margin),
        min(85.0, row["north"] + margin),
    )
