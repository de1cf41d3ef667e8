"""Counts of a whole table: what fills what, and what is not nobody."""

from tests.incidents.intake.checking.checked import read_columns


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
