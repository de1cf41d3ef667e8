"""Which column holds the places: a name alone does not tell home towns from them."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

import pandas as pd

from geo.finding.foreign_areas import find_foreign_area
from geo.names.cleaning import clean_name
from geo.names.names import fold_parts
from geo.names.nothing import says_nothing
from geo.places.packaged_places import read_cities
from incidents.table.columns import fold_name

_WORDS = frozenset(
    (
        *("place", "location", "city", "town", "village", "locality", "settlement", "where"),
        *("место", "город", "деревня", "село", "пункт", "населенный"),
        *("مكان", "المكان", "الموقع", "موقع", "المدينة", "مدينة", "البلدة", "القرية"),
    )
)
_NOT_THERE = frozenset(
    (
        *("home", "hometown", "birth", "birthplace", "born", "residence", "resident", "lived"),
        *("origin", "burial", "buried", "from", "launch", "id", "code", "type", "kind"),
        *("precision", "source", "note"),
        *("рождения", "жительства", "الولادة", "الميلاد", "السكن", "الاقامة", "الإقامة"),
    )
)
_MOST_NAMES = 300  # different cells that are looked at
_FEW, _MORE = 0.1, 0.2
_HOMES = 0.5
_DOUBTFUL = 0.6


@cache
def _read_known() -> frozenset[str]:
    names = (text for city in read_cities() for text in (city.name, *city.aliases))
    return frozenset(fold_parts(text)[0].replace(" ", "") for text in names)


def _list_names(cells: pd.Series) -> list[str]:
    return [text for text in cells.unique()[:_MOST_NAMES] if not says_nothing(text)]


def find_share(cells: pd.Series) -> float:
    """Share of different names of a column that are names of towns in Iraq or Syria; 0 for none."""
    names = _list_names(cells)
    known = [_is_known(name) for name in names]
    return sum(known) / max(len(names), 1)


def _is_known(name: str) -> bool:
    parts = re.split(r"[,،;(/]|\s[-–—]\s", clean_name(name))
    return any(fold_parts(part)[0].replace(" ", "") in _read_known() for part in parts if part)


def check_place_column(
    header: str, sample: pd.DataFrame, taken: Collection[str]
) -> tuple[str | None, float]:
    """The column that holds the places instead of one found by an alias, and how sure that is.

    The alias stands, unless hardly a cell of it is a town of Iraq or Syria, and another column
    that is called like one of places has many; or states and countries elsewhere stand beside it.
    What is called "place" stands. Without any the answer is None.
    """
    if fold_name(header) == "place" or find_share(sample[header]) >= _FEW:
        return header, 1.0
    share = find_share(sample[header])
    rivals = [each for each in map(str, sample.columns) if each not in taken and _may_hold(each)]
    shares = {each: find_share(sample[each]) for each in rivals}
    best = max(shares, key=lambda each: shares[each], default=None)
    if best is not None and shares[best] >= share + _MORE:
        return best, _DOUBTFUL
    beside = (sample[each] for each in sample.columns if each not in taken)
    return (None, 0.0) if any(_are_elsewhere(cells) for cells in beside) else (header, 1.0)


def _may_hold(header: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header).casefold()))
    return bool(words & _WORDS) and not words & _NOT_THERE


def _are_elsewhere(cells: pd.Series) -> bool:
    names = _list_names(cells)
    found = [name for name in names if find_foreign_area(name) is not None]
    return len(names) > 0 and len(found) >= _HOMES * len(names)
