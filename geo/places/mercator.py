"""A window of the Web Mercator map as a picture of so many pixels."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TILE = 256
"""Side of the whole world in pixels at zoom 0."""
MOST_LAT = 85.05
"""Beyond it the square map ends."""
MOST_ZOOM = 16

Bounds = tuple[float, float, float, float]
"""west, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class PictureWindow:
    """A piece of the map. `fit_window` makes one.

    Attributes
    ----------
    lon
        Meridian in the middle, -180 to 180 degrees.
    top
        Upper edge as a share of the square world's height, from the north.
    world
        Side of the whole world in pixels.
    width, height
        Size of the picture in pixels.
    """

    lon: float
    top: float
    world: float
    width: int
    height: int

    @property
    def zoom(self) -> float:
        """Zoom as map libraries count it."""
        return math.log2(self.world / TILE)

    @property
    def bbox(self) -> Bounds:
        """West, south, east, north of the picture; west above east crosses the antimeridian."""
        half = self.width / self.world * 180
        south = _to_lat(self.top + self.height / self.world)
        if half >= 180:
            return (-180.0, south, 180.0, _to_lat(self.top))
        return (turn(self.lon - half), south, turn(self.lon + half), _to_lat(self.top))

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixel of a point, from the upper left corner; of its meridian's turns, the nearest."""
        return self.project(self.lon + turn(lon - self.lon), lat)

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixel of a point whose longitude goes on beyond 180 degrees, as a shape's may."""
        x = self.width / 2 + (lon - self.lon) / 360 * self.world
        return x, (to_y(lat) - self.top) * self.world

    def project_all(self, points: NDArray[np.float64], turn: float = 0.0) -> NDArray[np.float64]:
        """Pixels of lon, lat pairs, shape (n, 2), moved by `turn` degrees east."""
        lat = np.radians(np.clip(points[:, 1], -MOST_LAT, MOST_LAT))
        y = 0.5 - np.log(np.tan(math.pi / 4 + lat / 2)) / (2 * math.pi)
        x = self.width / 2 + (points[:, 0] + turn - self.lon) / 360 * self.world
        return np.column_stack([x, (y - self.top) * self.world])


def fit_window(bbox: Bounds, width: int, height: int) -> PictureWindow:
    """The window of a picture that holds `bbox`, as close as can be, in its middle.

    Of a window wider or higher than the world the picture shows no more than one world's width;
    of a spot it shows what `MOST_ZOOM` shows.
    """
    west, south, east, north = bbox
    span = east - west if east >= west else east - west + 360
    top, bottom = to_y(north), to_y(south)
    fits = [width / (span / 360) if span > 0 else math.inf]
    fits.append(height / (bottom - top) if bottom > top else math.inf)
    world = max(min(*fits, TILE * 2**MOST_ZOOM), width)
    middle = (top + bottom) / 2 - height / world / 2
    return PictureWindow(turn(west + span / 2), middle, world, width, height)


def frame_window(
    bbox: Bounds, width: int, height: int, below: int = 0, most_zoom: float = 11.0
) -> PictureWindow:
    """The window that the live map shows of `bbox`: zoomed by halves, with a margin around it.

    Parameters
    ----------
    below
        Pixels at the foot that something else stands on: `bbox` is above them.
    most_zoom
        Closer than this it does not come.
    """
    margin = 12
    window = fit_window(bbox, max(1, width - 2 * margin), max(1, height - 2 * margin - below))
    zoom = min(math.floor(window.zoom * 2) / 2, most_zoom)
    world = max(TILE * 2**zoom, width)
    middle = window.top + window.height / window.world / 2
    top = middle - (margin + window.height / 2) / world
    return PictureWindow(window.lon, top, world, width, height)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point of the square world map, as shares from its upper left."""
    return x * 360 - 180, _to_lat(y)


def to_y(lat: float) -> float:
    """Where a latitude lies on the square world map, as a share of its height from the north."""
    held = max(-MOST_LAT, min(MOST_LAT, lat))
    return 0.5 - math.log(math.tan(math.pi / 4 + math.radians(held) / 2)) / (2 * math.pi)


def turn(lon: float) -> float:
    """The same meridian from -180 to 180."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def _to_lat(y: float) -> float:
    lat = math.degrees(2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2)
    return max(-90.0, min(90.0, lat))
