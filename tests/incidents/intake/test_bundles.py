"""Which file is what, and what goes with what."""

import pytest

from incidents.intake.bundles import Beside, Brought, Bundle, choose_profile, find_role
from incidents.intake.placing.overrides import make_override
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Table, Tables
from incidents.table.errors import TableError
from incidents.table.problems import make_problem

ROLES = {
    "incidents": "date,place,killed\n",
    "incidents of an export": "id,event_date,latitude,longitude\n",
    "reports": "report,incident,publisher,url\n",
    "claims": "claim,report,incident,measure,low,high\n",
    "overrides": "place,country,gov,lat,lon,precision,who,why,when\n",
}


def read(role: str, name: str = "own.csv", rows: str = "") -> Table:
    return table_from_bytes((ROLES[role] + rows).encode(), name)


def bring(name: str, reports: Table | None = None) -> Brought:
    return Brought(name, Tables(read("incidents", f"{name}.csv"), reports))


@pytest.mark.parametrize("name", ROLES)
def test_role(name: str) -> None:
    assert find_role(read(name)) == name.split()[0]


@pytest.mark.parametrize("name", ROLES)
def test_only_incidents_are_not_beside_a_table(name: str) -> None:
    assert Beside().take(read(name)) is not name.startswith("incidents")


def test_reports_and_claims_go_with_the_first_table() -> None:
    beside = Beside()
    beside.take(read("reports", "r.csv"))
    beside.take(read("claims", "c.csv"))
    first, second = beside.join(Bundle((bring("a"), bring("b")))).brought
    assert {part: table.name for part, table in first.parts.items()} == {
        "incidents": "a.csv",
        "reports": "r.csv",
        "claims": "c.csv",
    }
    assert list(second.parts) == ["incidents"]


def test_places_set_by_hand_are_for_all_and_their_faults_are_told() -> None:
    beside = Beside()
    beside.take(read("overrides", "o.csv", "Hit,,,33.6,42.8,town,me,map,\nHit,,,99,42,town,me,,\n"))
    bundle = beside.join(Bundle((bring("a"),), (make_override("hit"), make_override("Erbil"))))
    assert [(each.place, each.lat) for each in bundle.overrides] == [("Hit", 33.6), ("Erbil", None)]
    assert [each.kind for each in bundle.told] == ["override_unusable"]


@pytest.mark.parametrize("role", ["reports", "claims"])
def test_neither_of_two_tables_is_dropped_in_silence(role: str) -> None:
    beside = Beside()
    beside.take(read(role, "one.csv"))
    with pytest.raises(TableError, match=rf"^two\.csv is a second table of {role}\..* one\.csv"):
        beside.take(read(role, "two.csv"))
    assert beside.tables[role].name == "one.csv"


def test_reports_that_a_table_has_are_not_replaced() -> None:
    beside = Beside()
    beside.take(read("reports", "other.csv"))
    with pytest.raises(TableError, match=r"^other\.csv is a second table of reports: a\.csv has"):
        beside.join(Bundle((bring("a.csv", read("reports")),)))


def test_two_bundles_are_one() -> None:
    told = make_problem("place_missing", "a.csv", row=3, column="place")
    first = Bundle((bring("a"),), (make_override("Hit", why="old"),), (told,), "a")
    second = Bundle((bring("b"),), (make_override("Hit", why="new"),), (), "b")
    both = first.join(second)
    assert [each.name for each in both.brought] == ["a", "b"]
    assert [each.why for each in both.overrides] == ["new"]
    assert both.told == (told,)


def test_columns_of_our_own_names_need_no_profile() -> None:
    assert choose_profile(read("incidents"), ()) is None
    guessed = choose_profile(table_from_bytes(b"When,Spot\n2021-07-01,Hit\n", "odd.csv"), ())
    assert guessed is not None and "date" in guessed.columns
    assert choose_profile(read("incidents"), (), guessed) == guessed
