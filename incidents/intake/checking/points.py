"""Points in one cell: a pair of degrees, MGRS, UTM, metres, WKT, WKB, GeoJSON, a link to a map."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import mgrs
import numpy as np
import pandas as pd
import pyproj
import shapely

from incidents.intake.reading.boxes import Boxes, find_precisions
from incidents.table.degrees import fold_sides, read_degrees

_LONGEST = 20_000  # letters: a polygon of some length
_LONGEST_PAIR = 160
_WORLD = 90.0, 180.0
_HERE = (28.0, 39.0), (34.0, 50.0)
"""Latitudes and longitudes of Iraq, Syria and what lies around them."""

_GRID = (
    r"(?P<zone>[1-9]|[1-5]\d|60)\s?(?P<band>[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z]\s?[A-HJ-NP-V])"
)
_MGRS = re.compile(rf"(?:mgrs:?\s*|usng:?\s*)?{_GRID}\s*(?P<digits>\d[\d ]*)?", re.IGNORECASE)
_MGRS_WITHIN = re.compile(
    rf"(?<![\w.]){_GRID}\s?(?P<digits>\d{{4,10}}|\d{{2,5}} \d{{2,5}})(?!\w)", re.I
)
_PAIR_WITHIN = re.compile(
    r"(?:^|[\s(\[:])(-?\d{1,2}\.\d{2,}\s*°?\s?N?\s*[,;/ ]\s*-?\d{1,3}\.\d{2,}\s*°?\s?E?)"
    r"(?:$|[\s)\].,;])"
)
_UTM = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:utm:?\s*)?(?:zone\s*)?(?P<zone>[1-5]?\d|60)\s?(?P<band>[C-HJ-NP-X])[\s,:;]+"
        r"e?\s?(?P<east>\d{6,7}(?:\.\d+)?)\s?(?:m?\s?e)?[\s,;]+n?\s?(?P<north>\d{6,8}(?:\.\d+)?)\s?(?:m?\s?n)?",
        r"e?\s?(?P<east>\d{6,7}(?:\.\d+)?)\s?(?:m?\s?e)?[\s,;]+n?\s?(?P<north>\d{7,8}(?:\.\d+)?)\s?"
        r"(?:m?\s?n)?[\s,;(]+(?:utm\s*)?(?:zone\s*)?(?P<zone>[1-5]?\d|60)\s?(?P<band>[C-HJ-NP-X])\)?",
    )
)
_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_COMMAS = r"[+-]?\d{1,3},\d+"
_PAIRS = (
    re.compile(rf"({_NUMBER})\s*°?\s*[,;/|\s]\s*({_NUMBER})\s*°?"),
    re.compile(rf"({_COMMAS})\s*°?\s*(?:[;/|]|,\s|\s)\s*({_COMMAS})\s*°?"),
)
_METRES = re.compile(r"([+-]?\d{6,8}(?:\.\d+)?)\s*[,;/|\s]\s*([+-]?\d{6,8}(?:\.\d+)?)")
_LINK = re.compile(
    rf"(?:geo:|[?&/]@|/@|[?&](?:q|ll|center|mlat|query|destination)=(?:loc:)?)({_NUMBER})"
    rf"(?:,|%2c|&mlon=)\s*({_NUMBER})",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?P<lat>\blat(?:itude)?\b|\bшир(?:ота)?\b|خط العرض|دائره العرض)|"
    r"(?P<lon>\blong?(?:itude)?\b|\blng\b|\bдол(?:гота)?\b|خط الطول)",
    re.IGNORECASE,
)
_SIDED = (
    re.compile(r"(?P<lat>[^EW]*[NS])[\s,;/]*(?P<lon>[^NS]*[EW])"),
    re.compile(r"(?P<lat>[NS][^EW]*?)[\s,;/]*(?P<lon>[EW][^NS]*)"),
    re.compile(r"(?P<lon>[^NS]*[EW])[\s,;/]*(?P<lat>[^EW]*[NS])"),
    re.compile(r"(?P<lon>[EW][^NS]*?)[\s,;/]*(?P<lat>[NS][^EW]*)"),
)
_SHAPE = re.compile(r"(?:SRID=(\d+);)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b.*)", re.I | re.S)
_HEX = re.compile(r"(?:\\x|0x)?([0-9A-F]{42,})", re.IGNORECASE)
_PRECISIONS = {0: "governorate", 1: "district", 2: "town"}
"""Of a reference by the pairs of its digits: squares of 100, 10 or 1 km; with more, a site."""


@dataclass(frozen=True)
class Point:
    """A point, how it was read, and how exactly the writing says it; "" where it does not.

    `is_free` where nothing tells which of the two numbers is the latitude.
    """

    lat: float
    lon: float
    how: str
    precision: str = ""
    is_free: bool = False

    @property
    def is_here(self) -> bool:
        (south, north), (west, east) = _HERE
        return south <= self.lat <= north and west <= self.lon <= east

    def turn(self) -> Point:
        """The same numbers the other way round."""
        return Point(self.lon, self.lat, self.how, self.precision, self.is_free)


def read_points(texts: pd.Series) -> pd.DataFrame:
    """Read a column of points.

    Of a pair of numbers alone, the first is the latitude, unless more pairs of the column lie in
    Iraq, Syria or around them the other way round.

    Returns
    -------
    Columns `lat`, `lon` (degrees, EPSG:4326, missing if the cell is no point), `precision` and
    `how` ("" if it is none), under the index of `texts`.
    """
    codes, uniques = pd.factorize(texts)
    points = [read_point(text) for text in uniques]
    free = [point for point in points if point is not None and point.is_free]
    turned = sum(point.turn().is_here for point in free)
    if turned > sum(point.is_here for point in free):
        points = [each.turn() if each is not None and each.is_free else each for each in points]
    points = [each if each is None or _is_on_globe(each) else None for each in points]
    table = pd.DataFrame(
        {
            "lat": [math.nan if each is None else each.lat for each in points],
            "lon": [math.nan if each is None else each.lon for each in points],
            "precision": pd.Series(["" if p is None else p.precision for p in points], dtype="str"),
            "how": pd.Series(["" if each is None else each.how for each in points], dtype="str"),
        }
    )
    return table.astype({"lat": "float64", "lon": "float64"}).take(codes).set_axis(texts.index)


def read_point(text: str) -> Point | None:
    """The point that a whole cell is; None if it is none."""
    if not any(letter.isdigit() for letter in text[:_LONGEST]):
        return None
    for read in (_read_shape, _read_json):
        point = read(text)
        if point is not None:
            return point
    if len(text) > _LONGEST_PAIR:
        return _read_link(text)
    plain = fold_sides(text).strip("()[]<> ")
    readers: Sequence[Callable[[str], Point | None]] = (
        *(_read_grid, _read_utm, _read_link, _read_labelled, _read_pair, _read_sided, _read_metres),
    )
    return next((point for point in (read(plain) for read in readers) if point is not None), None)


def find_within(text: str) -> Point | None:
    """A reference or a pair of degrees that stands among other words."""
    if len(text) > 4 * _LONGEST_PAIR:
        return None
    found = _MGRS_WITHIN.search(text)
    point = None if found is None else _make_grid(found)
    if point is None and (pair := _PAIR_WITHIN.search(fold_sides(text))) is not None:
        point = read_point(pair[1])
    return point if point is not None and point.is_here else None


def _is_on_globe(point: Point) -> bool:
    return abs(point.lat) <= _WORLD[0] and abs(point.lon) <= _WORLD[1]


def _read_grid(plain: str) -> Point | None:
    found = _MGRS.fullmatch(plain)
    return None if found is None else _make_grid(found)


@lru_cache(maxsize=1)
def _grid() -> Any:
    return mgrs.MGRS()


def _make_grid(found: re.Match[str]) -> Point | None:
    """The middle of the square of a reference: its corner may be far from most of it."""
    digits = re.sub(r"\s", "", found["digits"] or "")
    square = re.sub(r"\s", "", found["square"])
    if len(digits) % 2 or len(digits) > 10:
        return None
    half = len(digits) // 2
    size = 10 ** (5 - half)
    east, north = (int(part or 0) * size + size // 2 for part in (digits[:half], digits[half:]))
    try:
        reference = f"{found['zone']}{found['band']}{square}{east:05}{north:05}".upper()
        lat, lon = _grid().toLatLon(reference)
    except (mgrs.core.MGRSError, ValueError):
        return None
    return Point(lat, lon, "MGRS", _PRECISIONS.get(half, "site"))


def _read_utm(plain: str) -> Point | None:
    for pattern in _UTM:
        found = pattern.fullmatch(plain)
        if found is not None:
            return _make_utm(found)
    return None


def _make_utm(found: re.Match[str]) -> Point | None:
    """A point in UTM. The letter is the band; "38 S" is of the north here, as band S is."""
    zone, band = int(found["zone"]), found["band"].upper()
    east, north = float(found["east"]), float(found["north"])
    if not (1 <= zone <= 60 and 100_000 <= east <= 900_000 and north < 10_000_000):
        return None
    base = 32600 if band >= "N" else 32700
    lon, lat = _turn(base + zone, east, north)
    return Point(lat, lon, "UTM") if math.isfinite(lat) else None


@lru_cache(maxsize=128)
def _transformer(epsg: int) -> pyproj.Transformer | None:
    try:
        return pyproj.Transformer.from_crs(epsg, 4326, always_xy=True)
    except pyproj.exceptions.ProjError:
        return None


def _turn(epsg: int, x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of coordinates in a system by its number."""
    if epsg in (0, 4326):
        return x, y
    transformer = _transformer(epsg)
    if transformer is None:
        return math.nan, math.nan
    lon, lat = transformer.transform(x, y)
    return float(lon), float(lat)


def turn_mercator(x: pd.Series, y: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Longitudes and latitudes of columns of Web Mercator metres (EPSG:3857)."""
    transformer = _transformer(3857)
    assert transformer is not None, "pyproj knows Web Mercator"
    lon, lat = transformer.transform(x.to_numpy(), y.to_numpy())
    return pd.Series(lon, index=x.index), pd.Series(lat, index=y.index)


def _read_metres(plain: str) -> Point | None:
    found = _METRES.fullmatch(plain)
    if found is None:
        return None
    lon, lat = _turn(3857, float(found[1]), float(found[2]))
    point = Point(lat, lon, "Web Mercator metres")
    return point if point.is_here else None


def _read_link(plain: str) -> Point | None:
    found = _LINK.search(plain)
    return None if found is None else Point(float(found[1]), float(found[2]), "a link to a map")


def _read_labelled(plain: str) -> Point | None:
    """ "Lat: 33.3, Lon: 44.4", in either order."""
    found = list(_LABELS.finditer(plain))
    if len(found) != 2 or {found[0].lastgroup, found[1].lastgroup} != {"lat", "lon"}:
        return None
    first = plain[found[0].end() : found[1].start()].strip(" :=,;()\"'")
    second = plain[found[1].end() :].strip(" :=,;()\"'")
    texts = {found[0].lastgroup: first, found[1].lastgroup: second}
    lat, lon = read_degrees(str(texts["lat"]), "NS"), read_degrees(str(texts["lon"]), "EW")
    is_read = math.isfinite(lat) and math.isfinite(lon)
    return Point(lat, lon, "latitude and longitude in one cell") if is_read else None


def _read_sided(plain: str) -> Point | None:
    """Two angles with N, S, E or W; or degrees, minutes and seconds with a comma between."""
    text = plain.upper()
    for pattern in _SIDED:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        lat, lon = read_degrees(found["lat"], "NS"), read_degrees(found["lon"], "EW")
        if math.isfinite(lat) and math.isfinite(lon):
            is_whole = re.search(r"\d\s*[°D :'-]\s*\d", text) is not None
            how = "degrees, minutes and seconds" if is_whole else "a pair of degrees"
            return Point(lat, lon, how)
    first, _, second = plain.partition(",")
    lat, lon = read_degrees(first.strip(), "NS"), read_degrees(second.strip(), "EW")
    if math.isfinite(lat) and math.isfinite(lon) and re.search(r"\d[° :'-]+\d", first):
        return Point(lat, lon, "degrees, minutes and seconds", is_free=True)
    return None


def _read_pair(plain: str) -> Point | None:
    for pattern in _PAIRS:
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        if not all(re.search("[.,]", each) for each in found.groups()):
            continue  # "33, 44" may be anything, 3/4 a date
        first, second = (float(each.replace(",", ".")) for each in found.groups())
        return Point(first, second, "a pair of degrees", is_free=True)
    return None


def _read_shape(text: str) -> Point | None:
    """WKT, EWKT and WKB; of a shape that is no point, a point inside it."""
    plain = text.strip()
    found = _SHAPE.fullmatch(plain)
    try:
        if found is not None:
            shape, how = shapely.from_wkt(found[2]), "WKT"
            number = int(found[1] or 0)
        elif (coded := _HEX.fullmatch(plain)) is not None and len(coded[1]) % 2 == 0:
            shape, how = shapely.from_wkb(coded[1]), "WKB"
            number = int(shapely.get_srid(shape))
        else:
            return None
    except (shapely.errors.GEOSException, ValueError):
        return None
    return _place_shape(shape, how, number)


def _place_shape(shape: Any, how: str, epsg: int = 0) -> Point | None:
    if shape is None or shape.is_empty:
        return None
    try:
        inside = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
    except shapely.errors.GEOSException:
        return None
    lon, lat = _turn(epsg, float(inside.x), float(inside.y))
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    corners = [_turn(epsg, x, y) for x, y in ((shape.bounds[:2]), (shape.bounds[2:]))]
    sides = (np.array([number]) for corner in corners for number in corner)
    is_area = shape.geom_type != "Point"
    return Point(lat, lon, how, str(find_precisions(Boxes(*sides))[0]) if is_area else "")


_KEYS = (("lat", "lon"), ("lat", "lng"), ("latitude", "longitude"), ("lat", "long"), ("y", "x"))


def _read_json(text: str) -> Point | None:
    """GeoJSON, an object with latitude and longitude, or a list of two numbers."""
    plain = text.strip()
    if not plain.startswith(("{", "[")):
        return None
    try:
        data = json.loads(plain)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, dict) and isinstance(data.get("geometry"), dict):
        data = data["geometry"]
    if isinstance(data, list):
        numbers = _take_numbers(data)
        # GeoJSON has the longitude first; what only fits the other way round is turned.
        return None if numbers is None else Point(numbers[1], numbers[0], "a list", is_free=True)
    if not isinstance(data, dict):
        return None
    folded = {str(key).casefold(): value for key, value in data.items()}
    if "type" in folded and "coordinates" in folded:
        shape = shapely.from_geojson(json.dumps(data), on_invalid="ignore")
        return _place_shape(shape, "GeoJSON")
    if "coordinates" in folded:
        return _read_json(json.dumps(folded["coordinates"]))
    for lat_key, lon_key in _KEYS:
        if lat_key in folded and lon_key in folded:
            numbers = _take_numbers([folded[lat_key], folded[lon_key]])
            return None if numbers is None else Point(*numbers, "GeoJSON")
    return None


def _take_numbers(data: list[Any]) -> tuple[float, float] | None:
    try:
        first, second = float(data[0]), float(data[1])
    except (ValueError, TypeError, IndexError):
        return None
    return (first, second) if math.isfinite(first) and math.isfinite(second) else None
