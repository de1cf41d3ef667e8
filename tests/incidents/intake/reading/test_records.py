"""JSON that is no GeoJSON: records, answers of servers, a record per line."""

import json

import pytest

from incidents.intake.reading.files import table_from_bytes
from incidents.table.errors import TableError

ROWS = [
    {"date": "2021-07-07", "place": "Hit", "killed": 3, "location": {"lat": 33.6, "lon": 42.8}},
    {"date": "2021-07-08", "place": "بغداد", "killed": None, "tags": ["a", "b"]},
]
FEATURE = {
    "type": "Feature",
    "properties": {"date": "2021-07-07"},
    "geometry": {"type": "Point", "coordinates": [44.3661, 33.3152]},
}
READ = [
    ["2021-07-07", "Hit", "3", "33.6", "42.8", ""],
    ["2021-07-08", "بغداد", "", "", "", '["a", "b"]'],
]


@pytest.mark.parametrize(
    "data",
    [
        ROWS,
        {"data": ROWS, "count": 2},
        {"status": 200, "results": ROWS},
        {"Result": ROWS, "TotalCount": 2, "pageSize": [1]},
        {"data": {"items": ROWS}},
        {"features": [{"attributes": row} for row in ROWS]},
    ],
    ids=["an array", "data", "results", "UCDP", "below data", "ArcGIS"],
)
def test_records(data: object) -> None:
    table = table_from_bytes(json.dumps(data).encode(), "a.json")
    assert list(table.rows.columns) == [
        "date",
        "place",
        "killed",
        "location.lat",
        "location.lon",
        "tags",
    ]
    assert table.rows.to_numpy().tolist() == READ
    assert table.rows.index.tolist() == [2, 3]


@pytest.mark.parametrize("mark", ["", "\x1e"])
def test_a_record_per_line(mark: str) -> None:
    text = "".join(f"{mark}{json.dumps(row)}\n" for row in ROWS)
    assert table_from_bytes(text.encode(), "a.jsonl").rows.to_numpy().tolist() == READ


@pytest.mark.parametrize("mark", ["", "\x1e"])
def test_a_feature_per_line(mark: str) -> None:
    text = "".join(f"{mark}{json.dumps(FEATURE)}\n" for _ in range(3))
    rows = table_from_bytes(text.encode(), "a.geojsonl").rows
    assert rows["lat"].astype(float).tolist() == [33.3152] * 3
    assert rows["date"].tolist() == ["2021-07-07"] * 3


@pytest.mark.parametrize(
    "data",
    [
        {"columns": ["date", "place"], "rows": [["2021", "Hit"]]},
        {"columns": [{"name": "date"}, {"name": "place"}], "data": [["2021", "Hit"]]},
        [["date", "place"], ["2021", "Hit"]],
    ],
)
def test_cells_under_their_names(data: object) -> None:
    rows = table_from_bytes(json.dumps(data).encode(), "a.json").rows
    assert (list(rows.columns), rows.to_numpy().tolist()) == (["date", "place"], [["2021", "Hit"]])


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '{"data": []}',
        '{"a": 1}\n{"b": ',
        '[{"a": 1}',
        "[" * 100_000,
        "[{}]",
    ],
)
def test_what_is_no_table_is_a_sentence(text: str) -> None:
    with pytest.raises(TableError):
        table_from_bytes(text.encode(), "a.json")
