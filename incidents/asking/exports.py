"""The filtered incidents as files. Whatever goes in is text, also to a spreadsheet."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from incidents.asking.store import read_batches
from incidents.table.columns import COLUMNS

BATCH = 20_000
EXPORTED = [column.name for column in COLUMNS]
# A spreadsheet takes a cell that starts with one of these for a formula and runs it.
_FORMULA = r"^[=+\-@\t\r]"
_NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?\z"
BOM = b"\xef\xbb\xbf"
"""Tells Excel that a CSV is UTF-8; without it Arabic turns into random characters."""


def _select(incidents: ibis.Table) -> ibis.Table:
    # A snapshot is in this order already, and DuckDB keeps it. To sort a million rows of all
    # columns once more would take 2 GB.
    return incidents[EXPORTED]


def defuse(batch: pa.RecordBatch, but_numbers: bool = False) -> pa.RecordBatch:
    """Put an apostrophe before texts that a spreadsheet would run as a formula.

    With `but_numbers`, texts that are plain numbers, such as -99, stay as they are: for tables
    whose numbers are held as text.
    """
    columns = []
    for column in batch.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            is_formula = pc.match_substring_regex(column, _FORMULA)
            if but_numbers:
                is_formula = pc.and_not(is_formula, pc.match_substring_regex(column, _NUMBER))
            mark, nothing = (pa.scalar(text, column.type) for text in ("'", ""))
            defused = pc.binary_join_element_wise(mark, column, nothing)
            column = pc.if_else(is_formula, defused, column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def to_csv(incidents: ibis.Table) -> Iterator[bytes]:
    """The incidents as CSV, UTF-8 with BOM, oldest first, in pieces.

    Columns are `EXPORTED`; unknown is an empty cell. A text that starts like a formula gets an
    apostrophe in front.
    """
    chosen = _select(incidents)
    header = pa.Table.from_batches([], chosen.schema().to_pyarrow())
    yield BOM + write_csv(header, has_header=True)
    for batch in read_batches(chosen, BATCH):
        yield write_csv(pa.Table.from_batches([defuse(batch)]), has_header=False)


def write_csv(table: pa.Table, has_header: bool) -> bytes:
    """A table as CSV, without BOM; its texts should be defused already."""
    sink = pa.BufferOutputStream()
    pa_csv.write_csv(table, sink, pa_csv.WriteOptions(include_header=has_header))
    written: bytes = sink.getvalue().to_pybytes()
    return written


def rows_to_csv(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], types: Mapping[str, pa.DataType]
) -> Iterator[bytes]:
    """Rows of an answer as CSV, UTF-8 with BOM; what is None is an empty cell.

    Columns that `types` does not name are text; a text that starts like a formula gets an
    apostrophe in front.
    """
    columns = [
        pa.array([row[name] for row in rows], types.get(name, pa.string())) for name in names
    ]
    batch = defuse(pa.RecordBatch.from_arrays(columns, names=list(names)))
    yield BOM + write_csv(pa.Table.from_batches([batch]), has_header=True)


def _to_feature(row: dict[str, Any]) -> dict[str, Any]:
    lat, lon = row.pop("lat"), row.pop("lon")
    geometry = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    properties = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
        if value is not None
    }
    return {
        "type": "Feature",
        "id": row["incident"],
        "geometry": geometry,
        "properties": properties,
    }


def to_geojson(incidents: ibis.Table, about: dict[str, Any]) -> Iterator[bytes]:
    """The incidents as a GeoJSON FeatureCollection (RFC 7946), oldest first, in pieces.

    Parameters
    ----------
    about
        Members put beside ``features``: version, filters, licence.

    Notes
    -----
    What is unknown is left out of ``properties``. An incident that cannot be placed has the
    geometry null. A point may stand for a whole district: see its ``precision``.
    """
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)
    yield (head[:-1] + ', "features": [\n').encode()
    separator = ""
    for batch in read_batches(_select(incidents), BATCH):
        features = (json.dumps(_to_feature(row), ensure_ascii=False) for row in batch.to_pylist())
        yield (separator + ",\n".join(features)).encode()
        separator = ",\n"
    yield b"\n]}\n"


class _Pieces:
    """A file that is only written to; what was written is taken out piece by piece."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []
        self._size = 0

    def write(self, piece: bytes) -> int:
        self._written.append(bytes(piece))
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None: ...

    def close(self) -> None: ...

    def take(self) -> bytes:
        pieces, self._written = b"".join(self._written), []
        return pieces


def to_parquet(incidents: ibis.Table, about: dict[str, Any]) -> Iterator[bytes]:
    """The incidents as Parquet, oldest first, in pieces; every text exactly as it is.

    Parameters
    ----------
    about
        Facts written into the file's metadata: version, filters, licence.

    Notes
    -----
    Columns are `EXPORTED`, in their types: days are dates, counts whole numbers, unknown is null.
    """
    chosen = _select(incidents)
    schema = chosen.schema().to_pyarrow().with_metadata({k: str(v) for k, v in about.items()})
    pieces = _Pieces()
    with pq.ParquetWriter(pa.PythonFile(pieces, "w"), schema, compression="zstd") as writer:
        for batch in read_batches(chosen, BATCH):
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
            yield pieces.take()
    yield pieces.take()
