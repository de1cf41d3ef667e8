"""Fields of a row that contradict each other: coordinates swapped, or far from what is named."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geo.finding.geocoder import Geocoder
from geo.finding.matches import SCORES, Match
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import BORDER_KM
from geo.places.packaged_places import COVERED
from geo.places.places import Place
from geo.places.points import EARTH_RADIUS_KM
from geo.places.precision import PRECISIONS, is_at_least
from incidents.intake.placing.name_matches import Matches
from incidents.table.problems import join_problems, problems_at

FAR_KM = 50.0
"""So far from the place that a row names, beyond what both are known to, a point may lie."""

_NEAR_DEGREES = 0.3  # both ways, nothing is further than `FAR_KM`
_KNOWN = 50_000  # people: a smaller namesake is likelier than a wrong point
_LAND = 46.0  # degrees north: beyond are Ukraine and Russia, south of it the Black Sea


def settle_points(
    placed: pd.DataFrame,
    file: str,
    geocoder: Geocoder,
    boundaries: Boundaries,
    header: str | None,
) -> tuple[pd.DataFrame, pd.Series]:
    """Take out points outside their country, and turn those that fit only the other way round.

    Gives the problems, and how many km each turned point is from where it was.
    """
    lats, lons = placed["lat"], placed["lon"]
    # Only these are drawn whole; of a neighbour the outline is cut at the edge of the map.
    checked = placed["country"].isin(["IQ", "SY"]) & lats.notna() & lons.notna()
    rows = placed.index[checked]
    countries = placed.loc[rows, "country"].to_numpy(dtype=object)
    inside = boundaries.is_inside_many(lats[rows], lons[rows], countries)
    swapped = boundaries.is_inside_many(lons[rows], lats[rows], countries)
    outside, turned = rows[~inside & ~swapped], rows[~inside & swapped]
    unnamed = find_swapped(placed, boundaries, geocoder)
    turned = turned.append(unnamed.index[unnamed])
    km = pd.Series(np.nan, index=placed.index)
    km[turned] = measure_km(lats[turned], lons[turned], lons[turned], lats[turned])
    found = [
        problems_at(
            kind,
            file,
            at,
            header,
            [f"{lat:g}, {lon:g}" for lat, lon in zip(lats[at], lons[at], strict=True)],
            country=placed.loc[at, "country"].fillna(""),
            km=[f"{each:,.0f}" for each in km[at]],
            turned=[f"{lon:g}, {lat:g}" for lat, lon in zip(lats[at], lons[at], strict=True)],
        )
        for kind, at in (("coordinates_outside_country", outside), ("coordinates_swapped", turned))
    ]
    placed.loc[outside, ["lat", "lon"]] = np.nan
    placed.loc[turned, ["lat", "lon"]] = placed.loc[turned, ["lon", "lat"]].to_numpy()
    return join_problems(found), km


def find_swapped(
    placed: pd.DataFrame, boundaries: Boundaries, geocoder: Geocoder
) -> pd.Series[bool]:
    """Rows without a country whose point fits Iraq or Syria only as the other way round.

    It lies in the sea; or in another country, though place or governorate lie where it would lie
    turned, or though no point of the table fits as it is and some lie in the sea.
    """
    swapped = pd.Series(False, index=placed.index)
    free = placed["country"].isna() & placed["lat"].notna() & placed["lon"].notna()
    rows = placed.index[free & placed["lat"].between(34, 50) & placed["lon"].between(28, 39)]
    if not len(rows):
        return swapped
    lat, lon = placed.loc[rows, "lat"], placed.loc[rows, "lon"]
    turned = _is_covered(lon, lat, boundaries) & ~_is_covered(lat, lon, boundaries)
    at_sea = turned & boundaries.find_countries(lat, lon).isna().to_numpy()
    others = placed.index[free & ~placed.index.isin(rows)]
    fitting = _is_covered(placed.loc[others, "lat"], placed.loc[others, "lon"], boundaries)
    if not fitting.any() and at_sea.any():
        found = turned
    else:
        named = _is_named_turned(placed.loc[rows[turned]], geocoder)
        found = at_sea & (lat.to_numpy() < _LAND)
        found[turned] |= named
    swapped[rows] = found
    return swapped


def _is_covered(lat: pd.Series, lon: pd.Series, boundaries: Boundaries) -> NDArray[np.bool_]:
    first, second = (boundaries.is_inside_many(lat, lon, code) for code in COVERED)
    return first | second


def _is_named_turned(rows: pd.DataFrame, geocoder: Geocoder) -> NDArray[np.bool_]:
    """Whether what a row names is near its turned point, and far from the point as it is."""
    found = []
    known: dict[tuple[object, object], Place | None] = {}
    for name, gov, lat, lon in rows[["place", "gov", "lat", "lon"]].itertuples(index=False):
        key = (name, gov)
        if key not in known:
            known[key] = _find_place(name, gov, geocoder)
        place = known[key]
        if place is None:
            found.append(False)
            continue
        reach = FAR_KM + PRECISIONS[place.precision]
        far, near = (measure_km(place.lat, place.lon, *each) for each in ((lat, lon), (lon, lat)))
        found.append(bool(near <= reach < far))
    return np.array(found, dtype=bool)


def _find_place(name: object, gov: object, geocoder: Geocoder) -> Place | None:
    area = gov if isinstance(gov, str) else None
    place = geocoder.match(name, None, area).place if isinstance(name, str) else None
    return place or (geocoder.match_governorate(area).place if area is not None else None)


def measure_km(
    lat: ArrayLike, lon: ArrayLike, lats: ArrayLike, lons: ArrayLike
) -> NDArray[np.float64]:
    """Great-circle distances between points, in km; NaN where one is missing."""
    a, b, c, d = (np.radians(np.asarray(each, dtype=float)) for each in (lat, lon, lats, lons))
    chord = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    km: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return km


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


def tell_contradictions(
    placed: pd.DataFrame, found: pd.DataFrame, file: str, header: str | None
) -> pd.DataFrame:
    """A problem for each of the rows that `find_misplaced` gives."""
    rows = placed.loc[found.index]
    points = [f"{lat:g}, {lon:g}" for lat, lon in zip(rows["lat"], rows["lon"], strict=True)]
    words: dict[str, list[str]] = {
        "km": [f"{km:,.0f}" for km in found["km"]],
        "said": found["said"].tolist(),
    }
    return problems_at("coordinates_elsewhere", file, found.index, header, points, **words)


def doubt_turned(placed: pd.DataFrame, km: pd.Series[float]) -> None:
    """The same for rows whose point was turned round; `km` is missing for all others."""
    rows = placed.index[km.notna()]
    _blur(placed, rows)
    told = [
        f"Coordinates from the table, turned round, in doubt: "
        f"as they are, they lie {each:,.0f} km away."
        for each in km[rows]
    ]
    placed.loc[rows, "match_reason"] = pd.array(told, dtype="str")


def doubt(placed: pd.DataFrame, found: pd.DataFrame) -> None:
    """Draw these rows as doubtful: how exactly they are known is not stated any more, and why."""
    _blur(placed, found.index)
    reasons = [
        f"Coordinates from the table, in doubt: {km:,.0f} km from {said}, which the row names."
        for km, said in zip(found["km"], found["said"], strict=True)
    ]
    placed.loc[found.index, "match_reason"] = pd.array(reasons, dtype="str")


def _blur(placed: pd.DataFrame, rows: pd.Index) -> None:
    fine = [each for each in PRECISIONS if is_at_least(each, "district")]
    placed.loc[rows[placed.loc[rows, "precision"].isin(fine)], "precision"] = None
