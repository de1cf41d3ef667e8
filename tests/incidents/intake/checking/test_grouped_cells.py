"""What a sheet shows once for several rows is filled and told."""

import pytest

from tests.incidents.intake.checking.checked import read_columns

GROUPED = {
    "days": ("date,place\n2021-01-05,a\n,b\n,c\n2021-01-07,d\n", "date", [5, 5, 5, 7]),
    "areas": (
        "gov,date,place\nAnbar,2021-01-05,a\n,2021-01-05,b\n,2021-01-05,c\nErbil,2021-01-05,d\n"
        ",2021-01-05,e\n",
        "gov",
        ["Anbar", "Anbar", "Anbar", "Erbil", "Erbil"],
    ),
    "a day again": ("date,place\n2021-01-05,a\n,b\n2021-01-05,d\n", "date", [5, 5]),
    "days in no order": (
        "date,place\n2021-01-05,a\n,b\n2021-01-04,c\n2021-01-09,d\n",
        "date",
        [5, 4, 9],
    ),
    "one day missing": (
        "date,place\n2021-01-01,a\n,b\n2021-01-04,c\n2021-01-09,d\n",
        "date",
        [1, 4, 9],
    ),
    "areas below one alone": (
        "country,date,place\nIQ,2021-01-05,a\nSY,2021-01-05,b\n,2021-01-05,c\n,2021-01-05,d\n",
        "country",
        ["IQ", "SY", None, None],
    ),
    "the first is empty": ("date,place\n,a\n2021-01-04,c\n,d\n2021-01-09,d\n", "date", [4, 9]),
    "an area that comes back": (
        "gov,date,place\nAnbar,2021-01-05,a\n,2021-01-05,b\n,2021-01-05,c\nErbil,2021-01-05,d\n"
        ",2021-01-05,e\n,2021-01-05,e\nAnbar,2021-01-05,f\n",
        "gov",
        ["Anbar", None, None, "Erbil", None, None, "Anbar"],
    ),
    "places": ("date,place\n2021-01-05,a\n2021-01-05,\n2021-01-06,\n", "place", ["a", None, None]),
}


@pytest.mark.parametrize("name", GROUPED)
def test_what_a_sheet_shows_once_for_several_rows(name: str) -> None:
    text, column, wanted = GROUPED[name]
    cells = [row[0] for row in read_columns(text, column)]
    assert [getattr(cell, "day", cell) for cell in cells] == wanted
