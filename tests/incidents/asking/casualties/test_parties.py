"""What parties to the conflict say, beside what others say."""

from collections.abc import Callable
from typing import Any

import pytest

from incidents.asking.casualties.answer import read_casualties
from incidents.asking.filters import Filters
from incidents.asking.store import Store

MakeStore = Callable[..., Store]


def report(name: str, incident: str, stance: str | None, **others: Any) -> dict[str, Any]:
    return {"report": name, "incident": incident, "publisher": name, "stance": stance, **others}


def claim(report: str, incident: str, low: int | None, high: int | None, **others: Any) -> Any:
    told = {"claim": report, "report": report, "incident": incident, "measure": "killed"}
    return {**told, "group": "all", "low": low, "high": high, **others}


@pytest.fixture(scope="module")
def store(make_store: MakeStore) -> Store:
    reports = (
        report("ministry", "A", "party"), report("agency", "A", None),
        report("partisan", "A", "partisan"), report("agency 2", "B", None),
        report("ministry 2", "C", "party"), report("old", "C", None),
        report("new", "C", None, supersedes="old; other"),
        report("ministry 3", "D", "party"),
    )  # fmt: skip
    claims = (
        claim("ministry", "A", 1, 2), claim("agency", "A", 7, None),
        claim("partisan", "A", None, 30), claim("agency 2", "B", 1, 1),
        claim("ministry 2", "C", 0, 0), claim("old", "C", 9, 9),
        claim("ministry 3", "D", 4, 4, group="civilians"),
    )  # fmt: skip
    return make_store({}, {}, {"type": "x"}, {}, reports=reports, claims=claims)


SAID = [
    ("range", [("A", "ministry", 1, 2, 7, 30), ("C", "ministry 2", 0, 0, None, None)]),
    ("low", [("A", "ministry", 1, 1, 7, 7), ("C", "ministry 2", 0, 0, None, None)]),
    ("high", [("A", "ministry", 2, 2, 30, 30), ("C", "ministry 2", 0, 0, None, None)]),
]


@pytest.mark.parametrize(("basis", "said"), SAID, ids=[case[0] for case in SAID])
def test_party_and_others(store: Store, basis: str, said: list[Any]) -> None:
    names = ("incident", "party", "party_low", "party_high", "others_low", "others_high")
    rows = read_casualties(store, Filters(basis=basis), "party").rows
    assert [tuple(row[name] for name in names) for row in rows] == said


def test_filters_and_group_hold(store: Store) -> None:
    told = read_casualties(store, Filters(type=("x",)), "party").rows
    assert [row["incident"] for row in told] == ["C"]
    told = read_casualties(store, Filters(who="civilians"), "party").rows
    assert [(row["incident"], row["party_high"], row["others_high"]) for row in told] == [
        ("D", 4, None)]  # fmt: skip


def test_a_table_without_parties(make_store: MakeStore) -> None:
    assert read_casualties(make_store({}), Filters(), "party").rows == []


def test_a_number_that_a_report_ascribes_to_a_party_is_the_partys(make_store: MakeStore) -> None:
    reports = (report("agency", "A", None), report("monitor", "A", None), report("ap", "A", None))
    claims = (
        claim("agency", "A", 1, 1, said_by="Pentagon"), claim("monitor", "A", 22, 22),
        claim("ap", "A", 1, 2, said_by="Pentagon"),
    )  # fmt: skip
    store = make_store({}, reports=reports, claims=claims)
    (row,) = read_casualties(store, Filters(), "party").rows
    assert (row["party"], row["party_low"], row["party_high"]) == ("Pentagon", 1, 2)
    assert (row["others_low"], row["others_high"]) == (22, 22)


def test_the_shipped_table_tells_what_parties_concede(shipped: Any) -> None:
    rows = read_casualties(shipped.store, Filters(), "party").rows
    told = {row["incident"]: row for row in rows}
    row = told["SY-2021-02-26-AL-BUKAMAL-1"]
    assert row["party"] == "Pentagon"
    assert (row["party_low"], row["party_high"], row["others_high"]) == (1, 1, 22)
