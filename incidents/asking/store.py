"""The tables of one snapshot, open for questions: Ibis over DuckDB."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

from incidents.asking.answers import Answers
from incidents.asking.conditions import choose_claims
from incidents.asking.database import TABLES, find_size, open_database
from incidents.asking.filters import Filters, to_expression
from incidents.asking.own_tables import FindOwn, read_own
from incidents.asking.queue import Queue
from incidents.asking.statements import Statements
from incidents.table.columns import OTHER_EVENT
from incidents.table.errors import DamagedError, TableError

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Table = ibis.Table
"""Rows that are asked for, not yet read; what `Store.select` gives and the queries take."""

_DAMAGED = ("Corrupt database file", "Could not read")
"""What DuckDB says where it did not read what was written."""
OVERHEAD = 4_000_000
"""Bytes that an open version takes besides its tables, about."""


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

    It is closed when the last who holds it, or an expression of it, lets go: never while somebody
    reads. So nothing that lasts holds one but `incidents.asking.open_stores.OpenStores`.

    Parameters
    ----------
    folder
        Folder of the snapshot: one Parquet file per table of `TABLES`, and the database made
        from them, see `open_database`.
    answers
        Where its answers are kept; None for its own.
    find_own
        Finds its own columns when the database is made; None where nobody looks for them.

    Attributes
    ----------
    own
        The own columns of its table, which its incidents have besides.
    """

    def __init__(
        self, folder: Path, answers: Answers | None = None, find_own: FindOwn | None = None
    ) -> None:
        self.folder = folder
        self._answers = Answers() if answers is None else answers
        self._root = open_database(folder, find_own)
        self.own = read_own(self._root)
        self._local, self._lending = threading.local(), threading.Lock()
        self._loans: dict[threading.Thread, dict[str, ibis.Table]] = {}
        self.size = OVERHEAD + find_size(folder)

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

    def ask(
        self,
        question: Callable[Concatenate["Store", Asked], Answer],
        *given: Asked.args,
        **named: Asked.kwargs,
    ) -> Answer:
        """Answer of ``question(store, …)``; kept for others, so not to be changed."""
        key = (self.folder, question, given, tuple(named.items()))
        return self._answers.get(key, lambda: question(self, *given, **named))

    def count(self, filters: Filters) -> tuple[int, int]:
        """Number of incidents that the filters ask for, and of those that have a point."""
        # Asked for with every window of the map, and the same for all of them.
        return self.ask(_count, filters)

    @property
    def extent(self) -> Extent:
        """What the table holds at the most; asked once."""
        return self.ask(_read_extent)

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


def _count(store: Store, filters: Filters) -> tuple[int, int]:
    chosen = store.select(filters)
    row = read_rows(chosen.aggregate(total=chosen.count(), placed=chosen.lat.count()))[0]
    return row["total"], row["placed"]


def _read_extent(store: Store) -> Extent:
    incidents = store.incidents
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


_statements = Statements()
_queue = Queue(os.cpu_count() or 1)
"""Each question takes all processors that it can have: more at once make all of them late."""


@contextmanager
def _telling_damage() -> Iterator[None]:
    """A file that changed below an open database is no fault of the question; nor a full disk."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, pa.ArrowException, OSError) as error:
        # What DuckDB finds as rows are handed out in pieces comes by way of Arrow.
        words = str(error)
        if any(sign in words for sign in _DAMAGED):
            raise DamagedError("A file of this version of the table cannot be read.") from error
        if isinstance(error, duckdb.OutOfMemoryException) or "Out of Memory Error" in words:
            raise TableError("There is too little memory to answer this now.") from error
        if not isinstance(error, duckdb.IOException) and "IO Error" not in words:
            raise
        reason = words.rpartition(": ")[2]
        raise TableError(f"This cannot be answered now: {reason}.") from error


def read_table(expression: ibis.Table) -> pa.Table:
    """Run an expression.

    Raises
    ------
    DamagedError
        The database has been damaged since it was opened.
    TableError
        There is too little memory, or room on the disk.
    """
    backend, schema = expression.get_backend(), expression.schema()
    statement = _statements.write(expression)
    with _telling_damage(), _queue.take():
        found = backend.con.sql(statement).to_arrow_table()
    # As Ibis names and types its columns, whatever DuckDB calls them.
    return found.rename_columns(schema.names).cast(schema.to_pyarrow())


def read_count(expression: ibis.Table) -> int:
    """How many rows an expression has."""
    with _telling_damage():
        return int(read_rows(expression.aggregate(n=expression.count()))[0]["n"])


def read_rows(expression: ibis.Table) -> list[dict[str, Any]]:
    """Run an expression; rows as dicts, what is missing as None."""
    rows: list[dict[str, Any]] = read_table(expression).to_pylist()
    return rows


def read_frame(expression: ibis.Table) -> pd.DataFrame:
    """Run an expression; a frame with nullable integers, so that unknown never becomes 0 or NaN."""
    frame: pd.DataFrame = read_table(expression).to_pandas(types_mapper=_find_dtype)
    return frame


def read_batches(expression: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
    """Run an expression and hand its rows out in pieces of about `size`.

    It has a connection to itself: the pieces are taken one by one, on any thread, while the
    connection of the thread that asked answers other questions, each of which would end this one.
    """
    backend = expression.get_backend()
    schema = expression.schema().to_pyarrow()
    with _telling_damage(), backend.con.cursor() as cursor:
        for batch in cursor.execute(_statements.write(expression)).to_arrow_reader(size):
            if batch.num_rows > 0:
                yield batch.cast(schema)


def _find_dtype(arrow_type: Any) -> Any:
    if pa.types.is_integer(arrow_type):
        return pd.Int64Dtype()
    return None
