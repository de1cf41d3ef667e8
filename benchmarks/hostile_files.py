"""Small files that become large when they are read: one maker for each kind, of a size.

None of them is damaged. Each is what somebody could bring by mistake or to harm.
"""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

Maker = Callable[[int], bytes]

_POINT = {"type": "Point", "coordinates": [44.4, 33.3]}


def geojson_of_own_properties(size: int) -> bytes:
    """`size` features, each with one property that no other has."""
    features = (
        {"type": "Feature", "geometry": None, "properties": {f"p{n}": 1}} for n in range(size)
    )
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def geojson_nested(size: int) -> bytes:
    """One property that is lists within lists, `size` deep."""
    deep = "[" * size + "]" * size
    head = '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,'
    return f'{head}"properties":{{"date":"2021","a":{deep}}}}}]}}'.encode()


def geojson_of_numbers(size: int) -> bytes:
    """One shape of `size` corners."""
    corners = ",".join(["[44,33]"] * size)
    head = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"date":"2021"}'
    return f'{head},"geometry":{{"type":"LineString","coordinates":[{corners}]}}}}]}}'.encode()


def geojson_of_empty_features(size: int) -> bytes:
    """`size` features of which each says as little as it may."""
    head = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"date":1}}'
    return (head + ',{"type":"Feature"}' * size + "]}").encode()


def parquet_of_empty_columns(size: int) -> bytes:
    """100 columns without a value, `size` rows."""
    return _write_parquet(pa.table({f"c{n}": pa.nulls(size) for n in range(100)}))


def parquet_of_equal_names(size: int) -> bytes:
    """`size` columns of one name, a single row."""
    column = pa.array(["a"])
    return _write_parquet(pa.Table.from_arrays([column] * size, names=["date"] * size))


def parquet_of_one_text(size: int) -> bytes:
    """`size` times the same text of 100,000 letters, kept once."""
    column = pa.DictionaryArray.from_arrays(pa.array([0] * size, pa.int32()), ["a" * 100_000])
    return _write_parquet(pa.table({"date": pa.array(["2021"] * size), "a": column}))


def parquet_of_lists(size: int) -> bytes:
    """Each of 100 rows is a list of `size` equal numbers."""
    return _write_parquet(pa.table({"date": ["2021"] * 100, "a": [[1] * size] * 100}))


def parquet_of_one_blob(size: int) -> bytes:
    """`size` times the same 100,000 bytes that are no text."""
    column = pa.array([b"\xff" * 100_000] * size)
    return _write_parquet(pa.table({"date": pa.array(["2021"] * size), "a": column}))


def parquet_of_numbers(size: int) -> bytes:
    """20 columns of `size` times the same number."""
    number = pa.array([1.5] * size)
    return _write_parquet(pa.table({f"c{n}": number for n in range(20)}))


def _write_parquet(table: pa.Table) -> bytes:
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    return written.getvalue()


def gzip_of_blank_lines(size: int) -> bytes:
    """`size` line ends."""
    return gzip.compress(b"date,place\n2021,a\n" + b"\n" * size)


def zip_of_short_rows(size: int) -> bytes:
    """A table of one column with `size` rows of one letter."""
    return _zip(b"date\n" + b"1\n" * size)


def zip_of_torn_rows(size: int) -> bytes:
    """A table of two columns with `size` rows of one cell."""
    return _zip(b"date,place\n" + b"1\n" * size)


def zip_of_commas(size: int) -> bytes:
    """5,000 columns and `size` rows of nothing but commas."""
    head = ",".join(f"c{n}" for n in range(5_000)).encode() + b"\n"
    return _zip(head + (b"," * 4_999 + b"\n") * size)


def zip_within_zip(size: int) -> bytes:
    """A zip archive of a zip archive of `size` megabytes of zeros."""
    return _zip(_zip(bytes(size * 1_000_000)))


def _zip(data: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", data)
    return written.getvalue()


def csv_open_quote(size: int) -> bytes:
    """`size` bytes of rows in a quotation that is never closed."""
    row = b"2021-07-07,Erbil,a long summary of what happened\n"
    return b'date,place,summary\n2021,a,b\n2021,b,"' + row * (size // len(row))


def csv_of_one_cell(size: int) -> bytes:
    """One cell of `size` letters."""
    return b"date,place,summary\n2021,a," + b"a" * size + b"\n"


def csv_of_line_ends_in_a_cell(size: int) -> bytes:
    """One quoted cell of `size` line ends."""
    return b'date,place,summary\n2021,a,"' + b"\n" * size + b'"\n'


def csv_of_columns(size: int) -> bytes:
    """`size` columns, two rows."""
    return b"\n".join([b",".join(b"c%d" % n for n in range(size)), b"," * (size - 1)])


def csv_of_equal_names(size: int) -> bytes:
    """`size` columns of one name, one row."""
    return b"\n".join([b",".join([b"date"] * size), b",".join([b"1"] * size)])


def csv_of_repeated_headers(size: int) -> bytes:
    """The header, `size` times."""
    return b"date,place\n" * size + b"2021,a\n"


def csv_of_returns(size: int) -> bytes:
    """`size` rows that end with a carriage return alone."""
    return b"date,place\r" + b"2021,a\r" * size


def csv_of_quotes(size: int) -> bytes:
    """`size` quotation marks."""
    return b"date,place\n2021," + b'"' * size + b"\n"


def csv_of_errors(size: int) -> bytes:
    """`size` rows of a spreadsheet's errors."""
    return b"date,place\n" + b"#N/A,#REF!\n" * size


def geopackage_of_view(size: int) -> bytes:
    """A layer that is a view of `size` rows of which each takes `size` steps."""
    return _write_geopackage(
        f"CREATE VIEW layer AS WITH RECURSIVE n(date) AS "
        f"(SELECT 1 UNION ALL SELECT date + 1 FROM n LIMIT {size * size}) SELECT date FROM n"
    )


def geopackage_of_tables_view(size: int) -> bytes:
    """A table of metadata that is a view without an end, `size` rows of it."""
    return _write_geopackage(
        "CREATE TABLE layer(date TEXT)",
        f"CREATE VIEW gpkg_geometry_columns AS WITH RECURSIVE n(x) AS "
        f"(SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {size * size}) "
        "SELECT 'a' AS table_name, 'b' AS column_name, x AS srs_id FROM n",
    )


def geopackage_of_generated_cells(size: int) -> bytes:
    """A table of `size` rows whose cells are computed when they are read, a megabyte each."""
    return _write_geopackage(
        "CREATE TABLE layer(date TEXT, a TEXT GENERATED ALWAYS AS (hex(zeroblob(500000))))",
        f"INSERT INTO layer(date) WITH RECURSIVE n(x) AS "
        f"(SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {size}) SELECT '2021' FROM n",
    )


def _write_geopackage(*statements: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE gpkg_contents(table_name TEXT, data_type TEXT)")
            database.execute("INSERT INTO gpkg_contents VALUES ('layer', 'features')")
            for statement in statements:
                database.execute(statement)
            database.commit()
        return path.read_bytes()
