"""Spreadsheet files: XLSX, and what else the same reader understands (XLS, XLSB, ODS).

The reader makes room for the whole rectangle around all cells, and ends the process if there is
too little: `read_workbook` is for a process that may end (see `apart`).
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd
import python_calamine

from incidents.intake.reading.gathering import gather
from incidents.intake.reading.headings import LOOKED_AT, Heading, check_header, find_heading
from incidents.intake.reading.sizes import Limits, check_shape
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import find_odd_cells, write_text
from incidents.table.column_aliases import aliases_of
from incidents.table.columns import fold_name
from incidents.table.errors import TableError
from incidents.table.problems import make_problem, problems_at, problems_frame
from incidents.table.sentences import list_some

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_HEAD = LOOKED_AT + 1  # first rows that hold anything
_LONGEST_NAME = 60  # letters of the name of a column
_DATES = ("date", "day", "year", "дата", "تاريخ", "اليوم", "tarih")
_PLACES = frozenset(
    fold_name(name)
    for ours in ("place", "gov", "country", "lat")
    for name in (ours, *aliases_of(ours))
)
_PLACE_WORDS = ("place", "location", "country", "latitude", "admin", "governorate", "الموقع")


@dataclass(frozen=True)
class _Sheet:
    """A sheet that holds anything, and the first of its rows that do."""

    title: str
    cells: python_calamine.CalamineSheet
    head: list[list[str]]

    @property
    def is_like_incidents(self) -> bool:
        """Whether a row near the top has a name like dates and one like places."""
        return any(map(_is_like_incidents, self.head))


def read_workbook(data: bytes, name: str, limits: Limits) -> Table:
    """Read a sheet as a table of text: the first that can be seen and holds anything.

    If that one does not look like a table of incidents and another one does, the other is read.
    Dates become ISO text, whole numbers have no decimal point. Row numbers are those of the sheet.
    Formulas without a value are told; in an XLSX file, cells with an error hold its name.

    Raises
    ------
    TableError
        The bytes are no workbook, no sheet holds column names, or a sheet is larger than `limits`.
    """
    with _opening(name):
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet, others = _choose_sheet(book, limits, name)
    if sheet is None:
        # What is hidden is not shown by surprise.
        why = ": only hidden sheets hold anything" if others else ""
        raise TableError(f"{name} is empty{why}. Choose a file with a table in it.")
    errors, formulas = find_odd_cells(data, sheet.title)
    top: list[tuple[int, list[str]]] = []
    cells = gather(_write_rows(_list_rows(sheet.cells, name), errors, top), limits, name)
    if not top:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    width = cells.shape[1]
    heading = find_heading([(n, row + [""] * (width - len(row))) for n, row in top], name)
    check_header(heading.names, heading.row, name, is_narrow=False)
    body = cells.iloc[heading.last :]
    body.index = pd.RangeIndex(heading.last + 1, len(cells) + 1)
    found = [heading.problems, *_tell_formulas(formulas, heading, name)]
    if others:
        told = make_problem("sheet_unused", name, used=sheet.title, others=list_some(others))
        found.insert(0, problems_frame([told]))
    return make_table(name, heading.names, body, found, torn=heading.torn, tags=heading.tags)


@contextmanager
def _opening(name: str) -> Iterator[None]:
    """What the reader of workbooks raises becomes a sentence."""
    try:
        yield
    except (TableError, MemoryError, KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException:  # of a damaged file it may raise what is no Exception
        raise TableError(
            f"{name} cannot be opened as a spreadsheet, or is too large for one. "
            "Save the table again as XLSX or CSV UTF-8."
        ) from None


def _choose_sheet(
    book: python_calamine.CalamineWorkbook, limits: Limits, name: str
) -> tuple[_Sheet | None, list[str]]:
    """The first sheet with a column like dates and one like places, else the first that holds
    anything; and the titles of the others, hidden ones marked as such.
    """
    used: _Sheet | None = None
    titles, hidden = [], []
    for about in book.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        cells = book.get_sheet_by_name(about.name)
        if cells.end is None:
            continue
        check_shape(cells.end[0] + 1, cells.end[1] + 1, limits, name)
        filled = (row for row in cells.iter_rows() if any(cell != "" for cell in row))
        head = [[write_text(cell) for cell in row] for row in islice(filled, _HEAD)]
        if not head:
            continue
        if about.visible != python_calamine.SheetVisibleEnum.Visible:
            hidden.append(about.name)
            continue
        titles.append(about.name)
        sheet = _Sheet(about.name, cells, head)
        if used is None or (sheet.is_like_incidents and not used.is_like_incidents):
            used = sheet
    others = [title for title in titles if used is not None and title != used.title]
    return used, [*others, *(f"{title} (hidden)" for title in hidden)]


def _is_like_incidents(names: Sequence[str]) -> bool:
    folded = [fold_name(name) for name in names if len(name) <= _LONGEST_NAME]
    dates = {name for name in folded if any(word in name for word in _DATES)}
    places = {name for name in folded if name in _PLACES or any(w in name for w in _PLACE_WORDS)}
    return bool(dates) and bool(places - dates)


def _list_rows(cells: python_calamine.CalamineSheet, name: str) -> Iterator[list[Any]]:
    """All rows of a sheet from the first on, all of one width."""
    before = [""] * cells.start[1] if cells.start is not None else []
    with _opening(name):
        for row in cells.iter_rows():
            yield before + row


def _write_rows(
    rows: Iterator[list[Any]],
    errors: Mapping[tuple[int, int], str],
    top: list[tuple[int, list[str]]],
) -> Iterator[list[str]]:
    """The rows as text, without empty cells at their ends; `top` gets the first filled ones."""
    by_row: dict[int, dict[int, str]] = defaultdict(dict)
    for (number, column), text in errors.items():
        by_row[number][column] = text
    for number, row in enumerate(rows, 1):
        texts = [write_text(cell) for cell in row]
        for column, text in by_row.get(number, {}).items():
            if column <= len(texts) and texts[column - 1] == "":
                texts[column - 1] = text
        while texts and texts[-1] == "":
            texts.pop()
        if texts and len(top) < _HEAD:
            top.append((number, texts))
        yield texts


def _tell_formulas(
    formulas: Sequence[Sequence[int]], heading: Heading, name: str
) -> Iterator[pd.DataFrame]:
    """Tell the formulas without a value, column by column."""
    by_column: dict[int, list[int]] = defaultdict(list)
    for row, column in formulas:
        if row > heading.last:
            by_column[column].append(row)
    for number, header in enumerate(heading.names, 1):
        if number in by_column:
            yield problems_at(
                "formula_empty", name, by_column[number], header or f"column {number}"
            )
