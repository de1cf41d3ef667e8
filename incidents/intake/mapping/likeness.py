"""How much a column is like one of ours: by the words of its name, and by what its cells hold."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from geo.places.countries import read_country
from incidents.intake.checking.counts import NOTES, read_counts, read_range
from incidents.intake.checking.date_words import MONTHS, fold_month
from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.findings import is_unknown
from incidents.intake.checking.moments import read_time
from incidents.table.columns import ALSO, COLUMNS, RANGES, Column, Range, fold_name
from incidents.table.degrees import read_degrees
from incidents.table.plain_text import plain_text

NEARLY_SAME = 0.9  # of two folded names: a letter more or less
_SHORTEST = 4  # letters of a name that may be compared by likeness
_ENOUGH = 0.8  # share of the filled cells that must be readable
_LIKE_A_DAY = r"\pN.*\pN.*\pN"  # what is quickly seen of all whole dates
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEEDLESS = frozenset(
    (
        *("the", "a", "an", "of", "in", "at", "on", "for", "to", "and", "or", "by", "is", "was"),
        *("number", "no", "num", "nr", "count", "total", "incident", "event", "attack"),
        *("reported", "name", "people", "persons", "column", "local", "first"),
    )
)
_TYPES: dict[str, str] = {
    **{column.name: column.type for column in COLUMNS},
    **{each.name: "range" for each in RANGES},
    **{each.name: each.type for each in ALSO},
}
_PARTS: dict[str, tuple[frozenset[str], int]] = {
    "year": (
        frozenset(("year", "yr", "iyear", "yyyy", "год", "سنة", "السنة", "عام", "العام")),
        2100,
    ),
    "month": (frozenset(("month", "mon", "imonth", "mm", "месяц", "شهر", "الشهر")), 12),
    "day": (frozenset(("day", "iday", "dd", "день", "число", "يوم", "اليوم")), 31),
}
"""Words for the parts of a date, and the largest number of each."""


def list_our_names() -> Iterator[tuple[str, str]]:
    """Our columns and ranges with each of their names."""
    ours: tuple[Column | Range, ...] = (*COLUMNS, *RANGES, *ALSO)
    for each in ours:
        for name in (each.name, *each.aliases):
            yield each.name, name


def rate_name(header: str, name: str) -> float:
    """How alike a header of a file and one of our names are, from 0 to 1.

    One with the same words apart from needless ones ("Date of the attack", "Number killed") rates
    0.8, one of nearly the same letters 0.75.
    """
    theirs, ours = _find_words(header), _find_words(name)
    numbers = _NUMBER.findall(header), _NUMBER.findall(name)
    if all(numbers) and numbers[0] != numbers[1]:
        return 0.0  # "admin2" is no "admin1"
    if theirs and theirs == ours:
        return 0.8
    first, second = fold_name(header), fold_name(name)
    if min(len(first), len(second)) < _SHORTEST:
        return 0.0
    return 0.75 if fuzz.ratio(first, second) / 100 >= NEARLY_SAME else 0.0


def are_near(header: str, name: str) -> bool:
    """Whether one name holds all words of the other, two at least, or nearly the same letters."""
    theirs, ours = _find_words(header), _find_words(name)
    if min(len(theirs), len(ours)) >= 2 and (theirs <= ours or ours <= theirs):
        return True
    return rate_name(header, name) > 0


def list_alike(headers: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Our columns, the headers like one of their names, and how alike these are: see `rate_name`.

    In the order of our names, then of the headers.
    """
    names = list(list_our_names())
    by_words = defaultdict(list)
    for at, header in enumerate(headers):
        by_words[_find_words(header)].append(at)
    folded = [[fold_name(each) for each in side] for side in (headers, [name for _, name in names])]
    likeness = process.cdist(folded[1], folded[0], scorer=fuzz.ratio, dtype=np.uint8)
    for (ours, name), near in zip(names, likeness >= int(100 * NEARLY_SAME) - 1, strict=True):
        for at in sorted({*by_words[_find_words(name)], *np.flatnonzero(near).tolist()}):
            rate = rate_name(headers[at], name)
            if rate > 0:
                yield ours, headers[at], rate


def _find_words(name: str) -> frozenset[str]:
    words = frozenset(_WORDS.findall(_CAMEL.sub(" ", name).replace("_", " ").casefold()))
    return words - _NEEDLESS or words


def fits(ours: str, cells: pd.Series) -> bool:
    """Whether most of the filled cells can be read as what our column holds."""
    filled = cells[~is_unknown(cells)]
    check = _CHECKS.get(ours, _CHECKS.get(_TYPES[ours]))
    if check is None or len(filled) == 0:
        return len(filled) > 0
    return bool(check(filled).mean() >= _ENOUGH)


def are_days(cells: pd.Series) -> bool:
    """Whether most of the filled cells are whole dates."""
    filled = cells[~is_unknown(cells)]
    if len(filled) == 0 or not filled.str.contains(_LIKE_A_DAY).mean() >= _ENOUGH:
        return False
    dates = read_dates(filled)
    return bool(((dates["precision"] == "day") | dates["is_ambiguous"]).mean() >= _ENOUGH)


_OF_INCIDENT = (
    "occur",
    "event",
    "incident",
    "attack",
    "start",
    "begin",
    "happen",
    "strike",
    "date",
)
_OF_OTHERS = ("report", "publ", "modif", "creat", "updat", "enter", "add", "birth", "end", "time")


def rate_day_name(header: str) -> int:
    """How likely a column of days is that of the incidents, by words of its name."""
    folded = fold_name(header)
    rate = sum(word in folded for word in _OF_INCIDENT)
    return rate - 2 * sum(word in folded for word in _OF_OTHERS)


def find_parts(sample: pd.DataFrame) -> dict[str, str]:
    """The columns of years, months and maybe days that make up one date; none without a month."""
    found: dict[str, str] = {}
    for part, (names, largest) in _PARTS.items():
        fitting = [
            str(header)
            for header in sample.columns
            if _find_words(str(header)) & names and _are_parts(sample[header], part, largest)
        ]
        if len(fitting) == 1:
            found[part] = fitting[0]
    if not {"year", "month"} <= set(found):
        return {}
    return found


def _are_parts(cells: pd.Series, part: str, largest: int) -> bool:
    filled = cells[~is_unknown(cells)]
    numbers = pd.to_numeric(filled.map(plain_text), errors="coerce")
    smallest = 1900 if part == "year" else 0
    fits_in = numbers.between(smallest, largest)
    if part == "month":
        fits_in |= filled.map(lambda text: fold_month(plain_text(text)) in MONTHS)
    return len(filled) > 0 and bool(fits_in.all())


def find_axis(cells: pd.Series) -> str | None:
    """Whether a column of decimal degrees can only be latitudes or longitudes of Iraq and Syria.

    From 35 to 38 degrees both are possible; a column that stays within them is neither.
    """
    filled = cells[~is_unknown(cells)]
    degrees = pd.to_numeric(filled.str.replace(",", ".", regex=False), errors="coerce")
    if len(filled) < 3 or degrees.isna().any() or not filled.str.contains("[.,]").any():
        return None
    if degrees.between(29, 37.5).all() and (degrees < 35.5).any():
        return "lat"
    if degrees.between(35.5, 49).all() and (degrees > 37.5).any():
        return "lon"
    return None


def _are_numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.str.replace(",", ".", regex=False), errors="coerce").notna()


def _are_degrees(cells: pd.Series, sides: str) -> pd.Series:
    is_number = _are_numbers(cells)
    return is_number | cells.where(~is_number, "").map(
        lambda text: math.isfinite(read_degrees(text, sides))
    )


def _are_counts(cells: pd.Series) -> pd.Series:
    """Numbers; words for them ("nil", "several") beside numbers, too."""
    is_numbered = bool(cells.str.contains(r"\d").any())
    return read_counts(cells, read_range)["kind"].isin(("", *NOTES) if is_numbered else ("",))


def _are_dates(cells: pd.Series) -> pd.Series:
    return read_dates(cells)["precision"].notna()


def _are_countries(cells: pd.Series) -> pd.Series:
    return cells.map(lambda text: read_country(text) is not None)


def _are_times(cells: pd.Series) -> pd.Series:
    return cells.map(lambda text: read_time(text) is not None)


def _are_words(cells: pd.Series) -> pd.Series:
    """Names hold letters."""
    return cells.str.contains(r"[^\W\d_]", regex=True)


_CHECKS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "date": _are_dates,
    "partial date": _are_dates,
    "number": _are_numbers,
    "count": _are_counts,
    "range": _are_counts,
    "time": _are_times,
    "country": _are_countries,
    **dict.fromkeys(("lat", "origin_lat"), partial(_are_degrees, sides="NS")),
    **dict.fromkeys(("lon", "origin_lon"), partial(_are_degrees, sides="EW")),
    **dict.fromkeys(("place", "gov", "site", "summary", "actor"), _are_words),
}
"""By our column, else by its type."""
