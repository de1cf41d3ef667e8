"""Own columns of a version: which are found, under which keys, and what they hold."""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from incidents.asking.store import Store
from incidents.intake.own_columns import name_own
from incidents.table.own_columns import OwnColumn
from incidents.versions.catalog import Catalog
from incidents.versions.own_cells import find_own
from incidents.versions.snapshots import Snapshot
from tests.incidents.own_tables import ANALYST, CHOSEN, keep_tables


def _open(snapshot: Snapshot) -> Store:
    return Store(snapshot.folder, find_own=find_own)


def _cells(snapshot: Snapshot, name: str) -> list[object]:
    own = find_own(snapshot.folder)
    assert own is not None
    found: list[object] = own.cells.column(name).to_pylist()
    return found


def test_few_values_are_a_choice_by_themselves(shipped_catalog: Catalog) -> None:
    snapshot = keep_tables(shipped_catalog, ANALYST)
    own = find_own(snapshot.folder)
    assert own is not None
    assert own.columns == [OwnColumn("x.verified_by", "Verified by", "facet")]
    told = ["AP", "Reuters", "AP", None, "<b>Bellingcat</b>", "Reuters"]
    assert _cells(snapshot, "x.verified_by") == told


def test_the_shipped_table_has_none(shipped_catalog: Catalog) -> None:
    assert shipped_catalog.current.store.own == ()


def test_kinds_that_were_chosen(shipped_catalog: Catalog) -> None:
    snapshot = keep_tables(shipped_catalog, ANALYST, chosen=CHOSEN)
    assert _cells(snapshot, "x.range_km") == [1.5, -2.0, 1200.0, 40.0, None, 40.0]
    days = [date(2021, 7, 8), date(2021, 8, 1), None, date(2021, 9, 30), None, date(2021, 7, 8)]
    assert _cells(snapshot, "x.checked_on") == days
    assert _cells(snapshot, "x.memo")[0] == "one"
    assert [each.kind for each in _open(snapshot).own] == ["number", "date", "text", "facet"]


def test_a_choice_is_content_and_no_choice_is_none(shipped_catalog: Catalog) -> None:
    plain = keep_tables(shipped_catalog, ANALYST)
    assert not (plain.folder / "own.parquet").exists()
    chosen = keep_tables(shipped_catalog, ANALYST, chosen=CHOSEN)
    other = keep_tables(shipped_catalog, ANALYST, chosen={"Range km": "facet"})
    assert len({plain.id, chosen.id, other.id}) == 3
    assert keep_tables(shipped_catalog, ANALYST, chosen=CHOSEN).id == chosen.id


def test_cells_stand_beside_their_incident(shipped_catalog: Catalog) -> None:
    rows = [f"2021-{1 + n % 12:02},Baghdad,v{n % 7},r{n}" for n in range(600)]
    snapshot = keep_tables(shipped_catalog, "\n".join(["Date,Place,Value,Summary", *rows]))
    incidents = _open(snapshot).incidents
    told = pq.read_table(snapshot.folder / "incidents.parquet").column("summary").to_pylist()
    ours = incidents.select("summary", "x.value").to_pyarrow().to_pylist()
    assert [row["summary"] for row in ours] == told
    assert {int(row["summary"][1:]) % 7 == int(row["x.value"][1:]) for row in ours} == {True}


def test_columns_of_several_tables_are_one_by_their_name(shipped_catalog: Catalog) -> None:
    second = ANALYST.replace("Verified by", "verified_by").replace("2021-07", "2022-07")
    third = "Date,Place,Range km\n" + "2020-01-01,Baghdad,near\n" * 3 + "2020-01-02,Mosul,far\n" * 3
    snapshot = keep_tables(shipped_catalog, ANALYST, second, third, chosen=CHOSEN)
    found = _open(snapshot).own
    assert [(each.name, each.kind) for each in found] == [
        ("x.range_km", "number"),
        ("x.checked_on", "date"),
        ("x.memo", "text"),
        ("x.verified_by", "facet"),
        ("x.range_km_2", "facet"),
    ]
    cells = _cells(snapshot, "x.verified_by")
    assert (len(cells), cells.count("AP")) == (18, 4)
    assert _cells(snapshot, "x.range_km_2").count("near") == 3


HOSTILE = {
    "x.<script>alert(1)</script>": "x.x_script_alert_1_script",
    "type": None,
    "🚀": "x.column",
    "الجهة المتحققة": "x.الجهة_المتحققة",
    'a"; DROP TABLE incidents; --': "x.a_drop_table_incidents",
    "a.b": "x.a_b",
    "a": "x.a",
    "@row": "x.row",
}


def test_hostile_names_are_keys_and_stay_text(shipped_catalog: Catalog) -> None:
    quoted = ['"' + name.replace('"', '""') + '"' for name in HOSTILE]
    head = ",".join(["Date", "Place", *quoted, "type"])
    row = ",".join(
        ["2021-07-07", "Baghdad", *(f"v{n % 2}{{}}" for n in range(len(HOSTILE))), "t{}"]
    )
    text = "\n".join([head, *(row.replace("{}", str(n // 2)) for n in range(6))])
    own = _open(keep_tables(shipped_catalog, text)).own
    named = {each.label: each.name for each in own}
    expected = {label: name for label, name in HOSTILE.items() if name is not None}
    assert named == {**expected, "type (2)": "x.type_2"}


def test_names_that_fold_to_one_stay_two() -> None:
    assert name_own(["A b", "a-b", "A_B_2", "", "…"]) == [
        "x.a_b",
        "x.a_b_2",
        "x.a_b_2_2",
        "x.column",
        "x.column_2",
    ]


def test_five_thousand_columns_are_bounded(shipped_catalog: Catalog) -> None:
    head = ",".join(["Date", "Place", *(f"c{n}" for n in range(4_998))])
    rows = [",".join(["2021-07-07", "Baghdad", *([str(n % 2)] * 4_998)]) for n in range(6)]
    assert len(_open(keep_tables(shipped_catalog, "\n".join([head, *rows]))).own) == 40


def test_a_version_without_its_sources_has_none(tmp_path: Path) -> None:
    assert find_own(tmp_path) is None


@pytest.mark.parametrize("column", ["id", "prose", "one", "empty", "name"])
def test_what_is_no_choice(shipped_catalog: Catalog, column: str) -> None:
    cells = {
        "id": lambda n: f"id{n}",
        "prose": lambda n: f"{n % 3} " + "word " * 30,
        "one": lambda n: "same",
        "empty": lambda n: "n/a" if n % 2 else "",
        "name": lambda n: f"name {n - n % 6 // 5}",
    }[column]
    rows = [f"2021-07-{n + 1:02},Baghdad,{cells(n)}" for n in range(12)]
    snapshot = keep_tables(shipped_catalog, "\n".join(["Date,Place,Mark", *rows]))
    assert _open(snapshot).own == ()


def test_a_mark_and_blanks_are_a_choice(shipped_catalog: Catalog) -> None:
    rows = [f"2021-07-{n + 1:02},Baghdad,{'x' if n % 3 else ''}" for n in range(6)]
    snapshot = keep_tables(shipped_catalog, "\n".join(["Date,Place,Mark", *rows]))
    assert [each.name for each in _open(snapshot).own] == ["x.mark"]


def test_a_mapping_of_another_code_leaves_the_version_as_it_is(shipped_catalog: Catalog) -> None:
    snapshot = keep_tables(shipped_catalog, ANALYST.replace("AP", "AFP"), chosen=CHOSEN)
    path = snapshot.folder / "snapshot.json"
    facts = json.loads(path.read_text("utf-8"))
    facts["brought"][0]["profile"] = "name: a\ntitle: b\nways: of another code\n"
    path.write_text(json.dumps(facts), "utf-8")
    assert find_own(snapshot.folder) is None
    assert _open(snapshot).own == ()
