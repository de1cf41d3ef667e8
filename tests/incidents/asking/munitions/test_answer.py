"""Munitions row by row: page, API and CSV tell the same, and unknown is never 0."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from incidents.asking.casualties import values
from incidents.asking.filters import Filters
from incidents.asking.munitions.answer import BY, MUNITION_COLUMNS, read_munitions
from incidents.asking.store import Store
from incidents.table.errors import FilterError
from incidents.table.sentences import BYS

MakeStore = Callable[..., Store]


def fired(weapon: str | None, *ends: int | None) -> Mapping[str, Any]:
    names = ("launched_min", "launched_max", "intercepted_min", "intercepted_max")
    return {"weapon": weapon, **dict(zip(names, ends, strict=False))}


@pytest.fixture(scope="module")
def store(make_store: MakeStore) -> Store:
    return make_store(
        fired("rockets", 2, 3, 1, 1), fired("rockets", 14, 17), fired("drone", 1, 1, 0, 1),
        fired(None), fired("=1+1", 4, None, 1, 1),
    )  # fmt: skip


def test_the_largest_first_and_what_is_not_stated_last(store: Store) -> None:
    told = read_munitions(store, Filters())
    assert [row["value"] for row in told.rows] == ["rockets", "=1+1", "drone", None]
    rockets = told.rows[0]
    assert {name: rockets[name] for name in MUNITION_COLUMNS} == {
        "value": "rockets", "is_rest": False, "incidents": 2,
        "launched_low": 16, "launched_high": 20, "launched_open": False, "launched_unknown": 0,
        "intercepted_low": 1, "intercepted_high": 1, "intercepted_open": False,
        "intercepted_unknown": 1,
        "impacted_low": 1, "impacted_high": 2, "impacted_open": False, "impacted_unknown": 1,
        "rate_low": pytest.approx(1 / 3), "rate_high": 0.5, "rate_known": 1,
        "rate_stopped_low": 1, "rate_stopped_high": 1, "rate_of_low": 2, "rate_of_high": 3,
    }  # fmt: skip
    unknown = told.rows[-1]
    assert (unknown["launched_low"], unknown["launched_unknown"]) == (None, 1)
    assert (unknown["rate_low"], unknown["rate_high"], unknown["rate_known"]) == (None, None, 0)
    assert (told.total["incidents"], told.total["launched_low"]) == (5, 21)


@pytest.mark.parametrize(
    ("basis", "launched", "impacted", "rate"),
    [("range", (16, 20), (1, 2), (1 / 3, 0.5)), ("low", (16, 16), (1, 1), (1 / 3, 1 / 3)),
     ("high", (20, 20), (2, 2), (0.5, 0.5))],
)  # fmt: skip
def test_the_claims_that_are_asked_for(
    store: Store, basis: str, launched: Any, impacted: Any, rate: Any
) -> None:
    row = read_munitions(store, Filters(basis=basis)).rows[0]
    told = [(row[f"{name}_low"], row[f"{name}_high"]) for name in ("launched", "impacted", "rate")]
    assert told == [launched, impacted, pytest.approx(rate)]


def test_an_open_top_is_told_unless_only_the_lowest_are(store: Store) -> None:
    open_tops = [
        read_munitions(store, Filters(basis=basis)).rows[1]["launched_open"]
        for basis in ("range", "high", "low")
    ]
    assert open_tops == [True, True, False]


def test_many_values_are_one_row_together(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "MOST_NAMED", 1)
    rows = read_munitions(store, Filters(sources=0, q=""), "weapon").rows
    assert [(row["value"], row["is_rest"], row["incidents"]) for row in rows] == [
        ("rockets", False, 2), (None, False, 1), (None, True, 2)]  # fmt: skip


@pytest.mark.parametrize("by", sorted(set(BYS) - set(BY)))
def test_what_munitions_are_not_told_by(store: Store, by: str) -> None:
    with pytest.raises(FilterError, match=f'not by "{by}"'):
        read_munitions(store, Filters(), by)


def test_of_no_incident_nothing_is_known(make_store: MakeStore) -> None:
    told = read_munitions(make_store(), Filters())
    assert (list(told.rows), told.total["launched_low"]) == ([], None)


def test_known_only_is_of_munitions(make_store: MakeStore) -> None:
    store = make_store(fired("rockets", 2, 3), {"weapon": "rockets", "killed_min": 1})
    told = read_munitions(store, Filters(basis="known"))
    assert (told.total["incidents"], told.total["launched_low"]) == (1, 2)
