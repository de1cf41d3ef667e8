"""Who runs the steps of a rollup: what an engine is, and this machine with DuckDB."""

from __future__ import annotations

import multiprocessing
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any, Protocol, TypeVar

import duckdb
import ibis

from incidents.asking.rolled.placing import copy_to

Unit = TypeVar("Unit")
Work = Callable[[Any, Any], Any]
"""Does the work of one unit: what all units share, the unit; its answer."""
MEMORY = "3GB"
"""Memory of DuckDB while it joins and sums up; the rest goes to the disk."""
Key = tuple[int, ...]
Rows = ibis.Table
"""Rows that are described, not yet made."""


class Engine(Protocol):
    """What the steps of a rollup ask for.

    Attributes
    ----------
    name
        As it is told: ``duckdb``, ``local``, ``spark://…``.
    slots
        Units that are worked on side by side.
    """

    name: str
    slots: int

    def work(self, function: Work, shared: Any, units: Sequence[Any]) -> Iterator[Any]:
        """Do the work of all units, side by side; answers come as they are done."""

    def read(self, paths: Sequence[Path]) -> ibis.Table:
        """Rows of Parquet files of one schema."""

    def write(self, rows: ibis.Table, order: Sequence[str], folder: Path) -> list[Path]:
        """Write rows into a new Parquet file of the folder; none where there are none."""

    def close(self) -> None:
        """Let go of all that it holds."""


class DuckDB:
    """DuckDB in this process, and a pool of processes for the work of units."""

    name = "duckdb"

    def __init__(self, scratch: Path, workers: int | None = None, memory: str = MEMORY) -> None:
        self.slots = workers or os.cpu_count() or 1
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": str(scratch / f"spilled-{uuid.uuid4().hex[:8]}"),
            "autoinstall_known_extensions": "false",
            "threads": self.slots,
            "preserve_insertion_order": "true",
        }
        self._connection = duckdb.connect(config=config)
        self._connection.execute("SET enable_progress_bar = false")
        self._backend = ibis.duckdb.from_connection(self._connection)

    def work(self, function: Work, shared: Any, units: Sequence[Any]) -> Iterator[Any]:
        """See `Engine.work`."""
        if self.slots == 1 or len(units) == 1:
            yield from (function(shared, each) for each in units)
            return
        # A fork of this process would copy its threads' locks; that of a server of its own does
        # not, and what the work imports is imported once for all. What is shared is read once.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([function.__module__])
        with ProcessPoolExecutor(
            min(self.slots, len(units)), context, _begin, (function, shared)
        ) as pool:
            try:
                for done in as_completed([pool.submit(_do, each) for each in units]):
                    yield done.result()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def read(self, paths: Sequence[Path]) -> ibis.Table:
        """See `Engine.read`."""
        return self._backend.read_parquet([str(each) for each in paths], hive_partitioning=False)

    def rows(self, rows: ibis.Table) -> list[dict[str, Any]]:
        """The rows of a small answer."""
        found: list[dict[str, Any]] = rows.to_pyarrow().to_pylist()
        return found

    def write(self, rows: ibis.Table, order: Sequence[str], folder: Path) -> list[Path]:
        """See `Engine.write`."""
        return [path for _, path in self.part(rows, (), order, folder)]

    def part(
        self, rows: ibis.Table, by: Sequence[str], order: Sequence[str], folder: Path
    ) -> list[tuple[Key, Path]]:
        """Write rows into new Parquet files of the folder, one or more for each partition."""
        ordered = f" ORDER BY {', '.join(order)}" if order else ""
        source = f"SELECT * FROM ({ibis.to_sql(rows)}){ordered}"
        made = folder / uuid.uuid4().hex
        if not by:
            path = made.with_suffix(".parquet")
            self._connection.execute(copy_to(source, path))
            return [((), path)]
        self._connection.execute(copy_to(source, made, by))
        return _list_parts(made, by)

    def close(self) -> None:
        """See `Engine.close`."""
        self._connection.close()


def _list_parts(folder: Path, by: Sequence[str]) -> list[tuple[Key, Path]]:
    """Files that an engine wrote below a folder, one folder for each value of a column."""
    found = []
    for path in sorted(folder.rglob("*.parquet")):
        values = dict(each.split("=") for each in path.parent.relative_to(folder).parts)
        found.append((tuple(int(values[name]) for name in by), path))
    return found


_shared: tuple[Work, Any] | None = None


def _begin(function: Work, shared: Any) -> None:
    global _shared
    _shared = (function, shared)


def _do(unit: Any) -> Any:
    assert _shared is not None, "the process has begun"
    function, shared = _shared
    return function(shared, unit)
