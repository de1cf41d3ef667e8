"""A table of text as it was read: nothing in it is judged yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from incidents.intake.reading.encodings import find_encoded_twice
from incidents.table.columns import (
    ALSO,
    CLAIM_COLUMNS,
    COLUMNS,
    RANGES,
    REPORT_COLUMNS,
    Column,
    Range,
    fold_name,
)
from incidents.table.problems import join_problems, make_problem, problems_at, problems_frame

_COLUMNS = (*COLUMNS, *ALSO, *REPORT_COLUMNS, *CLAIM_COLUMNS)
_KNOWN: tuple[Column | Range, ...] = (*_COLUMNS, *RANGES)
KNOWN_NAMES = frozenset(fold_name(name) for each in _KNOWN for name in (each.name, *each.aliases))
_LOOKED_AT, _LONGEST = 10_000, 2_000  # rows, and letters of a cell, that tell garbled letters
_MADE = ("column_repeated", "column_unnamed")
ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"),
        *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#PYTHON!"),
        *(f"Err:{number}" for number in range(501, 541)),
    )
)
"""What spreadsheets write where a formula failed; the cell says nothing."""


def torn_frame(rows: Iterable[tuple[int, str]] = ()) -> pd.DataFrame:
    """Rows that were taken out, with the columns `row` (int64) and `text`, in order of rows."""
    taken = pd.DataFrame(list(rows), columns=["row", "text"])
    taken = taken.astype({"row": "int64", "text": "str"})
    return taken.sort_values("row", kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Table:
    """A table of text.

    `rows` has one column of text per column of the file, under the names of the file; its index,
    `row`, numbers the rows as the spreadsheet shows them. `torn` keeps the text of each row that
    was taken out (columns `row`, `text`), and `problems` says why. `read` counts the rows of the
    file that are not blank: those in `rows` and those in `torn`. `tags` leads from a column's
    name to its HXL tag ("#adm1+name"), if the file has a row of them. `encoding` and `separator`
    are None when the file is no text. `origins` gives, for a table under our names, the name in
    the file that problems speak of. `is_month_first` says that its layout writes 03/04/2021 for
    4 March, where its columns do not tell.
    """

    name: str
    rows: pd.DataFrame
    read: int
    problems: pd.DataFrame
    encoding: str | None = None
    separator: str | None = None
    torn: pd.DataFrame = field(default_factory=torn_frame)
    tags: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    is_month_first: bool = False

    @property
    def made_names(self) -> frozenset[str]:
        """Columns under a name that is not in the file, such as "date (2)" or "column 7".

        Each was told already, and none is ever taken for a column that we know.
        """
        is_made = self.problems["kind"].isin(_MADE)
        return frozenset(self.problems.loc[is_made, "column"].dropna())

    @property
    def error_names(self) -> frozenset[str]:
        """Columns in which a cell is one of `ERRORS`, as told."""
        is_error = self.problems["kind"] == "cell_error"
        return frozenset(self.problems.loc[is_error, "column"].dropna())


@dataclass(frozen=True)
class Tables:
    """What belongs together: incidents, and maybe the reports and claims behind them."""

    incidents: Table
    reports: Table | None = None
    claims: Table | None = None


def make_table(
    name: str,
    header: Sequence[str],
    body: pd.DataFrame,
    problems: Sequence[pd.DataFrame],
    *,
    torn: Iterable[tuple[int, str]] = (),
    tags: Sequence[str] = (),
    encoding: str | None = None,
    separator: str | None = None,
) -> Table:
    """Name the columns of a body of text, and take out blank rows and repeated headers.

    `body` has one column per name of the header, in its order; its index numbers the rows.
    `torn` rows were already taken out, as `problems` tell. `tags` are HXL tags, one per column.
    """
    columns = [_to_arrow(cells) for _, cells in body.items()]
    blank = _find_rows(columns, len(body), [""] * len(header))
    repeated = _find_rows(columns, len(body), header)
    if any(tags):
        repeated = np.union1d(repeated, _find_rows(columns, len(body), tags))
    found = [*problems, problems_at("header_repeated", name, body.index[repeated])]
    cells = [column.take(pa.array(repeated)).to_pylist() for column in columns]
    again = [join_cells(row, separator or ",") for row in zip(*cells, strict=True)]
    taken = torn_frame([*torn, *zip(body.index[repeated], again, strict=True)])
    read = len(body) - len(blank) - len(repeated) + len(taken)
    if len(blank) + len(repeated) > 0:  # dropping copies the whole table
        body = body.drop(index=body.index[np.union1d(blank, repeated)])
    names, about_names = _name_columns(name, header, body)
    twice = find_encoded_twice(_list_foreign(header, columns))
    if twice:
        found.append(problems_frame([make_problem("letters_twice", name, value=twice)]))
    rows = body.iloc[:, list(names)].set_axis(list(names.values()), axis=1)
    return Table(
        name,
        rows.rename_axis(index="row"),
        read,
        join_problems([*found, about_names, *_tell_errors(name, rows)]),
        encoding,
        separator,
        taken,
        {
            names[n]: "".join(tag.split()).casefold()
            for n, tag in enumerate(tags)
            if tag and n in names
        },
    )


def _list_foreign(header: Sequence[str], columns: Sequence[pa.Array]) -> Iterator[str]:
    """Names and first cells that are not of plain letters, in whatever format they came."""
    yield from (name for name in header if not name.isascii())
    for column in columns:
        head = column.slice(0, _LOOKED_AT)
        texts = head.filter(pc.invert(pc.string_is_ascii(head)))
        yield from (text[:_LONGEST] for text in texts.to_pylist() if text)


def join_cells(cells: Iterable[str], separator: str) -> str:
    """Write cells as one row of a CSV file."""
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="").writerow(cells)
    return line.getvalue()


def _find_rows(columns: Sequence[pa.Array], rows: int, cells: Sequence[str]) -> np.ndarray:
    """Positions of the rows that hold just these cells; column by column, to be quick."""
    positions = np.arange(rows)
    for column, cell in zip(columns, cells, strict=True):
        if len(positions) == 0:
            break
        texts = column if len(positions) == rows else column.take(pa.array(positions))
        is_same = pc.equal(pc.utf8_trim_whitespace(texts), cell)
        positions = positions[is_same.to_numpy(zero_copy_only=False)]
    return positions


def _to_arrow(cells: pd.Series) -> pa.Array:
    return pa.array(cells, pa.large_string(), from_pandas=True)


def _name_columns(
    file: str, header: Sequence[str], body: pd.DataFrame
) -> tuple[dict[int, str], pd.DataFrame]:
    """Name the columns by their place: repeated and unnamed ones get a name that is free."""
    names: dict[int, str] = {}
    free = FreeNames(header)
    seen: set[str] = set()
    problems = []
    for number, name in enumerate(header):
        if name != "" and name not in seen:
            names[number] = name
            seen.add(name)
        elif name != "":
            names[number] = free.take(name)
            problems.append(make_problem("column_repeated", file, column=names[number], first=name))
        elif (body.iloc[:, number].str.strip() != "").any():
            names[number] = free.take(f"column {number + 1}")
            problems.append(make_problem("column_unnamed", file, column=names[number]))
    return names, problems_frame(problems)


def _tell_errors(file: str, rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    wanted = pa.array(sorted(ERRORS), pa.large_string())
    for header, cells in rows.items():
        texts = _to_arrow(cells)
        is_error = pc.is_in(texts, value_set=wanted)
        if pc.any(is_error).as_py():
            found = cells[is_error.to_numpy(zero_copy_only=False)]
            yield problems_at("cell_error", file, found.index, str(header), found)


def drop_errors(cells: pd.Series) -> pd.Series:
    """Empty the cells that are one of `ERRORS`."""
    return cells.mask(cells.isin(ERRORS), "")


class FreeNames:
    """Names that no column has, numbered where the wanted one is taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """The name itself or the first of "name (2)", "name (3)" that is free; it is so no more."""
        free = name
        while free in self._taken:
            number = self._next.get(name, 2)
            free, self._next[name] = f"{name} ({number})", number + 1
        self._taken.add(free)
        return free
