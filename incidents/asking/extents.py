"""What a table holds at the most, and which points the map's first window leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis

from geo.places.mercator import Bounds
from geo.places.packaged_places import COVERED
from incidents.asking.conditions import find_top
from incidents.table.columns import HARMS, IN_DOUBT, OTHER_EVENT

AROUND = (34.0, 28.0, 50.0, 39.0)
"""West, south, east and north of Iraq, Syria and what lies around them, in degrees."""


def is_far(incidents: ibis.Table) -> ibis.expr.types.BooleanValue:
    """Whether the point contradicts what its row names, and lies outside of `AROUND`.

    Of rows that name Iraq or Syria any point out there does.
    """
    west, south, east, north = AROUND
    is_around = incidents.lon.between(west, east) & incidents.lat.between(south, north)
    is_named = incidents.country.fill_null("").isin(COVERED)
    is_doubted = incidents.match_reason.cast("string").fill_null("").contains(IN_DOUBT)
    return (incidents.lat.notnull() & ~is_around & (is_named | is_doubted)).fill_null(False)


@dataclass(frozen=True)
class Extent:
    """What a table holds at the most.

    Attributes
    ----------
    span
        First and last day on which an incident happened; None in an empty table.
    bounds
        West, south, east, north of all points in degrees; None if nothing is placed.
    home
        The same without the points that `is_far` tells.
    far
        How many these are.
    has_operations
        Whether any incident belongs to an operation. Where none does, sums are simpler.
    others
        Number of events that are no attacks.
    has_civilians
        Whether anybody says of any incident how many civilians were killed or wounded.
    """

    span: tuple[date, date] | None
    bounds: Bounds | None
    home: Bounds | None
    far: int
    has_operations: bool
    others: int
    has_civilians: bool


def ask_extent(incidents: ibis.Table) -> ibis.Table:
    """The one row that `make_extent` reads."""
    far = is_far(incidents)
    return incidents.aggregate(
        first=incidents.date.min(),
        last=ibis.coalesce(incidents.date_end, incidents.date).max(),
        west=incidents.lon.min(),
        south=incidents.lat.min(),
        east=incidents.lon.max(),
        north=incidents.lat.max(),
        home_west=incidents.lon.min(where=~far),
        home_south=incidents.lat.min(where=~far),
        home_east=incidents.lon.max(where=~far),
        home_north=incidents.lat.max(where=~far),
        far=far.sum(),
        joint=incidents.operation.count(),
        others=(incidents.category == OTHER_EVENT).sum(),
        **{f"civilians_{harm}": find_top(incidents, f"civilians_{harm}").count() for harm in HARMS},
    )


def make_extent(row: Mapping[str, Any]) -> Extent:
    """The extent that a row of `ask_extent` tells."""
    sides = (row["west"], row["south"], row["east"], row["north"])
    home = (row["home_west"], row["home_south"], row["home_east"], row["home_north"])
    return Extent(
        span=None if row["first"] is None else (row["first"], row["last"]),
        bounds=None if row["west"] is None else sides,
        home=None if row["home_west"] is None else home,
        far=row["far"] or 0,
        has_operations=row["joint"] > 0,
        others=row["others"] or 0,
        has_civilians=any(row[f"civilians_{harm}"] for harm in HARMS),
    )
