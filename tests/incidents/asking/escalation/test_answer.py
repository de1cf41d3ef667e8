"""The one answer that the page and the API tell."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from incidents.asking.escalation.answer import WITHIN, read_escalation
from incidents.asking.escalation.answers import Reply
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.table.columns import ATTACK, STRIKE
from incidents.versions.catalog import Version

MakeStore = Callable[..., Store]
JULY = (date(2021, 7, 1), date(2021, 7, 31))


def attack(day: int, **more: Any) -> Mapping[str, Any]:
    return {"date": f"2021-07-{day:02d}", "date_precision": "day", "direction": ATTACK, **more}


def strike(day: int, **more: Any) -> Mapping[str, Any]:
    return attack(day, **{"direction": STRIKE, **more})


@pytest.fixture(scope="module")
def store(make_store: MakeStore) -> Store:
    """Attacks A, B, E, F, strikes C and D on 5 and 20 July; E answers C, D answers B."""
    return make_store(
        attack(3, place="Erbil"), attack(4, place="Balad"), strike(5, place="al-Qaim"),
        strike(20, response_to="B"), attack(6, response_to="C", place="Erbil"), attack(30),
    )  # fmt: skip


def test_both_sides_and_what_followed(store: Store) -> None:
    told = read_escalation(store, Filters(), JULY, step="month")
    assert [(side.attacks, side.strikes) for side in told.sides] == [(4, 2)]
    assert [(each.incident, each.answers, each.days) for each in told.answers] == [
        ("E", "C", 1), ("D", "B", 16)]  # fmt: skip
    assert told.aftermath.days == WITHIN
    assert [(each.strike, each.after) for each in told.aftermath.strikes] == [
        ("C", (1, 1)), ("D", (0, 0))]  # fmt: skip
    assert told.parts == {"C": ["C"], "D": ["D"]}
    assert told.incidents["C"]["place"] == "al-Qaim"
    assert not told.is_empty


def test_the_reader_chooses_the_days(store: Store) -> None:
    told = read_escalation(store, Filters(), JULY, within=11)
    assert [each.after for each in told.aftermath.strikes] == [(1, 1), (1, 1)]


@pytest.mark.parametrize("direction", [(ATTACK,), (STRIKE,), ("other",)])
def test_both_sides_are_compared_whichever_is_chosen(
    store: Store, direction: tuple[str, ...]
) -> None:
    told = read_escalation(store, Filters(direction=direction), JULY)
    assert told == read_escalation(store, Filters(), JULY)


DATES = [
    ((3, 6), ["C"], ["E", "D"]),
    ((5, 6), ["C"], ["E"]),
    ((4, 4), [], ["D"]),
    ((18, 31), ["D"], ["D"]),
    ((7, 8), [], []),
]


@pytest.mark.parametrize(("days", "strikes", "answers"), DATES)
def test_dates_choose_what_is_told_not_what_is_counted(
    store: Store, days: tuple[int, int], strikes: list[str], answers: list[str]
) -> None:
    whole = read_escalation(store, Filters(), JULY)
    dates = (date(2021, 7, days[0]), date(2021, 7, days[1]))
    told = read_escalation(store, Filters(dates=dates), JULY)
    assert [each.strike for each in told.aftermath.strikes] == strikes
    assert [each.incident for each in told.answers] == answers
    assert (told.aftermath.base, told.sides) == (whole.aftermath.base, whole.sides)
    assert set(told.aftermath.strikes) <= set(whole.aftermath.strikes)


def test_other_filters_leave_out_and_say_so(store: Store) -> None:
    told = read_escalation(store, Filters(place=("Erbil",)), JULY)
    assert (told.sides[0].attacks, told.sides[0].strikes) == (1, 0)
    assert (told.answers, told.absent) == ([], ["C"])
    assert told.is_empty
    assert told.notes[-1] == "The filters leave out what some incidents answer: 1 incident."


def test_days_that_nobody_states_are_said_to_be_guessed(store: Store) -> None:
    told = read_escalation(store, Filters(), None)
    assert (told.known, told.is_stated) == ((date(2021, 7, 3), date(2021, 7, 30)), False)
    assert any("does not say which days were monitored" in note for note in told.notes)
    stated = read_escalation(store, Filters(), JULY)
    assert not any("does not say" in note for note in stated.notes)


def test_parts_of_an_operation_are_one_strike(make_store: MakeStore) -> None:
    store = make_store(strike(5, operation="O"), strike(6, operation="O"), attack(8))
    told = read_escalation(store, Filters(), JULY)
    assert told.parts == {"O": ["A", "B"]}
    assert [(each.strike, each.day.day) for each in told.aftermath.strikes] == [("O", 5)]


def test_an_empty_table_has_no_days(make_store: MakeStore) -> None:
    with pytest.raises(ValueError, match="no days"):
        read_escalation(make_store(), Filters(), None)


def test_the_shipped_table(shipped: Version) -> None:
    told = read_escalation(shipped.store, Filters(), shipped.snapshot.monitored)
    assert [(each.incident, each.answers, each.days) for each in told.answers] == [
        ("SY-2021-02-26-AL-BUKAMAL-1", "IQ-2021-02-15-ERBIL-1", 11),
        ("SY-2021-06-28-AL-OMAR-1", "SY-2021-06-28-AL-BUKAMAL-1", 0),
    ]
    rows = shipped.store.incidents.to_pyarrow().to_pylist()
    for side, direction in (("attacks", ATTACK), ("strikes", STRIKE)):
        # The parts of an operation are one.
        expected = len(
            {row["operation"] or row["incident"] for row in rows if row["direction"] == direction}
        )
        assert sum(getattr(each, side) for each in told.sides) == expected
    assert isinstance(told.answers[0], Reply)
