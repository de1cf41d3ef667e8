"""Checks of coordinates, in columns of their own or in one cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from incidents.intake.checking.findings import Cells, Findings, is_unknown, missing
from incidents.intake.checking.point_grids import BARE_GRID, UTM_BARE, turn_mercator
from incidents.intake.checking.points import find_within, read_points
from incidents.intake.checking.utm_zones import read_bare_utm, say_zone
from incidents.table.columns import POINT
from incidents.table.degrees import read_degrees

_OF_METRES = (POINT.name, "place")
_METRES = 1_000  # what is above it is no number of degrees that lost its point
_WITHIN = r"\d\.\d{2}|\d[A-Za-z]\s?[A-Za-z]{2}\s?\d"
"""What every point among other words holds."""
_NUMBER = r"^[-+]?[0-9]*[.,]?[0-9]*$"


@dataclass(frozen=True)
class Points:
    """Latitudes and longitudes, both or neither, and how exactly their writing says where."""

    lat: pd.Series
    lon: pd.Series
    precision: pd.Series


def check_points(found: Findings) -> Points:
    """Where each row is: by its latitude and longitude, else by a cell that says both.

    Such a cell may stand in the column of points, in that of the latitude or the longitude, or in
    that of the place. Each way of writing is told once.
    """
    single = _read_single(found)
    lat, lon = check_point(found, "lat", "lon", single["lat"].notna())
    is_free = (lat.isna() & lon.isna()) & single["lat"].notna()
    lat, lon = lat.mask(is_free, single["lat"]), lon.mask(is_free, single["lon"])
    cells = found.plain(POINT.name)
    if cells is not None:
        cells = cells.where(~single["is_bare"], "")
        is_left = ~is_unknown(cells) & lat.isna()
        is_bare = is_left & cells.str.fullmatch(BARE_GRID)
        found.tell("grid_zone_missing", is_bare, POINT.name)
        found.tell("coordinate_invalid", is_left & ~is_bare, POINT.name)
    precision = single["precision"].where(is_free & (single["precision"] != ""))
    for (header, how), part in single[is_free].groupby(["header", "how"]):
        found.tell_table("point_read", str(header), how=str(how), count=f"{len(part):,}")
    return Points(lat, lon, precision)


def _read_single(found: Findings) -> pd.DataFrame:
    """Points in one cell, with the column that each is from; the first column that has one."""
    nothing = pd.DataFrame({"lat": np.nan, "lon": np.nan}, index=found.index)
    points = nothing.assign(precision="", how="", header="", is_bare=False)
    for name in (POINT.name, "lat", "lon", "place"):
        cells = found.plain(name)
        if cells is None or points["lat"].notna().all():
            continue
        perhaps = _are_perhaps(cells, name)
        if not perhaps.any():
            continue
        cells = cells.where(perhaps, "")
        if name == "place":
            read = _read_place(cells)
        else:
            read = read_points(cells, is_named=name == POINT.name)
        read["header"], read["is_bare"] = found.header(name), False
        if name in _OF_METRES and cells[read["lat"].isna()].str.fullmatch(UTM_BARE).any():
            read = _read_bare(found, cells, read, name)
        points = points.where(points["lat"].notna(), read)
    return points


def _read_bare(found: Findings, cells: Cells, read: pd.DataFrame, name: str) -> pd.DataFrame:
    """With the points of cells in UTM without a zone, where one zone fits; else that is told."""
    bare, zone = read_bare_utm(found, cells.where(read["lat"].isna(), ""))
    is_bare = bare["is_bare"]
    if zone is None:
        count = f"{int(is_bare.sum()):,}"
        found.tell_table("utm_zone_missing", found.header(name), count=count)
        return read.assign(is_bare=is_bare)
    filled = bare[["lat", "lon"]].assign(
        precision="", how=say_zone(zone), header=found.header(name)
    )
    return read.where(~is_bare, filled.assign(is_bare=False))


def _are_perhaps(cells: Cells, name: str) -> pd.Series:
    """Where a cell may be a point: numbers of a latitude alone are none, nor are names."""
    texts = pa.array(cells, pa.large_string(), from_pandas=True)
    if name == "place":
        found = pc.match_substring_regex(texts, _WITHIN)
    elif name == POINT.name:
        found = pc.not_equal(texts, "")
    else:
        found = pc.invert(pc.match_substring_regex(texts, _NUMBER))
    return pd.Series(found.to_numpy(zero_copy_only=False), index=cells.index)


def _read_place(cells: Cells) -> pd.DataFrame:
    """Points in cells of places, alone or among other words."""
    read = read_points(cells)
    codes, uniques = pd.factorize(cells.where(read["lat"].isna(), ""))
    points = [find_within(text) for text in uniques]
    within = pd.DataFrame(
        {
            "lat": [np.nan if each is None else each.lat for each in points],
            "lon": [np.nan if each is None else each.lon for each in points],
            "precision": ["" if each is None else each.precision for each in points],
            "how": ["" if each is None else each.how for each in points],
        }
    )
    return read.where(read["lat"].notna(), within.take(codes).set_axis(cells.index))


def check_point(
    found: Findings, lat_name: str, lon_name: str, is_else: pd.Series | None = None
) -> tuple[pd.Series, pd.Series]:
    """Latitude and longitude, both or neither.

    Whether they are swapped or lie elsewhere shows only beside boundaries, when rows are located.

    Parameters
    ----------
    is_else
        Rows whose point is known otherwise: of them nothing is told.
    """
    lat_cells, lon_cells = found.plain(lat_name), found.plain(lon_name)
    nothing = missing(found.index, "float64")
    known = pd.Series(False, index=found.index) if is_else is None else is_else
    if lat_cells is None or lon_cells is None:
        for name, cells in ((lat_name, lat_cells), (lon_name, lon_cells)):
            if cells is not None and not known.any():
                header = found.header(name)
                found.tell_table("coordinates_half", header, value=header)
        return nothing, nothing
    lat, lat_bad = _check_degrees(found, lat_cells, lat_name, "NS", known)
    lon, lon_bad = _check_degrees(found, lon_cells, lon_name, "EW", known)
    lat, lon = _turn_metres(found, lat, lon, lat_name)
    bad = lat_bad | lon_bad | known
    found.tell("coordinates_half", lat.notna() & lon.isna() & ~bad, lat_name)
    found.tell("coordinates_half", lon.notna() & lat.isna() & ~bad, lon_name)
    found.tell("coordinates_out_of_range", lat.abs() > 90, lat_name, limit=90)
    found.tell("coordinates_out_of_range", lon.abs() > 180, lon_name, limit=180)
    is_zero = (lat == 0) | (lon == 0)  # neither line is near Iraq or Syria
    found.tell("coordinates_zero", is_zero, lat_name)
    is_good = (lat.abs() <= 90) & (lon.abs() <= 180) & ~is_zero
    return lat.where(is_good), lon.where(is_good)


def _turn_metres(
    found: Findings, lat: pd.Series, lon: pd.Series, name: str
) -> tuple[pd.Series, pd.Series]:
    """Degrees of columns that hold metres: Web Mercator in Iraq, Syria or around, or UTM; all."""
    both = lat.notna() & lon.notna()
    if not both.any() or not ((lat.abs() > _METRES) & (lon.abs() > _METRES))[both].all():
        return lat, lon
    if (lon.between(1e5, 9e5) & lat.between(3.1e6, 4.3e6))[both].all():
        return _turn_utm(found, lat, lon, name)
    x, y = turn_mercator(lon[both], lat[both])
    if not (x.between(34, 50) & y.between(28, 39)).all():
        return lat, lon
    words = {"how": "Web Mercator metres", "count": f"{int(both.sum()):,}"}
    found.tell_table("point_read", found.header(name), **words)
    return y.reindex(lat.index), x.reindex(lon.index)


def _turn_utm(
    found: Findings, lat: pd.Series, lon: pd.Series, name: str
) -> tuple[pd.Series, pd.Series]:
    """Degrees of columns that hold UTM metres, where one zone fits; else none, and told."""
    both = lat.notna() & lon.notna()
    cells = (lon.map("{:.2f}".format) + " " + lat.map("{:.2f}".format)).where(both, "")
    read, zone = read_bare_utm(found, cells.astype("str"))
    count = f"{int(both.sum()):,}"
    if zone is None:
        found.tell_table("utm_zone_missing", found.header(name), count=count)
    else:
        found.tell_table("point_read", found.header(name), how=say_zone(zone), count=count)
    return read["lat"], read["lon"]


def _check_degrees(
    found: Findings, cells: Cells, name: str, sides: str, known: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Degrees, and where a cell is none. The quick way first; what is left one by one."""
    degrees = pd.to_numeric(cells, errors="coerce").astype("float64")
    degrees = degrees.where(np.isfinite(degrees))
    left = degrees.isna() & (cells != "")
    if left.any():
        codes, uniques = pd.factorize(cells[left])
        read = np.array([*map(partial(read_degrees, sides=sides), uniques)], dtype="float64")
        degrees = degrees.mask(left, pd.Series(read[codes], index=cells.index[left]))
    bad = degrees.isna() & ~is_unknown(cells) & ~known
    found.tell("coordinate_invalid", bad, name)
    return degrees, bad
