"""What answers what, where a report says so."""

from datetime import date
from typing import Any

import pytest

from incidents.asking.escalation.answers import Reply, find_answers, find_day

Row = dict[str, Any]


def july(day: int) -> date:
    return date(2021, 7, day)


def row(incident: str, day: int, **more: Any) -> Row:
    return {"incident": incident, "operation": None, "date": july(day), "date_end": None,
            "date_precision": "day", "response_to": None, "direction": "strike by coalition",
            **more}  # fmt: skip


DAYS = [
    ({}, july(8)),
    ({"date_end": july(8)}, july(8)),
    ({"date_end": july(9)}, None),
    ({"date_precision": "month", "date_end": july(31)}, None),
    ({"date_precision": None}, None),
]


@pytest.mark.parametrize(("changes", "day"), DAYS)
def test_a_vague_date_is_no_day(changes: Row, day: date | None) -> None:
    assert find_day(row("A", 8, **changes)) == day


def test_answers() -> None:
    rows = [row("A", 1), row("B", 8, response_to="A"), row("C", 9, response_to="B; A")]
    assert find_answers(rows) == (
        [
            Reply("B", "A", july(8), july(1), 7),
            Reply("C", "B", july(9), july(8), 1),
            Reply("C", "A", july(9), july(1), 8),
        ],
        [],
    )


def test_an_answer_on_the_same_day() -> None:
    answers, _ = find_answers([row("A", 1), row("B", 1, response_to="A")])
    assert answers[0].days == 0


def test_answers_of_vague_days_have_no_length() -> None:
    month = {"date_precision": "month", "date_end": july(31)}
    answers, _ = find_answers([row("A", 1), row("B", 1, response_to="A", **month)])
    assert answers == [Reply("B", "A", None, july(1), None)]


def test_what_it_answers_may_not_be_there() -> None:
    rows = [row("A", 1, response_to="X;A;Y"), row("B", 2, response_to="X")]
    assert find_answers(rows) == ([], ["X", "Y"])
