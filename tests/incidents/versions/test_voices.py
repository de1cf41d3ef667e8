"""One rule of who speaks, and of which reports stand, wherever publishers are counted."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from incidents.asking.casualties.answer import read_casualties
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.intake.grading.grades import explain_grade
from incidents.table.columns import VOICE_COLUMNS
from incidents.table.settings import ROOT, Settings
from incidents.telling.words.matrix import make_matrix
from incidents.versions.catalog import Catalog

INCIDENTS = "incident,date,place,lat,lon\na,2021-07-07,Erbil,36.19,44.01\n"
REPORTS = "report,incident,publisher,stance,supersedes,says_date\n{}\n"
CLAIMS = "claim,report,incident,measure,group,low,high\nc1,r1,a,killed,all,1,1\n{}\n"


def bring(home: Path, reports: str, claims: str) -> Store:
    """The store of a table of one incident."""
    table = home / "table"
    table.mkdir()
    for name, text in (
        ("incidents", INCIDENTS), ("reports", REPORTS.format(reports)),
        ("claims", CLAIMS.format(claims)),
    ):  # fmt: skip
        (table / f"{name}.csv").write_text(text, "utf-8")
    data = ROOT / "data"
    settings = Settings(table, data / "places.csv", data / "boundaries", home / "snapshots")
    return Catalog(settings).current.store


def count_everywhere(store: Store) -> dict[str, Any]:
    """How many publishers stand behind the number of killed, by all who count them."""
    row, reports, claims = store.find_incident("a"), store.find_reports("a"), store.find_claims("a")
    assert row is not None
    (total,) = read_casualties(store, Filters(), "total").rows
    cells = [line.cells["killed"] for line in make_matrix(reports, claims).lines if line.cells]
    explained = explain_grade(row, reports, claims)
    assert explained.grade == row["grade"]
    return {
        "sources": row["sources"],
        "grade": row["grade"],
        "reason": explained.reasons[0],
        "on one": total["one_publisher"] == 1,
        "others": max(each.same for each in cells),
    }


ONE = {"sources": 1, "grade": "weak", "reason": "1 independent publisher reports it.",
       "on one": True, "others": 0}  # fmt: skip
TWO = {"sources": 2, "grade": "fair", "reason": "2 independent publishers report it.",
       "on one": False, "others": 1}  # fmt: skip
SAME = [
    ("Reuters", "REUTERS"),
    ("Al Jazeera", " al\u00a0 Jazeera"),
    ("رويترز", "\u200fرويترز\u200e"),
]
TOGETHER = [
    *((f"{pair[0]} twice", pair, ONE) for pair in SAME),
    ("two agencies", ("AP", "AFP"), TWO),
    ("two scripts", ("Reuters", "رويترز"), TWO),
]


@pytest.mark.parametrize(("pair", "counts"), [case[1:] for case in TOGETHER],
                         ids=[case[0] for case in TOGETHER])  # fmt: skip
def test_all_who_count_publishers_agree(
    tmp_path: Path, pair: tuple[str, str], counts: dict[str, Any]
) -> None:
    reports = "\n".join(f"r{n},a,{name},,,2021-07-07" for n, name in enumerate(pair, 1))
    store = bring(tmp_path, reports, "c2,r2,a,killed,all,1,1")
    assert count_everywhere(store) == counts


def test_a_publisher_corrects_itself_however_it_writes_its_name(tmp_path: Path) -> None:
    reports = "r1,a,Reuters,,,\nr2,a,REUTERS\u200f,,r1,"
    store = bring(tmp_path, reports, "c2,r2,a,killed,all,4,4")
    row = store.find_incident("a")
    assert row is not None
    assert (row["killed_min"], row["killed_max"]) == (4, 4)
    assert store.table("problems").count().to_pyarrow().as_py() == 0


def test_a_party_is_named_once(tmp_path: Path) -> None:
    reports = "r1,a,SANA,party,,\nr2,a,Sana,party,,"
    store = bring(tmp_path, reports, "c2,r2,a,killed,all,4,4")
    (row,) = read_casualties(store, Filters(), "party").rows
    assert (row["party"], row["party_low"], row["party_high"]) == ("SANA", 1, 4)


def make_older(store: Store, **columns: pa.Array) -> Store:
    """The same version as it was kept before it kept who speaks; some columns as they were then."""
    older = store.folder.with_name("older")
    # Without its database, which DuckDB holds open under its path.
    shutil.copytree(store.folder, older, ignore=shutil.ignore_patterns("*.duckdb"))
    reports = pq.read_table(older / "reports.parquet")
    for name, cells in columns.items():
        reports = reports.set_column(reports.column_names.index(name), name, cells)
    kept = reports.drop_columns([each.name for each in VOICE_COLUMNS])
    pq.write_table(kept, older / "reports.parquet")
    return Store(older)


def test_an_older_version_is_asked_by_the_same_rule(tmp_path: Path) -> None:
    reports = (
        "r1,a,Reuters,,,2021-07-07\nr2,a,REUTERS\u200f,,r1,2021-07-07\n"
        "r3,a,,party,,\nr4,a,SANA,party,,2021-07"
    )
    store = bring(tmp_path, reports, "c2,r2,a,killed,all,4,4\nc4,r4,a,killed,all,9,9")
    kept, counts = store.table("reports").to_pyarrow(), count_everywhere(store)
    assert kept["stands"].to_pylist() == [False, True, True, True]
    assert kept["voice"].to_pylist() == ["reuters", "reuters", None, "sana"]
    older = make_older(store)
    found = older.table("reports").to_pyarrow()
    assert found.select(kept.column_names).to_pylist() == kept.to_pylist()
    assert count_everywhere(older) == counts


def test_an_older_version_keeps_the_types_of_its_reports(tmp_path: Path) -> None:
    """Once, a day of publication was a day and not a text."""
    store = bring(tmp_path, "r1,a,Reuters,,,2021-07-07", "")
    day = pa.array([date(2021, 7, 8)])
    (report,) = make_older(store, published=day).find_reports("a")
    assert report["published"] == date(2021, 7, 8)
    assert (report["row"], report["title"], report["stands"]) == (2, None, True)


def test_an_older_version_without_a_report(make_store: Callable[..., Store]) -> None:
    assert make_store({}).find_reports("A") == []
