"""Casualties by anything: what a row sums, what hangs on one publisher, what stays unknown."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.asking.casualties import values
from incidents.asking.casualties.answer import list_columns, read_casualties
from incidents.asking.casualties.rows import SUMS, Row
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.columns import GROUPS
from incidents.table.sentences import BASIS, BYS

MakeStore = Callable[..., Store]


def killed(low: int | None, high: int | None, **others: Any) -> dict[str, Any]:
    return {"killed_min": low, "killed_max": high, **others}


def read_rows(
    store: Store, by: str = "type", harm: str = "killed", step: str | None = None, **keys: Any
) -> list[Row]:
    return list(read_casualties(store, Filters(**keys), by, harm, step).rows)


def sums_of(row: Row) -> tuple[Any, ...]:
    return row["low"], row["high"], row["open"], row["unknown"]


def test_rows_by_value_have_most_people_first_and_unknown_stays_unknown(
    make_store: MakeStore,
) -> None:
    store = make_store(
        killed(1, 2, actor="few"), killed(9, 9), killed(0, 0, actor="none"), {"actor": "unknown"},
        killed(3, 20, actor="many"), killed(4, None, actor="many"), {"actor": "many"},
    )  # fmt: skip
    assert [(row["value"], *sums_of(row)) for row in read_rows(store, by="actor")] == [
        ("many", 7, 24, True, 1),
        ("few", 1, 2, False, 0),
        ("none", 0, 0, False, 0),
        ("unknown", None, None, False, 1),
        (None, 9, 9, False, 0),
    ]


# Ranges, publishers, operations; then what hangs on one publisher, and its shares.
SINGLE = [
    ("one and several", [killed(2, 4, sources=1), killed(2, 12, sources=3)],
     (1, 2, 4, 0.5, 0.25, 0)),
    ("none", [killed(2, 4, sources=2)], (0, None, None, 0.0, 0.0, 0)),
    ("one, without a number", [killed(2, 4, sources=2), {"sources": 1}],
     (0, None, None, 0.0, 0.0, 0)),
    ("not stated", [killed(2, 4)], (0, None, None, None, None, 1)),
    ("partly not stated", [killed(2, 4), killed(2, 4, sources=1)], (1, 2, 4, 0.5, 0.5, 1)),
    ("no number at all", [{"sources": 1}], (0, None, None, None, None, 0)),
    ("of 0 there is no share", [killed(0, 4, sources=1)], (1, 0, 4, None, 1.0, 0)),
    ("open top", [killed(4, None, sources=1)], (1, 4, 4, 1.0, 1.0, 0)),
    ("an operation counts once",
     [killed(4, 6, sources=1, operation="a"), killed(5, 5, sources=1, operation="a"),
      killed(5, 12, sources=2)], (2, 5, 6, 0.5, 0.3333, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "single"), [case[1:] for case in SINGLE],
                         ids=[case[0] for case in SINGLE])  # fmt: skip
def test_what_hangs_on_one_publisher(make_store: MakeStore, rows: list[Any], single: Any) -> None:
    (row,) = read_rows(make_store(*rows), by="total")
    names = ("one_publisher", "one_publisher_low", "one_publisher_high", "share_of_low",
             "share_of_high", "publishers_unknown")  # fmt: skip
    assert tuple(row[name] for name in names) == single


def test_a_number_that_one_of_several_publishers_gives_hangs_on_it(make_store: MakeStore) -> None:
    names = {"a": "AFP", "b": "AFP", "c": "SOHR", "d": "sohr ", "old": "AP"}
    reports = [
        {"report": name, "incident": "A", "publisher": who, "supersedes": None}
        for name, who in names.items()
    ]
    reports[0]["supersedes"] = "old"
    claims = [
        {"claim": f"{n}", "report": report, "incident": "A", "measure": "killed", "group": group,
         "low": 4, "high": 4}
        for n, (report, group) in enumerate(
            [("a", "all"), ("c", "all"), ("b", "civilians"), ("a", "civilians"),
             ("c", "fighters"), ("d", "fighters"), ("old", "fighters")])
    ]  # fmt: skip
    ranges = {f"{stem}killed_{end}": 4 for stem in ("", "civilians_", "fighters_")
              for end in ("min", "max")}  # fmt: skip
    store = make_store(
        {**ranges, "sources": 2}, killed(1, 1, sources=1), reports=tuple(reports),
        claims=tuple(claims),
    )  # fmt: skip
    rows = {row["value"]: row["one_publisher_low"] for row in read_rows(store, by="group")}
    # Of the incident without a claim, its number of publishers tells.
    assert (rows["all"], rows["civilians"], rows["fighters"]) == (1, 4, 4)
    (total,) = read_rows(store, by="total", who="civilians")
    assert (total["one_publisher"], total["share_of_low"]) == (1, 1.0)


def test_known_only_is_of_what_is_summed(make_store: MakeStore) -> None:
    store = make_store(
        killed(1, 2), {"wounded_min": 3, "wounded_max": 3},
        {"civilians_killed_min": 5, "civilians_killed_max": 5}, {},
    )  # fmt: skip
    for harm, who, sums in (
        ("killed", "all", (1, 2, 1)), ("wounded", "all", (3, 3, 1)),
        ("killed", "civilians", (5, 5, 1)), ("wounded", "civilians", (None, None, 0)),
    ):  # fmt: skip
        (row,) = read_rows(store, by="total", harm=harm, who=who, basis="known")
        assert (row["low"], row["high"], row["incidents"]) == sums
        assert row["unknown"] == 0
    groups = {row["value"]: row for row in read_rows(store, by="group", basis="known")}
    assert (groups["civilians"]["incidents"], groups["civilians"]["unknown"]) == (1, 0)
    assert groups["children"]["incidents"] == 0


def test_groups_are_rows_of_their_own(make_store: MakeStore) -> None:
    store = make_store(killed(3, 5, children_killed_min=1, children_killed_max=2), killed(1, 1))
    rows = {row["value"]: sums_of(row) for row in read_rows(store, by="group")}
    assert list(rows) == list(GROUPS)
    assert rows["all"] == (4, 6, False, 0)
    assert rows["children"] == (1, 2, False, 1)
    assert rows["civilians"] == (None, None, False, 2)


def test_incidents_on_which_sources_differ_most(make_store: MakeStore) -> None:
    store = make_store(
        killed(1, 2), killed(5, 57, place="Deir ez-Zor", sources=5), killed(3, 3), {},
        killed(4, None),
    )  # fmt: skip
    rows = read_rows(store, by="incident")
    assert [(row["incident"], row["difference"]) for row in rows] == [("B", 52), ("A", 1)]
    assert (rows[0]["place"], rows[0]["sources"]) == ("Deir ez-Zor", 5)
    assert read_casualties(store, Filters(), "incident").total["differ"] == 2


def test_values_beyond_the_most_are_one_row(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "MOST_NAMED", 1)
    rows = [killed(1, 1, actor=each) for each in ("a", "a", "b", "c", "c; d")]
    store = make_store(*rows, killed(7, 7))
    told = read_rows(store, by="actor")
    assert [(row["value"], row["is_rest"], row["high"]) for row in told] == [
        ("a", False, 2), (None, False, 7), (None, True, 3)]  # fmt: skip
    # A value that the reader chose has its name, however rare it is.
    assert [row["value"] for row in read_rows(store, by="actor", actor=("b",))] == ["b"]


@pytest.mark.parametrize("by", BYS)
def test_every_row_has_the_columns_that_are_told(make_store: MakeStore, by: str) -> None:
    store = make_store(killed(1, 2, type="x"), {"date_end": "2021-08-09"})
    rows = read_rows(store, by=by)
    assert rows or by == "party"
    assert all(list(row) == list(list_columns(by)) for row in rows)


@pytest.mark.parametrize("by", BYS)
def test_no_incident_no_row(make_store: MakeStore, by: str) -> None:
    rows = read_rows(make_store(), by=by)
    if by in ("group", "total"):
        assert {sums_of(row) for row in rows} == {(None, None, False, 0)}
    else:
        assert rows == []


# The switch, and the two incidents of 2–5 and 4 or more, and the third whose toll is unknown.
SWITCH = [
    ("range", (6, 9, True, 1), 3),
    ("low", (6, 6, False, 1), 3),
    ("high", (9, 9, True, 1), 3),
    ("known", (6, 9, True, 0), 2),
]


@pytest.mark.parametrize(("basis", "sums", "incidents"), SWITCH, ids=list(BASIS))
@pytest.mark.parametrize("by", ["total", "type", "group", "time"])
def test_the_switch_holds_in_every_row(
    make_store: MakeStore, by: str, basis: str, sums: Any, incidents: int
) -> None:
    store = make_store(*(row | {"type": "x"} for row in (killed(2, 5), killed(4, None), {})))
    row = read_rows(store, by=by, basis=basis, step="month")[0]
    assert (sums_of(row), row["incidents"]) == (sums, incidents)


@pytest.mark.parametrize(("basis", "found"), [("range", 1), ("known", 1), ("low", 0), ("high", 0)])
def test_one_end_of_each_range_differs_from_nothing(
    make_store: MakeStore, basis: str, found: int
) -> None:
    store = make_store(killed(2, 5), killed(4, None))
    assert len(read_rows(store, by="incident", basis=basis)) == found


claims = st.none() | st.integers(0, 100)


@st.composite
def tolls(draw: st.DrawFn) -> dict[str, Any]:
    low, high = draw(claims), draw(claims)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    chosen = {
        "type": draw(st.sampled_from(["x", "y", None])),
        "operation": draw(st.sampled_from([None, None, "a", "b"])),
        "sources": draw(st.sampled_from([None, 1, 2])),
        "date": draw(st.sampled_from(["2021-06-30", "2021-07-07", "2021-08-01"])),
        "date_end": draw(st.sampled_from([None, "2021-08-31"])),
    }
    return killed(low, high, **chosen)


slow = settings(max_examples=6)
KEYS = [(by, Filters(basis=basis))
        for by in ("type", "group", "time") for basis in ("range", "high")]  # fmt: skip


@slow
@given(rows=st.lists(tolls(), max_size=6))
def test_unknown_never_becomes_0(make_store: MakeStore, rows: list[dict[str, Any]]) -> None:
    """An incident of which nothing is known changes no number but that of the unknown."""
    known = [row for row in rows if row["killed_min"] is not None or row["killed_max"] is not None]
    store = make_store(*rows)
    for by, filters in KEYS:
        told = read_casualties(store, filters, by, step="month")
        for row in told.rows:
            if row["incidents"] == row["unknown"]:
                assert (row["low"], row["high"]) == (None, None)
                assert (row["share_of_low"], row["share_of_high"]) == (None, None)
            if row["low"] is not None:
                assert row["high"] is not None and row["low"] <= row["high"]
        if not known:
            assert {(row["low"], row["high"]) for row in told.rows} <= {(None, None)}


@slow
@given(rows=st.lists(tolls(), max_size=6))
def test_the_total_is_that_of_the_figures(
    make_store: MakeStore, rows: list[dict[str, Any]]
) -> None:
    store = make_store(*rows)
    for basis in BASIS:
        (row,) = read_rows(store, by="total", basis=basis)
        total = read_figures(store, Filters(basis=basis)).killed
        assert sums_of(row) == (total.low, total.high, total.is_open, total.unknown)
        for end in ("low", "high"):
            part, whole = row[f"one_publisher_{end}"], row[end]
            assert part is None or part <= whole


def test_shipped_rows_are_the_figures(shipped: Any) -> None:
    store = shipped.store
    for who in GROUPS:
        told = read_casualties(store, Filters(who=who), "group", "wounded")
        (row,) = [row for row in told.rows if row["value"] == who]
        assert {name: row[name] for name in SUMS} == {name: told.total[name] for name in SUMS}
