"""From what is brought to a snapshot and back: nothing is lost, nothing is mixed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.datasets import World
from incidents.intake.mapping.guess import guess_profile
from incidents.intake.placing.overrides import Override, make_override
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Table, Tables, torn_frame
from incidents.table.errors import SnapshotError, TableError
from incidents.table.problems import problems_frame
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import _name_apart, prepare, publish, reopen
from incidents.versions.keeping import write_snapshot
from incidents.versions.snapshots import Snapshot, find_snapshot, read_part
from incidents.versions.sources import (
    ROW,
    STATUS,
    TEXT,
    find_source_row,
    from_source,
    show_names,
    to_source,
)
from tests.growth import IN_STEP, grow

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
        bundle = Bundle(brought, overrides, source="own.csv")
        return publish(prepare(bundle, world), tmp_path, "upload")

    return make


def test_every_row_is_accepted_or_set_aside(world: World) -> None:
    draft = prepare(Bundle((bring("first"),)), world)
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
    reopened = reopen(snapshot)
    (again,) = reopened.brought
    assert reopened.overrides == (decision,)
    assert again.name == "second" and again.profile is None
    for part, table in brought.parts.items():
        read = again.parts[part]
        assert read.rows.astype("object").equals(table.rows.astype("object"))
        assert (read.name, read.read, read.encoding) == (table.name, table.read, table.encoding)


def test_what_is_brought_again_is_the_same_version(keep: Keep) -> None:
    first = keep(bring("first"), bring("second"))
    again = reopen(first)
    assert keep(*again.brought, overrides=again.overrides).id == first.id


def test_a_decision_is_kept_as_decided(keep: Keep) -> None:
    # The border crossing of Rabia, in Iraq, lies in Syria by the outlines.
    first = keep(bring("first"))
    place = ("P-RABIA", "IQ", "Nineveh")
    decision = make_override("Narnia", "", "", 36.8, 42.0, "site", "Ana", "a map", "", *place)
    second = keep(*reopen(first).brought, overrides=(decision,))
    rows = read_part(second, "incidents")
    assert rows is not None
    row = rows[rows["place"] == "Narnia"].iloc[0]
    assert "ربيعه" in str(row["names"]), "it is found by the names of what was chosen"
    assert (row["country"], row["gov"], row["precision"]) == ("IQ", "Nineveh", "site")
    assert (row["lat"], row["lon"], row["located_by"]) == (36.8, 42.0, "override")
    again = reopen(second)
    assert again.overrides == (decision,)
    assert keep(*again.brought, overrides=again.overrides).id == second.id


def test_a_decision_makes_another_version_and_leaves_the_first(keep: Keep) -> None:
    first = keep(bring("first"))
    decision = make_override("Narnia", "", "", 34.0, 43.0, "town")
    second = keep(*reopen(first).brought, overrides=(decision,))
    assert first.located == second.located
    assert find_snapshot(first.folder.parent, first.id) == first
    problems = read_part(second, "problems")
    assert problems is not None
    assert (problems["kind"] == "place_not_found").sum() == 1


def test_tables_together_keep_their_dataset_and_their_ids_apart(world: World) -> None:
    both = prepare(Bundle((bring("first"), bring("second", with_reports=True))), world)
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
    both = prepare(Bundle((one, one)), world)
    assert list(both.reports["report"]) == ["r1", "r2", "second (2)/r1", "second (2)/r2"]
    assert both.reports["supersedes"].dropna().tolist() == ["r1", "second (2)/r1"]


def test_likely_duplicates_are_told_and_both_stay(world: World) -> None:
    text = "date,place,country,type\n2021-07-09,Mosul,IQ,rocket attack\n"
    other = Brought("other", Tables(table_from_bytes(text.encode(), "other.csv")))
    both = prepare(Bundle((bring("second"), other)), world)
    assert len(both.incidents) == 3
    told = both.problems[both.problems["kind"] == "possible_duplicate"]
    assert len(told) >= 1 and told["level"].eq("note").all()
    assert any("z" in message for message in told["message"])


def test_an_older_snapshot_says_that_it_cannot_be_reviewed(world: World, tmp_path: Path) -> None:
    draft = prepare(Bundle((bring("second"),)), world)
    tables = {"incidents": draft.incidents, "reports": draft.reports, "claims": draft.claims}
    old = write_snapshot(tmp_path, tables, draft.problems, "own.csv", 0)
    with pytest.raises(SnapshotError, match="Bring the file again"):
        reopen(old)


# Rows that may stand on top of a table; what is below them is read, or set aside with a problem.
HEADS = st.lists(
    st.sampled_from(
        [
            *("date,place,killed", "#date,#loc+name,#affected", "#date", "x,y,z", "Attacks", ""),
            *("Attacks,,", ",,", "2021-07-07,Hit,1", '"a, b",,', "source: me"),
        ]
    ),
    max_size=5,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADS, st.lists(st.sampled_from(["2021-07-07,Hit,1", ",Hit,", "Hit", "#date,#loc", ",,"])))
def test_rows_in_are_rows_accepted_and_set_aside_below_any_head(
    world: World, head: list[str], body: list[str]
) -> None:
    text = "\n".join([*head, "date,place,killed", *body, "2021-07-09,Erbil,0", ""])
    try:
        table = table_from_bytes(text.encode(), "odd.csv")
    except TableError:
        return
    for profile in (None, guess_profile(table)):
        draft = prepare(Bundle((Brought("odd", Tables(table), profile),)), world)
        assert draft.set_aside >= 0 and draft.read >= len(draft.incidents)
        told = draft.problems[draft.problems["level"] == "error"]
        # Each row that is set aside has an error of its own, if the table could be read at all.
        if told["row"].notna().all():
            assert draft.set_aside == told["row"].nunique(), text


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("#date,#adm1+name,#affected+killed\n2021-01-01,Anbar,4\n", (1, 1, 0)),
        ("A title\n#date,#adm1+name,#affected+killed\n2021-01-01,Anbar,4\n", (1, 1, 0)),
        ("#date,#adm1+name\ndate,gov\n2021-01-01,Anbar\n", (1, 1, 0)),
        ("A title,\ndate,gov\n#date,#adm1+name\n2021-01-01,Anbar\n,Anbar\n", (2, 1, 1)),
    ],
    ids=["tags are the names", "below a title", "tags above", "tags below"],
)
def test_tags_and_titles_are_no_rows_in(
    world: World, text: str, counts: tuple[int, int, int]
) -> None:
    table = table_from_bytes(text.encode(), "tags.csv")
    draft = prepare(Bundle((Brought("tags", Tables(table), guess_profile(table)),)), world)
    assert (draft.read, len(draft.incidents), draft.set_aside) == counts


MARKED = "@row,@status,@incident,@text,@@row,row,date,place\n"


def test_columns_of_the_file_may_have_our_marks(keep: Keep) -> None:
    text = MARKED + "A,B,C,D,E,F,2021-01-01,Hit\nA2,B2\nA3,B3,C3,D3,E3,F3,,Mosul\n"
    table = table_from_bytes(text.encode(), "marked.csv")
    snapshot = keep(Brought("marked", Tables(table)))
    (again,) = reopen(snapshot).brought
    assert again.tables.incidents.rows.equals(table.rows)
    assert again.tables.incidents.torn.equals(table.torn)
    assert find_source_row(snapshot.folder, "C") == {
        "@row": "A", "@status": "B", "@incident": "C", "@text": "D", "@@row": "E", "row": "F",
        "date": "2021-01-01", "place": "Hit",
    }  # fmt: skip
    stored = read_part(snapshot, "source_0_incidents")
    assert stored is not None
    shown = show_names(list(stored))
    assert [name for name in shown if name in table.rows] == list(table.rows)
    assert dict(zip(shown, stored.to_numpy().T, strict=True))["status"].tolist() == [
        "accepted", "set aside", "set aside",
    ]  # fmt: skip


@given(st.lists(st.text("@row", min_size=1, max_size=5), unique=True))
def test_names_survive_the_source(names: list[str]) -> None:
    rows = pd.DataFrame({name: ["x"] for name in names}, index=pd.Index([2], name="row"))
    table = Table("a.csv", rows.astype("str"), 1, problems_frame([]), torn=torn_frame([(3, "x")]))
    stored = to_source(table, pd.Series(["i"], index=[2]))
    assert len(set(show_names(list(stored)))) == len(stored.columns)
    back = from_source(stored, {"file": "a.csv", "read": 2}, table.problems)
    assert list(back.rows) == names and back.torn.equals(table.torn)


def test_a_decision_names_the_governorate_in_any_spelling(world: World) -> None:
    rows = "2021-07-07,Narnia,Al Anbar,Iraq\n2021-07-08,Narnia,Basra,IQ\n"
    table = table_from_bytes(f"date,place,gov,country\n{rows}".encode(), "own.csv")
    decision = make_override("narnia", "Iraq", "Anbar Governorate", 33.4, 42.9, "town", "AB")
    draft = prepare(Bundle((Brought("own", Tables(table), None),), (decision,)), world)
    assert draft.incidents["located_by"].eq("override").tolist() == [True, False]
    assert not draft.problems["kind"].str.startswith("override").any()


def test_tables_of_one_name_are_not_put_beside_each_other() -> None:
    first = bring("first")
    named = _name_apart((first, first, replace(first, name="first (2)"), first))
    assert [each.name for each in named] == ["first", "first (2)", "first (2) (2)", "first (3)"]
    assert grow(lambda size: (first,) * size, _name_apart, 200) < IN_STEP
