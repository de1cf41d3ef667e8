"""The boxes around shapes: how large they are, and whether a point is near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from incidents.table.degrees import read_degrees
from incidents.table.problems import problems_at

Numbers = npt.NDArray[np.float64]

_KM_PER_DEGREE = 111.2
_NEAR = 1.0  # km; coordinates are often written with two decimals
# Km across, from the longer side of the box: the largest governorates of both countries are below
# 500 km, both countries above.
_SIZES = ((5.0, "town"), (50.0, "district"), (500.0, "governorate"))


@dataclass(frozen=True)
class Boxes:
    """Degrees around each shape, NaN where there is none."""

    west: Numbers
    south: Numbers
    east: Numbers
    north: Numbers

    @property
    def is_on_globe(self) -> npt.NDArray[np.bool_]:
        """Whether all of a box has a longitude and a latitude."""
        is_there = (self.west >= -180) & (self.east <= 180)
        return np.asarray(is_there & (self.south >= -90) & (self.north <= 90))


def find_precisions(boxes: Boxes) -> npt.NDArray[np.object_]:
    """The precision of a point inside each shape, by how many km the shape is across."""
    middle = np.clip((boxes.south + boxes.north) / 2, -90, 90)
    width = (boxes.east - boxes.west) * np.cos(np.radians(middle))
    across = np.maximum(width, boxes.north - boxes.south) * _KM_PER_DEGREE
    found = np.full(len(across), "country", dtype=object)
    for most, name in reversed(_SIZES):
        found[across <= most] = name
    return found


def tell_elsewhere(
    boxes: Boxes, lat: pd.Series, lon: pd.Series, file: str, header: str
) -> pd.DataFrame:
    """Tell the shapes that are farther from the coordinates of their row than these are exact."""
    filled = np.flatnonzero(~np.isnan(boxes.west) & ((lat != "") & (lon != "")).to_numpy())
    y = np.array([read_degrees(text, "NS") for text in lat.iloc[filled]], dtype=float)
    x = np.array([read_degrees(text, "EW") for text in lon.iloc[filled]], dtype=float)
    near_x = np.clip(x, boxes.west[filled], boxes.east[filled])
    near_y = np.clip(y, boxes.south[filled], boxes.north[filled])
    km = _KM_PER_DEGREE * np.hypot((x - near_x) * np.cos(np.radians(y)), y - near_y)
    is_there = boxes.is_on_globe[filled]
    # What is no pair of coordinates is told where columns are checked.
    is_told = (np.isfinite(km) & (np.abs(x) <= 180) & (np.abs(y) <= 90)) & (
        ~is_there | (km > _NEAR)
    )
    words = [
        f"{far:,.0f} km away" if there else "it is not on the globe"
        for far, there in zip(km[is_told], is_there[is_told], strict=True)
    ]
    rows = lat.index[filled[is_told]]
    return problems_at("geometry_elsewhere", file, rows, header, distance=words)
