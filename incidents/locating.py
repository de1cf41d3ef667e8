"""Where each incident is: the table's coordinates, checked, else the gazetteer's."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.boundaries import Boundaries
from geo.gazetteer import Gazetteer
from geo.geocoder import Geocoder, Match
from incidents.problems import join_problems, problems_at

MATCH_COLUMNS = ("located_by", "match", "match_reason")
"""What locating adds: ``table`` or ``gazetteer`` (missing: not placed), kind of match, and why."""

NO_NAME = "No place is named."

TOLERANCE_KM = 25.0
"""How far outside its country a point may be: outlines are simplified, and some are disputed.

UCDP counts the Golan Heights to Syria, Natural Earth draws them with Israel.
"""


@dataclass(frozen=True)
class Located:
    """Incidents with their places, and the problems found on the way."""

    incidents: pd.DataFrame
    problems: pd.DataFrame


def locate(
    incidents: pd.DataFrame, file: str, geocoder: Geocoder, boundaries: Boundaries
) -> Located:
    """Place every incident that can be placed; the others stay, without coordinates.

    Coordinates in the table win. They are left out, and told, when they lie outside the country
    that the row names. Rows without coordinates are looked up by place, country and governorate,
    each distinct name once. A missing country or governorate is filled from the place found.

    Parameters
    ----------
    incidents
        Columns of `incidents.columns.COLUMNS`; the index, ``row``, numbers the rows.
    file
        Name of the table, for the problems.
    """
    placed = incidents.copy()
    problems = [_drop_foreign(placed, file, boundaries)]
    given = placed["lat"].notna() & placed["lon"].notna()
    placed.loc[~given, ["lat", "lon"]] = np.nan  # half a point is none
    matches = _match_names(placed, geocoder)
    placed["located_by"] = pd.Series(pd.NA, index=placed.index, dtype="str").mask(given, "table")
    placed["match"] = [match.kind if match else pd.NA for match in matches]
    reasons = [match.reason if match else NO_NAME for match in matches]
    placed["match_reason"] = pd.Series(reasons, index=placed.index, dtype="str")
    placed["match"] = placed["match"].astype("str")
    _use_matches(placed, ~given, matches)
    found = placed["match"].notna() & (placed["match"] != "none")
    told = "Coordinates from the table. " + placed["match_reason"].where(found, "")
    placed["match_reason"] = placed["match_reason"].mask(given, told.str.strip())
    problems += _tell_unplaced(placed, file, ~given, matches)
    _fill_areas(placed, boundaries)
    return Located(placed, join_problems(problems))


def name_governorates(incidents: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The incidents with each governorate under our own name for it; unknown ones stay.

    "Ninewa Governorate" and "نينوى" are Nineveh: filters, sums and areas must not tell them apart.
    """
    keys = incidents[["gov", "country"]].astype("object")
    keys = keys.where(keys.notna(), None)
    names: dict[tuple[str | None, str | None], str | None] = {}
    for gov, country in set(keys.itertuples(index=False, name=None)):
        known = None if gov is None else gazetteer.find_gov_name(gov, country)
        names[gov, country] = gov if known is None else known
    tidy = [names[key] for key in keys.itertuples(index=False, name=None)]
    return incidents.assign(gov=pd.Series(tidy, index=incidents.index, dtype="str"))


def _drop_foreign(placed: pd.DataFrame, file: str, boundaries: Boundaries) -> pd.DataFrame:
    lats, lons = placed["lat"], placed["lon"]
    # Only these are drawn whole; of a neighbour the outline is cut at the edge of the map.
    checked = placed["country"].isin(["IQ", "SY"]) & lats.notna() & lons.notna()
    rows = placed.index[checked]
    countries = placed.loc[rows, "country"].to_numpy(dtype=object)
    inside = boundaries.is_inside_many(lats[rows], lons[rows], countries, TOLERANCE_KM)
    swapped = boundaries.is_inside_many(lons[rows], lats[rows], countries, TOLERANCE_KM)
    outside, turned = rows[~inside & ~swapped], rows[~inside & swapped]
    found = [
        problems_at(
            kind,
            file,
            at,
            "lat",
            [f"{lat:g}, {lon:g}" for lat, lon in zip(lats[at], lons[at], strict=True)],
            country=placed.loc[at, "country"],
        )
        for kind, at in (("coordinates_outside_country", outside), ("coordinates_swapped", turned))
    ]
    placed.loc[outside.union(turned), ["lat", "lon"]] = np.nan
    return join_problems(found)


def _match_names(placed: pd.DataFrame, geocoder: Geocoder) -> list[Match | None]:
    """One match per row, None where no place is named; each distinct name is looked up once."""
    keys = placed[["place", "country", "gov"]].astype("object")
    # A row without coordinates may name its governorate only: then that is the place.
    keys["place"] = keys["place"].mask(placed["place"].isna() & placed["lat"].isna(), keys["gov"])
    keys = keys.where(keys.notna(), None)
    known: dict[tuple[str | None, ...], Match | None] = {}
    found: list[Match | None] = []
    for key in keys.itertuples(index=False, name=None):
        if key not in known:
            name = key[0]
            known[key] = None if name is None else geocoder.match(name, key[1], key[2])
        found.append(known[key])
    return found


def _use_matches(placed: pd.DataFrame, wanted: pd.Series, matches: Iterable[Match | None]) -> None:
    hits = {
        row: match
        for row, is_wanted, match in zip(placed.index, wanted, matches, strict=True)
        if is_wanted and match is not None and match.place is not None
    }
    if not hits:
        return
    rows = pd.Index(hits)
    places = [match.place for match in hits.values() if match.place is not None]
    placed.loc[rows, "lat"] = [place.lat for place in places]
    placed.loc[rows, "lon"] = [place.lon for place in places]
    precisions = pd.Series([match.precision for match in hits.values()], index=rows, dtype="str")
    placed.loc[rows, "precision"] = precisions
    placed.loc[rows, "located_by"] = "gazetteer"
    for column, values in (
        ("country", [place.country for place in places]),
        ("gov", [place.gov for place in places]),
    ):
        filled = pd.Series(values, index=rows, dtype="str").replace("", pd.NA)
        placed.loc[rows, column] = placed.loc[rows, column].fillna(filled)


def _tell_unplaced(
    placed: pd.DataFrame, file: str, wanted: pd.Series, matches: list[Match | None]
) -> list[pd.DataFrame]:
    kinds: dict[str, list[int]] = {
        "place_missing": [],
        "place_ambiguous": [],
        "place_not_found": [],
    }
    for position, (is_wanted, match) in enumerate(zip(wanted, matches, strict=True)):
        if not is_wanted or (match is not None and match.place is not None):
            continue
        kind = "place_missing" if match is None else f"place_{_word(match)}"
        kinds[kind].append(position)
    found = []
    for kind, positions in kinds.items():
        words = {}
        if kind == "place_ambiguous":
            words["candidates"] = [_say_candidates(matches[position]) for position in positions]
        found.append(
            problems_at(
                kind,
                file,
                placed.index[positions],
                "place",
                None if kind == "place_missing" else _named(placed, positions),
                **words,
            )
        )
    return found


def _word(match: Match) -> str:
    return "ambiguous" if match.kind == "ambiguous" else "not_found"


def _named(placed: pd.DataFrame, positions: list[int]) -> list[str]:
    names = placed["place"].fillna(placed["gov"]).iloc[positions]
    return [str(name) for name in names]


def _say_candidates(match: Match | None) -> str:
    places = () if match is None else match.candidates
    return " or ".join(
        f"{place.name} ({place.kind}, {place.gov or place.country})" for place in places[:4]
    )


def _fill_areas(placed: pd.DataFrame, boundaries: Boundaries) -> None:
    """Name country and governorate of rows that have a point but do not say where it is."""
    # The point of a whole country lies in some governorate, but says nothing of it.
    is_vague = placed["precision"].eq("country")
    for column, find, wanted in (
        ("country", boundaries.find_countries, placed["lat"].notna()),
        ("gov", boundaries.find_governorates, placed["lat"].notna() & ~is_vague),
    ):
        rows = placed.index[placed[column].isna() & wanted]
        if len(rows):
            placed.loc[rows, column] = find(placed.loc[rows, "lat"], placed.loc[rows, "lon"])
