"""What followed a strike, beside the base rate."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hostile_tables import strikes_of_years
from incidents.asking.escalation.aftermath import (
    Followed,
    count_stretches,
    follow_strikes,
    list_strikes,
)
from incidents.asking.escalation.sides import Spell
from tests.growth import IN_STEP, grow

Row = dict[str, Any]
JULY = (date(2021, 7, 1), date(2021, 7, 10))


def july(day: int) -> date:
    return date(2021, 7, day)


def on(day: int, number: int = 1) -> Spell:
    return july(day), july(day), number


def row(incident: str, day: int, **more: Any) -> Row:
    return {"incident": incident, "operation": None, "date": july(day), "date_end": None,
            "date_precision": "day", "response_to": None, "direction": "strike by coalition",
            **more}  # fmt: skip


def test_parts_of_an_operation_are_one_strike() -> None:
    rows = [row("A", 3, operation="O"), row("B", 2, operation="O"), row("C", 5),
            row("D", 1, direction="attack on coalition"), row("E", 1, direction=None)]  # fmt: skip
    assert list_strikes(rows) == ({"O": july(2), "C": july(5)}, 0)


@pytest.mark.parametrize("vague_first", [True, False])
def test_a_strike_of_no_known_day_is_counted_apart(vague_first: bool) -> None:
    parts = [row("A", 3, operation="O"), row("B", 2, operation="O", date_precision="week")]
    strikes = list_strikes([*(parts[::-1] if vague_first else parts), row("C", 5)])
    assert strikes == ({"C": july(5)}, 1)


STRETCHES = [
    ("no attack", [], 3, [0] * 8, [0] * 8),
    ("one on the first day", [on(1)], 3, [1, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]),
    ("one on the last day", [on(10)], 3, [0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 1]),
    ("two on a day", [on(5, 2)], 3, [0, 0, 2, 2, 2, 0, 0, 0], [0, 0, 2, 2, 2, 0, 0, 0]),
    ("on one of two days", [(july(5), july(6), 1)], 3,
     [0, 0, 0, 1, 1, 0, 0, 0], [0, 0, 1, 1, 1, 1, 0, 0]),
    ("longer than the stretch", [(july(3), july(8), 1)], 3, [0] * 8, [1, 1, 1, 1, 1, 1, 1, 1]),
    ("outside", [(date(2021, 6, 1), date(2021, 6, 30), 5), (date(2021, 7, 11),) * 2 + (5,)], 3,
     [0] * 8, [0] * 8),
    ("partly outside", [(date(2021, 6, 30), july(1), 1)], 3, [0] * 8, [1] + [0] * 7),
    ("one day each", [on(2)], 1, [0, 1] + [0] * 8, [0, 1] + [0] * 8),
    ("all days", [on(2), on(9)], 10, [2], [2]),
    ("longer than the span", [on(2)], 11, [], []),
]  # fmt: skip


@pytest.mark.parametrize(("spells", "days", "sure", "possible"), [case[1:] for case in STRETCHES],
                         ids=[case[0] for case in STRETCHES])  # fmt: skip
def test_stretches(spells: list[Spell], days: int, sure: list[int], possible: list[int]) -> None:
    found = count_stretches(spells, JULY, days)
    assert [each.tolist() for each in found] == [sure, possible]


spells = st.tuples(st.integers(-5, 45), st.integers(0, 12), st.integers(0, 3)).map(
    lambda drawn: (
        date(2021, 7, 1) + timedelta(drawn[0]),
        date(2021, 7, 1) + timedelta(drawn[0] + drawn[1]),
        drawn[2],
    )
)


@given(st.lists(spells, max_size=6), st.integers(1, 12), st.integers(0, 30))
def test_stretches_are_what_counting_by_hand_gives(
    drawn: list[Spell], days: int, length: int
) -> None:
    span = (july(1), july(1) + timedelta(length))
    starts = [july(1) + timedelta(n) for n in range(length + 1 - days + 1)]
    ends = [start + timedelta(days - 1) for start in starts]
    by_hand = [
        [sum(n for first, last, n in drawn if start <= first and last <= end)
         for start, end in zip(starts, ends, strict=True)],
        [sum(n for first, last, n in drawn if first <= end and last >= start)
         for start, end in zip(starts, ends, strict=True)],
    ]  # fmt: skip
    assert [each.tolist() for each in count_stretches(drawn, span, days)] == by_hand


def test_what_followed() -> None:
    attacks = [on(3), on(5), on(6, 2), (july(7), july(9), 1)]
    found = follow_strikes(attacks, {"S": july(5)}, 0, JULY, 2)
    # Of the 2 days: 1-2, 2-3, 3-4, … 9-10: 0, 1, 1, 1, 3, 2, 0, 0, 0 for sure.
    assert found.strikes == (Followed("S", july(5), (1, 1), (1, 1), (2, 3), 2 / 9),)
    assert (found.stretches, found.apart, found.counted, found.vague) == (9, 5, 1, 0)
    assert found.base == pytest.approx((8 / 9, (0 + 1 + 1 + 1 + 3 + 3 + 1 + 1 + 1) / 9))
    assert (found.mean_before, found.mean_after) == ((1, 1), (2, 3))


def test_days_that_are_not_monitored_are_unknown_not_0() -> None:
    found = follow_strikes([on(2)], {"A": july(1), "B": july(9)}, 0, JULY, 3)
    assert [each.before for each in found.strikes] == [None, (0, 0)]
    assert [each.after for each in found.strikes] == [(1, 1), None]
    assert [each.share for each in found.strikes] == [pytest.approx(2 / 8), None]
    assert (found.mean_before, found.mean_after, found.counted) == (None, None, 0)
    outside = follow_strikes([on(2)], {"A": date(2021, 6, 1)}, 0, JULY, 3)
    assert outside.strikes == (Followed("A", date(2021, 6, 1), None, None, None, None),)
    assert (outside.mean_before, outside.mean_after, outside.counted) == (None, None, 0)


def test_a_strike_just_before_the_monitored_days() -> None:
    found = follow_strikes([on(1)], {"A": date(2021, 6, 30)}, 0, JULY, 3)
    assert found.strikes[0].same_day is None
    assert found.strikes[0].after == (1, 1)


def test_no_stretch_fits() -> None:
    found = follow_strikes([on(2)], {"A": july(1)}, 0, JULY, 30)
    assert (found.stretches, found.apart, found.base) == (0, 0, None)
    assert found.strikes[0].after is None


def test_a_stretch_has_a_day() -> None:
    with pytest.raises(ValueError, match="at least 1 day, not 0"):
        follow_strikes([], {}, 0, JULY, 0)


def test_small_numbers_are_said_as_such() -> None:
    few = follow_strikes([on(2)], {"A": july(5)}, 2, JULY, 3)
    assert few.warnings == (
        "More attacks after a strike do not show that the strike caused them.",
        "1 strike: too few to tell a pattern from chance.",
        "Only 3 stretches of 3 days fit side by side into the monitored days: the base rate is "
        "rough.",
        "2 strikes of no exact day left out.",
    )
    many = {str(n): date(2021, 1, 1) + timedelta(7 * n) for n in range(20)}
    year = (date(2021, 1, 1), date(2021, 12, 31))
    assert len(follow_strikes([on(2)], many, 0, year, 7).warnings) == 1


@given(st.lists(spells, max_size=6), st.integers(1, 12))
def test_the_base_is_what_strikes_on_every_day_would_give(drawn: list[Spell], days: int) -> None:
    span = (july(1), july(31))
    strikes = {str(n): date(2021, 6, 30) + timedelta(n) for n in range(32)}
    found = follow_strikes(drawn, strikes, 0, span, days)
    after = [each.after for each in found.strikes if each.after is not None]
    assert len(after) == found.stretches
    assert [sum(each) / len(after) for each in zip(*after, strict=True)] == pytest.approx(
        found.base
    )


def test_means_are_over_the_same_strikes_before_and_after() -> None:
    strikes = {"A": july(1), "B": july(5), "C": july(9)}
    found = follow_strikes([on(4), on(6, 3), on(8, 5)], strikes, 0, JULY, 2)
    assert found.counted == 1
    assert (found.mean_before, found.mean_after) == ((1, 1), (3, 3))


def test_strikes_are_not_put_beside_days() -> None:
    def follow(given: Any) -> None:
        spells, strikes = given
        follow_strikes(spells, strikes, 0, (spells[0][0], spells[-1][0]), 14)

    assert grow(strikes_of_years, follow, 20_000) < IN_STEP
