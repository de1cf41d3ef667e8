"""Cells that a sheet shows once for several rows: merged, or blank below the first of a group."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.findings import match_headers
from incidents.intake.reading.tables import Table
from incidents.table.columns import COLUMNS
from incidents.table.problems import join_problems, make_problem, problems_frame

_AREAS = ("country", "gov")
_BLANK_DAYS, _BLANK_AREAS = 0.2, 0.5
"""Share of blank cells from which a column may be grouped; an area may be unknown."""
_FEWEST_GROUPS = 2
_MANY = 0.4  # share of rows without a day that are hardly all without one


def fill_groups(table: Table) -> Table:
    """Fill dates, countries and governorates that stand once for several rows, and tell it.

    Only where the sheet is clearly grouped: its first cell is filled, none says what the one above
    it says, and days go up or down, or no area comes back. Names of places are never filled.
    """
    names = match_headers(table, COLUMNS).names
    rows, told = table.rows, []
    for name in ("date", *_AREAS):
        header = names.get(name)
        if header is None or not _is_grouped(rows[header].str.strip(), name):
            continue
        cells = rows[header].str.strip()
        filled = cells.where(cells != "").ffill()
        count = int((cells == "").sum())
        told.append(make_problem("cells_filled", table.name, column=header, count=f"{count:,}"))
        rows = rows.assign(**{header: filled.astype("str")})
    if not told:
        return table
    return replace(table, rows=rows, problems=join_problems([table.problems, problems_frame(told)]))


def _is_grouped(cells: pd.Series, name: str) -> bool:
    blank = cells == ""
    share = blank.mean() if len(cells) else 0.0
    least = _BLANK_AREAS if name in _AREAS else _BLANK_DAYS
    if not least <= share < 1 or blank.iloc[0]:
        return False
    firsts = cells[~blank]
    # Blank cells below one first cell alone may as well be unknown.
    spread = int((blank & ~blank.shift(fill_value=True)).sum())
    is_spread = spread >= _FEWEST_GROUPS or (name == "date" and share >= _MANY)
    if len(firsts) < _FEWEST_GROUPS or not is_spread:
        return False
    if name in _AREAS:
        return bool(firsts.is_unique)
    if bool((firsts == firsts.shift()).any()):
        return False
    days = read_dates(firsts)["date"]
    return bool(
        days.notna().all() and (days.is_monotonic_increasing or days.is_monotonic_decreasing)
    )
