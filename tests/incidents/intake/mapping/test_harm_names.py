"""Names of columns of people harmed, word by word."""

from typing import Any

import pytest

from incidents.intake.mapping.guess import guess_profile
from incidents.intake.mapping.harm_names import read_harm_name


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("KIA", "killed"), ("WIA", "wounded"), ("Civ KIA", "civilians_killed"),
        ("CivilianWIA", "civilians_wounded"), ("# killed", "killed"), ("Nb. of injured", "wounded"),
        ("Killed (civilians)", "civilians_killed"), ("No. of children killed", "children_killed"),
        ("Killed min", "killed_min"), ("max deaths", "killed_max"),
        ("Enemy KIA", "fighters_killed"),
        ("Число погибших", "killed"), ("Количество раненых детей", "children_wounded"),
        ("عدد القتلى", "killed"), ("عدد الجرحى المدنيين", "civilians_wounded"),
        ("Casualties", "casualties"), ("Killed and wounded", "casualties"),
        ("Killed (military)", ""), ("date killed", ""), ("killed by", ""), ("place", ""), ("", ""),
        ("civilian casualties", ""), ("civilians and children killed", ""),
    ],
)  # fmt: skip
def test_names(header: str, ours: str) -> None:
    assert read_harm_name(header) == ours


def test_two_columns_for_one_thing_are_none(make_table: Any) -> None:
    columns = guess_profile(make_table("date,place,KIA,Nb killed\n2021,a,1,2\n")).columns
    assert "killed" not in columns
