"""From shapes on the map to columns of coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from incidents.checking.problems import make_problem, problems_at, problems_frame
from incidents.column_aliases import aliases_of
from incidents.columns import fold_name
from incidents.reading.workbook_cells import write_text

LON_LAT = "OGC:CRS84"
Numbers = npt.NDArray[np.float64]
Shapes = npt.NDArray[np.object_]
"""One shapely geometry per row; None where there is none or it cannot be read."""


@dataclass(frozen=True)
class Geometry:
    """The shapes of a table, each also as text, and the coordinate system they are in.

    `crs` is anything that pyproj understands, or None if it is not known; `name` is that of the
    column that holds the shapes.
    """

    shapes: Shapes
    texts: list[str]
    crs: Any
    name: str = "geometry"


def add_coordinates(
    header: list[str], body: pd.DataFrame, geometry: Geometry, file: str
) -> tuple[list[str], pd.DataFrame, list[pd.DataFrame]]:
    """Add columns `lat` and `lon` (EPSG:4326, degrees) to a table that has none of its own.

    A shape that is no point gives a point inside it, which is told. The shapes stay, as text in
    a column of their own, unless `lat` and `lon` say all that they say.
    """
    shapes, texts = geometry.shapes, geometry.texts
    is_given = np.array([text != "" for text in texts], dtype=bool)
    is_unread = is_given & shapely.is_missing(shapes)
    found = [problems_at("geometry_invalid", file, body.index[is_unread], geometry.name)]
    is_said = False
    if not has_coordinates(header):
        placed, problems = _place(geometry, body.index, file)
        found += problems
        if placed is not None:
            lon, lat = placed
            is_plain = ~np.isnan(lon) & ~shapely.has_z(shapes)
            is_said = not problems and bool((is_plain | ~is_given).all())
            header = [*header, "lat", "lon"]
            body = _add_columns(body, [_write_numbers(lat), _write_numbers(lon)])
    if not is_said and is_given.any():
        header, body = [*header, geometry.name], _add_columns(body, [texts])
    return header, body, found


def has_coordinates(header: list[str]) -> bool:
    """Whether there are columns of latitude and longitude."""
    folded = {fold_name(name) for name in header}
    return all(
        any(fold_name(name) in folded for name in (ours, *aliases_of(ours)))
        for ours in ("lat", "lon")
    )


def _place(
    geometry: Geometry, index: pd.Index, file: str
) -> tuple[tuple[Numbers, Numbers] | None, list[pd.DataFrame]]:
    """Longitude and latitude of a point of each shape, NaN where there is none.

    None if the coordinate system is not known.
    """
    turn = _find_turn(geometry.crs)
    if turn is None:
        return None, [problems_frame([make_problem("crs_unknown", file)])]
    problems = []
    shapes = geometry.shapes.copy()
    shapes[shapely.is_empty(shapes)] = None
    is_other = ~np.isin(shapely.get_type_id(shapes), (-1, shapely.GeometryType.POINT))
    if is_other.any():
        shapes[is_other] = [_find_inside(shape) for shape in shapes[is_other]]
        types = [shape.geom_type for shape in geometry.shapes[is_other]]
        rows = index[is_other]
        problems.append(problems_at("geometry_not_point", file, rows, geometry.name, types))
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
    crs = pyproj.CRS.from_user_input(geometry.crs)
    if not crs.equals(pyproj.CRS.from_user_input(LON_LAT), ignore_axis_order=True):
        lon, lat = turn.transform(lon, lat)
        told = make_problem("crs_converted", file, crs=crs.name)
        problems.append(problems_frame([told]))
    is_usable = np.isfinite(lon) & np.isfinite(lat)
    lon, lat = (np.where(is_usable, numbers, np.nan) for numbers in (lon, lat))
    return (lon, lat), problems


def _find_turn(crs: Any) -> pyproj.Transformer | None:
    """How to turn coordinates into longitude and latitude; None if their system is not known."""
    if crs is None:
        return None
    try:
        return pyproj.Transformer.from_crs(crs, LON_LAT, always_xy=True)
    except (pyproj.exceptions.ProjError, TypeError, ValueError):
        return None


def _find_inside(shape: Any) -> Any:
    """A point inside a shape, or None if it is so broken that there is none."""
    try:
        return shapely.point_on_surface(shape)
    except shapely.errors.GEOSException:
        return None


def _write_numbers(numbers: Numbers) -> list[str]:
    return [write_text(number) for number in numbers.tolist()]


def _add_columns(body: pd.DataFrame, columns: list[list[str]]) -> pd.DataFrame:
    """Add columns of text at the end of a body whose columns are numbered."""
    width = body.shape[1]
    added = {width + n: pd.Series(cells, body.index, "str") for n, cells in enumerate(columns)}
    return pd.concat([body, pd.DataFrame(added)], axis=1)
