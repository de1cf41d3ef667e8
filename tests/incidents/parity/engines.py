"""The engines that are compared with DuckDB: a row each."""

import uuid
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from incidents.asking.engines.postgres.engine import PostgresEngine, PostgresTables
from incidents.asking.engines.postgres.filling import fill
from incidents.asking.engines.postgres.pool import Database
from incidents.asking.rolled.opening import open_any
from incidents.asking.store import Store
from incidents.versions.own_cells import find_own
from incidents.versions.rolling.steps import roll_version_up
from tests.postgres import Server

Open = Callable[[Path], Store]
"""Has an engine hold the version in a folder, and opens it there."""
Make = Callable[[pytest.FixtureRequest, ExitStack], Open]


def open_in_duckdb(folder: Path) -> Store:
    """The answers that all others are compared with."""
    return Store(folder, find_own=find_own)


def _make_postgres(request: pytest.FixtureRequest, stack: ExitStack) -> Open:
    server: Server = request.getfixturevalue("postgres")
    database = Database(server.make_database(f"parity_{uuid.uuid4().hex[:8]}"))
    stack.callback(database.close)
    engine = PostgresEngine(database)

    def open_there(folder: Path) -> Store:
        with database.write() as connection:
            shapes, own = fill(connection, folder.name, folder, find_own, lambda done, of: None)
        tables = PostgresTables(engine, folder.name, shapes, own)
        return Store(folder, open_tables=lambda _folder, _find_own: tables)

    return open_there


def _make_rolled(engine: str) -> Make:
    def make(request: pytest.FixtureRequest, stack: ExitStack) -> Open:
        home: Path = request.getfixturevalue("tmp_path_factory").mktemp("rolled")

        def open_there(folder: Path) -> Store:
            if open_in_duckdb(folder).own:
                pytest.skip("a rolled-up folder keeps no columns of the table's own: docs/scale.md")
            roll_version_up(folder, home / folder.name, engine)
            return Store(home / folder.name, open_tables=open_any)

        # Spark starts forty jobs for each version.
        open_there.is_slow = engine != "duckdb"  # type: ignore[attr-defined]
        return open_there

    return make


ENGINES: dict[str, Make] = {
    "postgres": _make_postgres,
    "rolled": _make_rolled("duckdb"),
    "rolled by Spark": _make_rolled("local"),
}
"""A further engine is a row here: what makes it, and closes it with the stack."""
