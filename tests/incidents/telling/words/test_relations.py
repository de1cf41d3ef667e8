"""How statements stand to each other: tables of pairs, and crowds as by comparing one by one."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.telling.words.relations import Crowd, Dates, Kind, Numbers, Relation, Texts
from tests.growth import IN_STEP, grow

NUMBERS = [
    ((4, 4), (4, 4), "same"),
    ((4, None), (4, None), "same"),
    ((0, 0), (0, 0), "same"),
    ((2, 3), (3, 3), "overlaps"),
    ((1, 4), (4, 9), "overlaps"),
    ((14, None), (14, 14), "overlaps"),
    ((14, None), (30, 30), "overlaps"),
    ((None, 5), (3, 3), "overlaps"),
    ((3, 3), (2, 2), "contradicts"),
    ((0, 0), (1, 1), "contradicts"),
    ((14, None), (4, 4), "contradicts"),
    ((None, 5), (6, 6), "contradicts"),
]
DATES = [
    ("2021-07-07", "2021-07-07", "same"),
    ("2021-07", "2021-07-07", "overlaps"),
    ("2021", "2021-07", "overlaps"),
    ("2021", "2021-07-07", "overlaps"),
    ("2021-07-07", "2021-07-08", "contradicts"),
    ("2021-06", "2021-07-08", "contradicts"),
    ("Wednesday", "2021-07-07", "other words"),
    ("Wednesday", "wednesday ", "same"),
]
TEXTS = [
    ("US Air Force", "us  air force", "same"),
    ("US", "US Air Force", "other words"),
    ("no claim", "Ashab al-Kahf", "other words"),
]
PAIRS: list[tuple[type[Kind], Any, Any, str]] = [
    *((Numbers, *pair) for pair in NUMBERS),
    *((Dates, *pair) for pair in DATES),
    *((Texts, *pair) for pair in TEXTS),
]
NEAREST: tuple[Relation, ...] = ("same", "overlaps", "other words", "contradicts")


def relate(kind: type[Kind], value: Any, said: list[Any]) -> Relation:
    """How a single voice stands to a value."""
    (found,) = +Crowd(kind, [("other", each) for each in said]).count_others("own", value)
    return found


@pytest.mark.parametrize(("kind", "a", "b", "relation"), PAIRS)
def test_two_statements(kind: type[Kind], a: Any, b: Any, relation: str) -> None:
    assert relate(kind, a, [b]) == relate(kind, b, [a]) == relation


ends = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda pair: tuple(sorted(pair)))
numbers = ends | st.integers(0, 6).flatmap(lambda n: st.sampled_from([(n, None), (None, n)]))
days = st.sampled_from(["2021", "2021-07", "2021-07-07", "2021-07-08", "2021-06", "2022", "a", "b"])
texts = st.sampled_from(["a", "A ", "b", "b  c"])


@given(ends, ends)
def test_numbers_contradict_if_none_fits_both(a: tuple[int, int], b: tuple[int, int]) -> None:
    fits_both = set(range(a[0], a[1] + 1)) & set(range(b[0], b[1] + 1))
    assert (relate(Numbers, a, [b]) == "contradicts") == (not fits_both)


@given(
    st.sampled_from([(Numbers, numbers), (Dates, days), (Texts, texts)]).flatmap(
        lambda kind: st.tuples(
            st.just(kind[0]),
            st.lists(st.tuples(st.integers(0, 4), kind[1]), max_size=12),
            kind[1],
        )
    )
)
def test_a_crowd_is_counted_as_one_by_one(
    drawn: tuple[type[Kind], list[tuple[int, Any]], Any],
) -> None:
    """Of several things that one voice says, the nearest counts; the own voice does not."""
    kind, said, value = drawn
    by_voice: dict[int, list[Any]] = {}
    for voice, each in said:
        by_voice.setdefault(voice, []).append(each)
    expected = Counter(
        min((relate(kind, value, [each]) for each in values), key=NEAREST.index)
        for voice, values in by_voice.items()
        if voice != 0
    )
    assert +Crowd(kind, said).count_others(0, value) == expected


def _make(kind: type[Kind], size: int) -> tuple[type[Kind], list[tuple[int, Any]]]:
    if kind is Numbers:
        return kind, [(n, (n, n + 3)) for n in range(size)]
    if kind is Dates:
        return kind, [(n, f"{1900 + n // 365}-01-{n % 28 + 1:02}") for n in range(size)]
    return kind, [(n, f"actor {n}") for n in range(size)]


def _compare(given: tuple[type[Kind], list[tuple[int, Any]]]) -> None:
    crowd = Crowd(*given)
    for voice, value in given[1]:
        crowd.count_others(voice, value)


@pytest.mark.parametrize("kind", [Numbers, Dates, Texts])
def test_many_voices_are_not_put_beside_each_other(kind: type[Kind]) -> None:
    assert grow(lambda size: _make(kind, size), _compare, 2_000) < IN_STEP
