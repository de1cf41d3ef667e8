"""Many incidents in a window, told as cells of a grid with their number and toll."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import ibis

from geo.places.mercator import TILE, Bounds, to_degrees, to_y, turn
from incidents.asking.adding import add_up
from incidents.asking.conditions import MERCATOR_BITS, find_code
from incidents.asking.figures import Total, sum_ranges
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.columns import HARMS

CELL_PIXELS = 64
"""Side of a cell on screen at the zoom asked for; tiles of the world map are 256 pixels a side."""

AROUND = 0.1
"""How much more than the screen the map asks for, of its sides."""
DIGITS = 5
"""Digits of a degree, a metre, to which windows are told."""
SQUARE = 85
"""Degrees of latitude where the square map ends, nearly."""

AREA_NAMES = ("precision", "country", "gov")

Spot = tuple[str | None, int | None, int | None]
"""An area, or row and column of a cell."""


def widen_window(bbox: Bounds, zoom: int) -> Bounds:
    """The window that the map asks for to show these bounds: a little more, up to whole cells.

    So no mark at the edge is cut off, no cell is told in part, and who stands nearby asks the same.
    ``live-layer/asking.js`` does the same. West above east crosses the antimeridian.
    """
    west, south, east, north = bbox
    span = (east - west) % 360 or 360
    wide, high = span * AROUND, (north - south) * AROUND
    cells = 2**zoom * TILE // CELL_PIXELS
    first = math.floor((west - wide + 180) / 360 * cells)
    last = math.ceil((west + span + wide + 180) / 360 * cells)
    top, bottom = math.floor(to_y(north + high) * cells), math.ceil(to_y(south - high) * cells)
    (west, north), (east, south) = (
        to_degrees(x / cells, y / cells) for x, y in ((first, top), (last, bottom))
    )
    south = -90.0 if south < -SQUARE else _just_below(south)
    north = 90.0 if north > SQUARE else -_just_below(-north)
    if last - first >= cells:
        return (-180.0, south, 180.0, north)
    return (turn(_just_below(west)), south, turn(-_just_below(-east)), north)


def _just_below(degrees: float) -> float:
    """The next lower number of `DIGITS` digits."""
    return float(math.ceil(degrees * 10**DIGITS) - 1) / 10.0**DIGITS


def find_cells(window: Bounds, zoom: int) -> tuple[int, int, int, int] | None:
    """First and last column and row of the whole cells that a window of `widen_window` holds.

    None for any other window: one that does not end just beyond the border of a cell on each side.
    """
    west, south, east, north = window
    cells = 2**zoom * TILE // CELL_PIXELS
    first = 0 if west == -180 else math.ceil((west + 180) / 360 * cells)
    last = cells if east == 180 else math.floor((east + 180) / 360 * cells)
    top = 0 if north == 90 else math.ceil(to_y(north) * cells)
    bottom = cells if south == -90 else math.floor(to_y(south) * cells)
    if not (0 <= first < last <= cells and 0 <= top < bottom <= cells):
        return None
    ends = (*to_degrees(first / cells, bottom / cells), *to_degrees(last / cells, top / cells))
    for end, border, whole in zip(window, ends, (-180, -90, 180, 90), strict=True):
        beyond = abs(end - border)
        if end != whole and not 0 < beyond < 1.01 * 10**-DIGITS:
            return None
    return first, last - 1, top, bottom - 1


def select_window(store: Store, filters: Filters, zoom: int | None = None) -> ibis.Table:
    """The incidents of the filters that have a point in the window of the map, if there is one.

    `zoom`, for those that count by cells: of a window that ends just beyond whole cells, these
    alone. To ask by whole numbers takes less, and nothing is looked at one by one.
    """
    bounds, window = store.extent.bounds, filters.window
    if window is not None and bounds is not None and _holds(window, bounds):
        # The whole table is on screen: not to compare a million points is a third faster.
        filters, window = replace(filters, window=None), None
    cells = None if window is None or zoom is None else find_cells(window, zoom)
    if zoom is None or cells is None:
        chosen = store.select(filters)
        return chosen.filter(chosen.mx.notnull())
    chosen, shift = store.select(replace(filters, window=None)), find_shift(zoom, CELL_PIXELS)
    first, last, top, bottom = cells
    return chosen.filter(
        chosen.mx.between(first << shift, (last + 1 << shift) - 1),
        chosen.my.between(top << shift, (bottom + 1 << shift) - 1),
    )


def find_shift(zoom: int, pixels: int) -> int:
    """Bits that cells of so many pixels, see `by_cell`, leave out of ``mx`` and ``my``."""
    return max(0, MERCATOR_BITS - zoom - (256 // pixels).bit_length() + 1)


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
    shift = find_shift(zoom, pixels)
    # A shift of what is missing stays missing: areas are not told apart by their middle.
    area = find_code(incidents, "area")
    own = area.isnull()
    return {
        "cx": own.ifelse(incidents.mx >> shift, ibis.null("int32")),
        "cy": own.ifelse(incidents.my >> shift, ibis.null("int32")),
        "area": area,
    }


class Cell(NamedTuple):
    """The incidents of a cell or area: their number, the sums of their points, their tolls."""

    incidents: int
    sum_x: int
    sum_y: int
    killed: Total
    wounded: Total

    def join(self, other: "Cell") -> "Cell":
        """The same over the incidents of both."""
        return Cell(
            self.incidents + other.incidents,
            self.sum_x + other.sum_x,
            self.sum_y + other.sum_y,
            self.killed + other.killed,
            self.wounded + other.wounded,
        )


class Cells(dict[Spot, Cell]):
    """The cells and areas of a window by their `Spot`."""

    def __add__(self, other: "Cells") -> "Cells":
        """The cells over the incidents of both, none of which is in the other."""
        both = Cells(self)
        for spot, cell in other.items():
            both[spot] = both[spot].join(cell) if spot in both else cell
        return both

    @property
    def incidents(self) -> int:
        """Number of all of them."""
        return sum(cell.incidents for cell in self.values())


def count_cells(window: ibis.Table, zoom: int, has_operations: bool = True) -> Cells:
    """The incidents of a window by cells and areas. In each an operation counts once.

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
    rows = sum_ranges(window, HARMS, by, sum_points(window), has_operations)
    return Cells(
        (find_spot(row), Cell(row["incidents"], row["sum_x"], row["sum_y"], **totals))
        for row, totals in rows
    )


def read_cells(store: Store, filters: Filters, zoom: int) -> Cells:
    """The cells of the window of the filters; a question for `Store.ask`."""

    def count() -> Cells:
        window = select_window(store, filters, zoom)
        return count_cells(window, zoom, store.extent.has_operations)

    return add_up(store, read_cells, filters, zoom, make=count)


def tell_cells(cells: Cells, zoom: int) -> list[dict[str, Any]]:
    """The cells as GeoJSON features: one per cell, one per area.

    A cell stands at the mean point of its incidents. ``n`` counts them, ``toll`` tells of killed
    and wounded, ``bounds`` are those of the cell: west, south, east, north.
    """
    ordered = sorted(cells.items(), key=lambda each: order_spot(each[0]))
    return [_to_feature(spot, cell, zoom) for spot, cell in ordered]


def order_spot(spot: Spot) -> tuple[Any, ...]:
    """The order in which cells and areas are told: the database gives them in any, and the same
    question has the same answer."""
    area, cy, cx = spot
    return area or "", cy or 0, cx or 0


def find_spot(row: Mapping[str, Any]) -> Spot:
    """Cell or area of a row that is grouped by the columns of `by_cell`."""
    return row["area"], row["cy"], row["cx"]


def sum_points(incidents: ibis.Table) -> dict[str, Any]:
    """Sums of the places on the square map, of which `make_feature` needs the mean."""
    # Whole numbers add up faster than degrees, and to the same in any order.
    return {"sum_x": incidents.mx.sum(), "sum_y": incidents.my.sum()}


def _to_feature(spot: Spot, cell: Cell, zoom: int) -> dict[str, Any]:
    told = {
        "n": cell.incidents,
        "killed": [cell.killed.low, cell.killed.high],
        "toll": say_tolls({"killed": cell.killed, "wounded": cell.wounded}),
    }
    area, cy, cx = spot
    if cx is not None and cy is not None:
        side = CELL_PIXELS / 256 / 2**zoom
        west, north = to_degrees(cx * side, cy * side)
        east, south = to_degrees((cx + 1) * side, (cy + 1) * side)
        told["bounds"] = [round(degrees, 5) for degrees in (west, south, east, north)]
    return make_feature(area, cell.sum_x / cell.incidents, cell.sum_y / cell.incidents, told)


def make_feature(
    area: str | None, x: float, y: float, properties: dict[str, Any]
) -> dict[str, Any]:
    """A GeoJSON point at a place on the square map; an area's names are told."""
    if area is not None:
        parts = area.split("/", 2)
        properties |= {name: part or None for name, part in zip(AREA_NAMES, parts, strict=True)}
    side = 2**MERCATOR_BITS
    lon, lat = to_degrees((x + 0.5) / side, (y + 0.5) / side)
    point = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def say_tolls(totals: Mapping[str, Total]) -> str:
    """Killed and wounded in a few words, with how many incidents are unknown."""
    return f"killed {_say(totals['killed'])}, wounded {_say(totals['wounded'])}"


def _say(total: Total) -> str:
    if total.low is None and total.high is None:
        return "unknown"
    return f"{total.text} ({total.unknown:,} unknown)" if total.unknown else total.text
