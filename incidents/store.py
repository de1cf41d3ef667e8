"""The tables of one snapshot, open for questions: Ibis over DuckDB."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

from incidents.filters import Filters, to_expression

Table = ibis.Table
"""Rows that are asked for, not yet read; what `Store.select` gives and the queries take."""

TABLES = ("incidents", "reports", "claims", "problems")


class Store:
    """One snapshot's tables. Safe to use from many threads at once; nothing is ever written.

    Parameters
    ----------
    folder
        Folder of the snapshot: one Parquet file per table of `TABLES`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = duckdb.connect()
        # Nothing here may fetch an extension from the network.
        self._root.execute("SET autoinstall_known_extensions = false")
        self._root.execute("SET parquet_metadata_cache = true")
        for name in TABLES:
            path = str(folder / f"{name}.parquet").replace("'", "''")
            # Read in place: of a million incidents a table in memory took 950 MB, this takes 50,
            # opens at once, and searches words faster, as it reads each distinct text once.
            self._root.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")
        self._local = threading.local()

    def table(self, name: str) -> ibis.Table:
        """One table of `TABLES`, bound to this thread's connection."""
        local = self._local
        if not hasattr(local, "backend"):
            # A DuckDB connection serves one thread; cursors share the same tables.
            local.backend = ibis.duckdb.from_connection(self._root.cursor())
            local.tables = {}
        if name not in local.tables:
            local.tables[name] = local.backend.table(name)
        table: ibis.Table = local.tables[name]
        return table

    @property
    def incidents(self) -> ibis.Table:
        """All incidents, one row each, columns of `incidents.columns.COLUMNS` and the match's."""
        return self.table("incidents")

    def select(self, filters: Filters) -> ibis.Table:
        """The incidents that the filters ask for. Nothing is run."""
        return to_expression(filters, self.incidents)

    def find_incident(self, incident: str) -> dict[str, Any] | None:
        """One incident as a dict with None for what is unknown, or None if there is no such id."""
        rows = read_rows(self.incidents.filter(self.incidents.incident == incident).limit(1))
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

    def list_values(self, column: str) -> list[str]:
        """Distinct values of a text column, most frequent first, then by name."""
        incidents = self.incidents
        counted = (
            incidents.filter(incidents[column].notnull())
            .group_by(incidents[column])
            .aggregate(n=ibis._.count())
            .order_by([ibis.desc("n"), column])
        )
        return [str(row[column]) for row in read_rows(counted)]


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
