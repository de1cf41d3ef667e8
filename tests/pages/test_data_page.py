"""The Data page: a table is brought, checked, published; problems, versions and differences."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from incidents.intake.datasets import World
from incidents.table.columns import COLUMNS
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog, get_catalog
from incidents.versions.snapshots import find_snapshot
from tests.conftest import read_sentence

OpenPage = Callable[..., AppTest]
OWN = "date,place,killed\n2021-07-01,Hit,2\n2021-07-02,Narnia,\nnever,Hit,1\n"
ODD = "When;Spot;Fallen\n2021-07-01;Hit;2\n2021-07-02;Erbil;1\n"
UCDP = (
    "id,type_of_violence,side_a,side_b,date_start,date_end,where_prec,where_coordinates,latitude,"
    "longitude,country,best,high,low\n"
    "7,1,Government of Syria,IS,2017-01-02,2017-01-02,1,Hama town,35.13,36.75,Syria,3,4,2\n"
)


@pytest.fixture(scope="module")
def world() -> World:
    """Gazetteer and boundaries; to read them takes longer than most of these tests."""
    return Catalog(read_settings({})).world


@pytest.fixture(autouse=True)
def shared_world(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    for name in ("gazetteer", "boundaries"):
        monkeypatch.setattr(Catalog, name, getattr(world, name))


def open_tab(app: AppTest, tab: str) -> AppTest:
    app.session_state["_tab"] = tab
    return app.run()


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app = open_tab(app, "Bring a table")
    given = [(name, data, "application/octet-stream") for name, data in files]
    app.file_uploader[0].set_value(given)
    return app.run()


def click(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label.startswith(label)]
    button.click()
    return app.run()


def list_texts(app: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "error", "info")
    return "\n".join(str(each.value) for kind in kinds for each in app.get(kind))


def snapshot_of(app: AppTest) -> str:
    value = app.query_params["data"]
    return str(value if isinstance(value, str) else value[0])


def test_a_table_becomes_a_version(open_page: OpenPage, kept_snapshots: Path) -> None:
    app = drop(open_page("data"), ("own.csv", OWN.encode()))
    assert not app.exception
    assert "3 rows, 3 columns" in list_texts(app)
    app = click(app, "Check and place")
    assert "3 rows read: 2 accepted, 1 set aside." in list_texts(app)
    assert "1 have a place on the map, 1 do not" in list_texts(app)
    app = click(app, "Publish")
    assert not app.exception
    assert "Only people who have the link find this version." in list_texts(app)
    made = find_snapshot(kept_snapshots, snapshot_of(app))
    assert made is not None
    assert (made.source, made.origin, made.rows, made.set_aside) == ("own", "upload", 2, 1)
    # Nothing of the upload stays in the session.
    desk = app.session_state["_session"].desk
    assert (desk.pieces, desk.counts, desk.draft) == ([], None, None)
    assert "1–2 Jul 2021" in read_sentence(app)


def test_two_readers_bring_files_of_one_name(open_page: OpenPage) -> None:
    """The first to publish gets the own table, not that of the reader who checked last."""
    second = OWN.replace("Hit,2", "Erbil,9")
    readers = [open_page("data"), open_page("data")]
    for app, content in zip(readers, (OWN, second), strict=True):
        click(drop(app, ("data.csv", content.encode())), "Check and place")
    for app, toll in zip(readers, (2, 9), strict=True):
        made = get_catalog().find(snapshot_of(click(app, "Publish")))
        rows = made.store.incidents.to_pyarrow().to_pylist()
        assert sorted(row["killed_max"] or 0 for row in rows) == [0, toll]


REPORTS = "report,incident,publisher\nr1,1,{}\n"


def test_two_readers_bring_reports_of_one_name(open_page: OpenPage) -> None:
    table = "incident,date,place\n1,2021-07-01,Hit\n"
    readers = [open_page("data"), open_page("data")]
    for app, publisher in zip(readers, ("Reuters", "AFP"), strict=True):
        reports = REPORTS.format(publisher).encode()
        drop(app, ("data.csv", table.encode()), ("reports.csv", reports))
        click(app, "Check and place")
    for app, publisher in zip(readers, ("Reuters", "AFP"), strict=True):
        made = get_catalog().find(snapshot_of(click(app, "Publish")))
        assert [
            row["publisher"] for row in made.store.table("reports").to_pyarrow().to_pylist()
        ] == [publisher]


def test_a_second_table_of_reports_replaces_none(open_page: OpenPage) -> None:
    table = "incident,date,place\n1,2021-07-01,Hit\n"
    app = drop(open_page("data"), ("a.csv", table.encode()), ("r.csv", REPORTS.format(1).encode()))
    app = drop(app, ("again.csv", REPORTS.format(2).encode()))
    assert "again.csv is a second table of reports" in list_texts(app).replace("\\", "")
    assert "1 reports (r.csv)" in list_texts(app).replace("\\", "")
    app = click(app, "Leave these out")
    assert "Also brought" not in list_texts(app)
    app = drop(app, ("again.csv", REPORTS.format(2).encode()))
    assert "1 reports (again.csv)" in list_texts(app).replace("\\", "")


def test_a_known_layout_is_recognised(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("ged.csv", UCDP.encode()))
    text = list_texts(app)
    assert "Recognised as **UCDP GED**, 14 columns" in text
    assert "Expected, but not in the file" in text
    assert "What this source does not tell" in text


def test_other_columns_are_chosen_by_hand(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("odd.csv", ODD.encode()))
    assert "Check which column holds what" in list_texts(app)
    app.selectbox(key="_pick_1_place").set_value("Spot")
    app.selectbox(key="_pick_1_killed").set_value("Fallen")
    app = click(click(app.run(), "Check and place"), "Publish")
    incidents = get_catalog().find(snapshot_of(app)).store.incidents.to_pyarrow().to_pylist()
    assert [(row["place"], row["killed_max"]) for row in incidents] == [("Hit", 2), ("Erbil", 1)]


MAPPING = b"""name: mine
title: My columns
columns:
  date: {from: When}
  place: {from: Spot}
  killed: {from: Fallen}
"""


def test_a_table_without_dates_is_not_called_known(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("odd.csv", b"place,colour\nHit,red\n"))
    assert "names that are known here" not in list_texts(app)
    assert "Choose the column of dates" in list_texts(app)


def test_rows_are_counted_alike_before_and_after(open_page: OpenPage) -> None:
    text = b"date,place,Killed,\n,,min,max\n2021-07-01,Hit,2,3\n"
    app = drop(open_page("data"), ("own.csv", text))
    assert "1 rows, 4 columns" in list_texts(app)
    assert "1 row read: 1 accepted" in list_texts(click(app, "Check and place"))


def test_more_columns_keep_their_name_when_one_is_chosen(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("odd.csv", ODD.encode()))
    names = [each.label for each in app.expander]
    assert "More columns" in names and not any("in use" in name for name in names)


def test_the_same_finding_is_one_line(open_page: OpenPage) -> None:
    rows = "".join(f"2021-07-0{n},Hit,lots\n" for n in range(1, 6))
    app = drop(open_page("data"), ("own.csv", f"date,place,killed\n{rows}".encode()))
    app = click(click(app, "Check and place"), "Publish")
    app = open_tab(app, "Review")
    (table,) = [each.value for each in app.dataframe if "times" in each.value]
    assert table[["times", "row", "column"]].to_numpy().tolist() == [[5, 2, "killed"]]


def test_a_saved_mapping_is_applied(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("odd.csv", ODD.encode()), ("mine.yaml", MAPPING))
    assert "Recognised as **My columns**" in list_texts(app)
    assert "2 accepted, 0 set aside" in list_texts(click(app, "Check and place"))


DECISIONS = b"place,country,gov,lat,lon,precision,who,why\nNarnia,,,33.5,43.2,town,Ana,a map\n"


def test_decisions_are_brought_with_the_table(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("own.csv", OWN.encode()), ("my overrides.csv", DECISIONS))
    assert "Also brought: 1 decision on places" in list_texts(app)
    assert "2 have a place on the map" in list_texts(click(app, "Check and place"))


def test_together_with_the_table_on_screen(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("own.csv", OWN.encode()))
    app.checkbox(key="_joins").check()
    app = click(click(app.run(), "Check and place"), "Publish")
    assert not app.exception
    assert get_catalog().find(snapshot_of(app)).snapshot.rows == 66


UNREADABLE = {
    "garbage": ("x.csv", b"\x00\x01PK garbage \xff\xfe" * 50, "x.csv"),
    "document": ("report.csv", b"%PDF-1.7 " * 20, "PDF"),
    "nothing": ("empty.csv", b"", "empty.csv"),
    "mapping that is none": ("m.yaml", b"a: [1", "m.yaml"),
    "mapping that is no text": ("m.yaml", b"\xff\xfe\x00", "UTF-8"),
    "broken workbook": ("b.xlsx", b"PK\x03\x04" + b"\x00" * 200, "b.xlsx"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_gets_a_sentence(open_page: OpenPage, name: str) -> None:
    file, data, word = UNREADABLE[name]
    app = drop(open_page("data"), (file, data))
    assert not app.exception
    (error,) = app.error
    assert word in error.value.replace("\\", "")
    assert "Traceback" not in error.value
    assert not [each for each in app.button if each.label.startswith("Check")]


def test_a_file_over_the_limit_gets_a_sentence(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTS_LARGEST", "1")
    app = drop(open_page("data"), ("own.csv", OWN.encode() + b"x" * 1_000_001))
    assert "at most 1 MB" in app.error[0].value.replace("\\", "")


def test_uploads_may_be_switched_off(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTS_UPLOADS", "off")
    app = open_tab(open_page("data"), "Bring a table")
    assert not app.file_uploader
    assert "cannot bring tables here" in app.info[0].value


def test_hostile_upload_stays_text(open_page: OpenPage, hostile: str) -> None:
    cell = '"' + hostile.replace('"', '""') + '"'
    table = f"{cell},Date,Spot\n{cell},2021-07-01,{cell}\n{cell},{cell},Hit\n"
    app = drop(open_page("data"), (f"{hostile[:40]}.csv", table.encode()))
    app = click(app, "Check and place")
    assert not app.exception
    assert "![x](" not in list_texts(app)
    assert ":material/home:" not in list_texts(app)
    app = click(app, "Publish")
    assert not app.exception
    for tab in ("Review", "Versions", "Places matched"):
        app = open_tab(app, tab)
        assert not app.exception
        for html in app.get("html"):
            assert "<img" not in html.proto.body


def test_problems_of_the_kind_that_is_chosen(open_page: OpenPage, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(OWN, "utf-8")
    app = open_tab(open_page("data", table=table), "Review")
    assert "1 of 3 rows" in app.warning[0].value
    (rows,) = app.dataframe
    assert list(rows.value["row"]) == [4]


def test_a_version_teaches_its_places_where_the_host_lets_readers(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "id,date,country,gov,place,lat,lon\na,2021-07-01,SY,Aleppo,Tall Narnia,36.2,37.5\n", "utf-8"
    )
    monkeypatch.setenv("INCIDENTS_GAZETTEERS", str(tmp_path / "gazetteers"))

    def open_places() -> AppTest:
        app = open_tab(open_page("data", table=table, snapshots=tmp_path / "kept"), "Review")
        app.session_state["_review"] = "Places in doubt"
        return app.run()

    assert not [each for each in open_places().button if each.key == "_teach"]
    monkeypatch.setenv("INCIDENTS_TEACHING", "on")
    app = click(open_places(), "Teach")
    assert "licence" in app.error[0].value
    app.text_input(key="_teach_source").set_value("ACLED")
    app.text_input(key="_teach_licence").set_value("its terms")
    app = click(app, "Teach")
    assert "1 places are taught" in app.success[0].value
    assert "Tall Narnia" in (tmp_path / "gazetteers" / "taught-own.csv").read_text("utf-8")


def test_versions_of_others_are_not_listed(open_page: OpenPage) -> None:
    app = drop(open_page("data"), ("secret name.csv", OWN.encode()))
    app = click(click(app, "Check and place"), "Publish")
    mine = snapshot_of(app)
    listed = "".join(each.proto.body for each in open_tab(app, "Versions").get("html"))
    assert "secret name" in listed and "Compare" in listed
    assert re.search(r"<td>\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC</td>", listed)
    other = open_tab(open_page("data"), "Versions")
    assert "secret name" not in "".join(each.proto.body for each in other.get("html"))
    # Who has the link sees it.
    friend = open_tab(open_page("data", {"data": mine}), "Versions")
    assert "secret name" in "".join(each.proto.body for each in friend.get("html"))


class TestDifference:
    def test_what_changed(self, open_page: OpenPage, tmp_path: Path) -> None:
        table, own = tmp_path / "own.csv", tmp_path / "kept"
        ids = []
        for text in (
            "id,date,place,killed\na,2021-07-01,Hit,2\nb,2021-07-02,Erbil,<img src=x>\n",
            "id,date,place,killed\na,2021-07-01,Hit,3\nc,2021-07-03,<img src=x>,1\n",
        ):
            table.write_text(text, "utf-8")
            open_page("data", table=table, snapshots=own)
            ids.append(get_catalog().current.snapshot.id)
        query = {"data": ids[1], "against": ids[0]}
        app = open_page("difference", query, table=table, snapshots=own)
        assert not app.exception
        written = "".join(each.proto.body for each in app.get("html"))
        assert [each.label for each in app.tabs] == ["Added (1)", "Removed (1)", "Changed (1)"]
        assert "<td>2</td><td>3</td>" in written
        # Days as everywhere.
        assert "<dd>3 Jul 2021</dd>" in written and "2021-07" not in written
        assert "<img" not in written
        assert f'href="data?data={ids[0]}"' in written
        (own / ids[0] / "claims.parquet").write_bytes(b"")
        st.cache_resource.clear()
        app = open_page("difference", query, table=table, snapshots=own)
        # It is made anew from what it keeps.
        assert not app.exception and not app.error
        assert "<td>2</td><td>3</td>" in "".join(each.proto.body for each in app.get("html"))

    @pytest.mark.parametrize("against", ["", "000000000000", "![x](y)"])
    def test_without_another_version(self, open_page: OpenPage, against: str) -> None:
        app = open_page("difference", {"against": against} if against else {})
        assert not app.exception
        assert "Choose a version to compare" in list_texts(app)
        assert "![x](" not in list_texts(app)


def test_a_fault_of_ours_gets_a_sentence(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = drop(open_page("data"), ("own.csv", OWN.encode()))

    def fail(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("parts.data.bring.work.prepare", fail)
    app = click(app, "Check and place")
    assert not app.exception
    assert "a fault of this program" in app.error[0].value
    assert "secret" not in app.error[0].value


def test_columns_of_the_table_have_names_for_readers(open_page: OpenPage) -> None:
    app = open_tab(open_page("data"), "Table")
    (table,) = app.dataframe
    told = json.loads(table.proto.columns)
    labels = {name: each["label"] for name, each in told.items() if "label" in each}
    assert set(labels) == {column.name for column in COLUMNS}
    assert not [label for label in labels.values() if "_" in label or label[0].islower()]
    assert (labels["gov"], labels["killed_max"]) == ("Governorate", "Killed, highest claim")
    shown = table.value
    assert list(shown.columns)[:4] == ["date", "place", "type", "killed_min"]
    assert set(shown.columns) == set(labels)
    assert set(shown["country"]) == {"Iraq", "Syria"}
