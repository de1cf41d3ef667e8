"""A point on the globe whose order of numbers cannot be mixed up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the Earth, decimal degrees, EPSG:4326.

    Written and read by name (``Point(lat=33.3, lon=44.4)``), so that latitude and longitude are
    not swapped by accident. The range of the numbers is not checked here; see `is_on_earth`.
    """

    lat: float
    lon: float

    @property
    def is_on_earth(self) -> bool:
        """Whether both numbers are finite and within -90..90 and -180..180 degrees."""
        # A comparison with NaN is false, so NaN is not on Earth either.
        return -90 <= self.lat <= 90 and -180 <= self.lon <= 180


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two points, in km (haversine, a sphere: right to 0.5 %).

    NaN in a coordinate gives NaN; nothing is raised for finite numbers.
    """
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b.lon - a.lon) / 2)
    chord = half_lat**2 + math.cos(lat_a) * math.cos(lat_b) * half_lon**2
    # Rounding may lift the chord of antipodes a hair above 1. The chord comes first: NaN stays NaN.
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(max(chord, 0.0), 1.0)))


def read_point(lat: str, lon: str) -> Point | None:
    """The point of two texts; None when they are no numbers, not on Earth, or both 0."""
    try:
        point = Point(lat=float(lat.replace(",", ".")), lon=float(lon.replace(",", ".")))
    except ValueError:
        return None
    return point if point.is_on_earth and (point.lat, point.lon) != (0, 0) else None


def move(start: Point, km: float, bearing: float) -> Point:
    """The point so many km from `start`, at a bearing in degrees clockwise from north."""
    lat, turn, arc = math.radians(start.lat), math.radians(bearing), km / EARTH_RADIUS_KM
    sin_lat = math.sin(lat) * math.cos(arc) + math.cos(lat) * math.sin(arc) * math.cos(turn)
    east = math.sin(turn) * math.sin(arc) * math.cos(lat)
    lon = math.radians(start.lon) + math.atan2(east, math.cos(arc) - math.sin(lat) * sin_lat)
    return Point(lat=math.degrees(math.asin(sin_lat)), lon=math.degrees(lon))


def find_middle(points: Sequence[Point]) -> tuple[Point, float]:
    """The middle of the box around some points (one at least), and the km to the furthest of them.

    For points of one region: nothing is done about the date line.
    """
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    middle = Point(lat=(min(lats) + max(lats)) / 2, lon=(min(lons) + max(lons)) / 2)
    return middle, max(distance_km(middle, point) for point in points)
