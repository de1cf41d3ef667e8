"""Many incidents in a window, told as cells of a grid with their number and toll."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import ibis

from geo.places.mercator import Bounds, to_degrees
from incidents.asking.conditions import find_code
from incidents.asking.derived import MERCATOR_BITS
from incidents.asking.figures import Total, sum_ranges
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.columns import HARMS

CELL_PIXELS = 64
"""Side of a cell on screen at the zoom asked for; tiles of the world map are 256 pixels a side."""

AREA_NAMES = ("precision", "country", "gov")


def select_window(store: Store, filters: Filters) -> ibis.Table:
    """The incidents of the filters that have a point in the window of the map, if there is one."""
    bounds, window = store.extent.bounds, filters.window
    if window is not None and bounds is not None and _holds(window, bounds):
        # The whole table is on screen: not to compare a million points is a third faster.
        filters = replace(filters, window=None)
    chosen = store.select(filters)
    return chosen.filter(chosen.mx.notnull())


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )


def by_cell(incidents: ibis.Table, zoom: int, pixels: int) -> dict[str, ibis.Column]:
    """Columns to group by: ``cx`` and ``cy`` of the cell, or the ``area`` that no cell holds.

    Parameters
    ----------
    zoom
        Zoom of the map; the grid is that of its Web Mercator tiles, cut further.
    pixels
        Side of a cell on screen, a power of two up to 256.
    """
    shift = max(0, MERCATOR_BITS - zoom - (256 // pixels).bit_length() + 1)
    # A shift of what is missing stays missing: areas are not told apart by their middle.
    area = find_code(incidents, "area")
    own = area.isnull()
    return {
        "cx": own.ifelse(incidents.mx >> shift, ibis.null("int32")),
        "cy": own.ifelse(incidents.my >> shift, ibis.null("int32")),
        "area": area,
    }


def read_cells(window: ibis.Table, zoom: int, has_operations: bool = True) -> list[dict[str, Any]]:
    """The incidents of a window as GeoJSON features: one per cell, one per area.

    A cell stands at the mean point of its incidents. ``n`` counts them, ``toll`` tells of killed
    and wounded, ``bounds`` are those of the cell: west, south, east, north. In each cell an
    operation counts once.

    Parameters
    ----------
    window
        Incidents that have a point.
    zoom
        Zoom of the map, see `by_cell`.
    has_operations
        See `incidents.asking.figures.sum_ranges`.
    """
    by = by_cell(window, zoom, CELL_PIXELS)
    rows = sum_ranges(window, HARMS, by, mean_point(window), has_operations)
    return [_to_feature(row, totals, zoom) for row, totals in sorted(rows, key=_find_spot)]


def _find_spot(found: tuple[Mapping[str, Any], Any]) -> tuple[Any, ...]:
    return order_cells(found[0])


def order_cells(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The order in which cells and areas are told: the database gives them in any, and the same
    question has the same answer."""
    return row["area"] or "", row["cy"] or 0, row["cx"] or 0


def mean_point(incidents: ibis.Table) -> dict[str, Any]:
    """What `make_feature` needs to know of the incidents of a cell."""
    # Whole numbers add up faster than degrees.
    return {"mean_x": incidents.mx.mean(), "mean_y": incidents.my.mean()}


def _to_feature(row: Mapping[str, Any], totals: dict[str, Total], zoom: int) -> dict[str, Any]:
    told = {
        "n": row["incidents"],
        "killed": [totals["killed"].low, totals["killed"].high],
        "toll": say_tolls(totals),
    }
    if row["cx"] is not None:
        side = CELL_PIXELS / 256 / 2**zoom
        west, north = to_degrees(row["cx"] * side, row["cy"] * side)
        east, south = to_degrees((row["cx"] + 1) * side, (row["cy"] + 1) * side)
        told["bounds"] = [round(degrees, 5) for degrees in (west, south, east, north)]
    return make_feature(row, told)


def make_feature(row: Mapping[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    """A GeoJSON point at the mean of a row's incidents; an area's names are told."""
    if row["area"] is not None:
        parts = row["area"].split("/", 2)
        properties |= {name: part or None for name, part in zip(AREA_NAMES, parts, strict=True)}
    side = 2**MERCATOR_BITS
    lon, lat = to_degrees((row["mean_x"] + 0.5) / side, (row["mean_y"] + 0.5) / side)
    point = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def say_tolls(totals: Mapping[str, Total]) -> str:
    """Killed and wounded in a few words, with how many incidents are unknown."""
    return f"killed {_say(totals['killed'])}, wounded {_say(totals['wounded'])}"


def _say(total: Total) -> str:
    if total.low is None and total.high is None:
        return "unknown"
    return f"{total.text} ({total.unknown:,} unknown)" if total.unknown else total.text
