"""A table of text as it was read: nothing in it is judged yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from incidents.checking.problems import join_problems, make_problem, problems_at, problems_frame
from incidents.columns import (
    CLAIM_COLUMNS,
    COLUMNS,
    RANGES,
    REPORT_COLUMNS,
    Column,
    Range,
    fold_name,
)
from incidents.errors import TableError

_KNOWN: tuple[Column | Range, ...] = (*COLUMNS, *RANGES, *REPORT_COLUMNS, *CLAIM_COLUMNS)
KNOWN_NAMES = frozenset(fold_name(name) for each in _KNOWN for name in (each.name, *each.aliases))
_VALUE = re.compile(r"-?\d+([.,]\d+)?|\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{4}")


@dataclass(frozen=True)
class Table:
    """A table of text.

    `rows` has one column of text per named column, under the names of the file; its index, `row`,
    numbers the rows as the spreadsheet shows them. `read` counts the rows of the file that are
    not blank; those that are not in `rows` were set aside, and `problems` says why.
    `encoding` and `separator` are None when the file is a workbook.
    """

    name: str
    rows: pd.DataFrame
    read: int
    problems: pd.DataFrame
    encoding: str | None = None
    separator: str | None = None


@dataclass(frozen=True)
class Tables:
    """What belongs together: incidents, and maybe the reports and claims behind them."""

    incidents: Table
    reports: Table | None = None
    claims: Table | None = None


def check_header(header: Sequence[str], row: int, file: str, *, is_narrow: bool) -> None:
    """Refuse a first row that holds no column names: a title, or values.

    `is_narrow` says that the rows below it are wider.

    Raises
    ------
    TableError
        The row is a title or holds values; which one, and what to do.
    """
    named = [name for name in header if name != ""]
    are_known = any(fold_name(name) in KNOWN_NAMES for name in named)
    if len(named) == 1 and (is_narrow or (len(header) > 1 and not are_known)):
        raise TableError(
            f'{file}: row {row} holds only "{named[0][:80]}", which looks like a title. '
            "Delete the rows above the column names."
        )
    if not are_known and any(_VALUE.fullmatch(name) for name in named):
        raise TableError(
            f"{file}: row {row} holds values where the column names should be. "
            "Put the column names in the first row."
        )


def make_table(
    name: str,
    header: Sequence[str],
    body: pd.DataFrame,
    problems: Sequence[pd.DataFrame],
    *,
    torn: int = 0,
    encoding: str | None = None,
    separator: str | None = None,
) -> Table:
    """Name the columns of a body of text, and take out blank rows and repeated headers.

    `body` has one column per name of the header, in its order; its index numbers the rows.
    `torn` rows were already taken out, as `problems` tell.
    """
    blank = _find_rows(body, [""] * len(header))
    repeated = _find_rows(body, header)
    read = len(body) - len(blank) + torn
    found = [*problems, problems_at("header_repeated", name, body.index[repeated])]
    if len(blank) + len(repeated) > 0:  # dropping copies the whole table
        body = body.drop(index=body.index[np.union1d(blank, repeated)])
    rows, about_names = _name_columns(name, header, body)
    joined = join_problems([*found, about_names])
    return Table(name, rows, read, joined, encoding, separator)


def _find_rows(body: pd.DataFrame, cells: Sequence[str]) -> np.ndarray:
    """Positions of the rows that hold just these cells; column by column, to be quick."""
    positions = np.arange(len(body))
    for number, cell in enumerate(cells):
        if len(positions) == 0:
            break
        column = body.iloc[:, number].iloc[positions]
        positions = positions[(column.str.strip() == cell).to_numpy()]
    return positions


def _name_columns(
    file: str, header: Sequence[str], body: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    kept: dict[str, int] = {}
    problems = []
    for number, name in enumerate(header):
        if name == "":
            if (body.iloc[:, number].str.strip() != "").any():
                problems.append(make_problem("column_unnamed", file, number=number + 1))
        elif name in kept:
            problems.append(make_problem("column_repeated", file, column=name))
        else:
            kept[name] = number
    rows = body.iloc[:, list(kept.values())].set_axis(list(kept), axis=1)
    return rows.rename_axis(index="row"), problems_frame(problems)
