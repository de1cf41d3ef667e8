"""Orders of the list, in plain words."""

import pytest

from incidents.asking.sorting import (
    ORDERS,
    SORTED_BY,
    first_order,
    name_column,
    name_direction,
    turn_order,
)
from incidents.table.columns import COLUMNS


def test_every_column_is_offered_once_under_its_own_name() -> None:
    assert sorted(SORTED_BY) == sorted(column.name for column in COLUMNS)
    assert len({name_column(name) for name in SORTED_BY}) == len(COLUMNS)
    assert all("_" not in name_column(name) for name in SORTED_BY)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("-date", "Latest first"),
        ("date", "Oldest first"),
        ("-killed_max", "Most first"),
        ("lat", "Smallest first"),
        ("place", "A to Z"),
        ("-place", "Z to A"),
        ("precision", "Finest first"),
        ("-date_precision", "Coarsest first"),
    ],
)
def test_direction(order: str, words: str) -> None:
    assert name_direction(order) == words


@pytest.mark.parametrize("order", ORDERS)
def test_turned_twice_is_the_same(order: str) -> None:
    assert turn_order(turn_order(order)) == order
    assert name_direction(order) != name_direction(turn_order(order))


@pytest.mark.parametrize(
    ("column", "order"),
    [("date", "-date"), ("killed_max", "-killed_max"), ("place", "place"), ("lat", "lat")],
)
def test_first_order(column: str, order: str) -> None:
    assert first_order(column) == order
