"""Where each incident is: the table's coordinates, checked, else the gazetteer's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from geo.boundaries import Boundaries
from geo.gazetteer import Gazetteer
from geo.geocoder import Geocoder, Match
from geo.learned import Told, learn
from geo.points import Point
from geo.precision import is_at_least
from geo.search_words import list_place_words
from incidents.checking.problems import join_problems, problems_at
from incidents.progress import Tell, tell_nobody

MATCH_COLUMNS = ("located_by", "match", "match_reason", "names")
"""What locating adds: by whom it is placed, the kind of match, and why.

By ``table`` or ``gazetteer`` (what the table taught and what Nominatim said count as that; the
kind of match tells them apart), missing where it is not placed.

``names`` serve the search alone: words in all scripts, see `geo.search_words`. They are no fact
of the incident, so they are in no list and no export.
"""

NO_NAME = "No place is named."

_UNCHECKED = ("learned", "online")

TOLERANCE_KM = 25.0
"""How far outside its country a point may be: outlines are simplified, and some are disputed.

UCDP counts the Golan Heights to Syria, Natural Earth draws them with Israel.
"""


class Online(Protocol):
    """Somebody on the network who knows places: see `geo.nominatim.Nominatim`."""

    problem: str | None

    def match(self, name: str, country: str | None, gov: str | None) -> Match | None:
        """The place of a name that no gazetteer knows, or None."""


@dataclass(frozen=True)
class Located:
    """Incidents with their places, and the problems found on the way."""

    incidents: pd.DataFrame
    problems: pd.DataFrame


def locate(
    incidents: pd.DataFrame,
    file: str,
    geocoder: Geocoder,
    boundaries: Boundaries,
    tell: Tell = tell_nobody,
    online: Online | None = None,
) -> Located:
    """Place every incident that can be placed; the others stay, without coordinates.

    Coordinates in the table win. They are left out, and told, when they lie outside the country
    that the row names. Rows without coordinates are looked up by place, country and governorate,
    each distinct name once. A name that no gazetteer knows is where other rows of this table say,
    if their points agree. A missing country or governorate is filled from the place found.

    Parameters
    ----------
    incidents
        Columns of `incidents.columns.COLUMNS`; the index, ``row``, numbers the rows.
    file
        Name of the table, for the problems.
    tell
        Is told how many of how many distinct names are looked up.
    online
        Is asked for the names that are left, if the host switched it on.
    """
    placed = incidents.copy()
    problems = [_drop_foreign(placed, file, boundaries)]
    given = placed["lat"].notna() & placed["lon"].notna()
    placed.loc[~given, ["lat", "lon"]] = np.nan  # half a point is none
    matches = _match_names(placed, given.to_numpy(), geocoder, online, tell)
    placed["located_by"] = pd.Series(pd.NA, index=placed.index, dtype="str").mask(given, "table")
    placed["match"] = matches.spread([match.kind if match else None for match in matches.each])
    # What only the table itself knows is no check of its coordinates.
    own = given & placed["match"].isin(_UNCHECKED)
    placed["match"] = placed["match"].mask(own, "none")
    placed["match_reason"] = matches.spread(
        [match.reason if match else NO_NAME for match in matches.each]
    )
    _use_matches(placed, (~given).to_numpy(), matches)
    found = placed["match"].notna() & (placed["match"] != "none")
    told = "Coordinates from the table. " + placed["match_reason"].where(found, "")
    placed["match_reason"] = placed["match_reason"].mask(given, told.str.strip())
    problems += _tell_unplaced(placed, file, (~given).to_numpy(), matches)
    _fill_areas(placed, boundaries)
    placed["names"] = _list_names(placed, matches, boundaries)
    return Located(placed, join_problems(problems))


def name_governorates(incidents: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """The incidents with each governorate under our own name for it; unknown ones stay.

    "Ninewa Governorate" and "نينوى" are Nineveh: filters, sums and areas must not tell them apart.
    """
    codes, distinct = _number(incidents[["gov", "country"]])
    names = []
    for gov, country in distinct:
        known = None if gov is None else gazetteer.find_gov_name(gov, country)
        names.append(gov if known is None else known)
    return incidents.assign(gov=pd.array(names, dtype="str").take(codes))


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


@dataclass(frozen=True)
class _Matches:
    """The match of each distinct name, None where no place is named; and which one a row has."""

    each: list[Match | None]
    codes: NDArray[np.intp]

    def spread(self, texts: Sequence[str | None]) -> ExtensionArray:
        """A text of each match, for every row."""
        return pd.array(list(texts), dtype="str").take(self.codes)


def _match_names(
    placed: pd.DataFrame,
    given: NDArray[np.bool_],
    geocoder: Geocoder,
    online: Online | None,
    tell: Tell,
) -> _Matches:
    """Look up each distinct name once."""
    keys = placed[["place", "country", "gov"]]
    # A row without coordinates may name its governorate only: then that is the place.
    place = keys["place"].mask(placed["place"].isna() & placed["lat"].isna(), keys["gov"])
    codes, distinct = _number(keys.assign(place=place))
    if given.any() and not given.all():
        geocoder = geocoder.teach(learn(_list_told(placed[given], codes[given], distinct)))
    wanted = set(codes[~given].tolist())
    matches: list[Match | None] = []
    for number, (name, country, gov) in enumerate(distinct):
        match = None if name is None else geocoder.match(name, country, gov)
        if online is not None and number in wanted and match is not None and _is_unknown(match):
            match = online.match(str(name), country, gov) or match
        matches.append(match)
        tell(len(matches), len(distinct))
    return _Matches(matches, codes)


def _is_unknown(match: Match) -> bool:
    return match.kind == "none" and not match.candidates


def _list_told(
    given: pd.DataFrame, codes: NDArray[np.intp], distinct: list[tuple[str | None, ...]]
) -> list[Told]:
    """What rows with coordinates tell of their names; points of areas are not of the name."""
    precisions = given["precision"].astype("object")
    fine = {each for each in precisions.dropna().unique() if is_at_least(str(each), "town")}
    trusted = (precisions.isna() | precisions.isin(fine)).to_numpy()
    rows = given.loc[trusted, ["lat", "lon"]].assign(
        code=codes[trusted], coarse=precisions[trusted].ne("site")
    )
    boxes = rows.groupby("code").agg(
        south=("lat", "min"),
        north=("lat", "max"),
        west=("lon", "min"),
        east=("lon", "max"),
        rows=("lat", "size"),
        coarse=("coarse", "any"),
    )
    told = []
    for box in boxes.itertuples():
        name, country, gov = distinct[int(box.Index)]
        low, high = Point(lat=box.south, lon=box.west), Point(lat=box.north, lon=box.east)
        if name is not None:
            precision = "town" if box.coarse else "site"
            told.append(Told(name, country, gov, low, high, int(box.rows), precision))
    return told


def _number(keys: pd.DataFrame) -> tuple[NDArray[np.intp], list[tuple[str | None, ...]]]:
    """Number the distinct rows of a frame of text: the number of each row, and what it stands for.

    What is missing is None.
    """
    codes = keys.groupby(list(keys), dropna=False, sort=False).ngroup()
    firsts = keys[~codes.duplicated()].astype("object")
    distinct = firsts.where(firsts.notna(), None).itertuples(index=False, name=None)
    return codes.to_numpy(dtype=np.intp), list(distinct)


def _use_matches(placed: pd.DataFrame, wanted: NDArray[np.bool_], matches: _Matches) -> None:
    places = [None if match is None else match.place for match in matches.each]
    hits = wanted & np.array([place is not None for place in places], dtype=bool)[matches.codes]
    codes, rows = matches.codes[hits], placed.index[hits]
    for column, points in (
        ("lat", [np.nan if place is None else place.lat for place in places]),
        ("lon", [np.nan if place is None else place.lon for place in places]),
    ):
        placed.loc[rows, column] = np.array(points, dtype=float)[codes]
    precisions = [None if match is None else match.precision for match in matches.each]
    placed.loc[rows, "precision"] = matches.spread(precisions)[hits]
    placed.loc[rows, "located_by"] = "gazetteer"
    for column, texts in (
        ("country", [None if place is None else place.country or None for place in places]),
        ("gov", [None if place is None else place.gov or None for place in places]),
    ):
        missing = hits & placed[column].isna().to_numpy()
        placed.loc[missing, column] = matches.spread(texts)[missing]


def _tell_unplaced(
    placed: pd.DataFrame, file: str, wanted: NDArray[np.bool_], matches: _Matches
) -> list[pd.DataFrame]:
    found = []
    told = np.array([_find_problem(match) for match in matches.each], dtype=object)[matches.codes]
    for kind in ("place_missing", "place_ambiguous", "place_not_found"):
        positions = np.flatnonzero(wanted & (told == kind))
        words = {}
        if kind == "place_ambiguous":
            said = [_say_candidates(match) for match in matches.each]
            words["candidates"] = [said[code] for code in matches.codes[positions]]
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


def _find_problem(match: Match | None) -> str | None:
    if match is None:
        return "place_missing"
    if match.place is not None:
        return None
    return "place_ambiguous" if match.kind == "ambiguous" else "place_not_found"


def _named(placed: pd.DataFrame, positions: NDArray[np.intp]) -> list[str]:
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


def _list_names(placed: pd.DataFrame, matches: _Matches, boundaries: Boundaries) -> pd.Series:
    """Words by which each incident's place is searched for, made once per distinct place.

    They are categories: a million rows hold a few hundred texts.
    """
    governorates = {(each.gov, each.country): each for each in boundaries.governorates}
    codes, areas = _number(placed[["gov", "country"]])
    numbers, pairs = pd.factorize(matches.codes * len(areas) + codes)
    texts = []
    for pair in pairs:
        match, (gov, country) = matches.each[pair // len(areas)], areas[pair % len(areas)]
        place = None if match is None else match.place
        governorate = governorates.get((gov or "", country or ""))
        texts.append(list_place_words(place, governorate, country))
    known = sorted({text for text in texts if text})
    at = {text: number for number, text in enumerate(known)} | {"": -1}
    codes = np.array([at[text] for text in texts], dtype=np.intp)[numbers]
    return pd.Series(pd.Categorical.from_codes(codes, known), index=placed.index)
