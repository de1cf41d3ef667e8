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

_BLOCK = 1 << 24  # bytes read at once; a row that is longer is tried again in one block
_LARGEST = (1 << 31) - 1
_QUOTE, _LINE_FEED = b'"\n'
_LINE_END = re.compile(r"\r\n|\r|\n")


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
        return _count_lines(self.text)


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
    body = text.data[head.end :]
    _check_rows(body, len(heading.names), limits, name)
    cells, torn = _read_body(body, head, name)
    if text.data.count(b'"') % 2 == 1:
        cells, torn = _take_out_open_quote(cells, torn, body, head)
    torn = _mark_cut(torn, len(cells), body)
    check_header(heading.names, heading.row, name, is_narrow=head.is_narrow)
    swallowed = _tell_rows_in_cells(cells, len(torn), body, head, name)
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


def _check_rows(body: bytes, width: int, limits: Limits, name: str) -> None:
    """Refuse too many rows; these are counted only if there are as many lines."""
    lines = max(body.count(b"\n"), body.count(b"\r")) + 1
    if is_within(lines, width, limits):
        return
    rows = 1
    marks = 0  # an even number of quotation marks before a line end: it is that of a row
    for start in range(0, len(body), _BLOCK):
        signs = np.frombuffer(body, np.uint8, min(_BLOCK, len(body) - start), start)
        signs = signs[(signs == _QUOTE) | (signs == _LINE_FEED)]
        counts = marks + np.cumsum(signs == _QUOTE)
        rows += int(((signs == _LINE_FEED) & (counts % 2 == 0)).sum())
        marks = int(counts[-1]) if len(counts) else marks
    check_shape(rows, width, limits, name)


def _read_body(data: bytes, head: Head, name: str) -> tuple[pd.DataFrame, list[_Torn]]:
    """Read what is below the header; cells as text, the index is the row of the spreadsheet."""
    columns = [str(number) for number in range(len(head.heading.names))]
    if data == b"":
        return pd.DataFrame(columns=columns, dtype="str"), []
    try:
        table, torn = _parse(data, columns, head.separator, _BLOCK)
    except pa.ArrowInvalid:
        if len(data) > _LARGEST:
            raise TableError(f"{name} is too large. Split it into files under 2 GB.") from None
        try:
            table, torn = _parse(data, columns, head.separator, len(data) + 1)
        except pa.ArrowInvalid as error:
            raise TableError(f"{name} cannot be read as a table. Save it as CSV UTF-8.") from error
    numbers = pd.RangeIndex(1, len(table) + len(torn) + 1)
    index = numbers.drop([each.number for each in torn]) + head.heading.last
    cells = table.to_pandas().astype("str")
    cells.index = index
    return cells, torn


def _parse(
    data: bytes, columns: list[str], separator: str, block_size: int
) -> tuple[Any, list[_Torn]]:
    """Parse the cells; the quick way first, which gives up when a row is torn."""
    with suppress(pa.ArrowInvalid):
        return _parse_with(data, columns, separator, block_size, None), []
    torn: list[_Torn] = []
    blank = f'{separator}" \t\r\n'

    def keep_torn(row: Any) -> str:
        is_blank = row.text.strip(blank) == ""
        cells = 0 if is_blank else row.actual_columns
        torn.append(_Torn(row.number, cells, row.text))
        return "skip"

    return _parse_with(data, columns, separator, block_size, keep_torn), torn


def _parse_with(
    data: bytes,
    columns: list[str],
    separator: str,
    block_size: int,
    keep_torn: Callable[[Any], str] | None,
) -> Any:
    return pyarrow.csv.read_csv(
        io.BytesIO(data),
        # A torn row comes with its number only when there is one thread.
        read_options=pyarrow.csv.ReadOptions(
            column_names=columns, use_threads=keep_torn is None, block_size=block_size
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=separator,
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
    return len(_LINE_END.findall(text.rstrip("\r\n")))


def _take_out_open_quote(
    cells: pd.DataFrame, torn: list[_Torn], body: bytes, head: Head
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
    text = _find_last_row(cells.iloc[-1].tolist(), body, head.separator)
    if not _runs_on(text):
        return cells, torn
    number = int(cells.index[-1]) - head.heading.last
    return cells.iloc[:-1], [*torn, _Torn(number, cells.shape[1], text, is_open=True)]


def _runs_on(text: str) -> bool:
    return text.count('"') % 2 == 1 and _LINE_END.search(text) is not None


def _find_last_row(cells: list[str], body: bytes, separator: str) -> str:
    """Find the text of the last row, which has these cells."""
    breaks = sum(len(_LINE_END.findall(cell)) for cell in cells)
    # Quoting at most doubles a cell, and adds two marks and a separator; four bytes a letter.
    longest = sum(8 * len(cell) + 3 for cell in cells) + 2
    lines = body[-longest:].splitlines(keepends=True)
    # The last line end is in a cell if the quotation mark is open, else behind the row.
    texts = [b"".join(lines[-n:]).decode(errors="replace") for n in (breaks + 1, breaks or 1)]
    likely = texts[1] if cells[-1].endswith(("\n", "\r")) else texts[0]
    return next((text for text in texts if _holds(text, cells, separator)), likely)


def _holds(text: str, cells: list[str], separator: str) -> bool:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) == [cells]
    except csv.Error:  # a cell of more than 131,072 letters
        return False


def _mark_cut(torn: list[_Torn], kept: int, body: bytes) -> list[_Torn]:
    """Mark the last row if the file ends in it."""
    if not torn or torn[-1].number < kept + len(torn) or body.endswith((b"\n", b"\r")):
        return torn
    return [*torn[:-1], replace(torn[-1], is_cut=True)]


def _tell_rows_in_cells(
    cells: pd.DataFrame, torn: int, body: bytes, head: Head, name: str
) -> Iterator[pd.DataFrame]:
    """Tell the cells in which lines have as many separators as a row of the table."""
    width = len(head.heading.names)
    lines = body.count(b"\n") or body.count(b"\r")
    if width < 3 or lines <= len(cells) + torn:
        return
    for number, column in enumerate(cells.columns):
        broken = cells.loc[cells[column].str.contains("[\r\n]"), column]
        like_rows = pd.Series(
            [
                sum(line.count(head.separator) == width - 1 for line in _LINE_END.split(cell)[1:])
                for cell in broken
            ],
            index=broken.index,
            dtype="int64",
        )
        found = like_rows[like_rows > 0]
        header = head.heading.names[number]
        yield problems_at("rows_in_cell", name, found.index, header or None, count=found)


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
