"""The top of a CSV file: its separator and its column names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from incidents.columns import fold_name
from incidents.errors import TableError
from incidents.reading.headings import LOOKED_AT, Heading, find_heading, is_tag_row
from incidents.reading.tables import KNOWN_NAMES

SEPARATORS = (",", ";", "\t")
_HEAD = 65_536  # bytes in which the column names must end
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
        return "".join(self.cells).strip(',;\t "') == ""


def read_head(data: bytes, name: str) -> Head:
    """Read the column names of a text in UTF-8.

    Raises
    ------
    TableError
        There are none, or they do not end.
    """
    top = data[:_HEAD]
    separators: tuple[str, ...] = SEPARATORS
    start, row = 0, 1
    first = top.splitlines(keepends=True)[:1]
    words = b"".join(first).strip().lower()
    # Excel writes and understands a first line that names the separator.
    if len(words) == 5 and words.startswith(b"sep="):
        separators, start, row = (chr(words[4]),), len(first[0]), 2
    head = top[start:]
    separator = max(separators, key=lambda each: _score(head, each))
    records: list[_Record] = []
    for record in _read_records(head, separator, row):
        if not record.is_blank:
            records.append(record)
        if len(records) > LOOKED_AT:
            break
    if not records:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    is_cut = len(top) < len(data)
    if is_cut and records[0].end == len(head):
        raise TableError(
            f"{name}: the column names in row {records[0].row} do not end. "
            "Check for a quotation mark that is not closed."
        )
    whole = [each for each in records if not is_cut or each.end < len(head)]
    heading = find_heading([(each.row, each.cells) for each in whole], name, separator)
    end = next(each.end for each in whole if each.row == heading.last)
    return Head(heading, separator, start + end, _is_narrow(heading, head[end:]))


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
    names = next((cells for cells in records[:LOOKED_AT] if is_tag_row(cells)), records[0])
    known = sum(fold_name(name) in KNOWN_NAMES for name in records[0])
    tags = len(names) if names is not records[0] or is_tag_row(names) else 0
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
    """Whether the first row is one cell and the next has several, by any separator."""
    if len(heading.names) > 1 or fold_name(heading.names[0]) in KNOWN_NAMES:
        return False
    for separator in SEPARATORS:
        filled = (each for each in _read_records(below, separator, 1) if not each.is_blank)
        if len(next(filled, _Record(1, [], 0)).cells) > 1:
            return True
    return False
