"""The top of a CSV file: its separator and its column names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from incidents.intake.reading.headings import (
    LOOKED_AT,
    Heading,
    find_heading,
    find_known,
    is_tag_row,
)
from incidents.intake.reading.sizes import MOST_COLUMNS
from incidents.intake.reading.tables import KNOWN_NAMES
from incidents.table.columns import fold_name
from incidents.table.errors import TableError

SEPARATORS = (",", ";", "\t", "|")
_HEAD = 65_536  # bytes in which the column names must end
_LONGEST_HEAD = 1 << 20  # the same, where no quotation mark may hold them open
_SAMPLE = 20  # rows looked at to tell one separator from another


@dataclass(frozen=True)
class Head:
    """The column names, their separator, and where the rows below them begin, in bytes."""

    heading: Heading
    separator: str
    end: int
    is_narrow: bool  # one name, above rows that are wider by some separator


@dataclass(frozen=True)
class _Record:
    row: int
    cells: list[str]
    end: int

    @property
    def is_blank(self) -> bool:
        return "".join(self.cells).strip(',;|\t "') == ""


def read_head(data: bytes, name: str) -> Head:
    """Read the column names of a text in UTF-8.

    Raises
    ------
    TableError
        There are none, or they do not end.
    """
    top = _take_top(data)
    separators: tuple[str, ...] = SEPARATORS
    start, row = 0, 1
    first = top.splitlines(keepends=True)[:1]
    words = b"".join(first).strip().lower()
    # Excel writes and understands a first line that names the separator.
    if len(words) == 5 and words.startswith(b"sep="):
        separators, start, row = (chr(words[4]),), len(first[0]), 2
    head = top[start:]
    is_cut = len(top) < len(data)
    # A row that is cut off has too few cells by the right separator alone.
    end = max(head.rfind(b"\n"), head.rfind(b"\r")) + 1 if is_cut else 0
    separator = max(separators, key=lambda each: _score(head[: end or len(head)], each))
    records: list[_Record] = []
    for record in _read_records(head, separator, row):
        if not record.is_blank:
            records.append(record)
        if len(records) > LOOKED_AT:
            break
    if not records and top.strip(b',;|\t \r\n"') != b"":
        raise TableError(
            f"{name}: row {row} is one text that is too long for the name of a column. "
            "Choose a file with a table in it."
        )
    if not records:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    if is_cut and records[0].end == len(head):
        if b'"' not in top:
            raise _too_many(name, records[0].row, len(records[0].cells))
        raise TableError(
            f"{name}: the column names in row {records[0].row} do not end. "
            "Check for a quotation mark that is not closed."
        )
    whole = [each for each in records if not is_cut or each.end < len(head)]
    heading = find_heading([(each.row, each.cells) for each in whole], name, separator)
    if len(heading.names) > MOST_COLUMNS:
        raise _too_many(name, heading.row, len(heading.names))
    end = next(each.end for each in whole if each.row == heading.last)
    return Head(heading, separator, start + end, _is_narrow(heading, head[end:]))


def _take_top(data: bytes) -> bytes:
    """The bytes in which the column names are; more of them where a long row has no end yet."""
    top = data[:_HEAD]
    is_long = len(top) < len(data) and b"\n" not in top and b"\r" not in top and b'"' not in top
    return data[:_LONGEST_HEAD] if is_long else top


def _too_many(name: str, row: int, count: int) -> TableError:
    return TableError(
        f"{name}: row {row} has {count:,} columns or more, and at most {MOST_COLUMNS:,} are read. "
        "Delete the columns that are not needed, or turn the table if its rows are the columns."
    )


def _score(head: bytes, separator: str) -> tuple[int, int, int]:
    """How well a separator fits: names that are known, rows as wide as the first, and its width."""
    records = []
    for record in _read_records(head, separator, 1):
        if not record.is_blank:
            records.append(record.cells)
        if len(records) == _SAMPLE:
            break
    if not records:
        return 0, 0, 0
    named = records[find_known(list(enumerate(records)))]
    names = next((cells for cells in records[:LOOKED_AT] if is_tag_row(cells)), named)
    known = sum(fold_name(name) in KNOWN_NAMES for name in named)
    tags = len(names) if is_tag_row(names) else 0
    return max(known, tags), sum(len(cells) == len(names) for cells in records), len(names)


def _read_records(head: bytes, separator: str, row: int) -> Iterator[_Record]:
    """Read the first rows, blank ones too, with the place where each ends."""
    lines = head.splitlines(keepends=True)
    used = 0

    def count_lines() -> Iterator[str]:
        nonlocal used
        for line in lines:
            used += len(line)
            yield line.decode(errors="replace")

    try:
        for number, cells in enumerate(csv.reader(count_lines(), delimiter=separator), row):
            yield _Record(number, [cell.strip() for cell in cells], used)
    except csv.Error:
        return


def _is_narrow(heading: Heading, below: bytes) -> bool:
    """Whether the first row is one cell and one of the next has several, by any separator."""
    if len(heading.names) > 1 or fold_name(heading.names[0]) in KNOWN_NAMES:
        return False
    for separator in SEPARATORS:
        filled = (each for each in _read_records(below, separator, 1) if not each.is_blank)
        widths = [len(each.cells) for each in islice(filled, LOOKED_AT)]
        # One text with a comma in it is no column; two rows that are alike are.
        if widths[:1] > [1] or (widths[-2:-1] == widths[-1:] and widths[-1:] > [1]):
            return True
    return False
