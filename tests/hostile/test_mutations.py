"""A good table in every format, broken by chance: a table or a sentence, and no row lost."""

import csv
import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import geopandas
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from benchmarks.hostile_workbooks import write_workbook
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.datasets import World
from incidents.intake.reading.apart import read_apart
from incidents.intake.reading.tables import Table, Tables
from incidents.table.errors import TableError
from incidents.versions.drafts import prepare

EXAMPLES = 8
SECONDS = 10
"""What one table may take; its process has 1.5 GB (`incidents.intake.reading.apart`)."""
ROWS = [
    {"date": "2021-07-07", "place": "Ain al-Asad", "country": "IQ", "killed": 0, "summary": "a"},
    {"date": "July 8, 2021", "place": "بغداد", "country": "IQ", "killed": 2, "summary": "ب، ج"},
    {"date": "2021-06", "place": "Deir ez-Zor", "country": "SY", "killed": 3, "summary": '"q", x'},
]
BOUNDED = settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
)


def _csv(rows: list[dict[str, Any]], separator: str = ",") -> bytes:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue().encode("utf-8", "surrogatepass")


def _zip(rows: list[dict[str, Any]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", _csv(rows))
    return packed.getvalue()


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{name: str(cell) for name, cell in row.items()} for row in rows])


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(_frame(rows)), sink)
    return sink.getvalue()


def _xlsx(rows: list[dict[str, Any]]) -> bytes:
    lines = [list(rows[0]), *([str(cell) for cell in row.values()] for row in rows)]
    return write_workbook(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{"ABCDEFGH"[n]}{at}" t="inlineStr"><is><t>{_escape(cell)}</t></is></c>'
            for n, cell in enumerate(line)
        )
        + "</row>"
        for at, line in enumerate(lines, 1)
    )


def _escape(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _geojson(rows: list[dict[str, Any]]) -> bytes:
    features = [
        {"type": "Feature", "properties": row,
         "geometry": {"type": "Point", "coordinates": [42.44, 33.8]}}
        for row in rows
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _vector(driver: str) -> Callable[[list[dict[str, Any]]], bytes]:
    def write(rows: list[dict[str, Any]]) -> bytes:
        frame = geopandas.GeoDataFrame(
            _frame(rows), geometry=[Point(42.44, 33.8)] * len(rows), crs=4326
        )
        sink = io.BytesIO()
        frame.to_file(sink, driver=driver)
        return sink.getvalue()

    return write


SEEDS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "a.csv": _csv,
    "a.tsv": lambda rows: _csv(rows, "\t"),
    "a.csv.gz": lambda rows: gzip.compress(_csv(rows), mtime=0),
    "a.zip": _zip,
    "a.xlsx": _xlsx,
    "a.parquet": _parquet,
    "a.geojson": _geojson,
    "a.json": lambda rows: json.dumps(rows).encode(),
    "a.gpkg": _vector("GPKG"),
    "a.kml": _vector("KML"),
    "a.fgb": _vector("FlatGeobuf"),
}


@st.composite
def broken(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes changed, left out, doubled or added, at a few places."""
    found = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(found) - 1, 0)))
        kind = draw(st.sampled_from(["change", "cut", "double", "add", "end"]))
        length = draw(st.integers(1, 40))
        if kind == "change":
            found[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
        elif kind == "cut":
            del found[at : at + length]
        elif kind == "double":
            found[at:at] = found[at : at + length]
        elif kind == "add":
            found[at:at] = draw(
                st.sampled_from([b"\x00", b'"', b"\n", b",", b"\xff\xfe", b"<!--", b"[[[[", b"=1"])
            )
        else:
            del found[at:]
    return bytes(found)


cells = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["=1+1", "NaN", "1e999", "-0", "٣", "0000-00-00", "2021-13-45", "9" * 50, "\u202e", "\x00",
         "a" * 5_000, "POINT(1 2)", "38S MB 1 1", "{}", "[]", "<b>", "' OR 1=1 --", " ", "\ufffe"]
    ),
)  # fmt: skip


def read_in_time(data: bytes, name: str) -> Table | None:
    """The table; None where there is a sentence instead of one."""
    start = time.monotonic()
    try:
        return read_apart(data, name)
    except TableError as error:
        assert str(error).rstrip().endswith((".", "?", "!")), str(error)
        assert "Traceback" not in str(error)
        return None
    finally:
        assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", SEEDS)
def test_bytes_are_broken(name: str, world: World) -> None:
    data = SEEDS[name](ROWS)
    whole = read_in_time(data, name)
    assert whole is not None and whole.read == len(ROWS)

    def check(torn: bytes) -> None:
        table = read_in_time(torn, name)
        if table is not None:
            check_draft(table, world)

    given(broken(data))(BOUNDED(check))()


@pytest.mark.parametrize("name", SEEDS)
def test_cells_are_odd(name: str, world: World) -> None:
    def check(column: str, odd: list[str]) -> None:
        rows = [{**row, column: cell} for row, cell in zip(ROWS, odd, strict=True)]
        try:
            data = SEEDS[name](rows)
        except (ValueError, OSError, RuntimeError):
            return  # the format itself does not take the cell
        table = read_in_time(data, name)
        if table is not None:
            check_draft(table, world)

    columns = st.sampled_from(["date", "place", "country", "killed", "summary", "lat"])
    odd = st.lists(cells, min_size=len(ROWS), max_size=len(ROWS))
    given(column=columns, odd=odd)(BOUNDED(check))()


def check_draft(table: Table, world: World) -> None:
    """Every row that was read is an incident, or is told with a reason."""
    start = time.monotonic()
    draft = prepare(Bundle((Brought("a", Tables(table), None),), source="a"), world)
    assert time.monotonic() - start < SECONDS
    assert draft.read == table.read
    assert 0 <= draft.set_aside <= draft.read
    errors = draft.problems[draft.problems["level"] == "error"]
    told = set(errors["row"].dropna().astype(int))
    if errors["row"].isna().any():
        # The table as a whole has no dates: that is told once, not of each row.
        told |= set(table.rows.index)
    kept = set(draft.incidents["row"].astype(int))
    lost = {int(row) for row in table.rows.index} - kept - told
    assert not lost, (lost, draft.problems["message"].tolist())
