"""Parquet and GeoParquet files as tables of text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from incidents.intake.reading.gathering import TEXT, empty_cells, frame_of
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.shapes import LON_LAT, Geometry, add_coordinates
from incidents.intake.reading.sizes import Limits, check_shape, check_unpacked
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.errors import TableError

PARQUET = b"PAR1"
_AT_ONCE = 10_000  # cells that are held one by one


def read_parquet(data: bytes, name: str, limits: Limits) -> Table:
    """Read a Parquet file as a table of text: dates in ISO, whole numbers without a point.

    The first row of data is row 2, as if there were a row of column names. The shapes of a
    GeoParquet file become columns `lat` and `lon`, as `add_coordinates` says.

    Raises
    ------
    TableError
        The file is damaged, has no columns, or holds more than `limits` allow.
    """
    try:
        content = _read(data, name, limits)
    except TableError:
        raise
    except (pa.ArrowException, OSError, MemoryError, ValueError):  # of damaged sizes, too
        raise TableError(
            f"{name} cannot be read as Parquet: it is damaged, cut off or too large. "
            "Download or save it again."
        ) from None
    return to_text(content, name, limits)


def to_text(content: Any, name: str, limits: Limits) -> Table:
    """A table of Arrow as one of text, see `read_parquet`.

    Raises
    ------
    TableError
        It has no columns, or holds more than `limits` allow.
    """
    geometry = _find_shapes(content)
    shapes = None if geometry is None else geometry.name
    named = list(enumerate(content.column_names))
    kept = [n for n, each in named if each != shapes]
    header = [each.strip() for _, each in named if each != shapes]
    body = _write_columns([content.column(n) for n in kept], content.num_rows, limits, name)
    problems: list[pd.DataFrame] = []
    if geometry is not None:
        header, body, problems = add_coordinates(header, body, geometry, name)
    if not any(header):
        raise TableError(f"{name} has no columns. Choose a file with a table in it.")
    check_header(header, 1, name, is_narrow=False)
    return make_table(name, header, body, problems)


def _read(data: bytes, name: str, limits: Limits) -> Any:
    file = pq.ParquetFile(pa.BufferReader(data))
    groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
    check_shape(file.metadata.num_rows, file.metadata.num_columns, limits, name)
    check_unpacked(sum(group.total_byte_size for group in groups), limits, name)
    texts = [each.name for each in file.schema_arrow if _is_text(each.type)]
    # A long text that is repeated is kept once, so that its length is known before it is copied.
    packed = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts).read()
    packed.validate(full=True)
    check_unpacked(sum(_measure(column) for column in packed.columns), limits, name)
    return packed


def _measure(column: Any) -> int:
    """Bytes of a column as text, roughly."""
    size = 0
    for piece in column.chunks:
        if pa.types.is_dictionary(piece.type) and _is_text(piece.type.value_type):
            lengths = pc.binary_length(piece.dictionary).take(piece.indices)
            size += pc.sum(lengths).as_py() or 0
        else:
            size += piece.nbytes
    return size


def _is_text(kind: Any) -> bool:
    kinds = (pa.string(), pa.large_string(), pa.binary())
    return any(kind == each for each in kinds)


def _write_columns(columns: Sequence[Any], rows: int, limits: Limits, name: str) -> pd.DataFrame:
    written = []
    size = 0
    for column in columns:
        written.append(list(_write_column(column, rows)))
        size += sum(piece.nbytes for piece in written[-1])
        check_unpacked(size, limits, name)
    body = frame_of(written, rows)
    body.index = pd.RangeIndex(2, rows + 2)
    return body


def _write_column(column: Any, rows: int) -> Iterator[Any]:
    """Write the cells of a column as text; quickly where Arrow writes them as we do."""
    if column.null_count == rows:
        yield empty_cells(rows)
        return
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    for piece in column.chunks:
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            texts = pc.utf8_trim_whitespace(piece)
        elif pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date32(kind):
            texts = piece.cast(TEXT)
        elif pa.types.is_nested(kind):
            texts = _write_each(piece)
        else:
            # Numbers and times are repeated: each different one is written once.
            packed = piece.dictionary_encode()
            texts = _write_each(packed.dictionary).take(packed.indices)
        yield pc.fill_null(texts.cast(TEXT), "")


def _write_each(cells: Any) -> Any:
    """Write cells one by one, some at a time."""
    pieces = [
        pa.array([_write(cell) for cell in cells.slice(start, _AT_ONCE).to_pylist()], TEXT)
        for start in range(0, len(cells), _AT_ONCE)
    ]
    return pa.chunked_array(pieces, TEXT).combine_chunks()


def _write(cell: Any) -> str:
    if isinstance(cell, bytes):
        with suppress(UnicodeDecodeError):
            return cell.decode().strip()
        return cell.hex()
    if isinstance(cell, dict | list | tuple):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return write_text(cell)


def _find_shapes(content: Any) -> Geometry | None:
    """The main column of shapes, as the metadata of GeoParquet name it."""
    try:
        notes = json.loads((content.schema.metadata or {})[b"geo"])
        name = notes["primary_column"]
        column = notes["columns"][name]
        if column.get("encoding") != "WKB" or content.column_names.count(name) != 1:
            return None
        blobs = content.column(name).to_pylist()
        crs = column.get("crs", LON_LAT)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    blobs = [blob if isinstance(blob, bytes) else None for blob in blobs]
    shapes = np.array([None] * len(blobs), dtype=object)
    shapes[:] = shapely.from_wkb(blobs, on_invalid="ignore")
    wkt = shapely.to_wkt(shapes, rounding_precision=-1)
    texts = [
        text if text is not None else "" if blob is None else blob.hex()
        for text, blob in zip(wkt, blobs, strict=True)
    ]
    return Geometry(shapes, texts, crs, name)
