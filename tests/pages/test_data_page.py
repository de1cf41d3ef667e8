"""The Data page: a table is brought, checked, published; its problems are told."""

import json
from pathlib import Path

import pytest

from incidents.table.columns import COLUMNS
from incidents.versions.catalog import get_catalog
from incidents.versions.snapshots import find_snapshot
from tests.opened import read_sentence
from tests.pages.bringing import ODD, OWN, OpenPage, click, drop, list_texts, open_tab, snapshot_of

pytestmark = pytest.mark.usefixtures("shared_world")

UCDP = (
    "id,type_of_violence,side_a,side_b,date_start,date_end,where_prec,where_coordinates,latitude,"
    "longitude,country,best,high,low\n"
    "7,1,Government of Syria,IS,2017-01-02,2017-01-02,1,Hama town,35.13,36.75,Syria,3,4,2\n"
)


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


def test_problems_of_the_kind_that_is_chosen(open_page: OpenPage, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(OWN, "utf-8")
    app = open_tab(open_page("data", table=table), "Review")
    assert "1 of 3 rows" in app.warning[0].value
    (rows,) = app.dataframe
    assert list(rows.value["row"]) == [4]


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
