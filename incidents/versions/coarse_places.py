"""Points of a table as coarse as a host allows: in the middle of a square, or at a label."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from geo.places.boundaries import Boundaries
from geo.places.points import EARTH_RADIUS_KM
from geo.places.precision import PRECISIONS, find_coarser, find_precision
from incidents.table.protection import Protection

_LATTICE = np.linspace(0.0, 1.0, 5)
_KM_PER_DEGREE = math.radians(1) * EARTH_RADIUS_KM

FindNames = Callable[[pd.Series, pd.Series], "pd.Series[str]"]


def move_places(found: pd.DataFrame, rule: Protection, boundaries: Boundaries) -> None:
    """Put each point in the middle of its square, or at the label of its governorate."""
    if rule.km is None:
        _move_to_labels(found, boundaries)
        least = "governorate"
    else:
        _move_to_squares(found, rule.km, boundaries)
        least = find_precision(rule.km / math.sqrt(2)) or "country"
    found["precision"] = map_texts(
        found["precision"], lambda own: find_coarser(own, least) if own in PRECISIONS else least
    )


def _move_to_labels(found: pd.DataFrame, boundaries: Boundaries) -> None:
    inside = boundaries.find_governorates(found["lat"], found["lon"])
    found["gov"] = found["gov"].where(found["gov"].notna(), inside)
    labels = {
        (each.country, each.gov): (each.label_lat, each.label_lon)
        for each in boundaries.governorates
    }
    keys = zip(found["country"], found["gov"], strict=True)
    points = np.array([labels.get(key, (np.nan, np.nan)) for key in keys]).reshape(-1, 2)
    # What was on no map is on none now.
    points[found["lat"].isna().to_numpy()] = np.nan
    found["lat"], found["lon"] = points.T


def _move_to_squares(found: pd.DataFrame, km: int, boundaries: Boundaries) -> None:
    lats, lons = (found[name].to_numpy(float, na_value=np.nan) for name in ("lat", "lon"))
    south, west, north, east = _find_squares(lats, lons, km)
    found["lat"] = np.round((south + north) / 2, 5)
    found["lon"] = np.round((west + east) / 2, 5)
    # Of a square that lies in two, the governorate or country would tell which half.
    squares = pd.DataFrame({"south": south, "west": west, "north": north, "east": east})
    for name, find in (
        ("gov", lambda *point: boundaries.find_governorates(*point).fillna("")),
        ("country", boundaries.find_countries),
    ):
        is_whole = _lie_within(squares.assign(own=found[name].to_numpy()), find)
        found[name] = found[name].where(is_whole | np.isnan(lats))


def map_texts(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Each different text changed once; what is missing stays so."""
    changed = {text: change(str(text)) for text in cells.dropna().unique()}
    return cells.astype("object").map(changed).astype("str")


def _find_squares(
    lats: np.ndarray, lons: np.ndarray, km: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """South, west, north, east of the square that holds each point: rows of equal height."""
    height = km / _KM_PER_DEGREE
    south = np.floor(lats / height) * height
    width = km / (_KM_PER_DEGREE * np.maximum(np.cos(np.radians(south + height / 2)), 0.05))
    west = np.floor(lons / width) * width
    return south, west, south + height, west + width


def _lie_within(squares: pd.DataFrame, find: FindNames) -> np.ndarray:
    """Whether nothing of a square is of another name than its own; each different one once.

    It is looked up at points of a lattice: what `find` names nowhere, tells nothing.
    """
    looked = squares.drop_duplicates().reset_index(drop=True)
    is_whole = np.ones(len(looked), dtype=bool)
    for up, along in itertools.product(_LATTICE, _LATTICE):
        lats = looked["south"] + up * (looked["north"] - looked["south"])
        lons = looked["west"] + along * (looked["east"] - looked["west"])
        name = find(lats, lons)
        is_whole &= (name.isna() | name.eq(looked["own"])).fillna(False).to_numpy(bool)
    found = squares.merge(looked.assign(is_whole=is_whole), on=list(squares), how="left")
    whole: np.ndarray = found["is_whole"].to_numpy(bool)
    return whole
