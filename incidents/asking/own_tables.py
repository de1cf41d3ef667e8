"""What a database knows of the own columns of its version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from incidents.table.own_columns import OwnColumn, OwnTable

FindOwn = Callable[[Path], OwnTable | None]
"""Finds the own columns of the version in a folder; None if it has none."""
OWN = "own"
"""Table of the database that lists its own columns."""


def list_own(database: duckdb.DuckDBPyConnection, own: OwnTable | None) -> None:
    """The own columns by name, label and kind, in their order."""
    database.execute(f"CREATE TABLE {OWN} (name VARCHAR, label VARCHAR, kind VARCHAR)")
    if own is not None:
        rows = [[each.name, each.label, each.kind] for each in own.columns]
        database.executemany(f"INSERT INTO {OWN} VALUES (?, ?, ?)", rows)


def read_own(database: duckdb.DuckDBPyConnection) -> tuple[OwnColumn, ...]:
    """The own columns of a version."""
    rows = database.execute(f"FROM {OWN}").fetchall()
    return tuple(OwnColumn(*row) for row in rows)
