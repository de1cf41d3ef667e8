"""Rows of cells, gathered into columns of text a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

import pandas as pd
import pyarrow as pa

from incidents.intake.reading.sizes import Limits, check_shape, check_unpacked

TEXT = pa.large_string()
# What is held one by one before it becomes pieces of columns.
_CELLS, _LETTERS = 1_000_000, 50_000_000


def gather(rows: Iterable[Sequence[str]], limits: Limits, name: str) -> pd.DataFrame:
    """Put rows of text into a frame, whose columns and rows are numbered from 0.

    A row that is shorter than the longest ends in empty cells. Only some rows at a time are held
    as single cells.

    Raises
    ------
    TableError
        The table has more rows, columns, cells or text than `limits` allow.
    """
    pieces = _Pieces()
    held: list[Sequence[str]] = []
    width = cells = letters = 0
    for row in rows:
        held.append(row)
        cells += len(row)
        letters += sum(map(len, row))
        is_much = cells >= _CELLS or letters >= _LETTERS
        if len(row) > width or is_much:
            width = max(width, len(row))
            check_shape(pieces.rows + len(held), width, limits, name)
        if is_much:
            pieces.add(held)
            check_unpacked(pieces.size, limits, name)
            held, cells, letters = [], 0, 0
    pieces.add(held)
    check_shape(pieces.rows, width, limits, name)
    return frame_of(pieces.columns, pieces.rows)


def frame_of(columns: Sequence[Sequence[pa.Array]], rows: int) -> pd.DataFrame:
    """A frame of columns of text, each in pieces of Arrow; they are numbered from 0."""
    joined = [pa.chunked_array(each, TEXT).combine_chunks() for each in columns]
    table = pa.Table.from_arrays(joined, [str(number) for number in range(len(joined))])
    index = pd.RangeIndex(rows)
    return table.to_pandas().astype("str").set_axis(range(len(joined)), axis=1).set_axis(index)


class _Pieces:
    """Columns so far; `size` is the bytes that their texts take."""

    def __init__(self) -> None:
        self.columns: list[list[pa.Array]] = []
        self.rows = 0
        self.size = 0

    def add(self, held: Sequence[Sequence[str]]) -> None:
        """Add rows. Where they are wider than those before, these get empty cells."""
        cells = list(zip_longest(*held, fillvalue=""))
        for texts, column in zip_longest(cells, self.columns):
            if column is None:
                column = [empty_cells(self.rows)]
                self.columns.append(column)
            column.append(empty_cells(len(held)) if texts is None else pa.array(texts, TEXT))
            self.size += column[-1].nbytes
        self.rows += len(held)


def empty_cells(rows: int) -> pa.Array:
    """A column without a text."""
    return pa.repeat(pa.scalar("", TEXT), rows)
