"""The cells of a spreadsheet file: how they are written, and what its reader does not tell."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any
from xml.etree import ElementTree

_PIECE = 1 << 22
_LONGEST_ROW = 1 << 26  # bytes
# Everything below reads hostile text, so nothing is looked at twice.
_TAG = rb"<(?:\w+:)?"
_ROW = re.compile(_TAG + rb"row(?P<about>\s[^<>]*)?>")
_ROW_OR_CELL = re.compile(_TAG + rb"(?P<kind>row|c)(?P<about>\s[^<>]*|/)?>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']([A-Z]*)(\d+)["']""")
_IS_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_IS_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")
_VALUE = re.compile(_TAG + rb"v(?:\s[^<>]*)?>([^<]+)<")
# A formula, and behind it no value or an empty one.
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|" + _TAG + rb"f(?:\s[^<>]*|/)?>)\s*+"
    rb"(?:" + _TAG + rb"v(?:\s[^<>]*|/)?>\s*+(?:</(?:\w+:)?v>)?)?\s*+</(?:\w+:)?c>"
)


def write_text(cell: Any) -> str:
    """Write one cell as the text that a CSV file would hold; missing is ""."""
    if cell is None or cell != cell:  # not a number
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time() and cell.tzinfo is None
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        written = f"{minutes // 60:02}:{minutes % 60:02}"
        return f"{written}:{seconds:02}" if seconds else written
    return str(cell).strip()


def find_odd_cells(data: bytes, title: str) -> tuple[dict[tuple[int, int], str], list[list[int]]]:
    """Cells of a sheet of an XLSX file that the reader gives as empty though they are not.

    Gives the name of the error by row and column, and row and column of each formula without a
    value. Of other files, or where the parts of the file cannot be found, nothing.
    """
    errors: dict[tuple[int, int], str] = {}
    formulas: list[list[int]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for row, column, about, held in _list_cells(archive, _find_sheet(archive, title)):
                value = _VALUE.search(held)
                if _IS_ERROR.search(about):
                    text = value[1].decode("utf-8", "replace") if value else "#N/A"
                    errors[row, column] = unescape(text).strip()
                elif _NO_VALUE.search(held) and not _IS_TEXT.search(about):
                    formulas.append([row, column])
    except Exception:  # archives and XML raise many kinds
        return errors, formulas
    return errors, formulas


def _find_sheet(archive: zipfile.ZipFile, title: str) -> str:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheet = next(each for each in book.iter() if each.get("name") == title and _is(each, "sheet"))
    link = next(value for key, value in sheet.items() if key.endswith("}id"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(each.get("Target", "") for each in links.iter() if each.get("Id") == link)
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _is(element: ElementTree.Element, name: str) -> bool:
    return element.tag.rpartition("}")[2] == name


def _list_cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Row, column, attributes and content of the cells in those pieces where one may be odd."""
    rest, row, column = b"", 0, 0
    with archive.open(part) as sheet:
        while (piece := sheet.read(_PIECE)) and len(rest) < _LONGEST_ROW:
            whole, mark, rest = (rest + piece).rpartition(b"row>")
            whole += mark
            # Most pieces hold nothing odd: only their rows are counted.
            is_odd = _IS_ERROR.search(whole) or _NO_VALUE.search(whole)
            tags = list((_ROW_OR_CELL if is_odd else _ROW).finditer(whole))
            ends = [*(tag.start() for tag in tags[1:]), len(whole)]
            for tag, end in zip(tags, ends, strict=False):
                about = tag["about"] or b""
                number = _NUMBER.search(about)
                if not is_odd or tag["kind"] == b"row":
                    row, column = int(number[2]) if number else row + 1, 0
                    continue
                column = _count_letters(number[1]) if number else column + 1
                yield row, column, about, whole[tag.end() : end]


def _count_letters(letters: bytes) -> int:
    """Number a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
