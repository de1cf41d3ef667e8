"""The one writer of CSV files that leave: whatever goes in is text, also to a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

BOM = b"\xef\xbb\xbf"
"""Tells Excel that a CSV is UTF-8; without it Arabic turns into random characters."""

# What begins a formula, in the forms that a spreadsheet may fold: wide, small, raised.
_SIGNS = "=＝﹦⁼₌+＋﹢⁺₊﬩\\-－﹣@＠﹫"
# What may stand before it and is not seen: blanks, control signs, marks of direction, a BOM.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ufeff"
)
# A spreadsheet that parts cells by semicolons or tabs sees the start of a cell after each.
_ENDS = ";\t\r\n"
_BEGINS = f"'*[{_UNSEEN}]*[{_SIGNS}]"
_FORMULA = re.compile(rf"(?<![^{_ENDS}])(?={_BEGINS})|\A(?='*[\t\r\n])")
_NUMBER = r"\s*[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?%?\s*"
_NUMBERS = rf"{_NUMBER}(?:[{_ENDS}]{_NUMBER})*\Z"
_NO_NUMBER = re.compile(rf"(?<![^{_ENDS}])(?={_BEGINS})(?!{_NUMBERS})|\A(?='*[\t\r\n])")
_MARKED = re.compile(rf"(?<![^{_ENDS}])'(?={_BEGINS})|\A'(?='*[\t\r\n])")
# The same for RE2, which looks through a column: most texts have none.
_MAY_BEGIN = rf"(?:^|[{_ENDS}]){_BEGINS}|^'*[{_ENDS[1:]}]"


def defuse(text: str, but_numbers: bool = False) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    At the start of the text, and behind a semicolon, tab or end of line in it, where a spreadsheet
    of another country starts a cell. With `but_numbers`, plain numbers such as -99 stay as they
    are: for tables whose numbers are held as text. `revive` takes the apostrophes away.
    """
    return (_NO_NUMBER if but_numbers else _FORMULA).sub("'", text)


def revive(text: str) -> str:
    """The text that `defuse` was given."""
    return _MARKED.sub("", text)


def write_csv(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema, but_numbers: bool = False
) -> Iterator[bytes]:
    """Rows as CSV, UTF-8 with BOM, in pieces; names and texts are defused, see `defuse`.

    Numbers, dates and flags are written as such; what is missing is an empty cell.
    """
    names = [defuse(name, but_numbers) for name in schema.names]
    empty = pa.Table.from_arrays([pa.array([], pa.string())] * len(names), names)
    yield BOM + _write(empty, has_header=True)
    for batch in batches:
        columns = [_defuse_column(column, but_numbers) for column in batch.columns]
        yield _write(pa.Table.from_arrays(columns, names), has_header=False)


def _defuse_column(column: pa.Array, but_numbers: bool) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    suspect = pc.fill_null(pc.match_substring_regex(column, _MAY_BEGIN), False)
    if not pc.any(suspect).as_py():
        return column
    texts = (defuse(text, but_numbers) for text in column.filter(suspect).to_pylist())
    return pc.replace_with_mask(column, suspect, pa.array(texts, column.type))


def _write(table: pa.Table, has_header: bool) -> bytes:
    sink = pa.BufferOutputStream()
    pa_csv.write_csv(table, sink, pa_csv.WriteOptions(include_header=has_header))
    written: bytes = sink.getvalue().to_pybytes()
    return written
