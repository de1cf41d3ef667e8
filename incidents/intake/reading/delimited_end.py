"""The bottom of a CSV file: rows that are torn, and a last one that is cut off or runs on."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from incidents.intake.reading.delimited_head import Head

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_BYTES = re.compile(rb"\r\n|\r|\n")
_LONGEST_CHECKED = 131_072  # letters of a cell that the `csv` module takes


@dataclass(frozen=True, slots=True)
class Torn:
    """A record that has not one cell per column; `number` is 1 for the first below the header."""

    number: int
    cells: int
    text: str
    is_open: bool = False  # ends with the file, inside quotes
    is_cut: bool = False  # ends with the file, without a line end

    @property
    def lines(self) -> int:
        """Further lines that it goes over."""
        return count_lines(self.text.rstrip("\r\n"))


def count_lines(text: str) -> int:
    """Line ends in a text, those of Windows once."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def take_out_open_quote(
    cells: pd.DataFrame, torn: list[Torn], data: bytes, head: Head
) -> tuple[pd.DataFrame, list[Torn]]:
    """Set the last row aside if it runs to the end of the file in a quote that is not closed.

    Quotation marks come in pairs. An odd number of them in the last row may be one mark inside
    a text, so the row must also hold line breaks.
    """
    last = head.heading.last + torn[-1].number if torn else 0
    if len(cells) == 0 or last > cells.index[-1]:
        rest, final = torn[:-1], torn[-1:]
        if not final or not _runs_on(final[0].text):
            return cells, torn
        return cells, [*rest, replace(final[0], is_open=True)]
    text = _find_last_row(cells.iloc[-1].tolist(), data, head)
    if not _runs_on(text):
        return cells, torn
    number = int(cells.index[-1]) - head.heading.last
    return cells.iloc[:-1], [*torn, Torn(number, cells.shape[1], text, is_open=True)]


def _runs_on(text: str) -> bool:
    return text.count('"') % 2 == 1 and _LINE_END.search(text) is not None


def _find_last_row(cells: list[str], data: bytes, head: Head) -> str:
    """Find the text of the last row, which has these cells."""
    breaks = sum(map(count_lines, cells))
    # Quoting at most doubles a cell, and adds two marks and a separator; four bytes a letter.
    longest = sum(8 * len(cell) + 3 for cell in cells) + 2
    tail = data[max(head.end, len(data) - longest) :]
    # The last line end is in a cell if the quotation mark is open, else behind the row.
    likely, other = breaks + 1, breaks or 1
    if cells[-1].endswith(("\n", "\r")):
        likely, other = other, likely
    text = _take_lines(tail, likely)
    if max(map(len, cells)) > _LONGEST_CHECKED or _holds(text, cells, head.separator):
        return text
    less_likely = _take_lines(tail, other)
    return less_likely if _holds(less_likely, cells, head.separator) else text


def _take_lines(data: bytes, count: int) -> str:
    """The last lines of a text."""
    ends = np.fromiter((end.end() for end in _LINE_END_BYTES.finditer(data)), np.int64)
    starts = np.concatenate([[0], ends[ends < len(data)]])
    return data[int(starts[-min(count, len(starts))]) :].decode(errors="replace")


def _holds(text: str, cells: list[str], separator: str) -> bool:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) == [cells]
    except csv.Error:  # a cell of more than 131,072 letters
        return False


def mark_cut(torn: list[Torn], kept: int, data: bytes) -> list[Torn]:
    """Mark the last row if the file ends in it."""
    if not torn or torn[-1].number < kept + len(torn) or data.endswith((b"\n", b"\r")):
        return torn
    return [*torn[:-1], replace(torn[-1], is_cut=True)]
