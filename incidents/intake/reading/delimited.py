"""CSV and its kin: cells between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from incidents.intake.reading.delimited_head import Head, read_head
from incidents.intake.reading.encodings import Utf8Text, to_utf8
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.sizes import Limits, check_shape, is_within
from incidents.intake.reading.tables import Table, make_table
from incidents.table.errors import TableError
from incidents.table.problems import make_problem, problems_at, problems_frame

_PER_TORN = 3  # of so many rows that may be read, one may be torn
_BLOCK = 1 << 24  # bytes read at once; a row that is longer is tried again in one block
_LARGEST = (1 << 31) - 1
_QUOTE, _LINE_FEED = b'"\n'
_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_END_BYTES = re.compile(rb"\r\n|\r|\n")
_FURTHER_LINE = re.compile(r"(?:\r\n|\r|\n)([^\r\n]*)")
_LONGEST_CHECKED = 131_072  # letters of a cell that the `csv` module takes


@dataclass(frozen=True, slots=True)
class _Torn:
    """A record that has not one cell per column; `number` is 1 for the first below the header."""

    number: int
    cells: int
    text: str
    is_open: bool = False  # ends with the file, inside quotes
    is_cut: bool = False  # ends with the file, without a line end

    @property
    def lines(self) -> int:
        """Further lines that it goes over."""
        return _count_lines(self.text.rstrip("\r\n"))


def read_delimited(data: bytes, name: str, limits: Limits) -> Table:
    """Read the bytes of a CSV file as a table of text.

    Encoding and separator are found out. Rows with too few or too many cells are set aside
    and told, not mended. A row with line breaks inside quotes counts as one, as in a spreadsheet.

    Raises
    ------
    TableError
        The bytes are no text, are empty, or hold no column names.
    """
    text = to_utf8(data)
    if b"\0" in text.data:
        raise TableError(f"{name} is not a text file. Save the table as CSV UTF-8 or XLSX.")
    head = read_head(text.data, name)
    heading = head.heading
    _check_rows(text.data, head, limits, name)
    cells, torn = _read_body(text.data, head, limits, name)
    if text.data.count(b'"') % 2 == 1:
        cells, torn = _take_out_open_quote(cells, torn, text.data, head)
    torn = _mark_cut(torn, len(cells), text.data)
    check_header(heading.names, heading.row, name, is_narrow=head.is_narrow)
    swallowed = _tell_rows_in_cells(cells, len(torn), text.data, head, name)
    torn = [each for each in torn if each.cells > 0]
    problems = [heading.problems, *_tell_torn(torn, head, name), *swallowed]
    return make_table(
        name,
        heading.names,
        cells,
        [*problems, _tell_encoding(text, name)],
        torn=[*heading.torn, *((heading.last + each.number, each.text) for each in torn)],
        tags=heading.tags,
        encoding=text.encoding,
        separator=head.separator,
    )


def _check_rows(data: bytes, head: Head, limits: Limits, name: str) -> None:
    """Refuse too many rows; these are counted only if there are as many lines."""
    width = len(head.heading.names)
    lines = max(data.count(b"\n", head.end), data.count(b"\r", head.end)) + 1
    if is_within(lines, width, limits):
        return
    rows = 1
    marks = 0  # an even number of quotation marks before a line end: it is that of a row
    for start in range(head.end, len(data), _BLOCK):
        signs = np.frombuffer(data, np.uint8, min(_BLOCK, len(data) - start), start)
        signs = signs[(signs == _QUOTE) | (signs == _LINE_FEED)]
        counts = marks + np.cumsum(signs == _QUOTE)
        rows += int(((signs == _LINE_FEED) & (counts % 2 == 0)).sum())
        marks = int(counts[-1]) if len(counts) else marks
    check_shape(rows, width, limits, name)


def _read_body(
    data: bytes, head: Head, limits: Limits, name: str
) -> tuple[pd.DataFrame, list[_Torn]]:
    """Read what is below the header; cells as text, the index is the row of the spreadsheet."""
    columns = [str(number) for number in range(len(head.heading.names))]
    body = pa.py_buffer(data).slice(head.end)
    if body.size == 0:
        return pd.DataFrame(columns=columns, dtype="str"), []
    try:
        table, torn = _parse(body, head, _BLOCK, limits, name)
    except pa.ArrowInvalid:
        if body.size > _LARGEST:
            raise TableError(f"{name} is too large. Split it into files under 2 GB.") from None
        try:
            table, torn = _parse(body, head, body.size + 1, limits, name)
        except pa.ArrowInvalid as error:
            raise TableError(f"{name} cannot be read as a table. Save it as CSV UTF-8.") from error
    numbers = pd.RangeIndex(1, len(table) + len(torn) + 1)
    index = numbers.drop([each.number for each in torn]) + head.heading.last
    cells = table.to_pandas().astype("str")
    cells.index = index
    return cells, torn


def _parse(
    body: pa.Buffer, head: Head, block_size: int, limits: Limits, name: str
) -> tuple[Any, list[_Torn]]:
    """Parse the cells; the quick way first, which gives up when a row is torn."""
    with suppress(pa.ArrowInvalid):
        return _parse_with(body, head, block_size, None), []
    torn: list[_Torn] = []
    blank = f'{head.separator}" \t\r\n'
    most = limits.rows // _PER_TORN

    def keep_torn(row: Any) -> str:
        is_blank = row.text.strip(blank) == ""
        cells, text = (0, "") if is_blank else (row.actual_columns, row.text)
        torn.append(_Torn(row.number, cells, text))
        return "skip" if len(torn) <= most else "error"

    try:
        return _parse_with(body, head, block_size, keep_torn), torn
    except pa.ArrowInvalid:
        if len(torn) <= most:
            raise
    raise TableError(
        f"{name}: more than {most:,} rows have other numbers of cells than row "
        f"{head.heading.row}, which has {len(head.heading.names):,} column names. Delete blank "
        "rows, and check what separates the cells."
    )


def _parse_with(
    body: pa.Buffer, head: Head, block_size: int, keep_torn: Callable[[Any], str] | None
) -> Any:
    columns = [str(number) for number in range(len(head.heading.names))]
    return pyarrow.csv.read_csv(
        pa.BufferReader(body),
        # A torn row comes with its number only when there is one thread.
        read_options=pyarrow.csv.ReadOptions(
            column_names=columns, use_threads=keep_torn is None, block_size=block_size
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=head.separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=keep_torn,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.large_string()),
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )


def _count_lines(text: str) -> int:
    """Line ends in a text, those of Windows once."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _take_out_open_quote(
    cells: pd.DataFrame, torn: list[_Torn], data: bytes, head: Head
) -> tuple[pd.DataFrame, list[_Torn]]:
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
    return cells.iloc[:-1], [*torn, _Torn(number, cells.shape[1], text, is_open=True)]


def _runs_on(text: str) -> bool:
    return text.count('"') % 2 == 1 and _LINE_END.search(text) is not None


def _find_last_row(cells: list[str], data: bytes, head: Head) -> str:
    """Find the text of the last row, which has these cells."""
    breaks = sum(map(_count_lines, cells))
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


def _mark_cut(torn: list[_Torn], kept: int, data: bytes) -> list[_Torn]:
    """Mark the last row if the file ends in it."""
    if not torn or torn[-1].number < kept + len(torn) or data.endswith((b"\n", b"\r")):
        return torn
    return [*torn[:-1], replace(torn[-1], is_cut=True)]


def _tell_rows_in_cells(
    cells: pd.DataFrame, torn: int, data: bytes, head: Head, name: str
) -> Iterator[pd.DataFrame]:
    """Tell the cells in which lines have as many separators as a row of the table."""
    width = len(head.heading.names)
    lines = data.count(b"\n", head.end) or data.count(b"\r", head.end)
    if width < 3 or lines <= len(cells) + torn:
        return
    for number, column in enumerate(cells.columns):
        broken = cells.loc[cells[column].str.contains("[\r\n]"), column]
        like_rows = pd.Series(
            [_count_like_rows(cell, head.separator, width) for cell in broken],
            index=broken.index,
            dtype="int64",
        )
        found = like_rows[like_rows > 0]
        header = head.heading.names[number]
        yield problems_at("rows_in_cell", name, found.index, header or None, count=found)


def _count_like_rows(cell: str, separator: str, width: int) -> int:
    """Lines of a cell, after the first, that have as many separators as a row."""
    if cell.count(separator) < width - 1:
        return 0
    lines = _FURTHER_LINE.finditer(cell)
    return sum(line[1].count(separator) == width - 1 for line in lines)


def _tell_torn(torn: list[_Torn], head: Head, name: str) -> Iterator[pd.DataFrame]:
    width = len(head.heading.names)
    last = head.heading.last
    opened = [each for each in torn if each.is_open]
    closed = [each for each in torn if not each.is_open]
    short = [each for each in closed if each.cells < width]
    kinds = {
        "row_too_short": [each for each in short if not each.is_cut],
        "row_cut_off": [each for each in short if each.is_cut],
        "row_too_long": [each for each in closed if each.cells > width],
    }
    yield problems_at(
        *("quote_open", name, [last + each.number for each in opened]),
        count=[each.lines for each in opened],
    )
    for kind, found in kinds.items():
        yield problems_at(
            *(kind, name, [last + each.number for each in found]),
            count=[each.cells for each in found],
            expected=[width] * len(found),
        )


def _tell_encoding(text: Utf8Text, name: str) -> pd.DataFrame:
    problems = []
    if text.is_guessed:
        problems.append(make_problem("encoding_guessed", name, encoding=text.encoding))
    if text.lost > 0:
        problems.append(make_problem("letters_lost", name, count=text.lost, encoding=text.encoding))
    return problems_frame(problems)
