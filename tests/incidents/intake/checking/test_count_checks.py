"""Counts of a whole table: what fills what, and what is not nobody."""

import pandas as pd
import pytest

from incidents.table.columns import RANGES
from tests.incidents.intake.checking.checked import read_columns, read_one


def test_a_cell_fills_the_range_of_another_column_that_says_nothing() -> None:
    text = 'date,place,killed,wounded\n2021,a,"3 killed, 5 wounded",\n2021,b,"1 dead, 2 hurt",7\n'
    names = ("killed_min", "killed_max", "wounded_min", "wounded_max")
    assert read_columns(text, *names) == [[3, 3, 5, 5], [1, 1, 7, 7]]


def test_casualties_are_never_the_killed() -> None:
    text = 'date,place,casualties\n2021,a,8\n2021,b,"3 killed, 5 wounded"\n2021,c,none\n'
    names = ("killed_min", "wounded_min")
    assert read_columns(text, *names) == [[None, None], [3, 5], [0, 0]]


def test_none_of_a_program_is_not_nobody() -> None:
    assert read_columns("date,place,time,killed\n2021,a,None,None\n", "killed_min") == [[None]]
    assert read_columns("date,place,time,killed\n2021,a,,None\n", "killed_min") == [[0]]


def test_what_is_missing_is_unknown_and_never_zero() -> None:
    incident = read_one("date,place,killed_min,killed_max,wounded\n2021-07-07,a,,unknown,0\n")
    assert pd.isna(incident["killed_min"]) and pd.isna(incident["killed_max"])
    assert (incident["wounded_min"], incident["wounded_max"]) == (0, 0)
    assert all(pd.isna(incident[each.low]) for each in RANGES if each.name != "wounded")


@pytest.mark.parametrize(
    ("header", "cell", "low", "high"),
    [
        *(("Killed", "2-4", 2, 4), ("deaths", "4+", 4, None), ("fatalities", "3", 3, 3)),
        *(("deaths_min", "3", 3, None), ("Погибшие", "3", 3, 3), ("القتلى", "٣", 3, 3)),
    ],
)
def test_one_column_may_hold_both_bounds(
    header: str, cell: str, low: int | None, high: int | None
) -> None:
    incident = read_one(f"date,place,{header}\n2021-07-07,a,{cell}\n")
    bounds = [incident["killed_min"], incident["killed_max"]]
    assert [None if pd.isna(bound) else bound for bound in bounds] == [low, high]


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        (("9", "", ""), 9, 9),
        (("2-4", "", "unknown"), 2, 4),
        (("at least 4", "", ""), 4, None),
        (("9", "1", "2"), 1, 2),
        (("9", "1", ""), 1, None),
        (("9", "", "2"), None, 2),
        (("", "1", "2"), 1, 2),
        (("", "", ""), None, None),
    ],
)
def test_one_column_beside_the_bounds_fills_them_where_both_are_empty(
    cells: tuple[str, ...], low: int | None, high: int | None
) -> None:
    row = ",".join(cells)
    incident = read_one(f"date,place,killed,killed_min,killed_max\n2021-07-07,a,{row}\n")
    bounds = [incident["killed_min"], incident["killed_max"]]
    assert [None if pd.isna(bound) else bound for bound in bounds] == [low, high]
