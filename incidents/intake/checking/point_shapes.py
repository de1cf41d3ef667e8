"""Points of shapes in text: WKT, WKB, GeoJSON and other objects of JSON."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import numpy as np
import shapely

from incidents.intake.checking.point_grids import Point, turn_point
from incidents.intake.reading.boxes import Boxes, find_precisions

_SHAPE = re.compile(r"(?:SRID=(\d+);)?\s*((?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b.*)", re.I | re.S)
_COMMA = re.compile(r"(?<=POINT\()\s*([+-]?[\d.]+)\s*,\s*([+-]?[\d.]+)\s*(?=\))", re.IGNORECASE)
_HEX = re.compile(r"(?:\\x|0x)?([0-9A-F]{42,})", re.IGNORECASE)


def read_shape(text: str) -> Point | None:
    """WKT, EWKT and WKB; of a shape that is no point, a point inside it."""
    plain = _COMMA.sub(r"\1 \2", text.strip())
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
    lon, lat = turn_point(epsg, float(inside.x), float(inside.y))
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    corners = [turn_point(epsg, x, y) for x, y in ((shape.bounds[:2]), (shape.bounds[2:]))]
    sides = (np.array([number]) for corner in corners for number in corner)
    is_area = shape.geom_type != "Point"
    return Point(lat, lon, how, str(find_precisions(Boxes(*sides))[0]) if is_area else "")


_KEYS = (("lat", "lon"), ("lat", "lng"), ("latitude", "longitude"), ("lat", "long"), ("y", "x"))


def read_json(text: str) -> Point | None:
    """GeoJSON, an object with latitude and longitude, or a list of two numbers."""
    plain = text.strip()
    if not plain.startswith(("{", "[")):
        return None
    try:
        data = json.loads(plain if '"' in plain else plain.replace("'", '"'))
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
        return read_json(json.dumps(folded["coordinates"]))
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
