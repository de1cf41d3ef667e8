"""The base map, drawn: land, borders, governorates, names of countries and cities."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.drawing.raster import measure
from geo.drawing.svg import TENTHS, draw_outline, draw_text, element
from geo.places.mercator import PictureWindow

_LAYERS = (("neighbours", "around"), ("governorates", "land"), ("borders", "border"))
_TURNS = (-360, 0, 360)
_SEEN = 0.3
"""Pixels: what a line leaves its way by less is not seen."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True)
class Area:
    """A governorate, or a whole country: its outline, and where its number stands (lon, lat)."""

    country: str
    gov: str | None
    shape: Any
    label: tuple[float, float]

    def draw(self, window: PictureWindow) -> str:
        """Its outline in a window, see `draw_part`."""
        parts = (
            draw_part(part, window, turn)
            for turn in _TURNS
            for part in cut_shape(self.shape, window, turn, 1.0)
        )
        return "".join(parts)


class Land:
    """Outlines and names, ready to be drawn in any window.

    Parameters
    ----------
    land
        As `geo.drawing.maps.read_land` gives it.
    """

    def __init__(self, land: Mapping[str, Any]) -> None:
        self._names = land["names"]
        self._shapes = {
            name: [shapely.geometry.shape(each["geometry"]) for each in land[name]["features"]]
            for name, _ in _LAYERS
        }
        self.governorates, self._countries = (
            [
                _make_area(*each)
                for each in zip(land[name]["features"], self._shapes[name], strict=True)
            ]
            for name in ("governorates", "borders")
        )

    def find_area(self, precision: str, country: str | None, gov: str | None) -> Area | None:
        """The outline of what a place is known to, if the base map has it."""
        if precision == "country":
            return next((each for each in self._countries if each.country == country), None)
        known = self.governorates if precision == "governorate" else []
        return next((e for e in known if (e.country, e.gov) == (country, gov)), None)

    def draw(self, window: PictureWindow, margin: float = 0.0, cities_from: float = 8.0) -> str:
        """The land as SVG, without words.

        Parameters
        ----------
        margin
            How much more is drawn on every side, as a share of the window's own sides.
        cities_from
            Zoom from which cities are named.
        """
        left, top = -margin * window.width, -margin * window.height
        size = {"width": window.width - 2 * left, "height": window.height - 2 * top}
        layers = [element("rect", class_="water", x=left, y=top, **size)]
        for name, class_ in _LAYERS:
            outline = "".join(self._draw(name, window, margin))
            layers.append(
                element("path", class_=class_, d=outline, transform=f"scale({1 / TENTHS})")
            )
        names = "".join(self._draw_names(window, margin, cities_from))
        return "".join(layers) + element("g", names, class_="names")

    def _draw(self, name: str, window: PictureWindow, margin: float) -> Iterator[str]:
        for shape in self._shapes[name]:
            for turn in _TURNS:
                for part in cut_shape(shape, window, turn, margin):
                    yield draw_part(part, window, turn)

    def _draw_names(
        self, window: PictureWindow, margin: float, cities_from: float
    ) -> Iterator[str]:
        """Names as on the live map; one that would stand on another is left out."""
        taken: list[Box] = []
        x_room, y_room = margin * window.width, margin * window.height
        room = (4 - x_room, 4 - y_room, window.width - 4 + x_room, window.height - 4 + y_room)
        for name, lat, lon, class_ in self._names["country"] if window.zoom < 8 else ():
            x, y = window.place(lon, lat)
            spaced = name.upper()
            width = measure(spaced, 13) + 2.3 * len(spaced)
            if _take(taken, room, (x - width / 2, y - 8, x + width / 2, y + 8)):
                yield draw_text(x, y + 4.0, spaced, class_)
        cities = self._names["city"] if window.zoom >= cities_from else ()
        named = {name for name, *_ in cities}
        for name, lat, lon, class_ in self._names["governorate"] if 7 <= window.zoom < 10 else ():
            # A governorate is mostly called like its city: one of the two names is enough.
            x, y = window.place(lon, lat)
            width = measure(name, 11)
            if name not in named and _take(
                taken, room, (x - width / 2, y - 7, x + width / 2, y + 7)
            ):
                yield draw_text(x, y + 4.0, name, class_)
        for name, lat, lon, class_ in cities:
            x, y = window.place(lon, lat)
            if _take(taken, room, (x - 3, y - 7, x + 6 + measure(name, 11), y + 7)):
                yield element("circle", cx=x, cy=y, r=1.5)
                yield draw_text(x + 5, y + 3.5, name, class_)


def _make_area(feature: Mapping[str, Any], shape: Any) -> Area:
    own = feature["properties"]
    return Area(own["country"], own.get("gov"), shape, (own["label_lon"], own["label_lat"]))


def cut_shape(
    shape: Any, window: PictureWindow, turn: int = 0, margin: float = 0.0
) -> Iterator[Any]:
    """The polygons and lines of a shape near the window, where it stands `turn` degrees east.

    Numbers stay small, and what is far away costs nothing.
    """
    half = window.width / window.world * 180
    _, south, _, north = window.bbox
    beyond = max(half, north - south) * (0.1 + 2 * margin)
    west, east = window.lon - half - turn - beyond, window.lon + half - turn + beyond
    near = shapely.clip_by_rect(shape, west, south - beyond, east, north + beyond)
    near = shapely.simplify(near, _SEEN * 360 / window.world, preserve_topology=False)
    yield from (part for part in shapely.get_parts(near) if not part.is_empty)


def draw_part(part: Any, window: PictureWindow, turn: int = 0) -> str:
    """The ``d`` of one polygon, with its holes, or line, see `draw_outline`."""
    is_polygon = part.geom_type == "Polygon"
    rings = [part.exterior, *part.interiors] if is_polygon else [part]
    points: list[NDArray[np.float64]] = [shapely.get_coordinates(ring) for ring in rings]
    return draw_outline((window.project_all(each, turn) for each in points), is_polygon)


def _take(taken: list[Box], room: Box, box: Box) -> bool:
    """Take a place on the map for a name, if it is on the map and free."""
    left, top, right, bottom = box
    if left < room[0] or top < room[1] or right > room[2] or bottom > room[3]:
        return False
    if any(
        left < other[2] + 6 and other[0] < right + 6 and top < other[3] and other[1] < bottom
        for other in taken
    ):
        return False
    taken.append(box)
    return True
