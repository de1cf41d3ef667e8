"""Which column holds the places: a name alone does not tell home towns from them."""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from geo.finding.foreign_areas import find_foreign_area
from incidents.intake.checking.local_towns import find_share, list_names
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
_FEW, _MORE = 0.1, 0.2
_HOMES = 0.5
_DOUBTFUL = 0.6


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
    names = list_names(cells)
    found = [name for name in names if find_foreign_area(name) is not None]
    return len(names) > 0 and len(found) >= _HOMES * len(names)
