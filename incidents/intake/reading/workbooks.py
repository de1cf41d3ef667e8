"""Spreadsheet files: XLSX, and what else the same reader understands (XLS, XLSB, ODS)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from incidents.intake.reading import workbook_cells
from incidents.intake.reading.headings import LOOKED_AT, Heading, check_header, find_heading
from incidents.intake.reading.sizes import check_cells
from incidents.intake.reading.tables import Table, make_table
from incidents.table.column_aliases import aliases_of
from incidents.table.columns import fold_name
from incidents.table.errors import TableError
from incidents.table.problems import make_problem, problems_at, problems_frame

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_LONGEST = 600  # seconds
_LONGEST_NAME = 60  # letters of the name of a column
_DATES = ("date", "day", "year", "дата", "تاريخ", "اليوم", "tarih")
_PLACES = frozenset(
    fold_name(name)
    for ours in ("place", "gov", "country", "lat")
    for name in (ours, *aliases_of(ours))
)
_PLACE_WORDS = ("place", "location", "country", "latitude", "admin", "governorate", "الموقع")


@dataclass(frozen=True)
class _Book:
    """First rows of the sheets that hold anything, by name; of one sheet all rows and formulas.

    `hidden` are the sheets that hold anything but cannot be seen; `formulas` is row and column of
    each formula without a value.
    """

    heads: Mapping[str, list[list[str]]]
    hidden: list[str]
    formulas: list[list[int]]
    rows: list[list[str]]


def read_workbook(data: bytes, name: str, unpacked: int) -> Table:
    """Read a sheet as a table of text: the first that can be seen and holds anything.

    If that one does not look like a table of incidents and another one does, the other is read.
    Dates become ISO text, whole numbers have no decimal point. Row numbers are those of the sheet.
    Formulas without a value are told; in an XLSX file, cells with an error hold its name.

    Raises
    ------
    TableError
        The bytes are no workbook, no sheet holds column names, or a sheet has more than
        `unpacked` cells.
    """
    book = _read_book(data, name, 0)
    used = _choose_sheet(book.heads)
    if used > 0:
        book = _read_book(data, name, used)
    rows = book.rows
    numbered = [(number, cells) for number, cells in enumerate(rows, 1) if cells]
    if not numbered:
        # What is hidden is not shown by surprise.
        why = ": only hidden sheets hold anything" if book.hidden else ""
        raise TableError(f"{name} is empty{why}. Choose a file with a table in it.")
    problems = []
    titles = list(book.heads)
    others = [each for each in titles if each != titles[used]]
    others += [f"{each} (hidden)" for each in book.hidden]
    if others:
        told = make_problem("sheet_unused", name, used=titles[used], others=", ".join(others))
        problems.append(told)
    width = max(len(cells) for _, cells in numbered)
    check_cells(len(rows), width, unpacked, name)
    rows = [cells + [""] * (width - len(cells)) for cells in rows]
    top = [(number, rows[number - 1]) for number, _ in numbered[: LOOKED_AT + 1]]
    heading = find_heading(top, name)
    check_header(heading.names, heading.row, name, is_narrow=False)
    body = pd.DataFrame(
        rows[heading.last :],
        index=pd.RangeIndex(heading.last + 1, len(rows) + 1),
        columns=range(width),
        dtype="str",
    )
    found = [problems_frame(problems), heading.problems, *_tell_formulas(book, heading, name)]
    return make_table(name, heading.names, body, found, torn=heading.torn, tags=heading.tags)


def _tell_formulas(book: _Book, heading: Heading, name: str) -> Iterator[pd.DataFrame]:
    """Tell the formulas without a value, column by column."""
    for number, header in enumerate(heading.names, 1):
        rows = [row for row, column in book.formulas if column == number and row > heading.last]
        if rows:
            yield problems_at("formula_empty", name, rows, header or f"column {number}")


def _choose_sheet(heads: Mapping[str, list[list[str]]]) -> int:
    """The first sheet with a column like dates and one like places; else the first."""
    like = [n for n, rows in enumerate(heads.values()) if any(map(_is_like_incidents, rows))]
    return like[0] if like else 0


def _is_like_incidents(names: Sequence[str]) -> bool:
    folded = [fold_name(name) for name in names if len(name) <= _LONGEST_NAME]
    dates = {name for name in folded if any(word in name for word in _DATES)}
    places = {name for name in folded if name in _PLACES or any(w in name for w in _PLACE_WORDS)}
    return bool(dates) and bool(places - dates)


def _read_book(data: bytes, name: str, wanted: int) -> _Book:
    """Read what `workbook_cells` writes."""
    script = [sys.executable, "-I", "-X", "utf8", workbook_cells.__file__, str(wanted)]
    try:
        # Standard input and output, so that nothing is left on the disk.
        done = subprocess.run(script, input=data, capture_output=True, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        raise TableError(f"{name} takes too long to read. Save the table as CSV UTF-8.") from None
    if done.returncode != 0:
        raise TableError(
            f"{name} cannot be opened as a spreadsheet, or is too large for one. "
            "Save the table again as XLSX or CSV UTF-8."
        )
    (seen, hidden), *rest = (json.loads(line) for line in done.stdout.split(b"\n"))
    return _Book(dict(seen), hidden, rest[0] if rest else [], rest[1:])
