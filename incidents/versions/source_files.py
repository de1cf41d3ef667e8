"""A table as it was brought, as a file: every row and cell, and what became of it."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from incidents.asking.exports import BATCH
from incidents.table.csv_files import write_csv
from incidents.versions.snapshots import telling_damage
from incidents.versions.sources import show_names


def source_to_csv(path: Path) -> Iterator[bytes]:
    """A table of a snapshot as it was brought, as CSV, UTF-8 with BOM, in pieces.

    Every row and every cell that was read, under the file's own names, and beside them ``row``,
    ``status``, ``incident`` and ``text`` (see `incidents.versions.sources`; with an ``@`` where
    the file has that name itself). A text or name that starts like a formula gets an apostrophe in
    front, unless it is a plain number.

    Parameters
    ----------
    path
        Parquet file of the snapshot.

    Raises
    ------
    DamagedError, TableError
        See `incidents.versions.snapshots.telling_damage`.
    """
    with telling_damage(path), pq.ParquetFile(path) as file:
        stored = file.schema_arrow
        names = show_names(stored.names)
        schema = pa.schema(list(zip(names, stored.types, strict=True)))
        yield from write_csv(file.iter_batches(BATCH), schema, but_numbers=True)


def source_to_parquet(path: Path) -> Iterator[bytes]:
    """The same table as Parquet: each cell exactly as it was brought, without any apostrophe."""
    with telling_damage(path):
        table = pq.read_table(path)
    sink = pa.BufferOutputStream()
    pq.write_table(table.rename_columns(show_names(table.column_names)), sink, compression="zstd")
    yield sink.getvalue().to_pybytes()
