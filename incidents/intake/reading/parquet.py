"""Parquet and GeoParquet files as tables of text."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from incidents.intake.reading.headings import check_header
from incidents.intake.reading.shapes import LON_LAT, Geometry, add_coordinates
from incidents.intake.reading.sizes import check_cells, check_unpacked
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.errors import TableError

PARQUET = b"PAR1"


def read_parquet(data: bytes, name: str, unpacked: int) -> Table:
    """Read a Parquet file as a table of text: dates in ISO, whole numbers without a point.

    The first row of data is row 2, as if there were a row of column names. The shapes of a
    GeoParquet file become columns `lat` and `lon`, as `add_coordinates` says.

    Raises
    ------
    TableError
        The file is damaged, has no columns, or holds more than `unpacked` bytes or cells.
    """
    try:
        content = _read(data, name, unpacked)
    except (pa.ArrowException, OSError, MemoryError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(
            f"{name} cannot be read as Parquet: it is damaged or cut off. "
            "Download or save it again."
        ) from None
    geometry = _find_shapes(content)
    shapes = None if geometry is None else geometry.name
    kept = [n for n, each in enumerate(content.column_names) if each != shapes]
    header = [content.column_names[n].strip() for n in kept]
    body = pd.DataFrame(
        {place: _write_column(content.column(n)) for place, n in enumerate(kept)},
        index=pd.RangeIndex(content.num_rows),
    )
    body.index = pd.RangeIndex(2, len(body) + 2)
    problems: list[pd.DataFrame] = []
    if geometry is not None:
        header, body, problems = add_coordinates(header, body, geometry, name)
    if not any(header):
        raise TableError(f"{name} has no columns. Choose a file with a table in it.")
    check_header(header, 1, name, is_narrow=False)
    return make_table(name, header, body, problems)


def _read(data: bytes, name: str, unpacked: int) -> Any:
    file = pq.ParquetFile(pa.BufferReader(data))
    groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
    check_cells(file.metadata.num_rows, file.metadata.num_columns, unpacked, name)
    check_unpacked(sum(group.total_byte_size for group in groups), unpacked, name)
    texts = [each.name for each in file.schema_arrow if _is_text(each.type)]
    # A long text that is repeated is kept once, so that its length is known before it is copied.
    packed = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts).read()
    packed.validate(full=True)
    check_unpacked(sum(_measure(column) for column in packed.columns), unpacked, name)
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


def _write_column(column: Any) -> pd.Series:
    """Write the cells of a column as text; quickly where Arrow writes them as we do."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = pc.utf8_trim_whitespace(column)
    elif pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date32(kind):
        texts = column.cast(pa.large_string())
    else:
        texts = pa.chunked_array([[_write(cell) for cell in column.to_pylist()]], pa.large_string())
    return pc.fill_null(texts.cast(pa.large_string()), "").to_pandas().astype("str")


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
