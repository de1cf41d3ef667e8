"""Checks of coordinates."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from incidents.intake.checking.findings import Cells, Findings, is_unknown, missing
from incidents.table.degrees import read_degrees


def check_point(found: Findings, lat_name: str, lon_name: str) -> tuple[pd.Series, pd.Series]:
    """Latitude and longitude, both or neither.

    Whether they are swapped or lie elsewhere shows only beside boundaries, when rows are located.
    """
    lat_cells, lon_cells = found.plain(lat_name), found.plain(lon_name)
    nothing = missing(found.index, "float64")
    if lat_cells is None or lon_cells is None:
        for name, cells in ((lat_name, lat_cells), (lon_name, lon_cells)):
            if cells is not None:
                header = found.header(name)
                found.tell_table("coordinates_half", header, value=header)
        return nothing, nothing
    lat, lat_bad = _check_degrees(found, lat_cells, lat_name, "NS")
    lon, lon_bad = _check_degrees(found, lon_cells, lon_name, "EW")
    bad = lat_bad | lon_bad
    found.tell("coordinates_half", lat.notna() & lon.isna() & ~bad, lat_name)
    found.tell("coordinates_half", lon.notna() & lat.isna() & ~bad, lon_name)
    found.tell("coordinates_out_of_range", lat.abs() > 90, lat_name, limit=90)
    found.tell("coordinates_out_of_range", lon.abs() > 180, lon_name, limit=180)
    is_zero = (lat == 0) | (lon == 0)  # neither line is near Iraq or Syria
    found.tell("coordinates_zero", is_zero, lat_name)
    is_good = (lat.abs() <= 90) & (lon.abs() <= 180) & ~is_zero
    return lat.where(is_good), lon.where(is_good)


def _check_degrees(
    found: Findings, cells: Cells, name: str, sides: str
) -> tuple[pd.Series, pd.Series]:
    """Degrees, and where a cell is none. The quick way first; what is left one by one."""
    degrees = pd.to_numeric(cells, errors="coerce").astype("float64")
    degrees = degrees.where(np.isfinite(degrees))
    left = degrees.isna() & (cells != "")
    if left.any():
        read = partial(read_degrees, sides=sides)
        degrees = degrees.mask(left, cells[left].map(read).astype("float64"))
    bad = degrees.isna() & ~is_unknown(cells)
    found.tell("coordinate_invalid", bad, name)
    return degrees, bad
