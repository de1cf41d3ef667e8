"""Which place each distinct name of a table means: each is looked up once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from geo.finding.districts import choose_near, match_district, say_only
from geo.finding.geocoder import Geocoder
from geo.finding.learned import Told, learn
from geo.finding.matches import Match, say_fallen
from geo.finding.nominatim import OutageError
from geo.names.cleaning import clean_name
from geo.names.nothing import says_nothing
from geo.places.by_names import is_any
from geo.places.countries import name_country
from geo.places.packaged_places import COVERED
from geo.places.points import Point
from geo.places.precision import is_at_least
from incidents.table.progress import Tell

_PARTS = re.compile(r"[,،;؛()]|\s[-–—]\s")


class Online(Protocol):
    """Somebody on the network who knows places: see `geo.finding.nominatim.Nominatim`."""

    def match(self, name: str, country: str | None, gov: str | None) -> Match | None:
        """The place of a name that no gazetteer knows, or None.

        Raises
        ------
        OutageError
            It cannot be asked for now.
        """


@dataclass(frozen=True)
class Matches:
    """The match of each distinct name, None where no place is named; and which one a row has.

    `drawn` says where rows without coordinates are drawn: where the name is not known, in what
    the row names besides (see `_fall_back`). `unasked` says why, of the numbers of names that the
    network should have been asked for.
    """

    each: list[Match | None]
    drawn: list[Match | None]
    codes: NDArray[np.intp]
    unasked: dict[int, str]

    def spread(self, texts: Sequence[str | None]) -> ExtensionArray:
        """A text of each match, for every row."""
        return pd.array(list(texts), dtype="str").take(self.codes)


def match_names(
    placed: pd.DataFrame,
    given: NDArray[np.bool_],
    taught: pd.DataFrame,
    geocoder: Geocoder,
    online: Online | None,
    tell: Tell,
    districts: "pd.Series[str] | None" = None,
) -> Matches:
    """Look up each distinct name once.

    Parameters
    ----------
    given
        Which rows have coordinates of their own.
    taught
        Those rows with country and governorate filled: what they say of a name holds only there.
    districts
        The district that each row names, where the table has them.
    """
    keys = placed[["place", "country", "gov"]]
    # A row without coordinates may name its district or governorate only: then that is the place.
    place = _clean(keys["place"])
    has_area = is_named(placed["gov"])
    if districts is not None:
        has_area |= is_named(districts)
        keys = keys.assign(district=districts)
    has_area_only = (place.isna() & has_area).to_numpy() & ~given
    keys = keys.assign(place=place, area=_mark(has_area_only, placed.index))
    codes, distinct = number_rows(keys)
    if given.any() and not given.all():
        geocoder = geocoder.teach(learn(_list_told(taught)))
    wanted = set(codes[~given].tolist())
    matches: list[Match | None] = []
    drawn: list[Match | None] = []
    unasked: dict[int, str] = {}
    found: dict[tuple[str | None, ...], Match] = {}
    for number, (name, country, gov, *district, area) in enumerate(distinct):
        match = None if name is None else geocoder.match(name, country, gov)
        around = _find_district((*district, country, gov), found, geocoder)
        if area is not None and around is not None:
            match = say_only(around)
        elif area is not None and gov is not None:
            match = geocoder.match_governorate(gov, country)
        elif match is not None and around is not None and match.kind == "ambiguous":
            match = choose_near(match, around)
        elif online is not None and number in wanted and match is not None and _is_unknown(match):
            try:
                match = online.match(str(name), country, gov) or match
            except OutageError as error:
                unasked[number] = str(error)
                match = replace(match, reason=f"{match.reason} {error}")
        matches.append(match)
        told = (name, country, gov)
        drawn.append(None if match is None else _fall_back(match, *told, around, geocoder))
        tell(len(matches), len(distinct))
    return Matches(matches, drawn, codes, unasked)


def _find_district(
    told: tuple[str | None, ...], found: dict[tuple[str | None, ...], Match], geocoder: Geocoder
) -> Match | None:
    """The district that a row names, its country and governorate behind it; each asked once."""
    if len(told) < 3 or told[0] is None:
        return None
    if told not in found:
        found[told] = match_district(geocoder, *told)
    return found[told] if found[told].place is not None else None


def _fall_back(
    match: Match,
    name: str | None,
    country: str | None,
    gov: str | None,
    district: Match | None,
    geocoder: Geocoder,
) -> Match:
    """Where a row is drawn whose place is not known: its district, governorate, or country.

    As coarsely as that is known; "Karrada, Baghdad" names it, too. A match with a place stays, and
    one that tells of elsewhere. Where a row names two governorates, its country is left.
    """
    if match.place is not None or match.is_elsewhere:
        return match
    if district is not None:
        return say_fallen(match, district)
    told = [gov or "", *_PARTS.split(name or "")[1:]]
    found = [geocoder.match_governorate(each, country) for each in told if not says_nothing(each)]
    areas = {each.place.id: each for each in found if each.place is not None}
    if len(areas) == 1:
        return say_fallen(match, next(iter(areas.values())))
    whole = geocoder.match(name_country(country), country) if country in COVERED else match
    return say_fallen(match, whole) if whole.precision == "country" else match


def is_named(cells: pd.Series) -> "pd.Series[bool]":
    """Whether each cell names anything: "unknown" and "-" do not."""
    numbers, names = pd.factorize(cells)
    named = np.array([*(not says_nothing(str(name)) for name in names), False], dtype=bool)
    return pd.Series(named[numbers], index=cells.index)


def _clean(places: pd.Series) -> pd.Series:
    """The names as they are meant, those that say nothing left out.

    "Baghdad (1)" and "Baghdad (2)" are looked up once.
    """
    codes, names = pd.factorize(places)
    cleaned = pd.array(
        [None if says_nothing(name) else clean_name(name) or name for name in map(str, names)],
        dtype="str",
    )
    return pd.Series(cleaned.take(codes, allow_fill=True), index=places.index)


def _mark(which: NDArray[np.bool_], index: pd.Index) -> pd.Series:
    return pd.Series("gov", index=index, dtype="str").where(which)


def _is_unknown(match: Match) -> bool:
    return match.kind == "none" and not match.candidates


def _list_told(given: pd.DataFrame) -> list[Told]:
    """What rows with coordinates tell of their names; points of areas are not of the name."""
    codes, distinct = number_rows(
        given[["place", "country", "gov"]].assign(place=_clean(given["place"]))
    )
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
        if name is not None and not is_any(name):
            precision = "town" if box.coarse else "site"
            told.append(Told(name, country, gov, low, high, int(box.rows), precision))
    return told


def number_rows(keys: pd.DataFrame) -> tuple[NDArray[np.intp], list[tuple[str | None, ...]]]:
    """Number the distinct rows of a frame of text: the number of each row, and what it stands for.

    What is missing is None.
    """
    codes = keys.groupby(list(keys), dropna=False, sort=False).ngroup()
    firsts = keys[~codes.duplicated()].astype("object")
    distinct = firsts.where(firsts.notna(), None).itertuples(index=False, name=None)
    return codes.to_numpy(dtype=np.intp), list(distinct)
