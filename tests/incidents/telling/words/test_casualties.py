"""Casualties in words: what a chart says beside, above and instead of its marks."""

from typing import Any

import pytest

from incidents.asking.casualties.rows import make_row
from incidents.asking.figures import Total
from incidents.telling.words.casualties import (
    MOST_SAID,
    describe_rows,
    label_row,
    say_loose,
    say_publishers,
    say_share,
    say_sum_and_unknown,
)

NONE = Total(None, None, 9, False)
SUMS = [
    (Total(12, 30, 0, False), "12–30"),
    (Total(12, 30, 3, True), "12–30 or more (+ 3 unknown)"),
    (Total(0, 0, 1, False), "0 (+ 1 unknown)"),
    (Total(None, None, 9, False), "unknown"),
    (Total(None, 5, 0, False), "up to 5"),
]


@pytest.mark.parametrize(("total", "words"), SUMS, ids=[case[1] for case in SUMS])
def test_a_sum_with_its_unknowns(total: Total, words: str) -> None:
    assert say_sum_and_unknown(make_row({"incidents": 9, "stated": 9}, total, NONE)) == words


# All, those of one publisher, incidents that state their publishers.
SHARES = [
    (Total(100, 200, 0, False), Total(50, 100, 5, False), 9, "50%"),
    (Total(20, 40, 0, False), Total(10, 10, 5, False), 9, "50% of lowest, 25% of highest"),
    (Total(100, 1000, 0, False), Total(10, 1, 5, False), 9, "10% of lowest, <1% of highest"),
    (Total(100, 200, 0, False), NONE, 9, "0%"),
    # Of fewer than 20, per cent would be more exact than what is known.
    (Total(10, 20, 0, False), Total(5, 10, 5, False), 9, "5 of the lowest 10, 50% of highest"),
    (Total(9, 9, 0, False), Total(3, 3, 5, False), 9, "3 of 9"),
    (Total(0, 4, 0, False), Total(0, 1, 5, False), 9, "1 of the highest 4"),
    (Total(0, 0, 0, False), NONE, 9, "0 in all"),
    (NONE, NONE, 9, "no number"),
    (Total(10, 20, 0, False), NONE, 0, "unknown"),
]


@pytest.mark.parametrize(("total", "single", "stated", "words"), SHARES)
def test_a_share(total: Total, single: Total, stated: int, words: str) -> None:
    assert say_share(make_row({"incidents": 9, "stated": stated}, total, single)) == words


PUBLISHERS = [
    (Total(1, 1, 4, False), Total(1, 1, 7, False), 9, "2 of 5 known from one publisher alone"),
    (Total(1, 1, 4, False), Total(1, 1, 7, False), 6,
     "2 of 5 known from one publisher alone; publishers of 3 not stated"),
    (NONE, NONE, 9, "nobody gives a number"),
]  # fmt: skip


@pytest.mark.parametrize(("total", "single", "stated", "words"), PUBLISHERS)
def test_publishers(total: Total, single: Total, stated: int, words: str) -> None:
    assert say_publishers(make_row({"incidents": 9, "stated": stated}, total, single)) == words


LABELS = [
    ("x", False, "actor", "x"),
    (None, False, "actor", "not stated"),
    (None, True, "gov", "all other values of governorate"),
    ("security_forces", False, "group", "Security forces"),
]


@pytest.mark.parametrize(("value", "is_rest", "by", "words"), LABELS)
def test_labels(value: Any, is_rest: bool, by: str, words: str) -> None:
    assert label_row({"value": value, "is_rest": is_rest}, by) == words


def test_incidents_in_no_step() -> None:
    row = make_row({"incidents": 2, "stated": 0}, Total(4, 9, 1, False), NONE)
    assert say_loose(row, "week", "killed") == (
        "2 incidents that lasted longer than one week, or whose day is not known, are in no band:"
        " killed 4–9 (+ 1 unknown)."
    )


def test_the_text_alternative_reads_the_rows() -> None:
    assert describe_rows("Killed", [("a", "1–2"), ("b", "unknown")]) == (
        "Killed. a: 1–2; b: unknown."
    )
    assert describe_rows("Killed", []) == "Killed. Nothing to show."
    many = describe_rows("Killed", [("a", "1")] * (MOST_SAID + 2))
    assert many.endswith("; and 2 more.")
