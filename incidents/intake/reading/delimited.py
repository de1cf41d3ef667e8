"""CSV and its kin: cells between commas, semicolons, tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from incidents.intake.reading.delimited_end import Torn, mark_cut, take_out_open_quote
from incidents.intake.reading.delimited_head import Head, read_head
from incidents.intake.reading.encodings import Utf8Text, to_utf8
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.nameless import name_columns
from incidents.intake.reading.sizes import Limits, check_shape, is_within
from incidents.intake.reading.tables import Table, make_table
from incidents.table.errors import TableError
from incidents.table.problems import make_problem, problems_at, problems_frame

_PER_TORN = 3  # of so many rows that may be read, one may be torn
_BLOCK = 1 << 24  # bytes read at once; a row that is longer is tried again in one block
_LARGEST = (1 << 31) - 1
_QUOTE, _LINE_FEED, _RETURN = b'"\n\r'
_ESCAPED, _ESCAPE = re.compile(rb'\\"[^",;|\t\r\n]'), re.compile(rb'\\(["\\])')
_FURTHER_LINE = re.compile(r"(?:\r\n|\r|\n)([^\r\n]*)")


def read_delimited(data: bytes, name: str, limits: Limits) -> Table:
    """Read the bytes of a CSV file as a table of text.

    Encoding and separator are found out. Rows with too few or too many cells are set aside
    and told, not mended. A row with line breaks inside quotes counts as one, as in a spreadsheet.
    Quotation marks inside quotes may be doubled, or have a backslash in front.

    Raises
    ------
    TableError
        The bytes are no text, are empty, or hold no column names.
    """
    text = to_utf8(data)
    named, source = name_columns(_double_marks(text.data))
    text = replace(text, data=named)
    if b"\0" in text.data:
        raise TableError(f"{name} is not a text file. Save the table as CSV UTF-8 or XLSX.")
    head = read_head(text.data, name)
    heading = head.heading
    _check_rows(text.data, head, limits, name)
    cells, torn = _read_body(text.data, head, limits, name)
    if text.data.count(b'"') % 2 == 1:
        cells, torn = take_out_open_quote(cells, torn, text.data, head)
    torn = mark_cut(torn, len(cells), text.data)
    check_header(heading.names, heading.row, name, is_narrow=head.is_narrow)
    swallowed = list(_tell_rows_in_cells(cells, len(torn), text.data, head, name))
    torn = [each for each in torn if each.cells > 0]
    if source:
        swallowed = [*swallowed, problems_frame([make_problem("names_made", name, source=source)])]
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


def _double_marks(data: bytes) -> bytes:
    """The text with doubled quotation marks, if they are written with a backslash in front.

    They are if one such mark has neither a separator, a line end nor a mark behind it: else the
    backslash may be the end of a cell ("C:\\").
    """
    if b'\\"' not in data or _ESCAPED.search(data) is None:
        return data
    return _ESCAPE.sub(lambda found: b'""' if found[1] == b'"' else found[1], data)


def _check_rows(data: bytes, head: Head, limits: Limits, name: str) -> None:
    """Refuse too many rows; these are counted only if there are as many lines."""
    width = len(head.heading.names)
    if is_within(_count_ends(data, head.end) + 1, width, limits):
        return
    rows = 1
    marks = 0  # an even number of quotation marks before a line end: it is that of a row
    for start in range(head.end, len(data), _BLOCK):
        # With the byte behind it: a carriage return before a line feed is half of a line end.
        signs = np.frombuffer(data, np.uint8, min(_BLOCK + 1, len(data) - start), start)
        is_end = (signs == _LINE_FEED) | (signs == _RETURN)
        is_end[:-1] &= ~((signs[:-1] == _RETURN) & (signs[1:] == _LINE_FEED))
        is_mark = signs == _QUOTE
        kept = np.flatnonzero((is_end | is_mark)[:_BLOCK])
        counts = marks + np.cumsum(is_mark[kept])
        rows += int((is_end[kept] & (counts % 2 == 0)).sum())
        marks = int(counts[-1]) if len(counts) else marks
    check_shape(rows, width, limits, name)


def _count_ends(data: bytes, start: int) -> int:
    """Line ends from a place on, those of Windows once."""
    feeds, returns, both = (data.count(sign, start) for sign in (b"\n", b"\r", b"\r\n"))
    return feeds + returns - both


def _read_body(
    data: bytes, head: Head, limits: Limits, name: str
) -> tuple[pd.DataFrame, list[Torn]]:
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
) -> tuple[Any, list[Torn]]:
    """Parse the cells; the quick way first, which gives up when a row is torn."""
    with suppress(pa.ArrowInvalid):
        return _parse_with(body, head, block_size, None), []
    torn: list[Torn] = []
    blank = f'{head.separator}" \t\r\n'
    most = limits.rows // _PER_TORN

    def keep_torn(row: Any) -> str:
        is_blank = row.text.strip(blank) == ""
        cells, text = (0, "") if is_blank else (row.actual_columns, row.text)
        torn.append(Torn(row.number, cells, text))
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


def _tell_rows_in_cells(
    cells: pd.DataFrame, torn: int, data: bytes, head: Head, name: str
) -> Iterator[pd.DataFrame]:
    """Tell the cells in which lines have as many separators as a row of the table."""
    width = len(head.heading.names)
    if width < 3 or _count_ends(data, head.end) <= len(cells) + torn:
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


def _tell_torn(torn: list[Torn], head: Head, name: str) -> Iterator[pd.DataFrame]:
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
