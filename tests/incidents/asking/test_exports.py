"""Exports: every incident, Arabic intact, unknown empty, nothing that a spreadsheet would run."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from incidents.asking import exports
from incidents.asking.exports import to_csv, to_geojson, to_parquet
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.columns import COLUMNS
from incidents.table.csv_files import BOM

MakeStore = Callable[..., Store]
NAMES = [column.name for column in COLUMNS]


def read_csv(store: Store, filters: Filters | None = None) -> list[dict[str, str]]:
    written = b"".join(to_csv(store.select(filters or Filters())))
    assert written.startswith(BOM) and written.count(BOM) == 1
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def read_geojson(store: Store, filters: Filters | None = None, **about: Any) -> dict[str, Any]:
    pieces = to_geojson(store.select(filters or Filters()), about)
    document: dict[str, Any] = json.loads(b"".join(pieces))
    return document


def test_csv_has_every_column_and_leaves_unknown_empty(make_store: MakeStore) -> None:
    row = read_csv(make_store({"killed_min": 0, "killed_max": 3, "lat": 33.8, "lon": 42.44}))[0]
    assert list(row) == NAMES
    told = {name: cell for name, cell in row.items() if cell != ""}
    assert told == {"incident": "A", "date": "2021-07-07", "lat": "33.8", "lon": "42.44",
                    "killed_min": "0", "killed_max": "3"}  # fmt: skip


TEXTS = ["عين الأسد، الأنبار", "Эрбиль", 'a "quoted", text', "two\nlines", "<b>&amp;</b>", "1-2",
         "naïve", "a=b", " "]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_text_comes_through_as_it_is(make_store: MakeStore, text: str) -> None:
    store = make_store({"summary": text})
    assert read_csv(store)[0]["summary"] == text
    assert read_geojson(store)["features"][0]["properties"]["summary"] == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=\n", "="])
def test_formulas_are_defused_in_csv(make_store: MakeStore, text: str) -> None:
    store = make_store({"summary": text, "incident": text, "actor": text})
    row = read_csv(store)[0]
    assert (row["summary"], row["incident"], row["actor"]) == (f"'{text}",) * 3
    assert read_geojson(store)["features"][0]["properties"]["summary"] == text


def test_numbers_below_zero_stay_numbers(make_store: MakeStore) -> None:
    assert read_csv(make_store({"lat": -33.8, "lon": -42.4}))[0]["lat"] == "-33.8"


def test_rows_are_oldest_first(make_store: MakeStore) -> None:
    store = make_store({}, {"date": "2021-01-01"}, {"incident": "9", "date": "2021-01-01"})
    assert [row["incident"] for row in read_csv(store)] == ["9", "B", "A"]
    assert [each["id"] for each in read_geojson(store)["features"]] == ["9", "B", "A"]


def test_geojson_of_a_placed_and_an_unplaced_incident(make_store: MakeStore) -> None:
    store = make_store({"lat": 33.8, "lon": 42.4, "date_end": "2021-07-08"}, {"killed_min": 0})
    placed, unplaced = read_geojson(store)["features"]
    assert placed == {
        "type": "Feature",
        "id": "A",
        "geometry": {"type": "Point", "coordinates": [42.4, 33.8]},
        "properties": {"incident": "A", "date": "2021-07-07", "date_end": "2021-07-08"},
    }
    assert unplaced["geometry"] is None
    assert unplaced["properties"] == {"incident": "B", "date": "2021-07-07", "killed_min": 0}


def test_geojson_says_what_it_is_about(make_store: MakeStore) -> None:
    document = read_geojson(make_store({}), version="abc", about='in "عين"', licence="CC BY 4.0")
    assert list(document) == ["type", "version", "about", "licence", "features"]
    assert document["type"] == "FeatureCollection"
    assert document["about"] == 'in "عين"'


def test_empty_selection(make_store: MakeStore) -> None:
    store, nothing = make_store({}), Filters(gov=("Nowhere",))
    assert read_csv(store, nothing) == []
    assert b'"incident"' in b"".join(to_csv(store.select(nothing)))
    assert read_geojson(store, nothing) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("rows", [0, 1, 2047, 2048, 2049, 5000])
def test_nothing_is_lost_at_the_borders_of_pieces(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(exports, "BATCH", 1024)
    store = make_store(*({"incident": f"I{i:05}"} for i in range(rows)))
    ids = [f"I{i:05}" for i in range(rows)]
    assert [row["incident"] for row in read_csv(store)] == ids
    assert [each["id"] for each in read_geojson(store)["features"]] == ids
    if rows > 2048:
        assert len(list(to_csv(store.incidents))) > 2


def test_a_download_survives_other_questions_of_its_thread(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "BATCH", 1024)
    store = make_store(*({} for _ in range(5000)))
    pieces = to_csv(store.incidents)
    lines = next(pieces).count(b"\n") + next(pieces).count(b"\n")
    assert store.find_incident("A") is not None
    assert lines + sum(piece.count(b"\n") for piece in pieces) == 5001


def read_parquet(store: Store, filters: Filters | None = None, **about: Any) -> pa.Table:
    pieces = to_parquet(store.select(filters or Filters()), about)
    return pq.read_table(io.BytesIO(b"".join(pieces)))


def test_parquet_keeps_types_and_texts(make_store: MakeStore) -> None:
    told = {"summary": "=1+1 عين", "killed_min": 0, "lat": -33.8, "lon": 42.4}
    table = read_parquet(make_store(told))
    assert table.column_names == NAMES
    row = {name: value for name, value in table.to_pylist()[0].items() if value is not None}
    assert row == {"incident": "A", "date": date(2021, 7, 7), **told}
    assert table.schema.field("killed_min").type == pa.int64()
    assert table.schema.field("date").type == pa.date32()


def test_parquet_says_what_it_is_about(make_store: MakeStore) -> None:
    table = read_parquet(make_store({}), version="abc", licence="CC BY 4.0")
    assert table.schema.metadata == {b"version": b"abc", b"licence": b"CC BY 4.0"}


@pytest.mark.parametrize("rows", [0, 1, 1024, 5000])
def test_parquet_in_pieces(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(exports, "BATCH", 1024)
    store = make_store(*({"incident": f"I{i:05}"} for i in range(rows)))
    assert read_parquet(store)["incident"].to_pylist() == [f"I{i:05}" for i in range(rows)]
    pieces = list(to_parquet(store.incidents, {}))
    if rows > 2048:
        # What has been handed out is no longer held.
        assert sum(len(piece) > 0 for piece in pieces) > 2
