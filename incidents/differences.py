"""What is different between two snapshots: incidents, reports and claims, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from incidents.exports import BATCH, BOM, defuse, write_csv

CHANGES = ("added", "removed", "changed")
IDS = {"incidents": "incident", "reports": "report", "claims": "claim"}
"""The tables that are compared, and the column by which their rows are found again."""
# The row in the file, words that serve the search alone, and words on what other columns hold: a
# line more on top makes no other incidents of those below it.
_NO_FACTS = ("row", "names", "match_reason")
COLUMNS = ("table", "incident", "id", "change", "column", "before", "after")
"""Columns of the difference as a file: one row for each cell that is different."""
MOST_ENTRIES = 100
BLOCK = 1 << 16
"""Rows that are put side by side at a time."""


@dataclass(frozen=True)
class Cell:
    """One cell that is different, as text; None where nothing is known."""

    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Entry:
    """One row that was added, removed or changed: its id, its incident, and what is different.

    Of a row that was added or removed, all cells that hold something.
    """

    id: str
    incident: str
    change: str
    cells: tuple[Cell, ...]


class _Side:
    """A table of one of the two snapshots; its columns are read when they are asked for."""

    def __init__(self, path: Path, id_column: str) -> None:
        self._path = path
        schema = pq.read_schema(path)
        self.columns = [name for name in schema.names if name not in (*_NO_FACTS, id_column)]
        metadata = pq.read_metadata(path)
        sizes = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
        self._ends = np.cumsum(sizes, dtype=np.int64)
        self.rows: int = metadata.num_rows

    def read(self, column: str) -> pa.Array:
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


class TableDifference:
    """The difference between two versions of one table.

    Rows are the same if their id is the same. A missing cell and an empty text are the same;
    0 is neither. Cells that are different are read again when they are asked for.

    Attributes
    ----------
    before, after
        Rows of the two versions.
    added, removed, changed
        How many rows are different.
    changed_columns
        In how many of the changed rows a column is different; those that are in none left out.
    only_before, only_after
        Columns that only one version has. They make no row different, but rows that were added
        or removed tell them, too.
    """

    def __init__(self, before: Path, after: Path, table: str) -> None:
        self.table, self._id = table, IDS[table]
        self._before, self._after = (
            _Side(folder / f"{table}.parquet", self._id) for folder in (before, after)
        )
        self.before, self.after = self._before.rows, self._after.rows
        olds, news = self._before.columns, self._after.columns
        self.only_before = tuple(name for name in olds if name not in news)
        self.only_after = tuple(name for name in news if name not in olds)
        self._shared = [name for name in news if name in olds]
        self._columns = [*news, *self.only_before]
        self.changed_columns: dict[str, int] = {}
        self._rows = self._compare()
        counts = {each["values"]: each["counts"] for each in _count(self._rows["change"])}
        self.added, self.removed, self.changed = (counts.get(change, 0) for change in CHANGES)

    def _compare(self) -> pa.Table:
        """Rows that are different, in order: id, change, positions in the two files or null."""
        olds, news = self._before.read(self._id), self._after.read(self._id)
        found = pc.index_in(news, value_set=olds)
        is_kept = np.asarray(found.is_valid())
        old_at = np.asarray(found.fill_null(0), dtype=np.int64)[is_kept]
        (new_at,) = np.nonzero(is_kept)
        differ = np.zeros(len(new_at), dtype=bool)
        for name in self._shared:
            cells = [self._before.read(name), self._after.read(name)]
            # Most columns of most tables are empty: nothing to put side by side.
            if all(each.null_count == len(each) for each in cells):
                continue
            is_other = _differ_at(*cells, old_at, new_at)
            if is_other.any():
                self.changed_columns[name] = int(is_other.sum())
                differ |= is_other
        is_gone = np.ones(len(olds), dtype=bool)
        is_gone[old_at] = False
        (gone,), (come,) = np.nonzero(is_gone), np.nonzero(~is_kept)
        return self._order(olds, news, gone, come, old_at[differ], new_at[differ])

    def _order(
        self,
        olds: pa.Array,
        news: pa.Array,
        gone: NDArray[np.int64],
        come: NDArray[np.int64],
        old_at: NDArray[np.int64],
        new_at: NDArray[np.int64],
    ) -> pa.Table:
        name = "date" if self.table == "incidents" else "incident"
        firsts = [_text(side.read(name)) for side in (self._before, self._after)]
        parts = [
            ("removed", firsts[0], olds, gone, None),
            ("added", firsts[1], news, None, come),
            ("changed", firsts[1], news, old_at, new_at),
        ]
        tables = []
        for change, first, ids, before, after in parts:
            at = pa.array(before if after is None else after, pa.int64())
            nothing = pa.nulls(len(at), pa.int64())
            tables.append(
                pa.table(
                    {
                        "first": first.take(at),
                        "id": ids.take(at),
                        "change": pa.array([change] * len(at), pa.string()),
                        "before": nothing if before is None else pa.array(before, pa.int64()),
                        "after": nothing if after is None else pa.array(after, pa.int64()),
                    }
                )
            )
        rows = pa.concat_tables(tables)
        return rows.sort_by([("first", "ascending"), ("id", "ascending")]).combine_chunks()

    def list_entries(
        self, change: str | None = None, start: int = 0, limit: int = MOST_ENTRIES
    ) -> list[Entry]:
        """Rows that are different: incidents by date, then id; others by incident, then id.

        Parameters
        ----------
        change
            One of `CHANGES`; None for all.
        start, limit
            How many are left out, and how many are listed at the most.
        """
        rows = self._rows
        if change is not None:
            rows = rows.filter(pc.equal(rows["change"], change))
        chosen = rows.slice(start, limit)
        entries: dict[int, list[Cell]] = {at: [] for at in range(len(chosen))}
        at, columns, before, after = self._melt(chosen)
        told = zip(at.tolist(), columns, before.to_pylist(), after.to_pylist(), strict=True)
        for row, column, *cells in told:
            entries[row].append(Cell(column, *cells))
        heads = zip(
            *(each.to_pylist() for each in (chosen["id"], self._owners(chosen), chosen["change"])),
            strict=True,
        )
        return [Entry(*head, tuple(entries[row])) for row, head in enumerate(heads)]

    def _owners(self, chosen: pa.Table) -> pa.ChunkedArray:
        """The incidents that rows belong to; reports and claims are in their order."""
        return chosen["id" if self.table == "incidents" else "first"]

    def write_cells(self) -> Iterator[pa.Table]:
        """Every cell that is different, in pieces; columns are `COLUMNS`."""
        for start in range(0, len(self._rows), BATCH):
            chosen = self._rows.slice(start, BATCH)
            at, columns, before, after = self._melt(chosen)
            rows = pa.array(at)
            cells = [
                pa.array([self.table] * len(at), pa.string()),
                *(
                    each.take(rows)
                    for each in (self._owners(chosen), chosen["id"], chosen["change"])
                ),
                pa.array(columns, pa.string()),
                before,
                after,
            ]
            yield pa.table(dict(zip(COLUMNS, cells, strict=True)))

    def _melt(
        self, chosen: pa.Table
    ) -> tuple[NDArray[np.int64], list[str], pa.ChunkedArray, pa.ChunkedArray]:
        """Cells that are different, by row, then by column: which row, column, before, after."""
        is_changed = np.asarray(pc.equal(chosen["change"], "changed"))
        # Changed rows are different in few columns, and to read one takes its time.
        wanted = self._columns if not is_changed.all() else list(self.changed_columns)
        sides = [
            _spread(side, chosen[name], wanted)
            for side, name in ((self._before, "before"), (self._after, "after"))
        ]
        rows, columns, pairs = [], [], []
        for at, name in enumerate(wanted):
            before, after = (side[name] for side in sides)
            is_other = _differ(before, after)
            if name not in self._shared:
                is_other &= ~is_changed
            (hits,) = np.nonzero(is_other)
            rows.append(hits)
            columns.append(np.full(len(hits), at))
            pairs.append((before.take(pa.array(hits)), after.take(pa.array(hits))))
        row = np.concatenate([np.array([], dtype=np.int64), *rows])
        column = np.concatenate([np.array([], dtype=np.int64), *columns])
        order = np.lexsort((column, row))
        texts = [
            pa.chunked_array([pair[side] for pair in pairs], pa.large_string()).take(
                pa.array(order)
            )
            for side in (0, 1)
        ]
        return row[order], [wanted[at] for at in column[order]], *texts


def _spread(side: _Side, positions: pa.ChunkedArray, columns: Sequence[str]) -> dict[str, Any]:
    """The cells at these positions as text; null where a row or a column is not on this side."""
    is_there = positions.is_valid()
    at = np.asarray(positions.drop_null(), dtype=np.int64)
    taken = side.take(at, columns)
    # Where each row went: to "nowhere" if it is not there.
    places = np.full(len(positions), -1)
    places[np.asarray(is_there)] = np.arange(len(at))
    spread = pa.array(places, mask=places < 0)
    return {
        name: taken[name].combine_chunks().take(spread)
        if name in taken.column_names
        else pa.nulls(len(positions), pa.large_string())
        for name in columns
    }


def _widen(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = cells.type.value_type if pa.types.is_dictionary(cells.type) else cells.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)
    return cells.cast(pa.large_string() if is_text else kind)


def _text(cells: pa.Array | pa.ChunkedArray) -> Any:
    """Cells as text, as the export writes them; an empty text is missing."""
    texts = cells.cast(pa.large_string())
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.large_string()), texts)


def _as_texts(table: pa.Table) -> pa.Table:
    return pa.table({name: _text(table[name]) for name in table.column_names})


def _differ(before: pa.Array, after: pa.Array) -> NDArray[np.bool_]:
    """Where two columns of one length differ."""
    if before.type != after.type:
        before, after = _text(before), _text(after)
    if pa.types.is_large_string(before.type):
        before, after = before.fill_null(""), after.fill_null("")
    differ = np.asarray(pc.fill_null(pc.not_equal(before, after), False))
    lacking = [np.asarray(each.is_null()) for each in (before, after)]
    return differ | (lacking[0] != lacking[1])


def _differ_at(
    before: pa.Array, after: pa.Array, old_at: NDArray[np.int64], new_at: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Where two columns differ, each read at its own positions; block by block, to spare memory."""
    blocks = [
        _differ(
            before.take(pa.array(old_at[start : start + BLOCK])),
            after.take(pa.array(new_at[start : start + BLOCK])),
        )
        for start in range(0, len(old_at), BLOCK)
    ]
    return np.concatenate([np.zeros(0, dtype=bool), *blocks])


def _count(values: pa.ChunkedArray) -> list[dict[str, Any]]:
    counted: list[dict[str, Any]] = values.value_counts().to_pylist()
    return counted


@dataclass(frozen=True)
class Differences:
    """The difference between two snapshots: `incidents`, `reports` and `claims`, each when asked.

    Safe to use from many threads. Of a million rows it holds the ids and places of those that are
    different; the cells stay in the files.

    Attributes
    ----------
    before, after
        Folders of the two snapshots.
    """

    before: Path
    after: Path

    @cached_property
    def incidents(self) -> TableDifference:
        return TableDifference(self.before, self.after, "incidents")

    @cached_property
    def reports(self) -> TableDifference:
        return TableDifference(self.before, self.after, "reports")

    @cached_property
    def claims(self) -> TableDifference:
        return TableDifference(self.before, self.after, "claims")

    @property
    def tables(self) -> tuple[TableDifference, ...]:
        """All three."""
        return (self.incidents, self.reports, self.claims)

    def to_csv(self) -> Iterator[bytes]:
        """Every cell that is different as CSV, UTF-8 with BOM, in pieces; columns are `COLUMNS`.

        A text that starts like a formula gets an apostrophe in front, as in all exports.
        """
        header = pa.table({name: pa.array([], pa.string()) for name in COLUMNS})
        yield BOM + write_csv(header, has_header=True)
        for table in self.tables:
            for cells in table.write_cells():
                for batch in cells.combine_chunks().to_batches():
                    defused = pa.Table.from_batches([defuse(batch, but_numbers=True)])
                    yield write_csv(defused, has_header=False)
