"""Hashes of what a version holds, and of what it is made from: the same content, the same hash."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from incidents.table.progress import Tell, tell_nobody

ID_LENGTH = 12
BLOCK = 1 << 16
"""Rows that are hashed at a time."""


class Columns(Protocol):
    """A table whose columns are looked at one after the other."""

    @property
    def num_rows(self) -> int: ...
    @property
    def column_names(self) -> list[str]: ...
    def column(self, name: str) -> Any: ...


class FileColumns:
    """The columns of a Parquet file, each read when it is asked for."""

    def __init__(self, path: Path) -> None:
        metadata = pq.read_metadata(path)
        self._path = path
        self.num_rows: int = metadata.num_rows
        self.column_names: list[str] = metadata.schema.to_arrow_schema().names

    def column(self, name: str) -> Any:
        """One whole column."""
        return pq.read_table(self._path, columns=[name]).column(name)


def hash_tables(tables: Mapping[str, Columns], tell: Tell = tell_nobody) -> str:
    """Short hash of the logical content: names, order and values of columns, row by row.

    It does not depend on how the values are stored or compressed, nor on a library's version.
    """
    digest = hashlib.sha256()
    done, total = 0, sum(len(table.column_names) for table in tables.values())
    for name, table in tables.items():
        digest.update(f"{name} {table.num_rows}\n".encode())
        for column in table.column_names:
            tell(done, total)
            done += 1
            digest.update(f"{column}\n".encode())
            cells = table.column(column)
            for start in range(0, table.num_rows, BLOCK):
                # Block by block: whole, a column of few long texts would fill the memory.
                texts = cells.slice(start, BLOCK).cast(pa.large_string())
                block = pa.concat_arrays(texts.chunks)
                # Lengths beside the texts: no text can pass for two, nor for a missing one.
                lengths = pc.fill_null(pc.binary_length(block), -1).to_numpy()
                digest.update(lengths.astype("<i8").tobytes())
                digest.update(_join_texts(block))
    return digest.hexdigest()[:ID_LENGTH]


def _join_texts(block: pa.LargeStringArray) -> memoryview:
    """The bytes of all texts of a block, one after the other."""
    filled = pc.fill_null(block, "") if block.null_count else block
    _, offsets, texts = filled.buffers()
    bounds = np.frombuffer(offsets, dtype="<i8")[filled.offset : filled.offset + len(filled) + 1]
    return memoryview(texts or b"")[bounds[0] : bounds[-1]]


def hash_files(paths: Iterable[Path], code: str) -> str:
    """Hash of the bytes of files and of a version of the code: tells whether to read again."""
    digest = hashlib.sha256(code.encode())
    for path in paths:
        digest.update(f"\n{path.name}\n".encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
