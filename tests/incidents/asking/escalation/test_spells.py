"""What the escalation view reads from the store."""

from datetime import date
from typing import Any

import pytest

from incidents.asking.escalation.aftermath import list_strikes
from incidents.asking.escalation.answers import find_answers
from incidents.asking.escalation.spells import (
    MOST_LINKED,
    find_linked,
    read_responses,
    read_spells,
    read_strikes,
)
from incidents.table.columns import ATTACK, STRIKE


def july(day: int) -> date:
    return date(2021, 7, day)


def test_read_from_a_store(make_store: Any) -> None:
    store = make_store(
        {"direction": ATTACK, "date_precision": "day"},
        {"direction": ATTACK, "date_precision": "day"},
        {"direction": ATTACK, "date": "2021-07-01", "date_end": "2021-07-31"},
        {"direction": STRIKE, "date": "2021-07-08", "date_precision": "day", "operation": "O"},
        {"direction": STRIKE, "date": "2021-07-09", "date_precision": "day", "operation": "O"},
        {"direction": "strike by coalition", "date": "2021-07-01", "date_end": "2021-07-31",
         "date_precision": "month"},
        {},
    )  # fmt: skip
    incidents = store.incidents
    assert read_spells(incidents, STRIKE) == [(july(1), july(31), 1), (july(8), july(9), 1)]
    assert read_spells(incidents, ATTACK) == [
        (july(1), july(31), 1), (july(7), july(7), 2)]  # fmt: skip
    rows, more = read_strikes(incidents)
    assert (list_strikes(rows), more) == (({"O": july(8)}, 1), 0)


def test_read_what_answers_what(make_store: Any) -> None:
    rows = read_responses(
        make_store({}, {"response_to": "A; X"}, {"response_to": " B"}, {}).incidents
    )
    assert {each["incident"]: each["response_to"] for each in rows} == {
        "A": None, "B": "A; X", "C": " B"}  # fmt: skip
    found, absent = find_answers([{**each, "date_precision": "day"} for each in rows])
    assert [(each.incident, each.answers, each.days) for each in found] == [
        ("B", "A", 0), ("C", "B", 0)]  # fmt: skip
    assert absent == ["X"]


def test_numbers_are_compared_as_ids(make_store: Any) -> None:
    """That 60 others answer 10, 11… is no answer to 1, and hides none."""
    others = [
        {"incident": f"{n}", "response_to": f"1{n};21", "date": "2021-01-01"}
        for n in range(100, 160)
    ]
    store = make_store(
        *others,
        {"incident": "1"},
        {"incident": "7", "response_to": "12; 1 ;3", "date": "2021-07-09"},
        {"incident": "8", "response_to": "1\u00a0"},
        {"incident": "9", "response_to": ";1;"},
    )
    found = find_linked(store, store.find_incident("1"))
    assert [[each["incident"] for each in rows] for rows in found] == [[], ["8", "9", "7"]]
    assert {row["incident"] for row in read_responses(store.incidents)} >= {"1", "8"}


def test_of_very_many_answers_the_closest_are_told(make_store: Any) -> None:
    days = [f"2021-{month:02}-{day:02}" for month in (6, 7) for day in range(1, 31)]
    store = make_store(
        *({"date": day, "response_to": "HERE"} for day in days), {"incident": "HERE"}
    )
    _, answers = find_linked(store, store.find_incident("HERE"))
    told = [each["date"] for each in answers]
    assert len(told) == MOST_LINKED and told == sorted(told)
    assert {july(day) for day in range(1, 31)} <= set(told)


LINKS = [("A", [], ["B", "C"]), ("B", ["A"], ["C"]), ("C", ["A", "B"], []), ("AB", [], [])]


@pytest.mark.parametrize(("incident", "answered", "answers"), LINKS)
def test_what_one_answers_and_what_answers_it(
    make_store: Any, incident: str, answered: list[str], answers: list[str]
) -> None:
    store = make_store({}, {"response_to": "A;X;B"}, {"response_to": "A; B"}, {"incident": "AB"})
    row = store.find_incident(incident)
    assert row is not None
    found = [[each["incident"] for each in rows] for rows in find_linked(store, row)]
    assert found == [answered, answers]
