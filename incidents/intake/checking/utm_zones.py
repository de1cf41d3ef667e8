"""UTM coordinates without their zone: the one that fits what the rows name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from geo.names.names import fold_parts
from geo.places.governorates import find_gov
from geo.places.packaged_places import read_cities
from geo.places.points import Point, distance_km
from incidents.intake.checking.findings import Cells, Findings
from incidents.intake.checking.point_grids import UTM_BARE, turn_point

ZONES = (36, 37, 38, 39)
"""Those of Iraq and Syria, 560 km wide: what is named tells them apart."""

_NEAR_KM = 150.0
_MOST = 300  # different rows that are looked at
_ENOUGH = 0.8
_FEW = 0.2


def read_bare_utm(found: Findings, cells: Cells) -> tuple[pd.DataFrame, int | None]:
    """Points of the cells that are UTM without a zone, and the zone; without it they are missing.

    The zone is the only one in which nearly all rows lie near the governorate, else the town, that
    they name.
    """
    parts = cells.str.extract(UTM_BARE).astype("float64")
    is_whole = cells.str.fullmatch(UTM_BARE)
    parts = parts.where(is_whole)
    rows = parts.dropna()
    fits = {zone: _measure_fit(found, rows.head(_MOST), zone) for zone in ZONES}
    likely = [zone for zone in ZONES if fits[zone] >= _ENOUGH]
    others = [zone for zone in ZONES if fits[zone] > _FEW]
    if len(likely) != 1 or others != likely:
        return _empty(cells).assign(is_bare=is_whole), None
    points = [
        turn_point(32600 + likely[0], east, north)
        for east, north in rows[["east", "north"]].itertuples(index=False)
    ]
    lons, lats = zip(*points, strict=True)
    read = _empty(cells).assign(is_bare=is_whole)
    read.loc[rows.index, "lat"], read.loc[rows.index, "lon"] = lats, lons
    return read, likely[0]


def say_zone(zone: int) -> str:
    """How points were read whose zone was found by what the rows name."""
    return (
        f"UTM without its zone; of {ZONES[0]} to {ZONES[-1]}, only {zone} fits what the rows name"
    )


def _empty(cells: Cells) -> pd.DataFrame:
    return pd.DataFrame({"lat": np.nan, "lon": np.nan}, index=cells.index)


def _measure_fit(found: Findings, rows: pd.DataFrame, zone: int) -> float:
    """Share of the rows that name a governorate or town, in which the point lies near it."""
    near = []
    for name in ("gov", "place"):
        cells = found.cells(name)
        if cells is None:
            continue
        for row, text in cells[rows.index].items():
            spots = _list_spots(name, text)
            if spots:
                lon, lat = turn_point(32600 + zone, rows.at[row, "east"], rows.at[row, "north"])
                point = Point(lat=lat, lon=lon)
                near.append(any(distance_km(point, spot) <= _NEAR_KM for spot in spots))
        if near:
            break
    return sum(near) / len(near) if near else 0.0


def _list_spots(name: str, text: str) -> Iterable[Point]:
    if name == "gov":
        gov = find_gov(text)
        return () if gov is None else _read_towns()[0].get(gov.gov, ())
    return _read_towns()[1].get(fold_parts(text)[0], ())


@cache
def _read_towns() -> tuple[Mapping[str, list[Point]], Mapping[str, list[Point]]]:
    """The points of towns by governorate, and by folded name."""
    by_gov: dict[str, list[Point]] = {}
    by_name: dict[str, list[Point]] = {}
    for city in read_cities():
        by_gov.setdefault(city.gov, []).append(city.point)
        for text in (city.name, *city.aliases):
            by_name.setdefault(fold_parts(text)[0], []).append(city.point)
    return by_gov, by_name
