"""From what is brought to a snapshot and back: nothing is lost, nothing is mixed."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from incidents.catalog import Catalog
from incidents.errors import SnapshotError
from incidents.importing.drafts import World, prepare, publish, reopen
from incidents.importing.overrides import Override, make_override
from incidents.importing.sources import (
    ROW,
    STATUS,
    TEXT,
    Brought,
    find_source_row,
    list_parts,
)
from incidents.reading.files import table_from_bytes
from incidents.reading.tables import Tables
from incidents.settings import Settings
from incidents.snapshots import Snapshot, find_snapshot, read_part, write_snapshot

TEXTS = {
    "first": "incident,date,place,country,killed,extra\n"
    "a,2021-07-07,Ain al-Asad,IQ,0,=1+1\n"
    "b,,Erbil,IQ,2,no day\n"
    "c,2021-07-08,Narnia,IQ,,\n"
    "d,2021-07-08,Hit\n"
    'e,2021-07-09,"Hit\nAnbar",IQ,1,two lines\n',
    "second": "incident,date,place,country,type\n"
    "a,2021-07-07,Erbil,IQ,rocket attack\n"
    "z,2021-07-09,Mosul,IQ,rocket attack\n",
    "reports": "report,incident,publisher,supersedes\nr1,a,AFP,\nr2,a,AFP,r1\n",
    "claims": "claim,report,incident,measure,group,low,high\nk1,r2,a,killed,all,1,3\n",
}


def bring(name: str, with_reports: bool = False) -> Brought:
    tables = {name: table_from_bytes(TEXTS[name].encode(), f"{name}.csv")}
    parts = {"reports", "claims"} if with_reports else set()
    tables |= {part: table_from_bytes(TEXTS[part].encode(), f"{part}.csv") for part in parts}
    return Brought(name, Tables(tables[name], tables.get("reports"), tables.get("claims")))


@pytest.fixture(scope="module")
def world(shipped_settings: Settings) -> World:
    return Catalog(shipped_settings).world


Keep = Callable[..., Snapshot]


@pytest.fixture
def keep(world: World, tmp_path: Path) -> Keep:
    """Bring tables and keep them."""

    def make(*brought: Brought, overrides: tuple[Override, ...] = ()) -> Snapshot:
        return publish(prepare(brought, world, overrides), tmp_path, "own.csv", "upload")

    return make


def test_every_row_is_accepted_or_set_aside(world: World) -> None:
    draft = prepare([bring("first")], world)
    assert (draft.read, len(draft.incidents), draft.set_aside) == (5, 3, 2)
    found = [(row, kind) for row, kind in draft.problems[["row", "kind"]].itertuples(index=False)
             if not pd.isna(row)]  # fmt: skip
    assert found == [(3, "date_missing"), (4, "place_not_found"), (5, "row_too_short"),
                     (6, "place_not_found")]  # fmt: skip


def test_every_cell_is_kept_as_it_was(keep: Keep) -> None:
    source = read_part(keep(bring("first")), "source_0_incidents")
    assert source is not None
    assert list(source[ROW]) == [2, 3, 4, 5, 6]
    kept = ["accepted", "set aside", "accepted", "set aside", "accepted"]
    assert list(source[STATUS]) == kept
    assert list(source["extra"].dropna()) == ["=1+1", "no day", "", "two lines"]
    assert source.loc[source[ROW] == 5, TEXT].tolist() == ["d,2021-07-08,Hit"]


def test_an_incident_leads_to_its_row_as_it_was(keep: Keep) -> None:
    folder = keep(bring("first"), bring("second")).folder
    assert find_source_row(folder, "a") == {
        "incident": "a", "date": "2021-07-07", "place": "Ain al-Asad", "country": "IQ",
        "killed": "0", "extra": "=1+1",
    }  # fmt: skip
    assert (find_source_row(folder, "second/a") or {})["place"] == "Erbil"
    assert find_source_row(folder, "b") is None


def test_a_snapshot_opens_as_what_was_brought(keep: Keep) -> None:
    brought = bring("second", with_reports=True)
    decision = make_override("Mosul", "IQ", "", 36.3, 43.1, "town", "AB", "map", "2021-08-01")
    snapshot = keep(brought, overrides=(decision,))
    (again,), overrides = reopen(snapshot)
    assert overrides == (decision,)
    assert again.name == "second" and again.profile is None
    for part, table in list_parts(brought).items():
        read = list_parts(again)[part]
        assert read.rows.astype("object").equals(table.rows.astype("object"))
        assert (read.name, read.read, read.encoding) == (table.name, table.read, table.encoding)


def test_what_is_brought_again_is_the_same_version(keep: Keep) -> None:
    first = keep(bring("first"), bring("second"))
    brought, overrides = reopen(first)
    assert keep(*brought, overrides=overrides).id == first.id


def test_a_decision_makes_another_version_and_leaves_the_first(keep: Keep) -> None:
    first = keep(bring("first"))
    brought, _ = reopen(first)
    second = keep(*brought, overrides=(make_override("Narnia", "", "", 34.0, 43.0, "town"),))
    assert (first.located, second.located) == (1, 2)
    assert find_snapshot(first.folder.parent, first.id) == first
    problems = read_part(second, "problems")
    assert problems is not None
    assert (problems["kind"] == "place_not_found").sum() == 1


def test_tables_together_keep_their_dataset_and_their_ids_apart(world: World) -> None:
    both = prepare([bring("first"), bring("second", with_reports=True)], world)
    rows = both.incidents[["dataset", "incident"]].itertuples(index=False, name=None)
    assert list(rows) == [
        ("first", "a"), ("first", "c"), ("first", "e"), ("second", "second/a"), ("second", "z"),
    ]  # fmt: skip
    assert list(both.reports["incident"]) == ["second/a", "second/a"]
    assert list(both.claims["incident"]) == ["second/a"]
    killed = both.incidents.set_index("incident")["killed_max"]
    assert (killed["a"], killed["second/a"]) == (0, 3)
    assert both.accepted == (3, 2) and both.read == 7


def test_reports_of_both_tables_do_not_mix(world: World) -> None:
    one = bring("second", with_reports=True)
    both = prepare([one, one], world)
    assert list(both.reports["report"]) == ["r1", "r2", "second (2)/r1", "second (2)/r2"]
    assert both.reports["supersedes"].dropna().tolist() == ["r1", "second (2)/r1"]


def test_likely_duplicates_are_told_and_both_stay(world: World) -> None:
    text = "date,place,country,type\n2021-07-09,Mosul,IQ,rocket attack\n"
    other = Brought("other", Tables(table_from_bytes(text.encode(), "other.csv")))
    both = prepare([bring("second"), other], world)
    assert len(both.incidents) == 3
    told = both.problems[both.problems["kind"] == "possible_duplicate"]
    assert len(told) >= 1 and told["level"].eq("note").all()
    assert any("z" in message for message in told["message"])


def test_an_older_snapshot_says_that_it_cannot_be_reviewed(world: World, tmp_path: Path) -> None:
    draft = prepare([bring("second")], world)
    tables = {"incidents": draft.incidents, "reports": draft.reports, "claims": draft.claims}
    old = write_snapshot(tmp_path, tables, draft.problems, "own.csv", 0)
    with pytest.raises(SnapshotError, match="Bring the file again"):
        reopen(old)
