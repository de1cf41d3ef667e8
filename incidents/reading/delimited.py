"""CSV and its kin: cells between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from incidents.checking.problems import make_problem, problems_at, problems_frame
from incidents.columns import fold_name
from incidents.errors import TableError
from incidents.reading.encodings import Utf8Text, to_utf8
from incidents.reading.tables import KNOWN_NAMES, Table, check_header, make_table

SEPARATORS = (",", ";", "\t")
_HEAD = 65_536  # bytes in which the column names must end
_BLOCK = 1 << 24  # bytes read at once; a row that is longer is tried again in one block
_LARGEST = (1 << 31) - 1


@dataclass(frozen=True)
class _Header:
    names: list[str]
    row: int
    end: int  # where the rows begin, in bytes
    separator: str


@dataclass(frozen=True)
class _Torn:
    """A record that has not one cell per column; `number` is 1 for the first below the header."""

    number: int
    cells: int
    lines: int  # further lines that it goes over
    is_open: bool = False  # ends with the file, inside quotes


def read_delimited(data: bytes, name: str) -> Table:
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
    header = _read_header(text.data, name)
    cells, torn = _read_body(text.data[header.end :], header, name)
    if text.data.count(b'"') % 2 == 1:
        cells, torn = _take_out_open_quote(cells, torn, header)
    torn = [each for each in torn if each.cells > 0]
    check_header(header.names, header.row, name, is_narrow=_is_narrow(text.data, header))
    problems = [*_tell_torn(torn, header, name), _tell_encoding(text, name)]
    return make_table(
        name,
        header.names,
        cells,
        problems,
        torn=len(torn),
        encoding=text.encoding,
        separator=header.separator,
    )


def _read_header(data: bytes, name: str) -> _Header:
    head = data[:_HEAD]
    separators: tuple[str, ...] = SEPARATORS
    row, start = 1, 0
    for line in head.splitlines(keepends=True):
        words = line.strip().lower()
        # Excel writes and understands a first line that names the separator.
        if row == 1 and len(words) == 5 and words.startswith(b"sep="):
            separators = (chr(words[4]),)
        elif words.strip(b',;\t "') != b"":
            break
        row, start = row + 1, start + len(line)
    else:
        raise TableError(f"{name} is empty. Choose a file with a table in it.")
    separator = max(separators, key=lambda each: _score(head[start:], each))
    names, length = _read_first(head[start:], separator)
    if start + length == len(head) < len(data):
        raise TableError(
            f"{name}: the column names in row {row} do not end. "
            "Check for a quotation mark that is not closed."
        )
    return _Header([cell.strip() for cell in names], row, start + length, separator)


def _score(head: bytes, separator: str) -> tuple[int, int, int]:
    """How well a separator fits: names that are known, rows as wide as the first, and its width."""
    try:
        records = list(islice(_read_records(_decode_lines(head), separator), 20))
    except csv.Error:
        return 0, 0, 0
    names = records[0]
    known = sum(fold_name(name) in KNOWN_NAMES for name in names)
    return known, sum(len(record) == len(names) for record in records), len(names)


def _read_first(head: bytes, separator: str) -> tuple[list[str], int]:
    """Read the first record and its length in bytes."""
    lines = head.splitlines(keepends=True)
    used = 0

    def count_lines() -> Iterator[str]:
        nonlocal used
        for line in lines:
            used += len(line)
            yield line.decode(errors="replace")

    try:
        return next(_read_records(count_lines(), separator)), used
    except csv.Error:
        return lines[0].decode(errors="replace").split(separator), len(lines[0])


def _is_narrow(data: bytes, header: _Header) -> bool:
    """Whether the first row is one cell and the next has several, by any separator."""
    if len(header.names) > 1 or fold_name(header.names[0]) in KNOWN_NAMES:
        return False
    lines = list(_decode_lines(data[header.end : header.end + _HEAD]))
    return any(len(next(_read_records(lines[:1], separator), [])) > 1 for separator in SEPARATORS)


def _decode_lines(head: bytes) -> Iterator[str]:
    return (line.decode(errors="replace") for line in head.splitlines(keepends=True))


def _read_records(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    return (record for record in csv.reader(lines, delimiter=separator) if record)


def _read_body(data: bytes, header: _Header, name: str) -> tuple[pd.DataFrame, list[_Torn]]:
    """Read what is below the header; cells as text, the index is the row of the spreadsheet."""
    columns = [str(number) for number in range(len(header.names))]
    if data == b"":
        return pd.DataFrame(columns=columns, dtype="str"), []
    try:
        table, torn = _parse(data, columns, header.separator, _BLOCK)
    except pa.ArrowInvalid:
        if len(data) > _LARGEST:
            raise TableError(f"{name} is too large. Split it into files under 2 GB.") from None
        try:
            table, torn = _parse(data, columns, header.separator, len(data) + 1)
        except pa.ArrowInvalid as error:
            raise TableError(f"{name} cannot be read as a table. Save it as CSV UTF-8.") from error
    numbers = pd.RangeIndex(1, len(table) + len(torn) + 1)
    index = numbers.drop([each.number for each in torn]) + header.row
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
        torn.append(_Torn(row.number, cells, _count_lines(row.text)))
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
    return len(text.splitlines()) - 1


def _take_out_open_quote(
    cells: pd.DataFrame, torn: list[_Torn], header: _Header
) -> tuple[pd.DataFrame, list[_Torn]]:
    """Set the last row aside if it runs to the end of the file in a quote that is not closed.

    Quotation marks come in pairs. An odd number of them alone may be one mark inside a text, so
    the last row must also hold line breaks.
    """
    last = header.row + torn[-1].number if torn else 0
    if len(cells) == 0 or last > cells.index[-1]:
        rest, final = torn[:-1], torn[-1:]
        if not final or final[0].lines == 0:
            return cells, torn
        return cells, [*rest, replace(final[0], is_open=True)]
    lines = _count_lines(cells.iat[-1, -1])
    if lines == 0:
        return cells, torn
    number = int(cells.index[-1]) - header.row
    return cells.iloc[:-1], [*torn, _Torn(number, len(header.names), lines, is_open=True)]


def _tell_torn(torn: list[_Torn], header: _Header, name: str) -> Iterator[pd.DataFrame]:
    width = len(header.names)
    opened = [each for each in torn if each.is_open]
    short = [each for each in torn if not each.is_open and each.cells < width]
    long = [each for each in torn if not each.is_open and each.cells > width]
    yield problems_at(
        *("quote_open", name, [header.row + each.number for each in opened]),
        count=[each.lines for each in opened],
    )
    for kind, found in (("row_too_short", short), ("row_too_long", long)):
        yield problems_at(
            *(kind, name, [header.row + each.number for each in found]),
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
