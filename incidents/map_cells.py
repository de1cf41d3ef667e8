"""Many incidents in a window, told as cells of a grid with their number and toll."""

from typing import Any

import ibis

from incidents.figures import Total, sum_ranges
from incidents.store import MERCATOR_BITS

CELL_PIXELS = 64
"""Side of a cell on screen at the zoom asked for; tiles of the world map are 256 pixels a side."""

AREAS = ("governorate", "country")
"""Precisions that no cell holds: such incidents are drawn as their area."""


AREA_NAMES = ("precision", "country", "gov")


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
        Zoom of the map; the grid is that of its Web Mercator tiles, each cut in 4 × 4.
    """
    shift = max(0, MERCATOR_BITS - zoom - (256 // CELL_PIXELS).bit_length() + 1)
    is_area = ibis.coalesce(window.precision.isin(AREAS), False)
    named = {name: is_area.ifelse(window[name], ibis.null()) for name in AREA_NAMES}
    cells = window.mutate(
        **{f"area_{name}": column for name, column in named.items()},
        cx=is_area.ifelse(-1, window.mx >> shift),
        cy=is_area.ifelse(-1, window.my >> shift),
    )
    counts = {
        "mean_lat": cells.lat.mean(),
        "mean_lon": cells.lon.mean(),
        "west": cells.lon.min(),
        "south": cells.lat.min(),
        "east": cells.lon.max(),
        "north": cells.lat.max(),
    }
    by = ["cx", "cy", *(f"area_{name}" for name in AREA_NAMES)]
    rows = sum_ranges(cells, ["killed", "wounded"], by, counts)
    return [_to_feature(row, totals) for row, totals in rows]


def _to_feature(row: dict[str, Any], totals: dict[str, Total]) -> dict[str, Any]:
    properties = {
        "n": row["incidents"],
        "bounds": [round(row[side], 4) for side in ("west", "south", "east", "north")],
        "killed": [totals["killed"].low, totals["killed"].high],
        "toll": f"killed {_say(totals['killed'])}, wounded {_say(totals['wounded'])}",
    }
    if row["area_precision"] is not None:
        properties |= {name: row[f"area_{name}"] for name in AREA_NAMES}
    middle = [round(row["mean_lon"], 4), round(row["mean_lat"], 4)]
    point = {"type": "Point", "coordinates": middle}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _say(total: Total) -> str:
    if total.low is None:
        return "unknown"
    return f"{total.text} ({total.unknown:,} unknown)" if total.unknown else total.text
