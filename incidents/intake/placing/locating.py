"""Where each incident is: the table's coordinates, checked, else the gazetteer's."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.finding.geocoder import Geocoder
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from geo.places.governorates import find_nearest_gov
from geo.places.packaged_places import COVERED
from geo.places.precision import find_coarser, find_radius_km
from geo.places.search_words import list_place_words
from incidents.intake.placing.contradictions import (
    doubt,
    doubt_turned,
    find_misplaced,
    find_outside_district,
    find_outside_gov,
    tell_contradictions,
)
from incidents.intake.placing.name_matches import Matches, Online, match_names, number_rows
from incidents.intake.placing.settling import settle_points
from incidents.intake.placing.unplaced import tell_unplaced
from incidents.table.columns import DISTRICT, POINT
from incidents.table.problems import (
    Problem,
    join_problems,
    make_problem,
    problems_at,
    problems_frame,
)
from incidents.table.progress import Tell, tell_nobody
from incidents.table.sentences import say_rows

MATCH_COLUMNS = ("located_by", "match", "match_reason", "names")
"""What locating adds: by whom it is placed, the kind of match, and why.

By ``table`` or ``gazetteer`` (what the table taught and what Nominatim said count as that; the
kind of match tells them apart), missing where it is not placed.

``names`` serve the search alone: words in all scripts, see `geo.places.search_words`. They are no
fact of the incident, so they are in no list and no export.
"""

NO_NAME = "No place is named."

_FIPS = re.compile(r"IZ\d\d")
_UNCHECKED = ("learned", "online")


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
    find_header: Callable[[str], str | None] = str,
) -> Located:
    """Place every incident that can be placed; the others stay, without coordinates.

    Coordinates in the table win. They are told and in doubt where they lie outside the country,
    or far from the governorate or place, that the row names; what fits only the other way round
    is turned, told and in doubt. Rows without coordinates are looked up by place, country and
    governorate, each distinct name once. A name that no gazetteer knows is where other rows of
    this table say, if their points agree and lie where the row says. A row without a place name,
    or whose place is not known, is in its governorate, else, if a place is named, in its country;
    an unknown place is told all the same. A missing country or governorate is filled from the
    place found. Where the table says how exactly a place is known, a name found is never known
    more exactly.

    Parameters
    ----------
    incidents
        Columns of `incidents.table.columns.COLUMNS`, and `DISTRICT` or not; the index, ``row``,
        numbers the rows.
    file
        Name of the table, for the problems.
    tell
        Is told how many of how many distinct names are looked up.
    online
        Is asked for the names that are left, if the host switched it on.
    find_header
        Under which name the file holds one of our columns, for the problems; None if it does not.
    """
    placed = incidents.copy()
    districts = placed.pop(DISTRICT.name) if DISTRICT.name in placed else None
    held = (find_header(name) for name in ("lat", POINT.name, "place"))
    header = next((each for each in held if each is not None), None)
    settled = settle_points(placed, file, geocoder, boundaries, header)
    problems, turned, abroad = [settled.problems], settled.turned, settled.abroad
    given = placed["lat"].notna() & placed["lon"].notna()
    placed.loc[~given, ["lat", "lon"]] = np.nan  # half a point is none
    outside = find_outside_gov(placed, given.to_numpy(), boundaries)
    apart = find_outside_district(placed[given], districts, geocoder)
    elsewhere = placed.index.isin(abroad.index) | placed.index.isin(apart.index)
    teaches = given & outside.isna() & turned.isna() & ~elsewhere
    taught = placed.loc[teaches, ["place", "country", "gov", "lat", "lon", "precision"]]
    _fill_areas(taught, boundaries)
    matches = match_names(placed, given.to_numpy(), taught, geocoder, online, tell, districts)
    placed["located_by"] = pd.Series(pd.NA, index=placed.index, dtype="str").mask(given, "table")
    placed["match"], placed["match_reason"] = _spread(matches, given)
    # What only the table itself knows is no check of its coordinates.
    own = given & placed["match"].isin(_UNCHECKED)
    placed["match"] = placed["match"].mask(own, "none")
    for column in ("country", "gov"):
        filled = teaches & placed[column].isna()
        if filled.any():
            placed.loc[filled, column] = taught.loc[filled[teaches], column]
    _use_matches(placed, (~given).to_numpy(), matches)
    found = placed["match"].notna() & (placed["match"] != "none")
    told = "Coordinates from the table. " + placed["match_reason"].where(found, "")
    placed["match_reason"] = placed["match_reason"].mask(given, told.str.strip())
    problems += tell_unplaced(placed, file, (~given).to_numpy(), matches, find_header)
    for why in list(matches.unasked.values())[:1]:
        stopped = make_problem("lookup_stopped", file, reason=why.rstrip("."))
        problems.append(problems_frame([stopped]))
    _fill_areas(placed, boundaries, abroad.index)
    wrong = find_misplaced(placed, given.to_numpy(), matches, outside)
    wrong = pd.concat([wrong, apart.drop(wrong.index, errors="ignore")]).sort_index()
    wrong = wrong.drop(abroad.index, errors="ignore")
    problems.append(tell_contradictions(placed, wrong, file, header))
    doubt(placed, wrong)
    doubt(placed, abroad)
    doubt_turned(placed, turned)
    placed["names"] = _list_names(placed, matches, boundaries)
    return Located(placed, join_problems(problems))


def tell_gazetteer_files(gazetteer: Gazetteer) -> list[Problem]:
    """What of the host's own gazetteer files could not be read."""
    file = "gazetteers"
    return [
        make_problem("gazetteer_file_unused", file, note=note.rstrip("."))
        for note in gazetteer.notes
    ]


def name_governorates(
    incidents: pd.DataFrame, gazetteer: Gazetteer, file: str, header: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The incidents with each governorate under our own name for it, and what is none.

    "Ninewa Governorate" and "نينوى" are Nineveh: filters, sums and areas must not tell them apart.
    Names of no governorate stay as they are; in Iraq and Syria they are told, once per spelling.
    """
    codes, distinct = number_rows(incidents[["gov", "country"]])
    is_fips = any(_FIPS.fullmatch((gov or "").strip()) for gov, _ in distinct)
    names = []
    unknown: dict[str, list[int]] = {}
    for number, (gov, country) in enumerate(distinct):
        known = None if gov is None else gazetteer.find_gov_name(gov, country, is_fips)
        names.append(gov if known is None else known)
        if gov is not None and known is None and country in (None, *COVERED):
            unknown.setdefault(gov, []).append(number)
    named = incidents.assign(gov=pd.array(names, dtype="str").take(codes))
    return named, _tell_unknown_govs(incidents["gov"], unknown, codes, file, header)


def _tell_unknown_govs(
    govs: pd.Series,
    unknown: dict[str, list[int]],
    codes: NDArray[np.intp],
    file: str,
    header: str | None,
) -> pd.DataFrame:
    counts = np.bincount(codes)
    firsts = pd.Series(govs.index).groupby(codes).first()
    return problems_at(
        "governorate_unknown",
        file,
        [min(firsts[number] for number in numbers) for numbers in unknown.values()],
        header,
        list(unknown),
        count=[say_rows(int(counts[numbers].sum())) for numbers in unknown.values()],
        nearest=[find_nearest_gov(gov) or "none" for gov in unknown],
    )


def _spread(matches: Matches, given: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Kind and reason of each row's match; of rows without coordinates, of how they are drawn."""
    either = [*matches.each, *matches.drawn]
    codes = matches.codes + np.where(given, 0, len(matches.each))
    kinds = [match.kind if match else None for match in either]
    reasons = [match.reason if match else NO_NAME for match in either]
    kind, reason = (pd.array(texts, dtype="str").take(codes) for texts in (kinds, reasons))
    return pd.Series(kind, index=given.index), pd.Series(reason, index=given.index)


def _use_matches(placed: pd.DataFrame, wanted: NDArray[np.bool_], matches: Matches) -> None:
    places = [None if match is None else match.place for match in matches.drawn]
    hits = wanted & np.array([place is not None for place in places], dtype=bool)[matches.codes]
    codes, rows = matches.codes[hits], placed.index[hits]
    for column, points in (
        ("lat", [np.nan if place is None else place.lat for place in places]),
        ("lon", [np.nan if place is None else place.lon for place in places]),
    ):
        placed.loc[rows, column] = np.array(points, dtype=float)[codes]
    precisions = [None if match is None else match.precision for match in matches.drawn]
    _coarsen(placed, rows, precisions, codes)
    placed.loc[rows, "located_by"] = "gazetteer"
    # A row that is known to its country only is in none of its governorates.
    has_gov = placed["precision"].ne("country").to_numpy()
    for column, texts, may in (
        ("country", [None if place is None else place.country or None for place in places], True),
        ("gov", [None if place is None else place.gov or None for place in places], has_gov),
    ):
        missing = hits & may & placed[column].isna().to_numpy()
        placed.loc[missing, column] = matches.spread(texts)[missing]


def _coarsen(
    placed: pd.DataFrame, rows: pd.Index, found: list[str | None], codes: NDArray[np.intp]
) -> None:
    """Give rows the precision of their match, or what the table says if that is coarser."""
    numbers, pairs = number_rows(
        pd.DataFrame(
            {"said": placed.loc[rows, "precision"], "found": pd.array(found, dtype="str")[codes]}
        )
    )
    precisions: list[str | None] = []
    reasons = []
    for said, match in pairs:
        is_coarser = (
            find_radius_km(said) is not None
            and match is not None
            and (find_coarser(str(said), match) != match)
        )
        precisions.append(said if is_coarser else match)
        reasons.append(f" The table says: known to the {said} only." if is_coarser else "")
    placed.loc[rows, "precision"] = pd.array(precisions, dtype="str").take(numbers)
    placed.loc[rows, "match_reason"] += pd.array(reasons, dtype="str").take(numbers)


def _fill_areas(
    placed: pd.DataFrame, boundaries: Boundaries, abroad: "pd.Index | None" = None
) -> None:
    """Name country and governorate of rows that have a point but do not say where it is.

    Of those `abroad` it says nothing: they name another country.
    """
    # The point of a whole country lies in some governorate, but says nothing of it.
    is_vague = placed["precision"].eq("country")
    if abroad is not None:
        is_vague |= placed.index.isin(abroad)
    for column, find, wanted in (
        ("country", boundaries.find_countries, placed["lat"].notna()),
        ("gov", boundaries.find_governorates, placed["lat"].notna() & ~is_vague),
    ):
        rows = placed.index[placed[column].isna() & wanted]
        if len(rows):
            placed.loc[rows, column] = find(placed.loc[rows, "lat"], placed.loc[rows, "lon"])


def _list_names(placed: pd.DataFrame, matches: Matches, boundaries: Boundaries) -> pd.Series:
    """Words by which each incident's place is searched for, made once per distinct place.

    They are categories: a million rows hold a few hundred texts.
    """
    governorates = {(each.gov, each.country): each for each in boundaries.governorates}
    codes, areas = number_rows(placed[["gov", "country"]])
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
