"""Fields of a row that contradict each other: its point is far from what it names."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.finding.districts import match_district
from geo.finding.geocoder import Geocoder
from geo.finding.matches import SCORES, Match
from geo.places.boundaries import Boundaries
from geo.places.distances import measure_km
from geo.places.gazetteer import BORDER_KM
from geo.places.precision import PRECISIONS, is_at_least
from incidents.intake.placing.name_matches import Matches, number_rows
from incidents.table.columns import IN_DOUBT
from incidents.table.problems import problems_at

CONTRADICTIONS = ("coordinates_elsewhere", "coordinates_outside_country")
"""Kinds of problems: a point, and what the row names, are not of one place."""

FAR_KM = 50.0
"""So far from the place that a row names, beyond what both are known to, a point may lie."""

DISTRICT_KM = 170.0
"""So far from its town a point of a district may lie: those in the desert are large."""

_NEAR_DEGREES = 0.3  # both ways, nothing is further than `FAR_KM`
_KNOWN = 50_000  # people: a smaller namesake is likelier than a wrong point


def find_outside_gov(
    placed: pd.DataFrame, given: NDArray[np.bool_], boundaries: Boundaries
) -> pd.Series[float]:
    """Km from each row's own point to the governorate that it names; missing where it fits."""
    lats, lons = placed["lat"].to_numpy(float), placed["lon"].to_numpy(float)
    away = boundaries.measure_km_to_governorates(
        np.where(given, lats, np.nan), lons, placed["gov"], BORDER_KM
    )
    at = np.flatnonzero(away > BORDER_KM)
    km = np.full(len(placed), np.nan)
    km[at] = np.where(away[at] > BORDER_KM + _list_radii(placed, at), away[at], np.nan)
    return pd.Series(km, index=placed.index)


def _list_radii(placed: pd.DataFrame, at: NDArray[np.intp]) -> NDArray[np.float64]:
    """Km that the rows at these positions are known to, as the table says; 0 where it does not."""
    said = placed["precision"].iloc[at].map(PRECISIONS)
    return np.nan_to_num(np.asarray(said, dtype=np.float64))


def find_misplaced(
    placed: pd.DataFrame,
    given: NDArray[np.bool_],
    matches: Matches,
    outside: pd.Series[float],
) -> pd.DataFrame:
    """Rows whose own point is far from the place, or outside the governorate, that they name.

    Returns
    -------
    Columns ``km`` and ``said`` (what the row names), under the rows' index; `outside` is what
    `find_outside_gov` gives. A place counts if it is a name of the gazetteer that no namesake is
    likelier for: kept by hand, or a city.
    """
    lats, lons = placed["lat"].to_numpy(float), placed["lon"].to_numpy(float)
    sure = [m if m is not None and given.any() and _is_sure(m) else None for m in matches.each]
    spots = np.array([_list_spot(match) for match in sure], dtype=float).reshape(-1, 3)
    lat, lon = spots[matches.codes, 0], spots[matches.codes, 1]
    is_off = (abs(lats - lat) > _NEAR_DEGREES) | (abs(lons - lon) > _NEAR_DEGREES)
    at = np.flatnonzero(given & is_off)
    codes = matches.codes[at]
    away = measure_km(lats[at], lons[at], lat[at], lon[at])
    is_far = away > FAR_KM + spots[codes, 2] + _list_radii(placed, at)
    told = [m.place.describe() if m and m.place else None for m in sure]
    far = {
        n: (km, told[code])
        for n, km, code in zip(at[is_far], away[is_far], codes[is_far], strict=True)
    }
    for n in np.flatnonzero(outside.notna().to_numpy()):
        far.setdefault(n, (outside.iloc[n], placed["gov"].iloc[n]))
    order = sorted(far)
    return pd.DataFrame(
        [far[n] for n in order], columns=["km", "said"], index=placed.index[order]
    ).astype({"km": "float64", "said": "str"})


def _list_spot(match: Match | None) -> tuple[float, float, float]:
    if match is None or match.place is None:
        return np.nan, np.nan, np.nan
    return match.place.lat, match.place.lon, PRECISIONS[match.precision or match.place.precision]


def _is_sure(match: Match) -> bool:
    place = match.place
    return (
        match.kind in SCORES
        and match.kind != "learned"
        and place is not None
        and place.kind not in ("country", "governorate")
        and (place.is_curated or place.population >= _KNOWN)
    )


def find_outside_district(
    rows: pd.DataFrame, districts: pd.Series | None, geocoder: Geocoder
) -> pd.DataFrame:
    """Those of the rows that lie far from the district that they name: ``km`` and ``said``.

    Outlines of districts are not at hand: it is measured from the town that one is called after.
    """
    if districts is None:
        return pd.DataFrame({"km": pd.Series(dtype=float), "said": pd.Series(dtype="str")})
    keys = rows[["country", "gov"]].assign(district=districts[rows.index])
    codes, distinct = number_rows(keys)
    matches = [match_district(geocoder, name, country, gov) for country, gov, name in distinct]
    spots = np.array([_list_spot(match) for match in matches], dtype=float).reshape(-1, 3)[codes]
    km = measure_km(rows["lat"], rows["lon"], spots[:, 0], spots[:, 1])
    told = [None if m.place is None else m.place.describe() for m in matches]
    said = pd.array(told, dtype="str").take(codes)
    return pd.DataFrame({"km": km, "said": said}, index=rows.index)[km > DISTRICT_KM]


def write_points(lats: pd.Series[float], lons: pd.Series[float]) -> list[str]:
    """Points as problems quote them."""
    return [f"{lat:g}, {lon:g}" for lat, lon in zip(lats, lons, strict=True)]


def tell_contradictions(
    placed: pd.DataFrame, found: pd.DataFrame, file: str, header: str | None
) -> pd.DataFrame:
    """A problem for each of the rows that `find_misplaced` gives."""
    rows = placed.loc[found.index]
    points = write_points(rows["lat"], rows["lon"])
    words: dict[str, list[str]] = {
        "km": [f"{km:,.0f}" for km in found["km"]],
        "said": found["said"].tolist(),
    }
    return problems_at("coordinates_elsewhere", file, found.index, header, points, **words)


def say_away(km: float, said: str) -> str:
    """How far a point is from what its row names; `km` is missing where that cannot be told."""
    return f"not in {said}" if pd.isna(km) else f"{km:,.0f} km from {said}"


def doubt_turned(placed: pd.DataFrame, km: pd.Series[float]) -> None:
    """The same for rows whose point was turned round; `km` is missing for all others."""
    rows = placed.index[km.notna()]
    _blur(placed, rows)
    told = [
        f"Coordinates from the table, turned round, {IN_DOUBT} "
        f"as they are, they lie {each:,.0f} km away."
        for each in km[rows]
    ]
    placed.loc[rows, "match_reason"] = pd.array(told, dtype="str")


def doubt(placed: pd.DataFrame, found: pd.DataFrame) -> None:
    """Draw these rows as doubtful: how exactly they are known is not stated any more, and why."""
    _blur(placed, found.index)
    reasons = [
        f"Coordinates from the table, {IN_DOUBT} {say_away(km, said)}, which the row names."
        for km, said in zip(found["km"], found["said"], strict=True)
    ]
    placed.loc[found.index, "match_reason"] = pd.array(reasons, dtype="str")


def _blur(placed: pd.DataFrame, rows: pd.Index) -> None:
    fine = [each for each in PRECISIONS if is_at_least(each, "district")]
    placed.loc[rows[placed.loc[rows, "precision"].isin(fine)], "precision"] = None
