"""Points that a table gives, before anything is looked up: turned, or outside of their country."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.finding.geocoder import Geocoder
from geo.places.boundaries import Boundaries
from geo.places.countries import name_country
from geo.places.distances import measure_km
from geo.places.packaged_places import COVERED
from geo.places.places import Place
from geo.places.precision import PRECISIONS
from incidents.intake.placing.contradictions import FAR_KM, say_away, write_points
from incidents.table.problems import join_problems, problems_at

_LAND = 46.0  # degrees north: beyond are Ukraine and Russia, south of it the Black Sea
WATERS_KM = 75.0
"""So far off its coast the sea is a country's: Iraq's oil terminals are 35 km out."""


@dataclass(frozen=True)
class Settled:
    """What `settle_points` found, under the rows' index.

    Attributes
    ----------
    problems
        What is told of it.
    turned
        How many km each turned point is from where it was; missing for all others.
    abroad
        Columns ``km`` (missing where it cannot be told) and ``said`` (the country that the row
        names) of rows whose point lies outside of it.
    """

    problems: pd.DataFrame
    turned: pd.Series[float]
    abroad: pd.DataFrame


def settle_points(
    placed: pd.DataFrame,
    file: str,
    geocoder: Geocoder,
    boundaries: Boundaries,
    header: str | None,
) -> Settled:
    """Turn points that fit only the other way round; find those outside their country.

    Those stay where they are: what a table says is not replaced by a guess.
    """
    lats, lons = placed["lat"], placed["lon"]
    outside = find_abroad(placed, boundaries)
    rows = outside.index[placed.loc[outside.index, "country"].isin(COVERED)]
    countries = placed.loc[rows, "country"].to_numpy(dtype=object)
    swapped = boundaries.is_inside_many(lons[rows], lats[rows], countries)
    turned, abroad = rows[swapped], outside.drop(rows[swapped])
    unnamed = find_swapped(placed, boundaries, geocoder)
    turned = turned.append(unnamed.index[unnamed])
    km = pd.Series(np.nan, index=placed.index)
    km[turned] = measure_km(lats[turned], lons[turned], lons[turned], lats[turned])
    told = problems_at(
        "coordinates_swapped",
        file,
        turned,
        header,
        write_points(lats[turned], lons[turned]),
        km=[f"{each:,.0f}" for each in km[turned]],
        turned=write_points(lons[turned], lats[turned]),
    )
    outlying = problems_at(
        "coordinates_outside_country",
        file,
        abroad.index,
        header,
        write_points(lats[abroad.index], lons[abroad.index]),
        where=_say_abroad(abroad),
    )
    placed.loc[turned, ["lat", "lon"]] = placed.loc[turned, ["lon", "lat"]].to_numpy()
    return Settled(join_problems([told, outlying]), km, abroad[["km", "said"]])


def find_abroad(placed: pd.DataFrame, boundaries: Boundaries) -> pd.DataFrame:
    """Rows whose point lies outside of the country that they name.

    Of a country that is not drawn whole, that is known where the point lies in another one.

    Returns
    -------
    Columns ``km``, ``said`` and ``found``, the country that it lies in, by name; missing where
    that cannot be told.
    """
    given = placed["country"].notna() & placed["lat"].notna() & placed["lon"].notna()
    rows = placed.loc[given, ["lat", "lon", "country"]]
    lats, lons, named = rows["lat"], rows["lon"], rows["country"]
    is_covered = named.isin(COVERED).to_numpy()
    off = ~boundaries.is_inside_many(lats, lons, named.to_numpy(dtype=object))
    lies = pd.Series(pd.NA, index=rows.index, dtype="str")
    lies[off] = boundaries.find_countries(lats[off], lons[off])
    rows = rows[off & (is_covered | lies.notna().to_numpy())]
    away = boundaries.measure_km_to_countries(rows["lat"], rows["lon"], rows["country"])
    is_off_coast = lies[rows.index].isna().to_numpy() & (away <= WATERS_KM)
    rows, away = rows[~is_off_coast], away[~is_off_coast]
    return pd.DataFrame(
        {
            "km": away,
            "said": rows["country"].map(name_country).astype("str"),
            "found": lies[rows.index].map(name_country, na_action="ignore").astype("str"),
        },
        index=rows.index,
    )


def _say_abroad(abroad: pd.DataFrame) -> list[str]:
    """Both sides: "in Turkey, 120 km from Iraq"."""
    return [
        f"{'' if pd.isna(found) else f'in {found}, '}{say_away(km, country)}"
        for km, country, found in abroad[["km", "said", "found"]].itertuples(index=False)
    ]


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
