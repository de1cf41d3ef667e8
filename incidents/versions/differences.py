"""What is different between two snapshots: incidents, reports and claims, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidents.asking.exports import BATCH, BOM, defuse, write_csv
from incidents.table.columns import VOICE_COLUMNS
from incidents.versions.kept_tables import KeptTable, as_text, differ, differ_at, spread

CHANGES = ("added", "removed", "changed")
IDS = {"incidents": "incident", "reports": "report", "claims": "claim"}
"""The tables that are compared, and the column by which their rows are found again."""
# The row in the file, words that serve the search alone, and what follows from other columns: a
# line more on top makes no other incidents of those below it.
_NO_FACTS = ("row", "names", "match_reason", *(column.name for column in VOICE_COLUMNS))
CELL_COLUMNS = ("table", "incident", "id", "change", "column", "before", "after")
"""Columns of the difference as a file: one row for each cell that is different."""
MOST_ENTRIES = 100


@dataclass(frozen=True)
class CellChange:
    """One cell that is different, as text; None where nothing is known."""

    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class RowChange:
    """One row that was added, removed or changed: its id, its incident, and what is different.

    Of a row that was added or removed, all cells that hold something.
    """

    id: str
    incident: str
    change: str
    cells: tuple[CellChange, ...]


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
            KeptTable(folder / f"{table}.parquet") for folder in (before, after)
        )
        self.before, self.after = self._before.rows, self._after.rows
        olds, news = (
            [name for name in side.columns if name not in (*_NO_FACTS, self._id)]
            for side in (self._before, self._after)
        )
        self.only_before = tuple(name for name in olds if name not in news)
        self.only_after = tuple(name for name in news if name not in olds)
        self._shared = [name for name in news if name in olds]
        self._columns = [*news, *self.only_before]
        self.changed_columns: dict[str, int] = {}
        self._rows = self._compare()
        counted = self._rows["change"].value_counts().to_pylist()
        counts = {each["values"]: each["counts"] for each in counted}
        self.added, self.removed, self.changed = (counts.get(change, 0) for change in CHANGES)

    @property
    def differing(self) -> int:
        """Rows that were added, removed or changed."""
        return len(self._rows)

    def _compare(self) -> pa.Table:
        """Rows that are different, in order: id, change, positions in the two files or null."""
        olds, news = self._before.read(self._id), self._after.read(self._id)
        found = pc.index_in(news, value_set=olds)
        is_kept = np.asarray(found.is_valid())
        old_at = np.asarray(found.fill_null(0), dtype=np.int64)[is_kept]
        (new_at,) = np.nonzero(is_kept)
        is_changed = np.zeros(len(new_at), dtype=bool)
        for name in self._shared:
            cells = [self._before.read(name), self._after.read(name)]
            # Most columns of most tables are empty: nothing to put side by side.
            if all(each.null_count == len(each) for each in cells):
                continue
            is_other = differ_at(cells[0], old_at, cells[1], new_at)
            if is_other.any():
                self.changed_columns[name] = int(is_other.sum())
                is_changed |= is_other
        is_gone = np.ones(len(olds), dtype=bool)
        is_gone[old_at] = False
        (gone,), (come,) = np.nonzero(is_gone), np.nonzero(~is_kept)
        return self._order(olds, news, gone, come, old_at[is_changed], new_at[is_changed])

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
        firsts = [as_text(side.read(name)) for side in (self._before, self._after)]
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
    ) -> list[RowChange]:
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
        entries: dict[int, list[CellChange]] = {at: [] for at in range(len(chosen))}
        at, columns, before, after = self._melt(chosen)
        told = zip(at.tolist(), columns, before.to_pylist(), after.to_pylist(), strict=True)
        for row, column, *cells in told:
            entries[row].append(CellChange(column, *cells))
        heads = zip(
            *(each.to_pylist() for each in (chosen["id"], self._owners(chosen), chosen["change"])),
            strict=True,
        )
        return [
            RowChange(id_, incident, change, tuple(entries[row]))
            for row, (id_, incident, change) in enumerate(heads)
        ]

    def _owners(self, chosen: pa.Table) -> pa.ChunkedArray:
        """The incidents that rows belong to; reports and claims are in their order."""
        return chosen["id" if self.table == "incidents" else "first"]

    def write_cells(self) -> Iterator[pa.Table]:
        """Every cell that is different, in pieces; columns are `CELL_COLUMNS`."""
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
            yield pa.table(dict(zip(CELL_COLUMNS, cells, strict=True)))

    def _melt(
        self, chosen: pa.Table
    ) -> tuple[NDArray[np.int64], list[str], pa.ChunkedArray, pa.ChunkedArray]:
        """Cells that are different, by row, then by column: which row, column, before, after."""
        is_changed = np.asarray(pc.equal(chosen["change"], "changed"))
        # Changed rows are different in few columns, and to read one takes its time.
        wanted = self._columns if not is_changed.all() else list(self.changed_columns)
        sides = [
            spread(side, chosen[name], wanted)
            for side, name in ((self._before, "before"), (self._after, "after"))
        ]
        rows, columns, pairs = [], [], []
        for at, name in enumerate(wanted):
            before, after = (side[name] for side in sides)
            is_other = differ(before, after)
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


class Differences:
    """The difference between two snapshots. Safe to use from many threads.

    Of a million rows it holds the ids and positions of those that are different; their cells stay
    in the files.

    Parameters
    ----------
    before, after
        Folders of the two snapshots.

    Attributes
    ----------
    tallies
        What is different in each table of `IDS`.
    """

    def __init__(self, before: Path, after: Path) -> None:
        self.tallies = {table: TableDifference(before, after, table) for table in IDS}

    @property
    def differing(self) -> int:
        """Rows of all tables that were added, removed or changed."""
        return sum(each.differing for each in self.tallies.values())

    def list_entries(
        self, table: str, change: str | None = None, start: int = 0, limit: int = MOST_ENTRIES
    ) -> list[RowChange]:
        """Rows of a table that are different: see `TableDifference.list_entries`."""
        return self.tallies[table].list_entries(change, start, limit)

    def count_columns(self, table: str) -> dict[str, int]:
        """In how many changed rows each column is different; those that are in none left out."""
        return self.tallies[table].changed_columns

    def to_csv(self) -> Iterator[bytes]:
        """Every cell that is different, `CELL_COLUMNS`, as CSV in UTF-8 with BOM, in pieces.

        A text that starts like a formula gets an apostrophe in front, as in all exports.
        """
        header = pa.table({name: pa.array([], pa.string()) for name in CELL_COLUMNS})
        yield BOM + write_csv(header, has_header=True)
        for table in self.tallies.values():
            for cells in table.write_cells():
                for batch in cells.combine_chunks().to_batches():
                    defused = pa.Table.from_batches([defuse(batch, but_numbers=True)])
                    yield write_csv(defused, has_header=False)
