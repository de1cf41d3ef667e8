"""What is different between two snapshots: incidents, reports and claims, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from incidents.asking.database import SMALL, configure, shut
from incidents.asking.exports import BATCH
from incidents.asking.kept_tables import KeptTable, ask
from incidents.table.columns import VOICE_COLUMNS
from incidents.table.csv_files import write_csv
from incidents.table.errors import TableError, say_cause
from incidents.table.kept_files import measure

CHANGES = ("added", "removed", "changed")
IDS = {"incidents": "incident", "reports": "report", "claims": "claim"}
"""The tables that are compared, and the column by which their rows are found again."""
# The row in the file, words that serve the search alone, and what follows from other columns: a
# line more on top makes no other incidents of those below it.
_NO_FACTS = ("row", "names", "match_reason", *(column.name for column in VOICE_COLUMNS))
# How the table was called that a row came from: an export of April differs from one of March.
# Told of rows that came or went, and part of the id only where the id alone is not enough.
_ORIGIN = "dataset"
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

    def __init__(
        self, database: duckdb.DuckDBPyConnection, before: Path, after: Path, table: str
    ) -> None:
        self.table, self._database, self._id = table, database, IDS[table]
        files = [folder / f"{table}.parquet" for folder in (before, after)]
        self._before, self._after = (KeptTable(database, file) for file in files)
        olds, news = (
            [name for name in side.types if name not in (*_NO_FACTS, self._id)]
            for side in (self._before, self._after)
        )
        self.only_before = tuple(name for name in olds if name not in news)
        self.only_after = tuple(name for name in news if name not in olds)
        self._compared = [name for name in news if name in olds and name != _ORIGIN]
        self._columns = [*news, *self.only_before]
        self._rows = f"differing_{table}"
        self.before, self.after, self._keys = self._count()
        self._find()
        counted = self._ask(f"SELECT change, count(*) FROM {self._rows} GROUP BY change")
        counts: dict[str, int] = dict(zip(*counted.to_pydict().values(), strict=True))
        self.added, self.removed, self.changed = (counts.get(change, 0) for change in CHANGES)
        self.changed_columns = self._count_columns() if self.changed else {}

    @property
    def differing(self) -> int:
        """Rows that were added, removed or changed."""
        return self.added + self.removed + self.changed

    def _ask(self, query: str, values: Sequence[object] = ()) -> pa.Table:
        return ask(self._database, query, values)

    def _count(self) -> tuple[int, int, tuple[str, ...]]:
        """Rows of the two versions, and the columns that tell one of them from the others."""
        sides = (self._before, self._after)
        counts = f'SELECT count(*) AS rows, count(DISTINCT "{self._id}") AS ids FROM '
        found = [self._ask(counts + side.rows).to_pylist()[0] for side in sides]
        needs_origin = any(each["ids"] < each["rows"] for each in found) and all(
            _ORIGIN in side.types for side in sides
        )
        keys = (self._id, *([_ORIGIN] if needs_origin else []))
        return found[0]["rows"], found[1]["rows"], keys

    @property
    def _is_same(self) -> str:
        """SQL: a row of ``b``, before, and one of ``a``, after, have the same id."""
        return " AND ".join(f'b."{key}" IS NOT DISTINCT FROM a."{key}"' for key in self._keys)

    def _find(self) -> None:
        """Keep the rows that are different, in order: what became of them, and where they are.

        Of all their cells only a hash (64 bits) is put side by side, to spare memory.
        """
        before, after = map(self._hash_cells, (self._before, self._after))
        self._ask(f"""
            CREATE TABLE {self._rows} AS
            SELECT row_number() OVER (ORDER BY first NULLS LAST, id) AS place, * FROM (
                SELECT coalesce(a."{self._id}", b."{self._id}") AS id,
                    CASE WHEN b.at IS NULL THEN 'added' WHEN a.at IS NULL THEN 'removed'
                        ELSE 'changed' END AS change,
                    CASE WHEN a.at IS NULL THEN b.first ELSE a.first END AS first,
                    b.at AS old_at, a.at AS new_at
                FROM {before} b FULL JOIN {after} a ON {self._is_same}
                WHERE b.cells IS DISTINCT FROM a.cells
            )""")

    def _hash_cells(self, side: KeptTable) -> str:
        keys = ", ".join(f'"{key}"' for key in self._keys)
        first = side.text("date" if self.table == "incidents" else "incident")
        cells = ", ".join(["''", *map(side.text, self._compared)])
        return f"""(SELECT {keys}, file_row_number AS at, {first} AS first, hash({cells}) AS cells
            FROM {side.rows})"""

    def _count_columns(self) -> dict[str, int]:
        texts = [[side.text(name, of) for name in self._compared]
                 for side, of in ((self._before, "b."), (self._after, "a."))]  # fmt: skip
        counts = ", ".join(
            f'count(*) FILTER ({before} IS DISTINCT FROM {after}) AS "{name}"'
            for name, before, after in zip(self._compared, *texts, strict=True)
        )
        before, after = (
            side.at(f"SELECT {at} FROM {self._rows} WHERE change = 'changed'")
            for side, at in ((self._before, "old_at"), (self._after, "new_at"))
        )
        found = self._ask(f"SELECT {counts} FROM {before} b JOIN {after} a ON {self._is_same}")
        return {name: count for name, count in found.to_pylist()[0].items() if count}

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
        chosen, values = self._choose(change, start, limit)
        heads = self._ask(f"SELECT *, {self._owner} AS incident FROM {chosen}", values).to_pylist()
        found: dict[int, list[CellChange]] = {head["place"]: [] for head in heads}
        columns = list(self.changed_columns) if change == "changed" else self._columns
        cells = self._read_cells(chosen, values, columns)
        told = (cells[name].to_pylist() for name in ("place", "column", "before", "after"))
        for place, *cell in zip(*told, strict=True):
            found[place].append(CellChange(*cell))
        return [
            RowChange(head["id"], head["incident"], head["change"], tuple(found[head["place"]]))
            for head in heads
        ]

    def _choose(self, change: str | None, start: int, limit: int) -> tuple[str, list[object]]:
        """Some of the rows that are different, as SQL and the values that it takes."""
        chosen = "" if change is None else "WHERE change = ?"
        values = [*([] if change is None else [change]), limit, start]
        return f"(SELECT * FROM {self._rows} {chosen} ORDER BY place LIMIT ? OFFSET ?)", values

    @property
    def _owner(self) -> str:
        """SQL: the incident that a row belongs to; reports and claims are in their order."""
        return "id" if self.table == "incidents" else "first"

    def write_cells(self) -> Iterator[pa.Table]:
        """Every cell that is different, in pieces; columns are `CELL_COLUMNS`."""
        for start in range(0, self.differing, BATCH):
            chosen, values = self._choose(None, start, BATCH)
            yield self._read_cells(chosen, values, self._columns).select(list(CELL_COLUMNS))

    def _read_cells(
        self, chosen: str, values: Sequence[object], columns: Sequence[str]
    ) -> pa.Table:
        """The cells that are different in some rows, by row, then by column."""
        pairs = ", ".join(self._pair(name, at) for at, name in enumerate(columns))
        query = f"""
            WITH chosen AS MATERIALIZED {chosen}
            SELECT '{self.table}' AS "table", {self._owner} AS incident, id, change, place,
                cell."column", cell.before, cell.after
            FROM (
                SELECT chosen.*, unnest([{pairs}]) AS cell FROM chosen
                LEFT JOIN {self._before.at("SELECT old_at FROM chosen")} b
                    ON b.file_row_number = old_at
                LEFT JOIN {self._after.at("SELECT new_at FROM chosen")} a
                    ON a.file_row_number = new_at
            )
            WHERE cell.before IS DISTINCT FROM cell.after ORDER BY place, cell.at"""
        return self._ask(query, values)

    def _pair(self, column: str, at: int) -> str:
        """SQL of a cell of both versions; what is not compared only of rows that came or went."""
        before, after = self._before.text(column, "b."), self._after.text(column, "a.")
        if column not in self._compared:
            before, after = (
                f"CASE WHEN change <> 'changed' THEN {each} END" for each in (before, after)
            )
        return f"""struct_pack(
            at := {at}, "column" := '{column}', before := {before}, after := {after})"""


class Differences:
    """The difference between two snapshots. Safe to use from many threads.

    Of a million rows it holds the ids and positions of those that are different; their cells stay
    in the files. What does not fit into a bounded memory goes to the disk.

    Parameters
    ----------
    before, after
        Folders of the two snapshots.

    Attributes
    ----------
    tallies
        What is different in each table of `IDS`.

    Raises
    ------
    DamagedError
        A file of one of them cannot be read.
    TableError
        There is no room for it in memory or on the disk.
    """

    def __init__(self, before: Path, after: Path) -> None:
        is_small = measure(before) + measure(after) < SMALL
        try:
            config = configure(after.parent, "differences", is_small)
        except OSError as error:
            words = f"These versions cannot be compared: {say_cause(error)}."
            raise TableError(words) from error
        database = shut(duckdb.connect(config=config), (before, after))
        self.tallies = {table: TableDifference(database, before, after, table) for table in IDS}

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
        schema = pa.schema([(name, pa.string()) for name in CELL_COLUMNS])
        batches = (
            batch
            for table in self.tallies.values()
            for cells in table.write_cells()
            for batch in cells.combine_chunks().to_batches()
        )
        return write_csv(batches, schema, but_numbers=True)
