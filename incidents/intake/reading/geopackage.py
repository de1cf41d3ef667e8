"""GeoPackage: an SQLite database of tables with shapes; see https://www.geopackage.org/spec/.

It is read with the standard library, in memory: cells stay as they are (GDAL turns a whole number
beside an empty cell into 3.0), and nothing of a reader's file is run but plain tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import pandas as pd
import shapely

from incidents.intake.reading.gathering import gather
from incidents.intake.reading.headings import check_header
from incidents.intake.reading.shapes import Geometry, add_coordinates
from incidents.intake.reading.sizes import Limits
from incidents.intake.reading.tables import Table, make_table
from incidents.intake.reading.workbook_cells import write_text
from incidents.table.errors import TableError
from incidents.table.problems import make_problem, problems_frame
from incidents.table.sentences import list_some

SQLITE = b"SQLite format 3\0"
# Bytes of the envelope in front of a shape, by the three bits of its flags that tell its kind.
_ENVELOPES = (0, 32, 48, 48, 64)
_LONGEST_CELL = 10_000_000
_STEPS = 100_000  # of the database, between two looks at how many they were
_STEPS_PER_CELL = 5  # a table takes one or two
_ABOUT_SHAPES = {
    "gpkg_geometry_columns": "table_name, column_name, srs_id",
    "gpkg_spatial_ref_sys": "srs_id, organization, organization_coordsys_id, definition",
}


@dataclass(frozen=True)
class _Layer:
    name: str
    shape_column: str | None
    crs: Any


def read_geopackage(data: bytes, name: str, limits: Limits) -> Table:
    """Read the first layer of a GeoPackage: a column per field, a row per feature.

    The first feature is row 2, as if there were a row of column names. Points become columns
    `lat` and `lon`; see `add_coordinates` for other shapes and coordinate systems.

    Raises
    ------
    TableError
        The bytes are no GeoPackage, it has no layer, or its layer is larger than `limits`.
    """
    # A database that was not closed says so in two bytes, and then cannot be read from memory.
    data = data[:18] + b"\x01\x01" + data[20:]
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            _restrict(database, limits)
            database.deserialize(data)
            layers = _list_layers(database)
            if not layers:
                raise TableError(f"{name} holds no layer. Choose a file with a table in it.")
            layer = layers[0]
            header, body, blobs = _read_layer(database, layer, limits, name)
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise TableError(
                f"{name} goes on and on: it holds a view that does not end, or cells that are "
                "computed. Save the table as CSV UTF-8 or XLSX."
            ) from None
        raise TableError(
            f"{name} cannot be read as a GeoPackage: it is another kind of database, damaged or "
            "too large. Save the table as GeoPackage, CSV UTF-8 or XLSX."
        ) from None
    names = [each.strip() for each in header]
    body.index = pd.RangeIndex(2, len(body) + 2)
    problems = []
    if len(layers) > 1:
        others = list_some([each.name for each in layers[1:]])
        told = make_problem("layer_unused", name, used=layer.name, others=others)
        problems.append(problems_frame([told]))
    if blobs is not None:
        names, body, found = add_coordinates(names, body, _find_shapes(blobs, layer), name)
        problems += found
    check_header(names, 1, name, is_narrow=False)
    return make_table(name, names, body, problems)


def _restrict(database: sqlite3.Connection, limits: Limits) -> None:
    """Let a file that somebody sent do no more than be read, in so many steps."""
    rounds = count()
    most = limits.cells * _STEPS_PER_CELL // _STEPS
    database.set_progress_handler(lambda: next(rounds) > most, _STEPS)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
    database.text_factory = lambda text: text.decode("utf-8", errors="replace")
    database.execute("PRAGMA trusted_schema = OFF")


def _list_layers(database: sqlite3.Connection) -> list[_Layer]:
    """List the tables with shapes, then those without; views are left out, as they may not end."""
    # A file without shapes may lack these tables; the copy in memory may be added to.
    for table, columns in _ABOUT_SHAPES.items():
        database.execute(f"CREATE TABLE IF NOT EXISTS {table}({columns})")
    rows = database.execute(
        "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id,"
        " s.definition FROM gpkg_contents c"
        " JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table'"
        " LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name"
        " LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
        " WHERE c.data_type IN ('features', 'attributes') AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
        " ORDER BY c.data_type = 'attributes', c.rowid"
    )
    return [
        _Layer(str(table), column, _find_crs(organization, code, definition))
        for table, column, organization, code, definition in rows
    ]


def _find_crs(organization: Any, code: Any, definition: Any) -> Any:
    if str(organization).upper() == "EPSG" and isinstance(code, int) and code > 0:
        return f"EPSG:{code}"
    # The two that a GeoPackage calls undefined have no definition either.
    is_known = isinstance(definition, str) and definition.lower() not in ("", "undefined")
    return definition if is_known else None


def _read_layer(
    database: sqlite3.Connection, layer: _Layer, limits: Limits, name: str
) -> tuple[list[str], pd.DataFrame, list[Any] | None]:
    """Names and cells of a layer, and its shapes as they are kept, if it has any."""
    quoted = '"' + layer.name.replace('"', '""') + '"'
    found = database.execute(f"SELECT * FROM {quoted}")
    header = [str(each[0]) for each in found.description]
    if layer.shape_column is None or layer.shape_column not in header:
        return header, gather((list(map(_write, row)) for row in found), limits, name), None
    place = header.index(layer.shape_column)
    header.pop(place)
    blobs: list[Any] = []

    def part() -> Iterator[list[str]]:
        for row in found:
            blobs.append(row[place])
            yield [_write(cell) for n, cell in enumerate(row) if n != place]

    return header, gather(part(), limits, name), blobs


def _write(cell: Any) -> str:
    return cell.hex() if isinstance(cell, bytes) else write_text(cell)


def _find_shapes(blobs: list[Any], layer: _Layer) -> Geometry:
    shapes = np.array([None] * len(blobs), dtype=object)
    shapes[:] = shapely.from_wkb([_find_wkb(blob) for blob in blobs], on_invalid="ignore")
    wkt = shapely.to_wkt(shapes, rounding_precision=-1)
    texts = [
        text if text is not None else _write(blob) for text, blob in zip(wkt, blobs, strict=True)
    ]
    return Geometry(shapes, texts, layer.crs, layer.shape_column or "geometry")


def _find_wkb(blob: Any) -> bytes | None:
    """Find the shape behind the header that GeoPackage puts before it."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    kind = (blob[3] >> 1) & 0b111
    return blob[8 + _ENVELOPES[kind] :] if kind < len(_ENVELOPES) else None
