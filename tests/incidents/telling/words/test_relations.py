"""How two statements stand to each other: tables of pairs, the same in either order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.telling.words.relations import compare_dates, compare_numbers, compare_texts

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


@pytest.mark.parametrize(("a", "b", "relation"), NUMBERS)
def test_numbers(a: tuple[int | None, ...], b: tuple[int | None, ...], relation: str) -> None:
    assert compare_numbers(a, b) == compare_numbers(b, a) == relation


@pytest.mark.parametrize(("a", "b", "relation"), DATES)
def test_dates(a: str, b: str, relation: str) -> None:
    assert compare_dates(a, b) == compare_dates(b, a) == relation


@pytest.mark.parametrize(("a", "b", "relation"), TEXTS)
def test_texts(a: str, b: str, relation: str) -> None:
    assert compare_texts(a, b) == compare_texts(b, a) == relation


ends = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda pair: tuple(sorted(pair)))


@given(ends, ends)
def test_numbers_contradict_if_none_fits_both(a: tuple[int, int], b: tuple[int, int]) -> None:
    fits_both = set(range(a[0], a[1] + 1)) & set(range(b[0], b[1] + 1))
    assert (compare_numbers(a, b) == "contradicts") == (not fits_both)
