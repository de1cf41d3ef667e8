"""Questions to PostgreSQL: statements out, Arrow back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.csv as pa_csv

from incidents.asking.engines.postgres.pool import Database
from incidents.asking.engines.postgres.writing import PostgresWriter, shorten_name
from incidents.asking.statements import Statements
from incidents.table.own_columns import OwnColumn

SIZE = 1_000_000
"""Bytes of memory that an open version takes here: its tables are elsewhere."""
LARGE = 1 << 20
"""Bytes of an answer from which on it is read by several threads."""
_statements = Statements(PostgresWriter)


class Source:
    """What a table says of where it is, in the words of Ibis."""

    name = "postgres"

    def __init__(self, engine: PostgresEngine) -> None:
        self.engine = engine


class PostgresTables:
    """The relations of one version.

    Parameters
    ----------
    schema
        Schema of the database that holds them.
    columns
        Names and types of the columns of each, as Ibis has them.
    """

    size = SIZE

    def __init__(
        self,
        engine: PostgresEngine,
        schema: str,
        columns: Mapping[str, Mapping[str, str]],
        own: tuple[OwnColumn, ...],
    ) -> None:
        source, space = Source(engine), ops.Namespace(database=schema)
        self.own = own
        self._tables: dict[str, ibis.Table] = {
            name: ops.DatabaseTable(name, ibis.schema(dict(each)), source, space).to_expr()
            for name, each in columns.items()
        }

    def table(self, name: str) -> ibis.Table:
        """One of them; a question takes a connection when it is asked."""
        return self._tables[name]


class PostgresEngine:
    """Runs expressions over `PostgresTables` of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.has_trigrams = True

    @property
    def name(self) -> str:
        """PostgreSQL and the version of the server; and that words have no index, if so."""
        name = f"PostgreSQL {self.database.version}".strip()
        return name if self.has_trigrams else f"{name} without pg_trgm: words are found slowly"

    def read(self, expression: ibis.Table) -> pa.Table:
        """All rows of an expression, by one COPY: neither rows nor numbers pass through Python."""
        schema = expression.schema().to_pyarrow()
        statement = _write(expression)
        with self.database.lend() as connection, connection.cursor().copy(statement) as copy:
            data = b"".join(copy)
        reading = pa_csv.ReadOptions(use_threads=len(data) > LARGE)
        found = pa_csv.read_csv(pa.BufferReader(data), reading, _PARSING, _convert(schema))
        return found.rename_columns(schema.names).cast(schema)

    def read_batches(self, expression: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
        """The same in pieces as they come; the reader may take his time."""
        schema = expression.schema().to_pyarrow()
        statement = _write(expression)
        with self.database.lend_long() as connection, connection.cursor().copy(statement) as copy:
            pieces = pa.PythonFile(io.BufferedReader(_Pieces(copy), LARGE), "r")
            for batch in pa_csv.open_csv(pieces, None, _PARSING, _convert(schema)):
                if batch.num_rows > 0:
                    yield batch.rename_columns(schema.names).cast(schema)


class _Pieces(io.RawIOBase):
    """What comes of a COPY, as a file to be read."""

    def __init__(self, copy: Any) -> None:
        self._copy, self._rest = iter(copy), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._copy, b""))
        taken = min(len(buffer), len(self._rest))
        buffer[:taken], self._rest = self._rest[:taken], self._rest[taken:]
        return taken


# A line that is empty is a row whose only cell is missing.
_PARSING = pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)


def _convert(schema: pa.Schema) -> pa_csv.ConvertOptions:
    names = [shorten_name(name) for name in schema.names]
    return pa_csv.ConvertOptions(
        column_types=dict(zip(names, schema.types, strict=True)),
        include_columns=names,
        # An empty cell is missing, an empty text stands in quotes.
        null_values=[""],
        true_values=["t"],
        false_values=["f"],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )


def _write(expression: ibis.Table) -> bytes:
    return f"COPY ({_statements.write(expression)}) TO STDOUT (FORMAT csv, HEADER)".encode()
