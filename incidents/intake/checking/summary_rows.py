"""Rows that sum up or head others: totals, sums, months between rows. They are no incidents."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from incidents.intake.checking.counts import read_counts, read_range
from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.findings import Findings, match_headers
from incidents.intake.reading.tables import Table
from incidents.table.columns import COLUMNS, HARM_RANGES, RANGES
from incidents.table.problems import join_problems, problems_at

_TOTAL = (
    r"^[^\pL\pN]*(?:(?:grand|sub|overall|running|annual|monthly|yearly)[\s-]*)?"
    r"(?:totals?|sums?|averages?|итого|всего|итог|в среднем|المجموع|مجموع|الاجمالي|الإجمالي|إجمالي|"
    r"اجمالي|المعدل)(?:$|[^\pL][^.!?]{0,40}$)"
)
_KEYS = ("incident", "date", "place", "gov", "country")
"""Columns in which a word for a total says what the row is."""
_WHO_OR_WHERE = ("incident", "place", "gov", "lat", "point", "type", "actor", "summary", "site")
_FEWEST_COLUMNS = 3
_SAMPLE = 1_000  # rows by which it is told how much a row holds
_LENGTH_OF_A_DAY = 8  # 20210707, 7 Jul 21
_MOST_LOOKED_AT = 10_000  # rows without a word of place or kind whose numbers are added up


def take_summaries(table: Table) -> Table:
    """Take out the rows that are no incidents, and tell them; `read` counts them still."""
    if len(table.rows) == 0:
        return table
    found = Findings(table, match_headers(table, COLUMNS, RANGES))
    dateless = _find_dateless(found)
    is_summary = _find_totals(found, dateless)
    is_summary |= _find_headings(found, table, dateless, is_summary)
    is_summary |= _find_sums(found, is_summary)
    if not is_summary.any():
        return table
    rows = table.rows.index[is_summary.to_numpy()]
    told = problems_at("row_summary", table.name, rows)
    kept = table.rows[~is_summary.to_numpy()]
    return replace(table, rows=kept, problems=join_problems([table.problems, told]))


def _find_dateless(found: Findings) -> pd.Series:
    """Rows whose date is quickly seen to be perhaps no day: short, or without a digit in front."""
    cells = found.cells("date")
    if cells is None:
        return pd.Series(True, index=found.index)
    texts = pa.array(cells, pa.large_string(), from_pandas=True)
    is_short = pc.less(pc.utf8_length(texts), _LENGTH_OF_A_DAY)
    perhaps = pc.or_(is_short, pc.invert(pc.match_substring_regex(texts, r"^[0-9]")))
    return pd.Series(perhaps.to_numpy(zero_copy_only=False), index=found.index)


def _find_totals(found: Findings, dateless: pd.Series) -> pd.Series:
    """Rows with a word for a total, and no day."""
    named = pd.Series(False, index=found.index)
    for name in _KEYS:
        cells = found.cells(name) if dateless.any() else None
        if cells is not None:
            texts = pa.array(cells[dateless], pa.large_string(), from_pandas=True)
            is_total = pc.match_substring_regex(texts, _TOTAL, ignore_case=True)
            named[dateless] |= is_total.to_numpy(zero_copy_only=False)
    return _without_day(found, named)


def _without_day(found: Findings, named: pd.Series) -> pd.Series:
    """Those of some rows whose date is not a single day."""
    cells = found.cells("date")
    if cells is None or not named.any():
        return named
    dates = read_dates(cells[named])
    is_day = (dates["precision"] == "day") | dates["is_ambiguous"]
    return named & ~is_day.reindex(named.index, fill_value=False)


def _find_headings(
    found: Findings, table: Table, dateless: pd.Series, is_total: pd.Series
) -> pd.Series:
    """Rows that hold a month or a year alone, in a table whose rows hold more.

    By at least half of the rows that are no totals, a heading above each at most.
    """
    nothing = pd.Series(False, index=found.index)
    dates = found.cells("date")
    if dates is None or not dateless.any():
        return nothing
    sample = table.rows[~is_total.to_numpy()].head(_SAMPLE)
    held = (sample != "").sum(axis=1)
    if (held > 1).mean() < 0.5 or held[held > 1].median() < _FEWEST_COLUMNS:
        return nothing
    filled = (table.rows[dateless.to_numpy()] != "").sum(axis=1)
    alone = (filled == 1) & (dates[dateless] != "")
    return _without_day(found, nothing | alone.reindex(found.index, fill_value=False))


def _find_sums(found: Findings, is_summary: pd.Series) -> pd.Series:
    """Rows of numbers and no words that are the sums of those above, all or since the last sum."""
    sums = pd.Series(False, index=is_summary.index)
    bare = ~is_summary
    for name in _WHO_OR_WHERE:
        cells = found.cells(name)
        if cells is not None:
            bare &= cells == ""
    names = [name for each in HARM_RANGES for name in (each.name, each.low, each.high)]
    names = [name for name in names if found.has(name)]
    if not names or not 0 < int(bare.sum()) <= _MOST_LOOKED_AT or bare.all():
        return sums
    numbers = pd.DataFrame(
        {name: read_counts(found.plain(name), read_range)["low"] for name in names}
    )
    given = numbers.notna().to_numpy()
    counts = numbers.fillna(0).to_numpy(dtype="int64")
    counts = np.where(is_summary.to_numpy()[:, None], 0, counts)
    total = np.vstack([np.zeros((1, counts.shape[1]), dtype="int64"), np.cumsum(counts, axis=0)])
    taken = np.zeros(counts.shape[1], dtype="int64")  # of sums that were found so far
    before = 0
    for at in np.flatnonzero((bare | is_summary).to_numpy()).tolist():
        if not is_summary.iloc[at] and _are_sums(
            counts[at], given[at], total[at] - taken, total[at] - total[before]
        ):
            sums.iloc[at] = True
            taken = taken + counts[at]
        if is_summary.iloc[at] or sums.iloc[at]:
            before = at + 1
    return sums


def _are_sums(own: np.ndarray, given: np.ndarray, *sums: np.ndarray) -> bool:
    """Whether all numbers of a row, at least two of them, are sums above zero."""
    if given.sum() < 2 or own[given].sum() == 0:
        return False
    return any(bool((own[given] == each[given]).all()) for each in sums)
