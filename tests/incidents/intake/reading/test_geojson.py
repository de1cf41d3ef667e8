"""GeoJSON: properties become columns, shapes become coordinates."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.intake.reading.files import Table, table_from_bytes
from incidents.intake.reading.sizes import HOST
from incidents.table.errors import TableError

POINT = {"type": "Point", "coordinates": [42.26, 33.74]}
AREA = {"type": "Polygon", "coordinates": [[[44, 33], [45, 33], [45, 34], [44, 34], [44, 33]]]}
LINE = {"type": "LineString", "coordinates": [[44, 33], [45, 33], [46, 33]]}


def tell(table: Table) -> list[list[object]]:
    """The problems of a table as [row, column, kind]."""
    cells = table.problems[["row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()


def collect(*features: Any, **members: Any) -> bytes:
    whole = {"type": "FeatureCollection", "features": features, **members}
    return json.dumps(whole, ensure_ascii=False).encode()


def feature(shape: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": shape}


def test_properties_become_columns_and_points_coordinates() -> None:
    rows = [feature(POINT, date="2021-07-07", place="عين الأسد"), feature(None, date="", killed=3)]
    table = table_from_bytes(collect(*rows), "a.geojson")
    assert table.rows.to_dict("records") == [
        {"date": "2021-07-07", "place": "عين الأسد", "killed": "", "lat": "33.74", "lon": "42.26"},
        {"date": "", "place": "", "killed": "3", "lat": "", "lon": ""},
    ]
    assert list(table.rows.index) == [2, 3]
    assert tell(table) == [] and table.read == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = collect(feature(POINT, place="عين الأسد")).decode().encode(encoding)
    assert table_from_bytes(data, "a").rows["place"].tolist() == ["عين الأسد"]


# name: value in JSON, text
VALUES = [
    ("text", " a ", "a"), ("empty", None, ""), ("whole", 200107070001, "200107070001"),
    ("decimal", 33.75, "33.75"), ("whole decimal", 3.0, "3"), ("truth", True, "true"),
    ("list", ["a", "ب"], '["a", "ب"]'), ("object", {"a": 1}, '{"a": 1}'),
    ("no number", float("nan"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), [v[1:] for v in VALUES], ids=[v[0] for v in VALUES])
def test_values_become_text(value: Any, text: str) -> None:
    table = table_from_bytes(collect(feature(POINT, date="2021", x=value)), "a")
    assert table.rows["x"].tolist() == [text]


# name: shape, lat and lon, [row, column, kind] of the problems
SHAPES = {
    "point": (POINT, ["33.74", "42.26"], []),
    "none": (None, ["", ""], []),
    "height": ({**POINT, "coordinates": [42.26, 33.74, 100]}, ["33.74", "42.26"], []),
    "area": (AREA, ["33.5", "44.5"], [[2, "geometry", "geometry_not_point"]]),
    "line": (LINE, ["33", "45"], [[2, "geometry", "geometry_not_point"]]),
    "empty": ({"type": "Point", "coordinates": []}, ["", ""], []),
    "broken": ({"type": "Point", "coordinates": ["x"]}, ["", ""],
               [[2, "geometry", "geometry_invalid"]]),
    "text": ("POINT (1 2)", ["", ""], [[2, "geometry", "geometry_invalid"]]),
}  # fmt: skip


@pytest.mark.parametrize(("shape", "place", "problems"), SHAPES.values(), ids=list(SHAPES))
def test_shapes(shape: Any, place: list[str], problems: list[list[object]]) -> None:
    table = table_from_bytes(collect(feature(shape, date="2021")), "a.geojson")
    assert table.rows[["lat", "lon"]].to_numpy().tolist() == [place]
    assert tell(table) == problems
    if shape not in (POINT, None):  # what lat and lon do not say is kept
        assert json.loads(table.rows["geometry"].iat[0]) == shape


@pytest.mark.parametrize("names", [("lat", "lon"), ("Latitude", "Longitude"), ("y", "x")])
def test_coordinates_of_the_table_stay_and_the_shape_is_kept(names: tuple[str, str]) -> None:
    own = dict(zip(names, ("33.1", "42.1"), strict=True))
    table = table_from_bytes(collect(feature(POINT, **own)), "a.geojson")
    (row,) = table.rows.to_dict("records")
    assert {name: row[name] for name in names} == own
    assert json.loads(row["geometry"]) == POINT and len(row) == 3


def square(km: float) -> dict[str, Any]:
    side = km / 111.2
    corners = [(44, 0), (44 + side, 0), (44 + side, side), (44, side), (44, 0)]
    return {"type": "Polygon", "coordinates": [corners]}


@pytest.mark.parametrize(
    ("shape", "precision"),
    [
        (square(4), "town"), (square(40), "district"), (square(330), "governorate"),
        (square(900), "country"), (LINE, "governorate"), (POINT, ""), (None, ""),
        ({"type": "LineString", "coordinates": [[44, 33], [44.02, 33.02]]}, "town"),
        ({"type": "MultiPoint", "coordinates": [[44, 33], [44.2, 33]]}, "district"),
    ],
)  # fmt: skip
def test_the_point_of_an_area_is_as_exact_as_the_area_is_small(shape: Any, precision: str) -> None:
    rows = [feature(shape, date="2021"), feature(AREA, date="2022")]
    table = table_from_bytes(collect(*rows), "a.geojson")
    assert table.rows["precision"].tolist() == [precision, "governorate"]


def test_a_precision_that_is_stated_stays_and_points_get_none() -> None:
    rows = [feature(AREA, precision="town"), feature(AREA, precision=None), feature(POINT)]
    table = table_from_bytes(collect(*rows), "a.geojson")
    assert table.rows["precision"].tolist() == ["town", "governorate", ""]
    table = table_from_bytes(collect(feature(POINT, date="2021")), "a.geojson")
    assert "precision" not in table.rows


def test_cells_without_coordinates_are_filled_from_the_shape() -> None:
    rows = [
        feature(POINT, latitude=None, longitude=None),
        feature(POINT, latitude=33.741, longitude="٤٢٫٢٦"),
        feature(POINT, latitude=33.74, longitude=None),
        feature(None, latitude=None, longitude=None, date="2021"),
        feature(AREA, latitude=None, longitude=None),
    ]
    table = table_from_bytes(collect(*rows), "a.geojson")
    lat = ["33.74", "33.741", "33.74", "", "33.5"]
    lon = ["42.26", "٤٢٫٢٦", "", "", "44.5"]
    assert table.rows[["latitude", "longitude"]].to_numpy().T.tolist() == [lat, lon]
    assert table.rows["precision"].tolist() == ["", "", "", "", "governorate"]
    assert "lat" not in table.rows and table.rows["geometry"].iat[3] == ""
    assert tell(table) == [[6, "geometry", "geometry_not_point"]]


@pytest.mark.parametrize(
    ("shape", "lat", "lon", "words"),
    [
        (POINT, "33.745", "42.26", None),
        (POINT, "33.74", "42.28", "2 km away"),
        (POINT, "34.74", "42.26", "111 km away"),
        (AREA, "33.9", "44.1", None),
        (AREA, "34.5", "44.1", "56 km away"),
        (POINT, "unknown", "x", None),
        ({"type": "Point", "coordinates": [4239, 36]}, "36", "42.39", "not on the globe"),
        (
            {"type": "LineString", "coordinates": [[0, 0], [4239, 36]]},
            "30",
            "42",
            "not on the globe",
        ),
        ({"type": "Point", "coordinates": [402.26, 33.74]}, "33.74", "42.26", "not on the globe"),
    ],
)
def test_a_shape_elsewhere_than_its_coordinates_is_told(
    shape: Any, lat: str, lon: str, words: str | None
) -> None:
    table = table_from_bytes(collect(feature(shape, lat=lat, lon=lon)), "a.geojson")
    assert table.rows[["lat", "lon"]].to_numpy().tolist() == [[lat, lon]]
    assert tell(table) == ([] if words is None else [[2, "geometry", "geometry_elsewhere"]])
    assert words is None or words in table.problems["message"].iat[0]


def test_other_coordinate_systems_are_converted_and_told() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    point = {"type": "Point", "coordinates": [4704361.7, 3993943.3]}
    table = table_from_bytes(collect(feature(point, date="2021"), crs=crs), "a.geojson")
    assert float(table.rows["lat"].iat[0]) == pytest.approx(33.74, abs=1e-3)
    assert float(table.rows["lon"].iat[0]) == pytest.approx(42.26, abs=1e-3)
    assert tell(table) == [[None, None, "crs_converted"]]


def test_latitude_and_longitude_are_not_swapped_where_a_system_puts_latitude_first() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4230"}}  # ED50
    table = table_from_bytes(collect(feature(POINT, date="2021"), crs=crs), "a.geojson")
    assert float(table.rows["lat"].iat[0]) == pytest.approx(33.74, abs=0.01)
    assert float(table.rows["lon"].iat[0]) == pytest.approx(42.26, abs=0.01)


@pytest.mark.parametrize("crs", ["x", {"properties": {"name": "EPSG:1"}}, {"properties": 1}])
def test_an_unknown_coordinate_system_gives_no_coordinates(crs: Any) -> None:
    table = table_from_bytes(collect(feature(POINT, date="2021"), crs=crs), "a.geojson")
    assert list(table.rows.columns) == ["date", "geometry"]
    assert tell(table) == [[None, None, "crs_unknown"]]


def test_what_is_no_feature_is_taken_out_and_told() -> None:
    table = table_from_bytes(collect(None, feature(POINT, date="2021"), {"a": "ب"}), "a.geojson")
    assert tell(table) == [[2, None, "feature_invalid"], [4, None, "feature_invalid"]]
    assert table.torn.to_numpy().tolist() == [[2, "null"], [4, '{"a": "ب"}']]
    assert list(table.rows.index) == [3] and table.read == 3


def test_ids_of_features_are_kept() -> None:
    rows = [{**feature(POINT, date="2021"), "id": 7}, {**feature(POINT, date="2022"), "id": "x"}]
    assert table_from_bytes(collect(*rows), "a").rows["id"].tolist() == ["7", "x"]
    same = [{**feature(POINT, id="A1"), "id": "A1"}]
    assert list(table_from_bytes(collect(*same), "a").rows.columns) == ["id", "lat", "lon"]
    other = [{**feature(POINT, id="A1"), "id": "B1"}]
    table = table_from_bytes(collect(*other), "a")
    assert table.rows["id (2)"].tolist() == ["B1"]
    assert tell(table) == [[None, "id (2)", "column_repeated"]]


def test_many_features_with_columns_of_their_own_are_refused() -> None:
    features = [feature(None, **{f"p{n}": 1}) for n in range(500)]
    with pytest.raises(TableError, match="500 rows and 500 columns"):
        table_from_bytes(collect(*features), "a.geojson", limits=replace(HOST, cells=100_000))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (collect(), "is empty"),
        (b'{"type": "FeatureCollection", "features": 3}', "no GeoJSON"),
        (b"[[" * 100_000, "damaged or cut off"),
        (b'{"x": ' + b"9" * 10_000 + b"}", "damaged"),
        (collect(feature(POINT, date="2021"))[:-3], "damaged or cut off"),
    ],
    ids=["empty", "no features", "very deep", "very many digits", "cut"],
)
def test_others_are_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        table_from_bytes(data, "a.geojson")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=3), each, max_size=3)
    ),
    max_leaves=6,
)
SHAPE = st.fixed_dictionaries(
    {"type": st.sampled_from(["Point", "Polygon", "MultiPoint", "GeometryCollection"]),
     "coordinates": JSON, "geometries": JSON}
)  # fmt: skip
FEATURE = st.fixed_dictionaries(
    {"type": st.just("Feature"), "properties": JSON, "geometry": SHAPE | JSON}
)


@given(st.lists(FEATURE | JSON, max_size=3), JSON)
def test_no_json_raises_anything_but_a_table_error(features: list[Any], crs: Any) -> None:
    try:
        data = collect(*features, crs=crs)
        table = table_from_bytes(data, "a.geojson")
    except (TableError, UnicodeEncodeError):
        return
    assert table.read == len(table.rows) + len(table.torn)
