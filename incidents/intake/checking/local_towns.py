"""How many names of a column are those of towns in Iraq and Syria."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from geo.names.cleaning import clean_name
from geo.names.names import fold_parts
from geo.names.nothing import says_nothing
from geo.places.packaged_places import read_cities

_MOST_NAMES = 300  # different cells that are looked at


@cache
def _read_known() -> frozenset[str]:
    names = (text for city in read_cities() for text in (city.name, *city.aliases))
    return frozenset(fold_parts(text)[0].replace(" ", "") for text in names)


def list_names(cells: pd.Series) -> list[str]:
    """The first different names of a column."""
    return [text for text in cells.unique()[:_MOST_NAMES] if not says_nothing(text)]


def find_share(cells: pd.Series) -> float:
    """Share of different names of a column that are names of towns in Iraq or Syria; 0 for none."""
    names = list_names(cells)
    known = [_is_known(name) for name in names]
    return sum(known) / max(len(names), 1)


def _is_known(name: str) -> bool:
    parts = re.split(r"[,،;(/]|\s[-–—]\s", clean_name(name))
    return any(fold_parts(part)[0].replace(" ", "") in _read_known() for part in parts if part)
