"""Findings of the reader and the validator, one by one or as a table.

Rows are numbered as the spreadsheet shows them: the header is row 1, blank lines count, and a
cell with line breaks does not make its row count more than once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from incidents.table.problem_kinds import KINDS, LEVELS, Level

PROBLEM_COLUMNS = ("level", "kind", "file", "row", "column", "value", "message", "remedy")
LONGEST_VALUE = 80
WHERE = r'^Row [0-9]+(, column ".*?")?: '
"""What a message on a row begins with, as an expression."""


@dataclass(frozen=True)
class Problem:
    """One finding. `row` is None when it concerns the whole table, `column` the whole row."""

    kind: str
    level: Level
    file: str
    row: int | None
    column: str | None
    value: str | None
    message: str
    remedy: str

    @property
    def sentence(self) -> str:
        """The finding and what to do about it."""
        return f"{self.message} {self.remedy}"


def make_problem(
    kind: str,
    file: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
    **words: object,
) -> Problem:
    """Make one problem; `words` fill the message template of its kind.

    Raises
    ------
    KeyError
        The kind, or a word that its message needs, is missing.
    """
    entry = KINDS[kind]
    shown = None if value is None else _shorten(value)
    where = _say_where(file, row, column)
    finding = entry.message.format(value=shown, column=column, **words)
    return Problem(kind, entry.level, file, row, column, shown, f"{where}: {finding}", entry.remedy)


def problems_at(
    kind: str,
    file: str,
    rows: Iterable[int],
    column: str | None = None,
    values: Iterable[str | None] | None = None,
    **words: Iterable[object],
) -> pd.DataFrame:
    """Make one problem of the same kind per row, as a frame of PROBLEM_COLUMNS.

    `values` and each of `words` hold one item per row; an absent value is missing.
    """
    entry = KINDS[kind]
    row_list = [int(row) for row in rows]
    shown: Sequence[str | None] = [None] * len(row_list)
    if values is not None:
        shown = [None if pd.isna(value) else _shorten(str(value)) for value in values]
    extra = [dict(zip(words, items, strict=True)) for items in zip(*words.values(), strict=True)]
    messages = [
        f"{_say_where(file, row, column)}: "
        + entry.message.format(value=value, column=column, **(extra[i] if words else {}))
        for i, (row, value) in enumerate(zip(row_list, shown, strict=True))
    ]
    columns: dict[str, Sequence[object]] = {
        "level": [entry.level] * len(row_list),
        "kind": [kind] * len(row_list),
        "file": [file] * len(row_list),
        "row": row_list,
        "column": [column] * len(row_list),
        "value": shown,
        "message": messages,
        "remedy": [entry.remedy] * len(row_list),
    }
    return _frame(columns)


def problems_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    """Put single problems in a frame of PROBLEM_COLUMNS, in their order."""
    told = list(problems)
    return _frame({name: [getattr(each, name) for each in told] for name in PROBLEM_COLUMNS})


def join_problems(
    frames: Iterable[pd.DataFrame], columns: Sequence[str] = (), files: Sequence[str] = ()
) -> pd.DataFrame:
    """Join frames of problems in the order of file, row, and column.

    What concerns a whole file comes before its rows. `files` and `columns` give the order of
    names; without them it is alphabetical.
    """
    kept = [frame for frame in frames if len(frame) > 0]
    if not kept:
        return problems_frame([])
    joined = pd.concat(kept, ignore_index=True)
    ranks = pd.DataFrame(
        {
            "file": _rank(joined["file"], files),
            "row": joined["row"].fillna(0),
            "column": _rank(joined["column"], columns),
        }
    )
    order = ranks.sort_values(["file", "row", "column"], kind="stable").index
    return joined.loc[order].reset_index(drop=True)


def group_findings(problems: pd.DataFrame) -> pd.DataFrame:
    """What is the same in many rows as one line, with `times`; `row` is the first of them.

    Errors first, then the most frequent of each level, in the order of the table.
    """
    said = problems.assign(message=problems["message"].str.replace(WHERE, "", regex=True))
    keys = ["level", "kind", "file", "column", "message", "remedy"]
    groups = said.groupby(keys, sort=False, dropna=False)
    found = groups.agg(row=("row", "first"), value=("value", "first"), times=("kind", "size"))
    found = found.reset_index()
    found["rank"] = found["level"].map({level: rank for rank, level in enumerate(LEVELS)})
    ordered = found.sort_values(["rank", "times"], ascending=[True, False], kind="stable")
    return ordered[[*PROBLEM_COLUMNS, "times"]].reset_index(drop=True)


def _rank(names: pd.Series, order: Sequence[str]) -> pd.Series:
    rest = sorted(set(names.dropna().unique()) - set(order))
    ranks = {name: rank for rank, name in enumerate([*order, *rest])}
    return names.map(ranks).fillna(-1)


def _say_where(file: str, row: int | None, column: str | None) -> str:
    named = None if column is None else f'column "{_shorten(column)}"'
    if row is None:
        return f"{file}" if named is None else f"{file}, {named}"
    return f"Row {row}" if named is None else f"Row {row}, {named}"


def _shorten(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def _frame(columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """A frame of PROBLEM_COLUMNS. Each check of a table makes one, and most are empty."""
    if not columns["kind"]:
        return _NONE.copy()
    return pd.DataFrame({name: _cells(name, columns[name]) for name in PROBLEM_COLUMNS})


def _cells(name: str, cells: Sequence[object]) -> pd.Series:
    return pd.Series(cells, dtype="Int64" if name == "row" else "str")


_NONE = pd.DataFrame({name: _cells(name, []) for name in PROBLEM_COLUMNS})
