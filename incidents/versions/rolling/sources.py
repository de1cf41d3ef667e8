"""Raw events: the Parquet files of a folder or of an object storage, and the parts of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.fs as fs
import pyarrow.parquet as pq

from incidents.intake.reading.parquet import to_text
from incidents.intake.reading.sizes import HOST
from incidents.intake.reading.tables import Table
from incidents.table.errors import TableError

UNIT = 100_000
"""Rows that are prepared at a time, about: some 300 MB of memory."""
BESIDE = ("reports", "claims")
_BLOCK = 1 << 20


@dataclass(frozen=True)
class File:
    """One file: its path below the source, its bytes, and the hash of its content."""

    path: str
    size: int
    hash: str


@dataclass(frozen=True)
class Unit:
    """Rows of one file that are prepared together: some of its row groups."""

    file: File
    groups: tuple[int, ...]
    start: int

    @property
    def name(self) -> str:
        """The same for the same rows of the same content under the same path."""
        told = f"{self.file.path}\n{self.file.hash}\n{self.groups}"
        return hashlib.sha256(told.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Beside:
    """Reports or claims that come with incidents: their files, and the header that names these."""

    part: str
    header: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A folder of Parquet files: a path, or an address such as ``s3://bucket/events``.

    Files in its folders ``reports`` and ``claims`` are those of the incidents; where there is a
    folder ``incidents``, the events are in it, else they are all other files.
    """

    address: str

    def open(self, path: str) -> Any:
        """The content of a file, to be read from any place of it."""
        system, root = self._find()
        return system.open_input_file(f"{root}/{path}")

    def list_files(self, part: str = "incidents") -> list[str]:
        """Paths of the files of a part, in their order.

        Raises
        ------
        TableError
            There is no such source.
        """
        system, root = self._find()
        try:
            found = system.get_file_info(fs.FileSelector(root, recursive=True))
        except (OSError, pa.ArrowException) as error:
            raise TableError(f"The source {self.address} cannot be read: {error}") from error
        names = sorted(
            each.path[len(root) :].lstrip("/")
            for each in found
            if each.type == fs.FileType.File and each.path.endswith(".parquet")
        )
        names = [
            each for each in names if not any(p.startswith((".", "_")) for p in each.split("/"))
        ]
        if part in BESIDE:
            return [each for each in names if each.startswith(f"{part}/")]
        own = [each for each in names if each.startswith("incidents/")]
        return own or [each for each in names if each.partition("/")[0] not in BESIDE]

    def hash(self, path: str) -> File:
        """What a file holds, by its bytes."""
        digest, size = hashlib.sha256(), 0
        with self.open(path) as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
        return File(path, size, digest.hexdigest())

    def cut(self, file: File) -> list[Unit]:
        """The units of a file, each of whole row groups.

        Raises
        ------
        TableError
            The file is damaged.
        """
        try:
            with self.open(file.path) as content:
                metadata = pq.read_metadata(content)
        except (pa.ArrowException, OSError) as error:
            raise TableError(f"{file.path} cannot be read as Parquet: {error}") from error
        units: list[Unit] = []
        groups: list[int] = []
        start = rows = 0
        for group in range(metadata.num_row_groups):
            more = metadata.row_group(group).num_rows
            if groups and rows + more > UNIT:
                units.append(Unit(file, tuple(groups), start))
                groups, start, rows = [], start + rows, 0
            groups.append(group)
            rows += more
        if groups:
            units.append(Unit(file, tuple(groups), start))
        return units

    def read(self, unit: Unit, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a unit as they are."""
        with self.open(unit.file.path) as content:
            file = pq.ParquetFile(content)
            names = None if columns is None else list(columns)
            return file.read_row_groups(list(unit.groups), columns=names)

    def read_text(self, unit: Unit) -> Table:
        """The rows of a unit as a table of text, numbered as in the whole file."""
        return number_from(to_text(self.read(unit), unit.file.path, HOST), unit.start)

    def read_headers(self, file: File) -> Table:
        """A file as a table of text without any row."""
        with self.open(file.path) as content:
            schema = pq.read_schema(content)
        return to_text(schema.empty_table(), file.path, HOST)

    def read_beside(self, beside: Beside, ids: pa.Array) -> Table | None:
        """The reports or claims of incidents; None where there are none."""
        found = []
        for path in beside.paths:
            table = self._read_whole(path)
            found.append(table.filter(pc.is_in(_texts(table, beside.header), value_set=ids)))
        if not found:
            return None
        joined = pa.concat_tables(found, promote_options="default")
        return to_text(joined, f"{beside.part}.parquet", HOST)

    def find_lost(self, beside: Beside, ids: pa.ChunkedArray) -> Iterator[tuple[str, pa.Table]]:
        """Reports or claims of none of these incidents: their file, ``row`` and ``incident``."""
        for path in beside.paths:
            named = _texts(self._read_whole(path), beside.header)
            rows = pa.table({"row": pa.array(range(2, len(named) + 2)), "incident": named})
            lost = rows.filter(pc.invert(pc.is_in(named, value_set=ids)))
            if len(lost):
                yield path, lost

    def _read_whole(self, path: str) -> pa.Table:
        with self.open(path) as content:
            return pq.read_table(content)

    def _find(self) -> tuple[Any, str]:
        try:
            if "://" in self.address:
                system, root = fs.FileSystem.from_uri(self.address)
                return system, root.rstrip("/")
        except (OSError, pa.ArrowException, ValueError) as error:
            raise TableError(f"The source {self.address} cannot be read: {error}") from error
        return fs.LocalFileSystem(), str(Path(self.address).resolve())


def _texts(table: pa.Table, name: str) -> pa.ChunkedArray:
    return table.column(name).cast(pa.string())


def number_from(table: Table, start: int) -> Table:
    """The same table with its rows numbered as those that begin `start` rows later in a file."""
    if start == 0:
        return table
    return replace(
        table,
        rows=table.rows.set_axis(table.rows.index + start),
        problems=table.problems.assign(row=table.problems["row"] + start),
        torn=table.torn.assign(row=table.torn["row"] + start),
    )
