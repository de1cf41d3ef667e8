"""A table of a snapshot, read column by column or a few rows at a time, and put beside another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

BLOCK = 1 << 16
"""Rows that are put side by side at a time."""


class KeptTable:
    """One table of a snapshot; its columns are read when they are asked for.

    Attributes
    ----------
    columns, rows
        Names of its columns, and how many rows it has.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        metadata = pq.read_metadata(path)
        self.columns: list[str] = metadata.schema.to_arrow_schema().names
        sizes = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
        self._ends = np.cumsum(sizes, dtype=np.int64)
        self.rows: int = metadata.num_rows

    def read(self, column: str) -> pa.Array:
        """One whole column."""
        table = pq.read_table(self._path, columns=[column])
        # Texts of a million rows may be more than 2 GB: too many for a plain array of strings.
        return _widen(table.column(column)).combine_chunks()

    def take(self, positions: NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
        """Some cells as text. Only the row groups that hold them are read, one after the other."""
        own = [name for name in columns if name in self.columns]
        groups = np.searchsorted(self._ends, positions, side="right")
        taken, order = [], []
        with pq.ParquetFile(self._path) as file:
            for group in np.unique(groups):
                (hits,) = np.nonzero(groups == group)
                start = self._ends[group] - file.metadata.row_group(int(group)).num_rows
                table = file.read_row_group(int(group), columns=own)
                taken.append(_as_texts(table.take(pa.array(positions[hits] - start))))
                order.append(hits)
        if not taken:
            return pa.table({name: pa.array([], pa.large_string()) for name in own})
        back = np.argsort(np.concatenate(order))
        return pa.concat_tables(taken).take(pa.array(back))


def spread(side: KeptTable, positions: pa.ChunkedArray, columns: Sequence[str]) -> dict[str, Any]:
    """The cells at these positions as text; null where a row or a column is not on this side."""
    is_there = positions.is_valid()
    at = np.asarray(positions.drop_null(), dtype=np.int64)
    taken = side.take(at, columns)
    # Where each row went: to "nowhere" if it is not there.
    places = np.full(len(positions), -1)
    places[np.asarray(is_there)] = np.arange(len(at))
    back = pa.array(places, mask=places < 0)
    return {
        name: taken[name].combine_chunks().take(back)
        if name in taken.column_names
        else pa.nulls(len(positions), pa.large_string())
        for name in columns
    }


def _widen(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = cells.type.value_type if pa.types.is_dictionary(cells.type) else cells.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)
    return cells.cast(pa.large_string() if is_text else kind)


def as_text(cells: pa.Array | pa.ChunkedArray) -> Any:
    """Cells as text, as the export writes them; an empty text is missing."""
    texts = cells.cast(pa.large_string())
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.large_string()), texts)


def _as_texts(table: pa.Table) -> pa.Table:
    return pa.table({name: as_text(table[name]) for name in table.column_names})


def differ(before: pa.Array, after: pa.Array) -> NDArray[np.bool_]:
    """Where two columns of one length differ; a missing cell and an empty text are the same."""
    if before.type != after.type:
        before, after = as_text(before), as_text(after)
    if pa.types.is_large_string(before.type):
        before, after = before.fill_null(""), after.fill_null("")
    found: NDArray[np.bool_] = np.asarray(pc.fill_null(pc.not_equal(before, after), False))
    lacking = [np.asarray(each.is_null()) for each in (before, after)]
    is_one_missing: NDArray[np.bool_] = lacking[0] != lacking[1]
    return found | is_one_missing


def differ_at(
    before: pa.Array, old_at: NDArray[np.int64], after: pa.Array, new_at: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Where two columns differ, each read at its own positions; block by block, to spare memory."""
    blocks = [
        differ(
            before.take(pa.array(old_at[start : start + BLOCK])),
            after.take(pa.array(new_at[start : start + BLOCK])),
        )
        for start in range(0, len(old_at), BLOCK)
    ]
    return np.concatenate([np.zeros(0, dtype=bool), *blocks])
