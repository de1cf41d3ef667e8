"""Checks of columns of counts, and of ranges, which one column, two or a sentence may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from incidents.intake.checking.counts import (
    NOTES,
    CountRead,
    read_count,
    read_counts,
    read_highest,
    read_lowest,
    read_range,
    read_tolls,
)
from incidents.intake.checking.findings import Cells, Findings, is_unknown, missing
from incidents.table.columns import HARMS, TOGETHER, Range
from incidents.table.sentences import say_range

_FAULTS = ("count_invalid", "count_together", "count_negative", "count_too_large")
Ends = tuple[pd.Series, pd.Series]


def check_count(
    found: Findings, name: str, read: Callable[[str], CountRead] = read_count
) -> pd.Series:
    """Whole numbers from 0 to a million."""
    cells = _take(found, name)
    if cells is None:
        return missing(found.index, "Int64")
    counts = read_counts(cells, read)
    _tell_counts(found, counts, name)
    return counts["low"]


def check_ranges(found: Findings, ranges: Iterable[Range]) -> dict[str, pd.Series]:
    """Both bounds of each range, by their columns.

    What a cell says of another range than its column's ("3 killed, 5 wounded") counts where that
    one's own columns say nothing.
    """
    typed: dict[str, pd.Series] = {}
    beside: list[tuple[str, pd.DataFrame]] = []
    for each in ranges:
        low, high = _check_range(found, each, beside)
        typed |= {each.low: low, each.high: high}
    _check_together(found, beside, typed)
    for name, counts in beside:
        low, high = typed[f"{name}_min"], typed[f"{name}_max"]
        is_free = low.isna() & high.isna()
        typed[f"{name}_min"] = low.mask(is_free, counts["low"])
        typed[f"{name}_max"] = high.mask(is_free, counts["high"])
    return typed


def _check_range(found: Findings, each: Range, beside: list[tuple[str, pd.DataFrame]]) -> Ends:
    """Both bounds of a range: from two columns, and from one for both where they are empty."""
    bounds = [name for name in (each.low, each.high) if found.has(name)]
    low = check_count(found, each.low, read_lowest)
    high = check_count(found, each.high, read_highest)
    low, high = check_order(found, low, high, each.low)
    cells = _take(found, each.name)
    if cells is None:
        return low, high
    # A row may fill only the one column for both; where it fills a bound, the bounds say more.
    for name in bounds:
        cells = cells.mask(~is_unknown(found.cells(name)), "")
    if each.measure in HARMS:
        tolls = read_tolls(cells, each.measure, each.group, each.name)
        counts, said = tolls.own, tolls.said
        beside += tolls.others.items()
    else:
        counts, said = read_counts(cells, read_range), None
    _tell_counts(found, counts, each.name, said)
    both = check_order(found, counts["low"], counts["high"], each.name)
    if not bounds:
        return both
    is_filled = both[0].notna() | both[1].notna()
    return low.mask(is_filled, both[0]), high.mask(is_filled, both[1])


def _check_together(
    found: Findings, beside: list[tuple[str, pd.DataFrame]], typed: Mapping[str, pd.Series]
) -> None:
    """A column of killed and wounded together: what its cells tell apart in words.

    Rows that give killed and wounded in columns of their own need it for nothing.
    """
    cells = _take(found, TOGETHER.name)
    if cells is None:
        return
    is_told = pd.Series(True, index=found.index)
    for harm in HARMS:
        is_told &= typed[f"{harm}_min"].notna() | typed[f"{harm}_max"].notna()
    tolls = read_tolls(cells.mask(is_told, ""), "", "all", "")
    beside += tolls.others.items()
    _tell_counts(found, tolls.own, TOGETHER.name, tolls.said)


def check_order(found: Findings, low: pd.Series, high: pd.Series, low_name: str) -> Ends:
    """Take both bounds as unknown where the lowest is above the highest."""
    is_reversed = (low > high).fillna(False).astype(bool)
    if not is_reversed.any():
        return low, high
    found.tell("range_reversed", is_reversed, low_name, low=low, high=high)
    return low.mask(is_reversed), high.mask(is_reversed)


def _take(found: Findings, name: str) -> Cells | None:
    """Plain cells. "None" is nobody, unless a program wrote it into other columns as well."""
    cells = found.plain(name)
    if cells is None or not (cells == "None").any() or not found.writes_none():
        return cells
    return cells.mask(cells == "None", "")


def _tell_counts(
    found: Findings, counts: pd.DataFrame, name: str, said: pd.Series | None = None
) -> None:
    kinds = counts["kind"]
    for kind in _FAULTS:
        found.tell(kind, kinds == kind, name)
    for kind in NOTES:
        where = kinds == kind
        if where.any():
            read = pd.Series("", index=kinds.index, dtype="str")
            pairs = counts.loc[where, ["low", "high"]].astype(object)
            pairs = pairs.where(pairs.notna(), None)
            read[where] = [say_range(*pair) for pair in pairs.itertuples(index=False)]
            if said is not None:
                read = read.mask(said != "", said)
            found.tell(kind, where, name, read=read)
