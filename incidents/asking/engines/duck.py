"""DuckDB: the tables of a version in a file of its own, made from its Parquet files."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
from ibis.backends.sql.compilers import DuckDBCompiler

from incidents.asking.database import TABLES, find_size, open_database
from incidents.asking.own_tables import FindOwn, read_own
from incidents.asking.queue import Queue
from incidents.asking.statements import Statements
from incidents.table.errors import DamagedError, TableError

_DAMAGED = ("Corrupt database file", "Could not read")
"""What DuckDB says where it did not read what was written."""
OVERHEAD = 4_000_000
"""Bytes that an open version takes besides its tables, about."""


class DuckTables:
    """The tables of a folder; closed when the last who holds them, or an expression, lets go."""

    def __init__(self, folder: Path, find_own: FindOwn | None = None) -> None:
        self._hold(open_database(folder, find_own))
        self.own = read_own(self._root)
        self.size = OVERHEAD + find_size(folder)

    def _hold(self, root: duckdb.DuckDBPyConnection) -> None:
        self._root = root
        self._local, self._lending = threading.local(), threading.Lock()
        self._loans: dict[threading.Thread, dict[str, ibis.Table]] = {}

    def table(self, name: str) -> ibis.Table:
        """One table of `TABLES`, bound to this thread's connection."""
        if not hasattr(self._local, "tables"):
            self._local.tables = self._borrow()
        table: ibis.Table = self._local.tables[name]
        return table

    def _connect(self) -> ibis.BaseBackend:
        return ibis.duckdb.from_connection(self._root.cursor())

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
                backend = self._connect()
                self._loans[thread] = {name: backend.table(name) for name in TABLES}
            return self._loans[thread]


class DuckEngine:
    """Runs expressions over `DuckTables`."""

    # Each question takes all processors that it can have: more at once make all of them late. So
    # all engines of a process stand in one line.
    _queue = Queue(os.cpu_count() or 1)

    def __init__(self) -> None:
        self.statements = Statements(DuckDBCompiler)

    @property
    def name(self) -> str:
        """DuckDB and its version."""
        return f"DuckDB {duckdb.__version__}"

    def write(self, expression: ibis.Table) -> str:
        """The statement of an expression."""
        return self.statements.write(expression)

    def read(self, expression: ibis.Table) -> pa.Table:
        """All rows of an expression."""
        backend, schema = expression.get_backend(), expression.schema()
        statement = self.write(expression)
        with self._telling_damage(), self._queue.take():
            found = backend.con.sql(statement).to_arrow_table()
        # As Ibis names and types its columns, whatever DuckDB calls them.
        return found.rename_columns(schema.names).cast(schema.to_pyarrow())

    def read_batches(self, expression: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
        """The same in pieces, on a connection to itself.

        They are taken one by one, on any thread, while the connection of the thread that asked
        answers other questions, each of which would end this one.
        """
        backend, schema = expression.get_backend(), expression.schema().to_pyarrow()
        with self._telling_damage(), backend.con.cursor() as cursor:
            for batch in cursor.execute(self.write(expression)).to_arrow_reader(size):
                if batch.num_rows > 0:
                    yield batch.cast(schema)

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        """A file that changed below an open database is no fault of a question; nor a full disk."""
        try:
            yield
        except (
            duckdb.IOException,
            duckdb.OutOfMemoryException,
            pa.ArrowException,
            OSError,
        ) as error:
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


DUCKDB = DuckEngine()
