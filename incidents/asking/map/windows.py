"""The window of the map that holds what is filtered."""

import math
from collections.abc import Mapping
from typing import Any

from geo.places.mercator import Bounds
from geo.places.points import EARTH_RADIUS_KM
from geo.places.precision import find_radius_km
from incidents.asking.extents import is_far
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows

_KM_PER_DEGREE = math.radians(1) * EARTH_RADIUS_KM


LEAST_KM = 30.0
"""Kilometres around a place of which a map of it shows at least so many."""


def read_window(store: Store, filters: Filters) -> Bounds | None:
    """The window that holds the placed incidents of the filters, as far as each may lie away.

    A place known to a district may be anywhere within its radius. None where none is placed.
    Those that `is_far` tells are left out, unless there are no others.
    """
    placed = store.select(filters)
    placed = placed.filter(placed.lat.notnull())
    if 0 < store.count_far(filters) < store.count(filters)[1]:
        placed = placed.filter(~is_far(placed))
    ends = {"west": placed.lon.min(), "south": placed.lat.min(),
            "east": placed.lon.max(), "north": placed.lat.max()}  # fmt: skip
    boxes = [_widen(row) for row in read_rows(placed.aggregate(by="precision", **ends))]
    if not boxes:
        return None
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def find_around(row: Mapping[str, Any]) -> Bounds:
    """The window around a placed incident: where it may lie, its launch site, a margin."""
    known = row["origin_lat"] is not None and row["origin_lon"] is not None
    lats = [row["lat"], *([row["origin_lat"]] if known else [])]
    lons = [row["lon"], *([row["origin_lon"]] if known else [])]
    ends = {"west": min(lons), "south": min(lats), "east": max(lons), "north": max(lats)}
    return _widen({**ends, "precision": row["precision"]}, LEAST_KM)


def _widen(row: Mapping[str, Any], least_km: float = 0.0) -> Bounds:
    """A row's bounds and the radius of its precision around them, in degrees."""
    north_south = max(find_radius_km(row["precision"]) or 0.0, least_km) / _KM_PER_DEGREE
    most = min(80.0, max(abs(row["south"]), abs(row["north"])))
    east_west = north_south / math.cos(math.radians(most))
    return (
        max(-180.0, row["west"] - east_west),
        max(-85.0, row["south"] - north_south),
        min(180.0, row["east"] + east_west),
        min(85.0, row["north"] + north_south),
    )
