"""The engine of a rollup by its name: DuckDB on this machine, or Spark."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incidents.asking.rolled.engines import DuckDB, Engine
from incidents.table.errors import TableError


@contextmanager
def open_engine(name: str, scratch: Path, workers: int | None = None) -> Iterator[Engine]:
    """The engine of this name.

    Parameters
    ----------
    name
        ``duckdb``; ``local`` for Spark on this machine; ``spark://…`` for its master.
    scratch
        Folder for what does not fit into memory.
    workers
        Processes at once; None for as many as there are processors.

    Raises
    ------
    TableError
        There is none of this name, it is not installed, or it does not begin.
    """
    if name == "duckdb":
        engine: Engine = DuckDB(scratch, workers)
    elif name == "local" or name.startswith("spark://"):
        # Nothing goes by way of pandas here.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        try:
            from incidents.asking.rolled.spark import Spark
        except ImportError:
            raise TableError(
                "Spark is not installed. Install it with: pip install -r requirements-spark.txt"
            ) from None
        engine = Spark(name, scratch, workers)
    else:
        raise TableError(f'There is no engine "{name}": write duckdb, local or spark://HOST:PORT.')
    try:
        yield engine
    finally:
        engine.close()
