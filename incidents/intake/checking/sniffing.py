"""What the cells of a column look like, whatever its name says."""

from __future__ import annotations

import pandas as pd

from incidents.intake.checking.amount_words import UNKNOWN_WORDS
from incidents.intake.checking.counts import read_counts, read_range
from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.points import read_points
from incidents.table.degrees import read_degrees
from incidents.table.plain_text import plain_text

_SAMPLE = 200  # filled cells that are looked at
_LOOKED_AT = 1_000  # rows among which they are
_ENOUGH = 0.8
_MOST = 10_000  # a count above it is rather a code
_LIKE_AN_ANGLE = r"\d\s*[°d':.]\s*\d+\s*['.:m]\s*\d|[NSEWnsew°]"
_LIKE_A_DAY = r"\d.*[^\w\s.].*\d|\d.*[A-Za-z\u0400-\u04ff\u0600-\u06ff]{3}|\d{4}-\d\d"


def take_filled(cells: pd.Series, most: int = _SAMPLE) -> pd.Series:
    """The first cells that say something, in plain text."""
    texts = cells.head(_LOOKED_AT).astype("str").fillna("").map(plain_text)
    return texts[~texts.str.casefold().isin(list(UNKNOWN_WORDS))].head(most)


def are_points(cells: pd.Series, is_named: bool = False) -> bool:
    """Whether most of the filled cells are points by themselves; `is_named` as in `read_points`."""
    filled = take_filled(cells)
    return len(filled) > 0 and bool(read_points(filled, is_named)["lat"].notna().mean() >= _ENOUGH)


def look_like(cells: pd.Series) -> str:
    """What most of the filled cells are: "coordinates", "dates", "counts"; "" for none of these."""
    filled = take_filled(cells)
    if len(filled) == 0 or not filled.str.contains(r"\d").mean() >= _ENOUGH:
        return ""
    if are_points(filled) or _are_degrees(filled):
        return "coordinates"
    like_days = filled[filled.str.contains(_LIKE_A_DAY)]
    if len(like_days) >= _ENOUGH * len(filled):
        dates = read_dates(like_days)
        if ((dates["precision"] == "day") | dates["is_ambiguous"]).mean() >= _ENOUGH:
            return "dates"
    counts = read_counts(filled, read_range)
    is_count = (counts["kind"] == "") & (counts["low"].fillna(counts["high"]) <= _MOST)
    return "counts" if bool(is_count.mean() >= _ENOUGH) else ""


def _are_degrees(filled: pd.Series) -> bool:
    """Numbers with several decimals, or degrees and minutes, in the range of Iraq and Syria."""
    numbers = pd.to_numeric(filled.str.replace(",", "."), errors="coerce")
    is_fine = filled.str.contains(r"[.,]\d{3}") & numbers.between(28, 50)
    left = filled.where(numbers.isna() & filled.str.contains(_LIKE_AN_ANGLE), "")
    read = (left.map(lambda text, axis=axis: read_degrees(text, axis)) for axis in ("NS", "EW"))
    is_angle = pd.concat([each.between(28, 50) for each in read], axis=1).any(axis=1)
    return bool((is_fine | is_angle).mean() >= _ENOUGH)
