"""Checks of single columns and of columns that belong together.

Each check takes the findings so far, adds the problems that it sees, and gives the columns back
in their types. A cell that is not usable is unknown, never 0.
"""

from __future__ import annotations

import re

import pandas as pd

from geo.names.nothing import LONGEST, says_nothing
from geo.places.countries import (
    find_nearest_country,
    find_numbering,
    read_country,
    read_number,
    use_fips,
)
from incidents.intake.checking.date_orders import Order
from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.day_order import find_open, settle_order
from incidents.intake.checking.findings import Findings, is_unknown, missing
from incidents.table.columns import Column, fold_name

_URL = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)


def check_text(found: Findings, name: str) -> pd.Series:
    """Text as it is, ids and words of a source; empty is missing."""
    cells = found.cells(name)
    return missing(found.index, "str") if cells is None else cells.mask(cells == "")


def check_name(found: Findings, name: str) -> pd.Series:
    """Text that names or tells something; missing where it says nothing ("NULL", "unknown")."""
    cells = check_text(found, name)
    idle = [text for text in cells[cells.str.len() <= LONGEST].unique() if says_nothing(text)]
    return cells.mask(cells.isin(idle))


def check_choice(found: Findings, column: Column, kind: str = "choice_unknown") -> pd.Series:
    """Put a choice in our spelling; a foreign word stays if the choice is open."""
    cells = found.cells(column.name)
    if cells is None:
        return missing(found.index, "str")
    spellings = {fold_name(word): word for word in column.allowed}
    chosen = found.convert(
        cells, lambda text: spellings.get(fold_name(text), _keep(text) if column.is_open else None)
    )
    if not column.is_open:
        foreign = chosen.isna() & ~is_unknown(cells)
        found.tell(kind, foreign, column.name, allowed=", ".join(column.allowed))
    return chosen.mask(chosen == "")


def _keep(text: str) -> str | None:
    return None if says_nothing(text) else text


def check_country(found: Findings, name: str) -> pd.Series:
    """Countries as ISO 3166-1 alpha-2 codes; what is none is told once per spelling."""
    cells = found.plain(name)
    if cells is None:
        return missing(found.index, "str")
    named = cells[~is_unknown(cells)].unique()
    numbering, is_fips = find_numbering(named), use_fips(named)
    codes = found.convert(
        cells,
        lambda text: read_number(text, numbering) if numbering else read_country(text, is_fips),
    )
    unknown = codes.isna() & ~is_unknown(cells)
    if unknown.any():
        nearest = found.convert(cells.where(unknown, ""), find_nearest_country).fillna("none")
        found.tell_once("country_unknown", unknown, name, nearest=nearest)
    return codes


def check_url(found: Findings, name: str) -> pd.Series:
    """Addresses that are safe to open: http and https alone."""
    cells = found.cells(name)
    if cells is None:
        return missing(found.index, "str")
    is_safe = cells.str.fullmatch(_URL.pattern, case=False)
    found.tell("url_invalid", ~is_safe & (cells != ""), name)
    return cells.where(is_safe)


def check_partial_date(
    found: Findings, name: str, *, is_free: bool = False, usual: Order = None
) -> pd.Series:
    """Dates as ISO text, as exact as they are given: 2021-06-03, 2021-06, 2021.

    With `is_free`, words that are no date stay; else they are unknown, and told. Days are in the
    `usual` order where their column does not tell it.
    """
    cells = found.plain(name)
    if cells is None:
        return missing(found.index, "str")
    dates = read_dates(cells)
    if usual is not None and find_open(dates, cells).any():
        dates = settle_order(found, dates, usual, name)
    # One cell of a report's date holds one date; of two, none is left out.
    dates["precision"] = dates["precision"].mask(dates["last"].notna())
    dates["date"] = dates["date"].where(dates["precision"].notna())
    tell_doubtful(found, dates, name)
    lengths = dates["precision"].map({"day": 10, "month": 7, "year": 4})
    texts = dates["date"].dt.strftime("%Y-%m-%d").astype("str")
    for length in (7, 4):
        texts = texts.mask(lengths == length, texts.str[:length])
    if is_free:
        return texts.fillna(cells.mask(cells == ""))
    found.tell("date_unreadable", texts.isna() & ~is_unknown(cells), name)
    return texts


def tell_doubtful(found: Findings, dates: pd.DataFrame, name: str) -> None:
    """Tell dates of which day and month may be swapped."""
    if dates["is_ambiguous"].any():
        year = dates["date"].dt.year.astype("Int64")  # 2014.0 beside a missing one
        found.tell("date_ambiguous", dates["is_ambiguous"], name, year=year)
