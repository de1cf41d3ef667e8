"""Points in one cell: a pair of degrees, MGRS, UTM, metres, WKT, WKB, GeoJSON, a link to a map."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import pandas as pd

from incidents.intake.checking.point_grids import (
    MGRS_WITHIN,
    Point,
    make_grid,
    read_bare_grid,
    read_grid,
    read_metres,
    read_utm,
)
from incidents.intake.checking.point_shapes import read_json, read_shape
from incidents.table.degrees import fold_sides, read_degrees
from incidents.table.plain_text import plain_text

_LONGEST = 20_000  # letters: a polygon of some length
_LONGEST_PAIR = 160
_WORLD = 90.0, 180.0
_PAIR_WITHIN = re.compile(
    r"(?:^|[\s(\[:])(-?\d{1,2}\.\d{2,}\s*°?\s?N?\s*[,;/ ]\s*-?\d{1,3}\.\d{2,}\s*°?\s?E?)"
    r"(?:$|[\s)\].,;])"
)
_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_COMMAS = r"[+-]?\d{1,3},\d+"
_PAIRS = (
    re.compile(
        rf"({_NUMBER})\s*°?(?:\s*[,;/|_\s]\s*|\s+(?:-|&|and|и|و)\s+)({_NUMBER})\s*°?(?:\s*[,;]\s*-?\d+(?:\.\d+)?)?"
    ),
    re.compile(rf"({_COMMAS})\s*°?\s*(?:[;/|]|,\s|\s)\s*({_COMMAS})\s*°?"),
)
_LINK = re.compile(
    rf"(?:geo:|[?&/]@|/@|[?&](?:q|ll|center|query|destination)=(?:loc:)?|#map=\d+(?:\.\d+)?/|"
    rf"[?&#]m?lat(?:itude)?=)({_NUMBER})(?:,|%2c|/|&m?l(?:on|ng|ong)(?:itude)?=)\s*({_NUMBER})",
    re.IGNORECASE,
)
_LINK_TO_PLACE = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
_AROUND = re.compile(
    r"^(?:(?:grid(?: ref\w*)?|mgrs|usng|coord\w*|lat\W?(?:lng|lon|long)|location|"
    r"gps|position|point)\s*(?:[:=]\s*|(?=\()))?"
    r"(?:~|approx\.?|about|circa|ca\.)?\s*(?=[\d(NSEW+-])|\s*\((?:approx\w*\.?|about|est\w*\.?|centroid)\)$",
    re.IGNORECASE,
)
_ISO = re.compile(r"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?/?")
"""ISO 6709: +33.3+044.4/"""
_LABELS = re.compile(
    r"(?P<lat>\b[yn](?=\s?[:=])|\blat(?:itude)?\b|\bшир(?:ота)?\b|خط العرض|دائره العرض)|"
    r"(?P<lon>\b[xe](?=\s?[:=])|\blong?(?:itude)?\b|\blng\b|\bдол(?:гота)?\b|خط الطول)",
    re.IGNORECASE,
)
_SIDED = (
    re.compile(r"(?P<lat>[^EW]*[NS])[\s,;/]*(?P<lon>[^NS]*[EW])"),
    re.compile(r"(?P<lat>[NS][^EW]*?)[\s,;/]*(?P<lon>[EW][^NS]*)"),
    re.compile(r"(?P<lon>[^NS]*[EW])[\s,;/]*(?P<lat>[^EW]*[NS])"),
    re.compile(r"(?P<lon>[EW][^NS]*?)[\s,;/]*(?P<lat>[NS][^EW]*)"),
)
# Of "33.18.30" and the like; 33.3083 is a number.
_IS_ANGLE = re.compile(r"\d\s*[°d':_-]\s*\d|\d \d|\d+\.\d+\.\d")


def read_points(texts: pd.Series, is_named: bool = False) -> pd.DataFrame:
    """Read a column of points.

    Of a pair of numbers alone, the first is the latitude, unless more pairs of the column lie in
    Iraq, Syria or around them the other way round. MGRS without its zone is read where the
    column `is_named` as one of points: "AB 1234" may be any code.

    Returns
    -------
    Columns `lat`, `lon` (degrees, EPSG:4326, missing if the cell is no point), `precision` and
    `how` ("" if it is none), under the index of `texts`.
    """
    codes, uniques = pd.factorize(texts)
    points = [read_point(text) for text in uniques]
    if is_named:
        pairs = zip(points, uniques, strict=True)
        points = [each or read_bare_grid(plain_text(text)) for each, text in pairs]
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
    for read in (read_shape, read_json):
        point = read(text)
        if point is not None:
            return point
    if len(text) > _LONGEST_PAIR:
        return _read_link(text)
    plain = _AROUND.sub("", fold_sides(text)).strip("()[]<> ")
    readers: Sequence[Callable[[str], Point | None]] = (
        *(read_grid, read_utm, _read_link, _read_labelled, _read_iso, _read_pair, _read_sided),
        read_metres,
    )
    return next((point for point in (read(plain) for read in readers) if point is not None), None)


def find_within(text: str) -> Point | None:
    """A reference or a pair of degrees that stands among other words."""
    if len(text) > 4 * _LONGEST_PAIR:
        return None
    found = MGRS_WITHIN.search(text)
    point = None if found is None else make_grid(found)
    if point is None and (pair := _PAIR_WITHIN.search(fold_sides(text))) is not None:
        point = read_point(pair[1])
    return point if point is not None and point.is_here else None


def _is_on_globe(point: Point) -> bool:
    return abs(point.lat) <= _WORLD[0] and abs(point.lon) <= _WORLD[1]


def _read_link(plain: str) -> Point | None:
    # Of a link to a place, its own point, not the middle of the map around it.
    found = _LINK_TO_PLACE.search(plain) or _LINK.search(plain)
    return None if found is None else Point(float(found[1]), float(found[2]), "a link to a map")


def _read_iso(plain: str) -> Point | None:
    found = _ISO.fullmatch(plain)
    return None if found is None else Point(float(found[1]), float(found[2]), "ISO 6709")


def _read_labelled(plain: str) -> Point | None:
    """ "Lat: 33.3, Lon: 44.4", in either order."""
    found = list(_LABELS.finditer(plain))
    if len(found) != 2 or {found[0].lastgroup, found[1].lastgroup} != {"lat", "lon"}:
        return None
    first = plain[found[0].end() : found[1].start()].strip(" :=,;&()\"'")
    second = plain[found[1].end() :].strip(" :=,;&()\"'")
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
    first, second = _cut_two(plain)
    lat, lon = read_degrees(first.strip(), "NS"), read_degrees(second.strip(), "EW")
    point = Point(lat, lon, "degrees, minutes and seconds", is_free=True)
    # "10-12 15-20" may be anything: what has no letter must lie here, one way or the other.
    return point if second and (point.is_here or point.turn().is_here) else None


def _cut_two(plain: str) -> tuple[str, str]:
    """Two angles without letters, a comma or one blank between; "" for one that is not there."""
    parts = plain.split(",") if "," in plain else plain.split(";" if ";" in plain else None)
    if len(parts) != 2 or not all(map(_IS_ANGLE.search, parts)):
        return plain, ""
    return parts[0].strip(), parts[1].strip()


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
