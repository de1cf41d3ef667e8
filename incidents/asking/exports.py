"""The filtered incidents as files. Whatever goes in is text, also to a spreadsheet."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from incidents.asking.store import read_batches
from incidents.table.columns import COLUMNS
from incidents.table.csv_files import write_csv
from incidents.table.own_columns import PREFIX

BATCH = 20_000
EXPORTED = [column.name for column in COLUMNS]


def _select(incidents: ibis.Table) -> ibis.Table:
    # A snapshot is in this order already, and DuckDB keeps it. To sort a million rows of all
    # columns once more would take 2 GB.
    return incidents[[*EXPORTED, *(name for name in incidents.columns if name.startswith(PREFIX))]]


def to_csv(incidents: ibis.Table) -> Iterator[bytes]:
    """The incidents as CSV, oldest first, see `incidents.table.csv_files.write_csv`.

    Columns are `EXPORTED`, then the table's own; unknown is an empty cell. A text that starts like
    a formula gets an apostrophe in front.
    """
    chosen = _select(incidents)
    return write_csv(read_batches(chosen, BATCH), chosen.schema().to_pyarrow())


def rows_to_csv(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], types: Mapping[str, pa.DataType]
) -> Iterator[bytes]:
    """Rows of an answer as CSV, see `incidents.table.csv_files.write_csv`; None is an empty cell.

    Columns that `types` does not name are text.
    """
    columns = [
        pa.array([row[name] for row in rows], types.get(name, pa.string())) for name in names
    ]
    batch = pa.RecordBatch.from_arrays(columns, names=list(names))
    return write_csv([batch], batch.schema)


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
    Columns are `EXPORTED`, then the table's own, in their types: days are dates, counts whole
    numbers, unknown is null.
    """
    chosen = _select(incidents)
    schema = chosen.schema().to_pyarrow().with_metadata({k: str(v) for k, v in about.items()})
    pieces = _Pieces()
    with pq.ParquetWriter(pa.PythonFile(pieces, "w"), schema, compression="zstd") as writer:
        for batch in read_batches(chosen, BATCH):
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
            yield pieces.take()
    yield pieces.take()
