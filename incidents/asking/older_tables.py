"""What the files of an older snapshot do not have: unknown, or worked out from the rest."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from incidents.table.columns import VOICE_COLUMNS
from incidents.table.voices import mark_voices


def add_missing(database: duckdb.DuckDBPyConnection, source: str, typed: Mapping[str, str]) -> str:
    """The columns that a snapshot of an older version does not have."""
    there = {name for name, *_ in database.execute(f"DESCRIBE FROM {source}").fetchall()}
    lacking = [(name, kind) for name, kind in typed.items() if name not in there]
    return "".join(f", CAST(NULL AS {kind}) AS {name}" for name, kind in lacking)


def add_voices(database: duckdb.DuckDBPyConnection) -> None:
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
