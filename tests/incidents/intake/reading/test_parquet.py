"""Parquet and GeoParquet."""

import datetime as dt
import io
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from incidents.intake.reading.files import Table, table_from_bytes
from incidents.intake.reading.sizes import HOST
from incidents.table.errors import TableError


def tell(table: Table) -> list[list[object]]:
    """The problems of a table as [row, column, kind]."""
    cells = table.problems[["row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()


def write(table: pa.Table, **options: object) -> bytes:
    written = io.BytesIO()
    pq.write_table(table, written, **options)
    return written.getvalue()


# name: cells of a column, their text
CELLS = {
    "text": (pa.array([" عين الأسد ", "", None]), ["عين الأسد", "", ""]),
    "large text": (pa.array(["a", None], pa.large_string()), ["a", ""]),
    "category": (pa.array(["a", "b", None]).dictionary_encode(), ["a", "b", ""]),
    "whole numbers": (pa.array([200107070001, -9, None]), ["200107070001", "-9", ""]),
    "decimals": (pa.array([33.7856, 3.0, None, float("nan")]), ["33.7856", "3", "", ""]),
    "days": (pa.array([dt.date(2021, 7, 7), None]), ["2021-07-07", ""]),
    "times": (
        pa.array([dt.datetime(2021, 7, 7), dt.datetime(2021, 7, 7, 5, 6, 7), None]),
        ["2021-07-07", "2021-07-07 05:06:07", ""],
    ),
    "truth": (pa.array([True, False, None]), ["true", "false", ""]),
    "lists": (pa.array([["a", "ب"], None]), ['["a", "ب"]', ""]),
    "bytes": (pa.array(["ب".encode(), b"\xff", None]), ["ب", "ff", ""]),
}


@pytest.mark.parametrize(("cells", "texts"), CELLS.values(), ids=list(CELLS))
def test_cells_become_the_text_of_a_csv_file(cells: pa.Array, texts: list[str]) -> None:
    ids = pa.array([f"A{n}" for n in range(len(cells))])
    table = table_from_bytes(write(pa.table({"id": ids, "x": cells})), "a.parquet")
    assert table.rows["x"].tolist() == texts
    assert list(table.rows.index) == list(range(2, len(texts) + 2))
    assert table.problems.empty and table.read == len(texts)


def test_repeated_and_unnamed_columns_and_headers_are_told() -> None:
    arrays = [["2021", "date", None], ["a", "date", None], ["b", "", None]]
    table = table_from_bytes(
        write(pa.table([pa.array(each) for each in arrays], names=["date", "date", ""])), "a"
    )
    assert tell(table) == [
        [None, "column 3", "column_unnamed"],
        [None, "date (2)", "column_repeated"],
        [3, None, "header_repeated"],
    ]
    assert table.rows.to_dict("records") == [{"date": "2021", "date (2)": "a", "column 3": "b"}]
    assert table.read == 2


def test_the_shapes_of_geoparquet_become_coordinates() -> None:
    area = Polygon([(44, 33), (45, 33), (45, 34), (44, 34)])
    written = io.BytesIO()
    frame = gpd.GeoDataFrame({"date": ["2021", "2022"]}, geometry=[Point(42.26, 33.74), area])
    frame.set_crs(4326).to_parquet(written)
    table = table_from_bytes(written.getvalue(), "a.parquet")
    assert table.rows[["lat", "lon"]].to_numpy().tolist() == [["33.74", "42.26"], ["33.5", "44.5"]]
    assert tell(table) == [[3, "geometry", "geometry_not_point"]]
    assert table.rows["geometry"].iat[1].startswith("POLYGON")


def test_one_long_text_in_many_rows_is_refused() -> None:
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000, pa.int32()), ["x" * 100_000])
    data = write(pa.table({"date": column}), compression="zstd")
    assert len(data) < 10_000
    with pytest.raises(TableError, match="unpacks to more than 50 MB"):
        table_from_bytes(data, "a.parquet", limits=replace(HOST, unpacked=50_000_000))


def test_many_empty_rows_are_refused() -> None:
    data = write(pa.table({"date": pa.nulls(2_000_000, pa.string())}))
    assert len(data) < 10_000
    with pytest.raises(TableError, match="2,000,000 rows and 1 columns"):
        table_from_bytes(data, "a.parquet", limits=replace(HOST, cells=1_000_000))


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(TableError, match="no columns"):
        table_from_bytes(write(pa.table({})), "a.parquet")


WHOLE = write(pa.table({"date": ["2021", "2022"], "killed": [1, None]}))


@given(st.integers(4, len(WHOLE)), st.binary(max_size=6), st.booleans())
def test_no_damage_raises_anything_but_a_table_error(at: int, junk: bytes, is_cut: bool) -> None:
    damaged = WHOLE[:at] + junk + (b"" if is_cut else WHOLE[at + len(junk) :])
    try:
        table = table_from_bytes(damaged, "a.parquet")
    except TableError:
        return
    assert table.read == len(table.rows) + len(table.torn)


def test_a_table_written_by_pandas_is_read() -> None:
    written = io.BytesIO()
    pd.DataFrame({"date": ["2021"], "killed": pd.array([3], "Int64")}).to_parquet(written)
    assert table_from_bytes(written.getvalue(), "a").rows.to_numpy().tolist() == [["2021", "3"]]
