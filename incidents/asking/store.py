"""The tables of one snapshot, open for questions: Ibis over DuckDB."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

from incidents.asking.conditions import OTHER, choose_claims
from incidents.asking.filters import Filters, to_expression
from incidents.table.columns import (
    CLAIM_COLUMNS,
    COLUMNS,
    OTHER_EVENT,
    REPORT_COLUMNS,
    VOICE_COLUMNS,
)
from incidents.table.errors import SnapshotError
from incidents.table.voices import RULE, mark_voices

Answer = TypeVar("Answer")
Table = ibis.Table
"""Rows that are asked for, not yet read; what `Store.select` gives and the queries take."""

KEPT_ANSWERS = 64
"""Answers of `Store.ask` that are kept for all readers of a version."""
MEMORY = "400MB"
"""Most memory that the tables of one version take; what does not fit stays on disk."""

MERCATOR_BITS = 24
# Beyond 85.05 degrees the square map ends.
_LAT = "least(greatest(lat, -85.05), 85.05)"
_SIDE = 2**MERCATOR_BITS
AREAS = ("governorate", "country")
"""Precisions that are drawn as their area, never as a point or in a cell."""
# The least of a number and of what is missing is the number.
_PLACED = "lat IS NOT NULL AND lon IS NOT NULL"
_IS_AREA = f"{_PLACED} AND precision IN {AREAS}"
EXTRA = f""",
    CASE WHEN {_PLACED} THEN
        CAST(floor(least((lon + 180) / 360, 0.99999999) * {_SIDE}) AS INTEGER) END AS mx,
    CASE WHEN {_PLACED} THEN
        CAST(floor((0.5 - ln(tan(pi() / 4 + radians({_LAT}) / 2)) / (2 * pi())) * {_SIDE})
        AS INTEGER) END AS my,
    CASE WHEN {_IS_AREA} THEN concat_ws('/', precision, coalesce(country, ''), coalesce(gov, ''))
        END AS area"""

TABLES = ("incidents", "reports", "claims", "problems")
_SQL_TYPES = {"date": "DATE", "number": "DOUBLE", "count": "BIGINT"}
_TYPED = {
    name: {column.name: _SQL_TYPES.get(column.type, "VARCHAR") for column in columns}
    for name, columns in (
        ("incidents", COLUMNS), ("reports", REPORT_COLUMNS), ("claims", CLAIM_COLUMNS)
    )
}  # fmt: skip
DATABASE = f"store-{hashlib.sha256(f'{EXTRA}{_TYPED}{RULE}'.encode()).hexdigest()[:8]}.duckdb"
"""One that was made with other columns or by another rule is not opened, but made anew."""


@dataclass(frozen=True)
class Extent:
    """What a table holds at the most.

    Attributes
    ----------
    span
        First and last day on which an incident happened; None in an empty table.
    bounds
        West, south, east, north of all points in degrees; None if nothing is placed.
    has_operations
        Whether any incident belongs to an operation. Where none does, sums are simpler.
    others
        Number of events that are no attacks.
    """

    span: tuple[date, date] | None
    bounds: tuple[float, float, float, float] | None
    has_operations: bool
    others: int


class Store:
    """One snapshot's tables. Safe to use from many threads at once; nothing is ever written.

    Parameters
    ----------
    folder
        Folder of the snapshot: one Parquet file per table of `TABLES`, and the database made
        from them, see `open_database`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = open_database(folder)
        self._local, self._lending = threading.local(), threading.Lock()
        self._loans: dict[threading.Thread, dict[str, ibis.Table]] = {}
        # Asked for with every window of the map, and the same for all of them.
        self.count = lru_cache(maxsize=256)(self._count)
        # Readers of one link ask the same; a page that is turned asks again.
        self.ask = lru_cache(maxsize=KEPT_ANSWERS)(self._ask)

    def table(self, name: str) -> ibis.Table:
        """One table of `TABLES`, bound to this thread's connection."""
        if not hasattr(self._local, "tables"):
            self._local.tables = self._borrow()
        table: ibis.Table = self._local.tables[name]
        return table

    def _borrow(self) -> dict[str, ibis.Table]:
        """Tables on a connection for this thread, if can be one that an ended thread has left.

        A connection serves one thread, and every run of a page is a thread of its own: to connect
        and to read the columns anew would take a tenth of the run.
        """
        thread = threading.current_thread()
        with self._lending:
            ended = next((each for each in self._loans if not each.is_alive()), None)
            if ended is not None:
                self._loans[thread] = self._loans.pop(ended)
            else:
                backend = ibis.duckdb.from_connection(self._root.cursor())
                self._loans[thread] = {name: backend.table(name) for name in TABLES}
            return self._loans[thread]

    @property
    def incidents(self) -> ibis.Table:
        """All incidents, one row each: columns of `incidents.table.columns` and the match's."""
        return self.table("incidents")

    def select(self, filters: Filters) -> ibis.Table:
        """The incidents that the filters ask for. Nothing is run."""
        return to_expression(filters, self.incidents)

    def _ask(self, question: Callable[..., Answer], *arguments: Any) -> Answer:
        """Answer of ``question(store, *arguments)``; kept for others, so not to be changed."""
        return question(self, *arguments)

    def _count(self, filters: Filters) -> tuple[int, int]:
        """Number of incidents that the filters ask for, and of those that have a point."""
        chosen = self.select(filters)
        row = read_rows(chosen.aggregate(total=chosen.count(), placed=chosen.lat.count()))[0]
        return row["total"], row["placed"]

    @cached_property
    def extent(self) -> Extent:
        """What the table holds at the most; asked once."""
        incidents = self.incidents
        row = read_rows(
            incidents.aggregate(
                first=incidents.date.min(),
                last=ibis.coalesce(incidents.date_end, incidents.date).max(),
                west=incidents.lon.min(),
                south=incidents.lat.min(),
                east=incidents.lon.max(),
                north=incidents.lat.max(),
                joint=incidents.operation.count(),
                others=(incidents.category == OTHER_EVENT).sum(),
            )
        )[0]
        sides = (row["west"], row["south"], row["east"], row["north"])
        return Extent(
            span=None if row["first"] is None else (row["first"], row["last"]),
            bounds=None if row["west"] is None else sides,
            has_operations=row["joint"] > 0,
            others=row["others"] or 0,
        )

    def find_incident(self, incident: str, basis: str = "range") -> dict[str, Any] | None:
        """One incident as a dict with None for what is unknown, or None if there is no such id.

        `basis` says which claims its ranges show, see `choose_claims`.
        """
        found = self.incidents.filter(self.incidents.incident == incident).limit(1)
        rows = read_rows(choose_claims(found, basis))
        return rows[0] if rows else None

    def find_reports(self, incident: str) -> list[dict[str, Any]]:
        """The reports on one incident, earliest publication first, undated last."""
        reports = self.table("reports")
        return read_rows(
            reports.filter(reports.incident == incident).order_by(
                [reports.published.asc(nulls_first=False), reports.report]
            )
        )

    def find_claims(self, incident: str) -> list[dict[str, Any]]:
        """The claims on one incident in the order of the table."""
        claims = self.table("claims")
        return read_rows(claims.filter(claims.incident == incident))

    def list_values(self, column: str, most: int) -> list[str]:
        """Distinct values of a text column, most frequent first, then by name; at most so many."""
        incidents = self.incidents
        counted = (
            incidents.filter(incidents[column].notnull())
            .group_by(incidents[column])
            .aggregate(n=ibis._.count())
            .order_by([ibis.desc("n"), column])
        )
        return [str(row[column]) for row in read_rows(counted.limit(most))]

    def find_values(self, column: str, values: Sequence[str]) -> set[str]:
        """Those of the values that occur in a text column."""
        incidents = self.incidents
        rows = incidents.filter(incidents[column].isin(values)).select(column).distinct()
        return {str(row[column]) for row in read_rows(rows)}


def open_database(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open a snapshot's tables as a DuckDB database, read-only; make it first if need be.

    The Parquet files are the snapshot; the database is made from them once, to be asked faster:
    at a million rows 2 to 18 times, with a bounded memory. A database that another version of
    DuckDB wrote, or that is damaged, is made anew. Besides their columns, the incidents have
    ``mx`` and ``my``, their place on a square Web Mercator map of ``2 ** MERCATOR_BITS`` a side,
    ``area``: precision, country and governorate of those that are drawn as such, and, if some are
    no attacks, ``is_other``. Columns that an older snapshot does not have are unknown in all rows,
    but for those that follow from others: they are worked out as for a new one.

    Raises
    ------
    SnapshotError
        The snapshot's files are damaged.
    """
    path = folder / DATABASE
    if path.exists():
        with suppress(duckdb.Error):
            return _connect(path)
    try:
        _build_database(folder, path)
        return _connect(path)
    except duckdb.Error as error:
        raise SnapshotError(
            f'Version "{folder.name}" is damaged: its files cannot be read. Import the table again.'
        ) from error


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    # Nothing here may fetch an extension from the network.
    return duckdb.connect(
        str(path),
        read_only=True,
        config={"memory_limit": MEMORY, "autoinstall_known_extensions": "false"},
    )


def _build_database(folder: Path, path: Path) -> None:
    draft = folder / f".{DATABASE}.{os.getpid()}.{threading.get_ident()}"
    draft.unlink(missing_ok=True)
    with duckdb.connect(str(draft)) as database:
        for name in TABLES:
            source = str(folder / f"{name}.parquet").replace("'", "''")
            source = f"read_parquet('{source}')"
            if name in _TYPED:
                source = f"(SELECT *{_add_missing(database, source, _TYPED[name])} FROM {source})"
            if name == "incidents":
                source = f"(SELECT *{EXTRA}{_add_other(database, source)} FROM {source})"
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM {source}")
        _add_voices(database)
    draft.replace(path)
    for old in folder.glob("store*.duckdb"):
        if old != path:
            old.unlink(missing_ok=True)


def _add_missing(database: duckdb.DuckDBPyConnection, source: str, typed: Mapping[str, str]) -> str:
    """The columns that a snapshot of an older version does not have."""
    there = {name for name, *_ in database.execute(f"DESCRIBE FROM {source}").fetchall()}
    lacking = [(name, kind) for name, kind in typed.items() if name not in there]
    return "".join(f", CAST(NULL AS {kind}) AS {name}" for name, kind in lacking)


def _add_voices(database: duckdb.DuckDBPyConnection) -> None:
    """Who speaks in the reports, and which of them stand, of a snapshot made before it was kept."""
    there = {name for name, *_ in database.execute("DESCRIBE reports").fetchall()}
    if {column.name for column in VOICE_COLUMNS} <= there:
        return
    reports = database.table("reports").to_arrow_table()
    marked = pa.Table.from_pandas(mark_voices(reports.to_pandas()))
    for column in VOICE_COLUMNS:
        reports = reports.append_column(column.name, marked[column.name])
    database.register("marked", reports)
    database.execute("CREATE OR REPLACE TABLE reports AS SELECT * FROM marked")


def _add_other(database: duckdb.DuckDBPyConnection, source: str) -> str:
    """A column that tells what is no attack. Where all are, no filter need ask for it."""
    is_other = f"coalesce(category = '{OTHER_EVENT}', false)"
    found = database.execute(f"SELECT bool_or({is_other}) FROM {source}").fetchone()
    return f", {is_other} AS {OTHER}" if found and found[0] else ""


def read_rows(expression: ibis.Table) -> list[dict[str, Any]]:
    """Run an expression; rows as dicts, what is missing as None."""
    rows: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return rows


def read_frame(expression: ibis.Table) -> pd.DataFrame:
    """Run an expression; a frame with nullable integers, so that unknown never becomes 0 or NaN."""
    frame: pd.DataFrame = expression.to_pyarrow().to_pandas(types_mapper=_find_dtype)
    return frame


def read_batches(expression: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
    """Run an expression and hand its rows out in pieces of about `size`.

    It has a connection to itself: the pieces are taken one by one, on any thread, while the
    connection of the thread that asked answers other questions, each of which would end this one.
    """
    backend = expression.get_backend()
    schema = expression.schema().to_pyarrow()
    with backend.con.cursor() as cursor:
        for batch in cursor.execute(backend.compile(expression)).to_arrow_reader(size):
            if batch.num_rows > 0:
                yield batch.cast(schema)


def _find_dtype(arrow_type: Any) -> Any:
    if pa.types.is_integer(arrow_type):
        return pd.Int64Dtype()
    return None
