"""GeoPackage: the first layer becomes a table of text."""

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box

from incidents.intake.reading.files import Table, table_from_bytes
from incidents.intake.reading.sizes import HOST
from incidents.table.errors import TableError

AREA = Polygon([(44, 33), (45, 33), (45, 34), (44, 34)])


def tell(table: Table) -> list[list[object]]:
    """The problems of a table as [row, column, kind]."""
    cells = table.problems[["row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()


def write(
    path: Path, shapes: list[object], crs: int | None = 4326, layer: str = "attacks"
) -> bytes:
    cells = {"date": ["2021-07-07"] * len(shapes), "place": ["عين الأسد"] * len(shapes)}
    killed = pd.array([3, None, 4][: len(shapes)], dtype="Int64")
    frame = gpd.GeoDataFrame({**cells, "killed": killed}, geometry=shapes, crs=4326)
    frame = frame if crs in (4326, None) else frame.to_crs(crs)
    if crs is None:
        frame = frame.set_crs(None, allow_override=True)
    frame.to_file(path, driver="GPKG", layer=layer)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.gpkg"


def change(path: Path, *statements: str) -> bytes:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path.read_bytes()


def _no_triggers() -> list[str]:
    """They call functions that only other programs have."""
    drop = "DROP TRIGGER IF EXISTS rtree_attacks_geom_update"
    return [f"{drop}{n}" for n in range(1, 8)]


def test_fields_become_columns_and_points_coordinates(path: Path) -> None:
    table = table_from_bytes(write(path, [Point(42.26, 33.74), None]), "a.gpkg")
    row = {"date": "2021-07-07", "place": "عين الأسد"}
    assert table.rows.drop(columns="fid").to_dict("records") == [
        {**row, "killed": "3", "lat": "33.74", "lon": "42.26"},
        {**row, "killed": "", "lat": "", "lon": ""},
    ]
    assert list(table.rows.index) == [2, 3]
    assert tell(table) == [] and table.read == 2


def test_other_shapes_give_a_point_inside_and_stay(path: Path) -> None:
    shapes = [Point(42.26, 33.74), AREA, LineString([(44, 33), (45, 33), (46, 33)])]
    table = table_from_bytes(write(path, shapes), "a.gpkg")
    assert table.rows["lat"].tolist() == ["33.74", "33.5", "33"]
    assert table.rows["lon"].tolist() == ["42.26", "44.5", "45"]
    assert tell(table) == [[3, "geom", "geometry_not_point"], [4, "geom", "geometry_not_point"]]
    assert table.rows["precision"].tolist() == ["", "governorate", "governorate"]
    assert [text.split(" ")[0] for text in table.rows["geom"]] == ["POINT", "POLYGON", "LINESTRING"]


def test_coordinates_are_converted_and_told(path: Path) -> None:
    table = table_from_bytes(write(path, [Point(42.26, 33.74)], crs=32638), "a.gpkg")
    assert float(table.rows["lat"].iat[0]) == pytest.approx(33.74)
    assert float(table.rows["lon"].iat[0]) == pytest.approx(42.26)
    assert tell(table) == [[None, None, "crs_converted"]]


def test_sizes_are_those_on_the_ground(path: Path) -> None:
    area = box(44, 33, 44.3, 33.3)
    table = table_from_bytes(write(path, [Point(42.26, 33.74), area], crs=32638), "a.gpkg")
    assert table.rows["precision"].tolist() == ["", "district"]


def test_empty_cells_are_filled_from_the_shape_and_others_compared(path: Path) -> None:
    write(path, [Point(42.26, 33.74)] * 2)
    add = [f"ALTER TABLE attacks ADD COLUMN {name} REAL" for name in ("lat", "lon")]
    fill = "UPDATE attacks SET lat = 35, lon = 44 WHERE fid = 2"
    table = table_from_bytes(change(path, *add, *_no_triggers(), fill), "a.gpkg")
    assert table.rows[["lat", "lon"]].to_numpy().tolist() == [["33.74", "42.26"], ["35", "44"]]
    assert tell(table) == [[3, "geom", "geometry_elsewhere"]]


def test_without_a_coordinate_system_there_are_no_coordinates(path: Path) -> None:
    with pytest.warns(UserWarning, match="crs"):
        data = write(path, [Point(42.26, 33.74)], crs=None)
    table = table_from_bytes(data, "a.gpkg")
    assert "lat" not in table.rows and table.rows["geom"].tolist() == ["POINT (42.26 33.74)"]
    assert tell(table) == [[None, None, "crs_unknown"]]


def test_further_layers_are_told(path: Path) -> None:
    write(path, [Point(42.26, 33.74)])
    table = table_from_bytes(write(path, [AREA], layer="areas"), "a.gpkg")
    assert tell(table) == [[None, None, "layer_unused"]]
    assert '"attacks" was read; not read: areas' in table.problems["message"].iat[0]


def test_a_shape_that_is_damaged_is_told(path: Path) -> None:
    write(path, [Point(42.26, 33.74)])
    cut = "UPDATE attacks SET geom = CAST('xx' AS BLOB)"
    table = table_from_bytes(change(path, *_no_triggers(), cut), "a.gpkg")
    assert tell(table) == [[2, "geom", "geometry_invalid"]]
    assert table.rows["geom"].tolist() == ["7878"] and table.rows["lat"].tolist() == [""]


def test_a_database_that_was_not_closed_is_read(path: Path) -> None:
    write(path, [Point(42.26, 33.74)])
    data = change(path, "PRAGMA journal_mode = WAL")
    assert data[18:20] == b"\x02\x02"
    assert len(table_from_bytes(data, "a.gpkg").rows) == 1


def test_views_are_not_run(path: Path) -> None:
    write(path, [Point(42.26, 33.74)])
    view = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n LIMIT 9) SELECT x FROM n"
    listed = "INSERT INTO gpkg_contents(table_name, data_type) VALUES ('v', 'features')"
    data = change(path, "DELETE FROM gpkg_contents", f"CREATE VIEW v AS {view}", listed)
    with pytest.raises(TableError, match="holds no layer"):
        table_from_bytes(data, "a.gpkg")


def test_a_table_without_shapes_is_read(tmp_path: Path) -> None:
    data = change(
        tmp_path / "a.gpkg",
        "CREATE TABLE gpkg_contents(table_name, data_type)",
        "CREATE TABLE \"my \"\"attacks\"(date, killed)",
        "INSERT INTO gpkg_contents VALUES ('my \"attacks', 'attributes')",
        "INSERT INTO \"my \"\"attacks\" VALUES ('2021', 3.0), (NULL, NULL),"
        " (CAST(x'32ff' AS TEXT), 1)",
    )  # fmt: skip
    table = table_from_bytes(data, "a.gpkg")
    assert table.rows.to_numpy().tolist() == [["2021", "3"], ["2\N{REPLACEMENT CHARACTER}", "1"]]
    assert list(table.rows.index) == [2, 4]


def test_other_databases_are_refused(tmp_path: Path) -> None:
    data = change(tmp_path / "a.db", "CREATE TABLE attacks(date)")
    with pytest.raises(TableError, match="another kind of database"):
        table_from_bytes(data, "a.gpkg")


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 20000)"
    data = change(
        tmp_path / "a.gpkg",
        "CREATE TABLE gpkg_contents(table_name, data_type)",
        "INSERT INTO gpkg_contents VALUES ('t', 'attributes')",
        f"CREATE TABLE t AS {numbers} SELECT x, x AS y FROM n",
    )
    with pytest.raises(TableError, match="too large to read"):
        table_from_bytes(data, "a.gpkg", limits=replace(HOST, cells=15_000))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write(tmp_path_factory.mktemp("gpkg") / "a.gpkg", [Point(42.26, 33.74), AREA])


CHANGES = st.lists(
    st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8
)


@given(CHANGES, st.sampled_from([1.0, 0.25, 0.3, 0.5]))
def test_no_damage_raises_anything_but_a_table_error(
    whole: bytes, changes: list[tuple[int, bytes]], part: float
) -> None:
    damaged = io.BytesIO(whole)
    for place, content in changes:
        # Behind the words that say what kind of file it is.
        damaged.seek(16 + place % (len(whole) - 16))
        damaged.write(content)
    try:
        table = table_from_bytes(damaged.getvalue()[: int(part * len(whole))], "a.gpkg")
    except TableError:
        return
    assert table.read == len(table.rows) + len(table.torn)
