"""Words for numbers, dates and lists."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from incidents.table.columns import GROUPS
from incidents.table.sentences import (
    WHO,
    label_incident,
    say_date,
    say_dates,
    say_days_apart,
    say_list,
    say_moment,
    say_partial_date,
    say_range,
)

JULY_7 = date(2021, 7, 7)
SPANS = [
    (JULY_7, JULY_7, "7 Jul 2021"),
    (JULY_7, date(2021, 7, 31), "7–31 Jul 2021"),
    (date(2021, 6, 27), JULY_7, "27 Jun – 7 Jul 2021"),
    (date(2020, 12, 31), JULY_7, "31 Dec 2020 – 7 Jul 2021"),
    (date(2020, 7, 7), JULY_7, "7 Jul 2020 – 7 Jul 2021"),
]


@pytest.mark.parametrize(("first", "last", "words"), SPANS, ids=[case[2] for case in SPANS])
def test_dates(first: date, last: date, words: str) -> None:
    assert say_dates(first, last) == words
    assert say_date(JULY_7) == "7 Jul 2021"


PARTS = [
    ("2021-06-03", "3 Jun 2021"),
    ("2021-06", "Jun 2021"),
    ("2021", "2021"),
    ("2021-13", "2021-13"),
    ("2021-06-31", "2021-06-31"),
    ("Wednesday night", "Wednesday night"),
]


@pytest.mark.parametrize(("text", "words"), PARTS, ids=[case[0] for case in PARTS])
def test_partial_dates(text: str, words: str) -> None:
    assert say_partial_date(text) == words


RANGES = [
    (None, None, "unknown"),
    (0, 0, "0"),
    (0, 3, "0–3"),
    (2, 2, "2"),
    (4, None, "4 or more"),
    (0, None, "0 or more"),
    (None, 5, "up to 5"),
    (1000, 12345, "1,000–12,345"),
]


@pytest.mark.parametrize(("low", "high", "words"), RANGES, ids=[case[2] for case in RANGES])
def test_ranges(low: int | None, high: int | None, words: str) -> None:
    assert say_range(low, high) == words


LISTS = [
    (["a"], "a"),
    (["a", "b"], "a or b"),
    (["a", "b", "c", "d"], "a, b, c or d"),
    (["a", "b", "c", "d", "e", "f"], "a, b, c, d or 2 more"),
]


@pytest.mark.parametrize(("given", "words"), LISTS, ids=[case[1] for case in LISTS])
def test_lists(given: list[str], words: str) -> None:
    assert say_list(given) == say_list(tuple(given)) == words


DAYS = [(0, "same day"), (1, "1 day later"), (-1, "1 day earlier"), (-9, "9 days earlier")]


@pytest.mark.parametrize(("days", "words"), DAYS)
def test_days_apart(days: int, words: str) -> None:
    assert say_days_apart(days) == words


def test_every_group_has_words() -> None:
    assert tuple(WHO) == GROUPS


def test_an_incident_is_named_as_exactly_as_it_is_known() -> None:
    row = {"date": date(2021, 7, 1), "date_end": date(2021, 7, 31), "date_precision": "month",
           "place": None, "gov": "Anbar", "type": None}  # fmt: skip
    assert label_incident(row) == "Jul 2021 · Anbar"


def test_a_moment_has_its_zone() -> None:
    assert say_moment(datetime(2021, 1, 8, 9, 5, tzinfo=UTC)) == "8 Jan 2021, 09:05 UTC"


def test_days_are_written_for_readers_in_one_place() -> None:
    root = Path(__file__).resolve().parents[3]
    rooms = ("pages", "parts", "incidents/telling", "incidents/serving")
    found = [
        path
        for room in rooms
        for path in (root / room).rglob("*.py")
        # What commands print is for programs, too.
        if "%Y-%m" in path.read_text("utf-8") and "commands" not in path.parts
    ]
    assert found == []
