"""Points of grids: MGRS and USNG, UTM, Web Mercator; and what a point is."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import mgrs
import pandas as pd
import pyproj

_HERE = (28.0, 39.0), (34.0, 50.0)
"""Latitudes and longitudes of Iraq, Syria and what lies around them."""

_GRID = (
    r"(?P<zone>[1-9]|[1-5]\d|60)\s?(?P<band>[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z]\s?[A-HJ-NP-V])"
)
_MGRS = re.compile(rf"(?:mgrs:?\s*|usng:?\s*)?{_GRID}\s*(?P<digits>\d[\d /-]*)?", re.IGNORECASE)
MGRS_WITHIN = re.compile(
    rf"(?<![\w.]){_GRID}\s?"
    r"(?P<digits>\d{5} \d{5}|\d{4} \d{4}|\d{3} \d{3}|\d\d \d\d|\d{4,10})(?!\w)",
    re.I,
)
_HALVES = "|".join(rf"\d{{{length}}}[\s/-]?\d{{{length}}}" for length in range(1, 6))
BARE_GRID = re.compile(
    r"(?:mgrs:?\s*|usng:?\s*)?(?P<square>[A-HJ-NP-Z]\s?[A-HJ-NP-V])\s?"
    rf"(?P<digits>{_HALVES})",
    re.IGNORECASE,
)
"""A reference without its zone; both halves of its digits are of one length."""
_ZONES = (36, 37, 38, 39)
_COLUMNS, _ROWS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ"), "ABCDEFGHJKLMNPQRSTUV"
"""Letters of squares of 100 km: of columns by the zone, of rows from the equator on."""
_UTM = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:utm:?\s*)?(?:zone\s*)?(?P<zone>[1-5]?\d|60)\s?(?P<band>[C-HJ-NP-X])[\s,:;]+"
        r"e?\s?(?P<east>\d{6,7}(?:\.\d+)?)\s?(?:m?\s?e)?[\s,;]+n?\s?(?P<north>\d{6,8}(?:\.\d+)?)\s?(?:m?\s?n)?",
        r"e?\s?(?P<east>\d{6,7}(?:\.\d+)?)\s?(?:m?\s?e)?[\s,;]+n?\s?(?P<north>\d{7,8}(?:\.\d+)?)\s?"
        r"(?:m?\s?n)?[\s,;(]+(?:utm\s*)?(?:zone\s*)?(?P<zone>[1-5]?\d|60)\s?(?P<band>[C-HJ-NP-X])\)?",
    )
)
_UTM_NORTH = re.compile(
    # Without a word, only the zones of Iraq and Syria.
    r"(?:utm:?\s*)?(?:zone\s*|(?=3[6-9]\D))(?P<zone>[1-5]?\d|60)[\s,:;]+e?\s?(?P<east>\d{6,7}(?:\.\d+)?)\s?(?:m?\s?e)?"
    r"[\s,;]+n?\s?(?P<north>\d{7,8}(?:\.\d+)?)\s?(?:m?\s?n)?(?P<band>)",
    re.IGNORECASE,
)
UTM_BARE = re.compile(
    # What lies in Iraq and Syria, north of the equator, in whichever zone.
    r"(?:utm:?\s*)?e?:?\s?(?P<east>[1-8]\d{5}(?:\.\d+)?)\s?(?:m?\s?e)?(?:\s*[,;/|]\s*|\s+)"
    r"n?:?\s?(?P<north>(?:3[1-9]|4[0-2])\d{5}(?:\.\d+)?)\s?(?:m?\s?n)?",
    re.IGNORECASE,
)
_METRES = re.compile(r"([+-]?\d{6,8}(?:\.\d+)?)\s*[,;/|\s]\s*([+-]?\d{6,8}(?:\.\d+)?)")
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


def read_grid(plain: str) -> Point | None:
    """A reference of MGRS or USNG."""
    found = _MGRS.fullmatch(plain)
    return None if found is None else make_grid(found)


def read_bare_grid(plain: str) -> Point | None:
    """A reference without its zone: the only square of this name in Iraq, Syria or around."""
    found = BARE_GRID.fullmatch(plain)
    if found is None:
        return None
    square = re.sub(r"\s", "", found["square"]).upper()
    column, row = square[0], square[1]
    digits = re.sub(r"\D", "", found["digits"])
    half = len(digits) // 2
    size = 10 ** (5 - half)
    for zone in _ZONES:
        letters = _COLUMNS[(zone - 1) % 3]
        if column not in letters:
            continue
        # Rows come again after 2,000 km, more than from one end of here to the other.
        north = (_ROWS.index(row) - 5 * (zone % 2 == 0)) % 20 * 100_000
        north += 2_000_000 if north >= 1_000_000 else 4_000_000
        east = (letters.index(column) + 1) * 100_000
        east, north = (
            base + int(part) * size + size // 2
            for base, part in ((east, digits[:half]), (north, digits[half:]))
        )
        lon, lat = turn_point(32600 + zone, east, north)
        how = "MGRS without its zone, in Iraq, Syria or around"
        point = Point(lat, lon, how, _PRECISIONS.get(half, "site"))
        if point.is_here and 0 <= lon - (6 * zone - 186) <= 6:
            return point
    return None


@lru_cache(maxsize=1)
def _grid() -> Any:
    return mgrs.MGRS()


def make_grid(found: re.Match[str]) -> Point | None:
    """The middle of the square of a reference: its corner may be far from most of it."""
    parts = re.findall(r"\d+", found["digits"] or "")
    digits = "".join(parts)
    square = re.sub(r"\s", "", found["square"])
    is_uneven = len(parts) == 2 and len(parts[0]) != len(parts[1])
    if is_uneven or len(digits) % 2 or len(digits) > 10:
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


def read_utm(plain: str) -> Point | None:
    """A point in UTM with its zone."""
    for pattern in (*_UTM, _UTM_NORTH):
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
    base = 32700 if "C" <= band < "N" else 32600
    lon, lat = turn_point(base + zone, east, north)
    return Point(lat, lon, "UTM") if math.isfinite(lat) else None


@lru_cache(maxsize=128)
def _transformer(epsg: int) -> pyproj.Transformer | None:
    try:
        return pyproj.Transformer.from_crs(epsg, 4326, always_xy=True)
    except pyproj.exceptions.ProjError:
        return None


def turn_point(epsg: int, x: float, y: float) -> tuple[float, float]:
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


def read_metres(plain: str) -> Point | None:
    """Web Mercator metres, if they lie in Iraq, Syria or around."""
    found = _METRES.fullmatch(plain)
    if found is None:
        return None
    lon, lat = turn_point(3857, float(found[1]), float(found[2]))
    point = Point(lat, lon, "Web Mercator metres")
    return point if point.is_here else None
