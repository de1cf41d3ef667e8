"""Many incidents in a window, told as cells of a grid with their number and toll."""

from collections.abc import Mapping
from typing import Any

import ibis

from incidents.figures import Total, sum_ranges
from incidents.store import MERCATOR_BITS

CELL_PIXELS = 64
"""Side of a cell on screen at the zoom asked for; tiles of the world map are 256 pixels a side."""

AREA_NAMES = ("precision", "country", "gov")


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
    own = incidents.area.isnull()
    return {
        "cx": own.ifelse(incidents.mx >> shift, ibis.null("int32")),
        "cy": own.ifelse(incidents.my >> shift, ibis.null("int32")),
        "area": incidents.area,
    }


def read_cells(window: ibis.Table, zoom: int) -> list[dict[str, Any]]:
    """The incidents of a window as GeoJSON features: one per cell, one per area.

    A cell stands at the mean point of its incidents. ``n`` counts them, ``toll`` tells of killed
    and wounded, ``bounds`` is the window that holds them: west, south, east, north. In each cell
    an operation counts once.

    Parameters
    ----------
    window
        Incidents that have a point.
    zoom
        Zoom of the map, see `by_cell`.
    """
    counts = {
        "mean_lat": window.lat.mean(),
        "mean_lon": window.lon.mean(),
        "west": window.lon.min(),
        "south": window.lat.min(),
        "east": window.lon.max(),
        "north": window.lat.max(),
    }
    rows = sum_ranges(window, ["killed", "wounded"], by_cell(window, zoom, CELL_PIXELS), counts)
    return [_to_feature(row, totals) for row, totals in rows]


def _to_feature(row: Mapping[str, Any], totals: dict[str, Total]) -> dict[str, Any]:
    return make_feature(
        row,
        {
            "n": row["incidents"],
            "bounds": [round(row[side], 4) for side in ("west", "south", "east", "north")],
            "killed": [totals["killed"].low, totals["killed"].high],
            "toll": say_tolls(totals),
        },
    )


def make_feature(row: Mapping[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    """A GeoJSON point at the row's ``mean_lon`` and ``mean_lat``; an area's names are told."""
    if row["area"] is not None:
        parts = row["area"].split("/", 2)
        properties |= {name: part or None for name, part in zip(AREA_NAMES, parts, strict=True)}
    middle = [round(row["mean_lon"], 4), round(row["mean_lat"], 4)]
    point = {"type": "Point", "coordinates": middle}
    return {"type": "Feature", "geometry": point, "properties": properties}


def say_tolls(totals: Mapping[str, Total]) -> str:
    """Killed and wounded in a few words, with how many incidents are unknown."""
    return f"killed {_say(totals['killed'])}, wounded {_say(totals['wounded'])}"


def _say(total: Total) -> str:
    if total.low is None and total.high is None:
        return "unknown"
    return f"{total.text} ({total.unknown:,} unknown)" if total.unknown else total.text
