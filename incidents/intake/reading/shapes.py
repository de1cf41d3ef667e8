"""From shapes on the map to columns of coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from incidents.intake.reading.boxes import Boxes, Numbers, find_precisions, tell_elsewhere
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.column_aliases import aliases_of
from incidents.table.columns import fold_name
from incidents.table.problems import make_problem, problems_at, problems_frame

LON_LAT = "OGC:CRS84"
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
    """Fill `lat` and `lon` (EPSG:4326, degrees) where the table's own columns leave both empty.

    A shape that is no point gives a point inside it, which is told, and a `precision` by its size
    where the row states none. A shape elsewhere than the table's own coordinates is told. The
    shapes stay, as text in a column of their own, unless `lat` and `lon` say all that they say.
    """
    shapes, texts = geometry.shapes, geometry.texts
    is_given = np.array([text != "" for text in texts], dtype=bool)
    is_unread = is_given & shapely.is_missing(shapes)
    found = [problems_at("geometry_invalid", file, body.index[is_unread], geometry.name)]
    own = _find_columns(header)
    lat, lon = (_take(body, own[name]) for name in ("lat", "lon"))
    is_wanted = ((lat == "") & (lon == "")).to_numpy()
    is_told = own["lat"] is None or bool((is_wanted & is_given).any())
    turn = _Turn.find(geometry.crs)
    if turn is None:
        found += [problems_frame([make_problem("crs_unknown", file)])] if is_told else []
        return *_keep(header, body, geometry), found
    boxes = _find_boxes(shapes, turn)
    found.append(tell_elsewhere(boxes, lat, lon, file, geometry.name))
    if is_told:
        (x, y), is_inside = _place(shapes, turn)
        is_placed = is_wanted & ~np.isnan(x)
        is_inside &= is_placed
        types = [shape.geom_type for shape in shapes[is_inside]]
        rows = body.index[is_inside]
        found.append(problems_at("geometry_not_point", file, rows, geometry.name, types))
        if turn.name != "":
            found.append(problems_frame([make_problem("crs_converted", file, crs=turn.name)]))
        header, body = _fill(header, body, own["lat"], "lat", _write(y, is_placed))
        header, body = _fill(header, body, own["lon"], "lon", _write(x, is_placed))
        if is_inside.any():
            sizes = np.where(is_inside, find_precisions(boxes), "").tolist()
            header, body = _fill(header, body, own["precision"], "precision", sizes)
        is_said = is_placed & ~is_inside & ~shapely.has_z(shapes)
        if turn.name == "" and (is_said | ~is_given).all():
            return header, body, found
    return *_keep(header, body, geometry), found


def _keep(
    header: list[str], body: pd.DataFrame, geometry: Geometry
) -> tuple[list[str], pd.DataFrame]:
    if not any(geometry.texts):
        return header, body
    return [*header, geometry.name], _add_column(body, geometry.texts)


def _find_columns(header: list[str]) -> dict[str, int | None]:
    """Where latitude, longitude and precision are; half a pair of coordinates is none."""
    folded = [fold_name(name) for name in header]
    found: dict[str, int | None] = {}
    for ours in ("lat", "lon", "precision"):
        names = (fold_name(name) for name in (ours, *aliases_of(ours)))
        found[ours] = next((folded.index(name) for name in names if name in folded), None)
    if found["lat"] is None or found["lon"] is None:
        found |= {"lat": None, "lon": None}
    return found


def _take(body: pd.DataFrame, place: int | None) -> pd.Series:
    if place is None:
        return pd.Series("", index=body.index, dtype="str")
    return body.iloc[:, place].str.strip()


def _fill(
    header: list[str], body: pd.DataFrame, place: int | None, name: str, cells: list[str]
) -> tuple[list[str], pd.DataFrame]:
    """Fill the empty cells of a column, or add it at the end."""
    if place is None:
        return [*header, name], _add_column(body, cells)
    own = _take(body, place)
    made = pd.Series(cells, body.index, dtype="str")
    return header, _replace(body, place, own.where(own != "", made))


@dataclass(frozen=True)
class _Turn:
    """How to turn coordinates into longitude and latitude; `name` is "" if they are such."""

    name: str
    transformer: pyproj.Transformer

    @classmethod
    def find(cls, crs: Any) -> _Turn | None:
        """None if the coordinate system is not known."""
        if crs is None:
            return None
        try:
            transformer = pyproj.Transformer.from_crs(crs, LON_LAT, always_xy=True)
            known = pyproj.CRS.from_user_input(crs)
        except (pyproj.exceptions.ProjError, TypeError, ValueError):
            return None
        plain = pyproj.CRS.from_user_input(LON_LAT)
        return cls("" if known.equals(plain, ignore_axis_order=True) else known.name, transformer)

    def turn(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """Longitude and latitude, NaN where there is none."""
        lon, lat = (x, y) if self.name == "" else self.transformer.transform(x, y)
        is_usable = np.isfinite(lon) & np.isfinite(lat)
        return np.where(is_usable, lon, np.nan), np.where(is_usable, lat, np.nan)


def _place(shapes: Shapes, turn: _Turn) -> tuple[tuple[Numbers, Numbers], npt.NDArray[np.bool_]]:
    """A point of each shape, and whether it is one inside something larger."""
    points = shapes.copy()
    points[shapely.is_empty(points)] = None
    is_other = ~np.isin(shapely.get_type_id(points), (-1, shapely.GeometryType.POINT))
    if is_other.any():
        points[is_other] = [_find_inside(shape) for shape in points[is_other]]
    return turn.turn(shapely.get_x(points), shapely.get_y(points)), is_other


def _find_inside(shape: Any) -> Any:
    """A point inside a shape, or None if it is so broken that there is none."""
    try:
        return shapely.point_on_surface(shape)
    except shapely.errors.GEOSException:
        return None


def _find_boxes(shapes: Shapes, turn: _Turn) -> Boxes:
    """The box around each shape; of a turned one, that around its corners."""
    west, south, east, north = shapely.bounds(shapes).T
    corners = [turn.turn(x, y) for x in (west, east) for y in (south, north)]
    lon, lat = (np.vstack(numbers) for numbers in zip(*corners, strict=True))
    return Boxes(lon.min(axis=0), lat.min(axis=0), lon.max(axis=0), lat.max(axis=0))


def _write(numbers: Numbers, is_placed: npt.NDArray[np.bool_]) -> list[str]:
    return [write_text(number) for number in np.where(is_placed, numbers, np.nan).tolist()]


def _replace(body: pd.DataFrame, place: int, cells: pd.Series) -> pd.DataFrame:
    columns = [body.iloc[:, n] if n != place else cells for n in range(body.shape[1])]
    return pd.concat(columns, axis=1, keys=body.columns)


def _add_column(body: pd.DataFrame, cells: Sequence[str]) -> pd.DataFrame:
    """Add a column of text at the end of a body whose columns are numbered."""
    added = pd.Series(cells, body.index, dtype="str", name=body.shape[1])
    return pd.concat([body, added], axis=1)
