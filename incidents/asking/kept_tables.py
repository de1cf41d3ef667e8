"""The Parquet file of a snapshot's table, as SQL: for what the database made of it cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from incidents.table.errors import DamagedError, TableError

_FULL = "No space left"


class KeptTable:
    """One version of a table: its rows, with the number of each, and their cells as text."""

    def __init__(self, database: duckdb.DuckDBPyConnection, path: Path) -> None:
        quoted = str(path).replace("'", "''")
        self.rows = f"read_parquet('{quoted}', file_row_number = true)"
        described = ask(database, f"DESCRIBE FROM {self.rows}").to_pylist()
        self.types = {each["column_name"]: each["column_type"] for each in described}
        del self.types["file_row_number"]

    def text(self, column: str, of: str = "") -> str:
        """A cell as text, as the export writes it; an empty text is missing."""
        if column not in self.types:
            return "CAST(NULL AS VARCHAR)"
        text = f'CAST({of}"{column}" AS VARCHAR)'
        is_number = self.types[column] in ("DOUBLE", "FLOAT")
        return f"regexp_replace({text}, '\\.0$', '')" if is_number else f"nullif({text}, '')"

    def at(self, positions: str) -> str:
        """The rows at these positions."""
        return f"(SELECT * FROM {self.rows} WHERE file_row_number IN ({positions}))"


def ask(database: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> pa.Table:
    """Run a query on a connection of its own, so that threads do not meet.

    Raises
    ------
    DamagedError
        A file cannot be read.
    TableError
        What does not fit into memory does not fit on the disk either.
    """
    try:
        with database.cursor() as cursor:
            return cursor.execute(query, values).to_arrow_table()
    except duckdb.OutOfMemoryException as error:
        raise TableError(
            "These versions cannot be compared: memory and disk have no room for it."
        ) from error
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and _FULL in str(error):
            raise TableError("These versions cannot be compared: the disk is full.") from error
        # Whatever it is that DuckDB cannot make of a file: the query is always of one kind.
        raise DamagedError("A file of one of these versions cannot be read.") from error
