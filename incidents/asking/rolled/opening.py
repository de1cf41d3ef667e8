"""A rolled-up folder, open for questions: DuckDB over its files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import ibis

from incidents.asking.conditions import OTHER
from incidents.asking.database import Config, configure, shut
from incidents.asking.engines.duck import DUCKDB, DuckEngine, DuckTables
from incidents.asking.own_tables import FindOwn
from incidents.asking.rolled.answering import INCIDENTS, JOINT, Kept, Plan
from incidents.asking.rolled.manifest import Manifest, Piece, find_home, is_rolled, read_manifest
from incidents.asking.rolled.placing import HIDDEN
from incidents.asking.rolled.summaries import SUMMARIES
from incidents.table.errors import DamagedError

MEMORY = 1_200_000_000
"""Most bytes of memory that questions take; what does not fit goes to the disk."""
_ALL = "all_incidents"


class RolledTables(DuckTables):
    """The tables of a rolled-up folder, as `DuckTables`.

    It stays at the version that it was opened with: the files of the one before the last are kept.
    """

    def __init__(self, folder: Path, find_own: FindOwn | None = None) -> None:
        manifest = read_manifest(folder)
        if manifest is None:
            raise DamagedError(f'The folder "{folder.name}" was not rolled up.')
        self._hold(_open(find_home(folder, manifest), manifest))
        self.own, self.size = (), MEMORY // 4
        schema = ibis.duckdb.from_connection(self._root.cursor()).table(_ALL).schema()
        backend = ibis.duckdb.from_connection(self._root.cursor())
        kept = [
            Kept(each, ibis.table(backend.table(each.name).schema(), name=each.name),
                 manifest.count(each.name))
            for each in SUMMARIES
        ]  # fmt: skip
        self.engine = RolledEngine(Plan(ibis.table(schema, name=_ALL), kept))

    def _connect(self) -> ibis.BaseBackend:
        backend = super()._connect()
        backend.engine = self.engine
        return backend


class RolledEngine(DuckEngine):
    """Runs expressions over `RolledTables`: as many of them as it can over summaries."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.statements = plan, DUCKDB.statements

    def write(self, expression: ibis.Table) -> str:
        """The statement of the same question, as `Plan` has it."""
        return self.statements.write(self.plan.answer(expression))


def _open(folder: Path, manifest: Manifest) -> duckdb.DuckDBPyConnection:
    config: Config = {
        **configure(folder, "questions", False),
        "memory_limit": f"{MEMORY}B",
    }
    connection = duckdb.connect(":memory:", config=config)
    # For all connections: by itself, it would hold for this one, which asks nothing.
    connection.execute("SET GLOBAL parquet_metadata_cache = true")
    try:
        for name in ("problems", *(each.name for each in SUMMARIES)):
            _view(connection, name, _read(folder, manifest.pieces.get(name, ())))
        for name in ("reports", "claims"):
            source = _read(folder, manifest.pieces.get(name, ()))
            _view(connection, name, f"SELECT * EXCLUDE (file) {source}")
        every = _read(folder, manifest.pieces.get("incidents", ()))
        _view(connection, _ALL, every)
        hidden = ", ".join((*HIDDEN, *(() if manifest.others else (OTHER,))))
        shown = f"SELECT * EXCLUDE ({hidden}) FROM {_ALL}"
        _view(connection, INCIDENTS, shown)
        joint = manifest.pieces.get(JOINT, ())
        _view(connection, JOINT, _read(folder, joint) if joint else f"FROM {_ALL} WHERE false")
    except duckdb.Error as error:
        raise DamagedError(f'The rolled-up folder "{folder.name}" is damaged: {error}') from error
    return shut(connection, [folder])


def _read(folder: Path, pieces: Iterable[Piece]) -> str:
    paths = ", ".join("'{}'".format(str(folder / p.path).replace("'", "''")) for p in pieces)
    return f"FROM read_parquet([{paths}], hive_partitioning = false)"


def _view(connection: duckdb.DuckDBPyConnection, name: str, source: str) -> None:
    connection.execute(f'CREATE VIEW "{name}" AS {source}')


def open_any(folder: Path, find_own: FindOwn | None = None) -> DuckTables:
    """The tables of a version, rolled up or not, open in DuckDB.

    Raises
    ------
    DamagedError, TableError
        A file cannot be read, or its database not be written.
    """
    return (RolledTables if is_rolled(folder) else DuckTables)(folder, find_own)
