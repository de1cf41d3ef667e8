"""The base map as a picture."""

from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from PIL import Image, ImageDraw

from geo.drawing.lettering import Lettering
from geo.places.mercator import PictureWindow

# The colours of the live map on light ground.
WATER, LAND, AROUND = "#dde5ea", "#fbfaf7", "#eeece6"
LINE, THIN, MUTED = "#9aa0a6", "#d5d2ca", "#5b6570"
_FINE = 2
"""Outlines are drawn so many times larger, then reduced: smooth edges."""


def draw_land(land: Mapping[str, Any], window: PictureWindow, letters: Lettering) -> Image.Image:
    """The base map of a window: land, borders, governorates, names of countries and cities.

    Parameters
    ----------
    land
        As `geo.drawing.maps.read_land` gives it.
    """
    fine = PictureWindow(
        window.lon,
        window.top,
        window.world * _FINE,
        window.width * _FINE,
        window.height * _FINE,
    )
    picture = Image.new("RGB", (fine.width, fine.height), WATER)
    draw = ImageDraw.Draw(picture)
    layers = (("neighbours", AROUND, LINE), ("governorates", LAND, THIN), ("borders", None, LINE))
    for name, fill, line in layers:
        for feature in land[name]["features"]:
            for turn in (-360, 0, 360):
                for shape in _cut(feature["geometry"], fine, turn):
                    _draw_shape(draw, fine, shape, turn, fill, line)
    smooth = picture.reduce(_FINE)
    _draw_names(smooth, land["names"], window, letters)
    return smooth


def _cut(geometry: Mapping[str, Any], window: PictureWindow, turn: int) -> Iterator[Any]:
    """The polygons and lines of a geometry near the window: numbers stay small."""
    half = window.width / window.world * 180
    _, south, _, north = window.bbox
    margin = max(half, north - south) * 0.1
    west, east = window.lon - half - turn - margin, window.lon + half - turn + margin
    shape = shapely.geometry.shape(geometry)
    near = shapely.clip_by_rect(shape, west, south - margin, east, north + margin)
    yield from (part for part in shapely.get_parts(near) if not part.is_empty)


def _draw_shape(
    draw: ImageDraw.ImageDraw,
    window: PictureWindow,
    shape: Any,
    turn: int,
    fill: str | None,
    line: str,
) -> None:
    is_polygon = shape.geom_type == "Polygon"
    rings = [shape.exterior, *shape.interiors] if is_polygon else [shape]
    for index, ring in enumerate(rings):
        points = list(window.project_all(ring.coords, turn))
        if is_polygon and fill is not None:
            # What a hole shows is drawn by its own polygon, later.
            draw.polygon(points, fill if index == 0 else AROUND)
        draw.line(points, line, _FINE + (fill is None), joint="curve")


def _draw_names(
    picture: Image.Image, names: Mapping[str, Any], window: PictureWindow, letters: Lettering
) -> None:
    """Names of countries and cities; one that would stand on another is left out."""
    taken: list[Box] = []
    draw = ImageDraw.Draw(picture)
    for name, lat, lon, _ in names["country"] if 4 <= window.zoom < 8 else ():
        x, y = window.place(lon, lat)
        spaced = " ".join(name.upper())
        width = letters.measure(spaced, 12)
        if _take(taken, window, (x - width / 2, y - 7, x + width / 2, y + 7)):
            letters.write(picture, (x, y), spaced, 12, "m", color=LINE)
    for name, lat, lon, _ in names["city"] if window.zoom >= 5 else ():
        x, y = window.place(lon, lat)
        width = letters.measure(name, 12)
        if _take(taken, window, (x - 3, y - 7, x + 6 + width, y + 7)):
            draw.ellipse((x - 1.5, y - 1.5, x + 1.5, y + 1.5), MUTED)
            letters.write(picture, (x + 6, y), name, 12, color=MUTED)


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


def _take(taken: list[Box], window: PictureWindow, box: Box) -> bool:
    """Take a place on the map for a name, if it is on the map and free."""
    left, top, right, bottom = box
    if left < 4 or right > window.width - 4 or top < 4 or bottom > window.height - 4:
        return False
    if any(
        left < other[2] + 6 and other[0] < right + 6 and top < other[3] and other[1] < bottom
        for other in taken
    ):
        return False
    taken.append(box)
    return True
