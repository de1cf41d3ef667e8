"""Ids of rows: made from the content alone, and each of one row."""

from tests.incidents.intake.checking.checked import check


def test_ids_are_made_from_the_content_alone() -> None:
    first = check("date,place\n2021,a\n2021,b\n2021,a\n").incidents
    other = check("colour,Location,Day,time\nred,b,2021,\nred,a,2021,\n").incidents
    assert first["incident"].is_unique
    assert first["incident"][2] == first["incident"][0] + "-2"
    assert other["incident"].tolist() == [first["incident"][1], first["incident"][0]]


def test_the_later_row_of_an_id_names_the_first() -> None:
    checked = check("id,date,place\nA,2021,a\nA,2022,b\n")
    assert checked.problems["message"].tolist() == [
        'Row 3, column "id": "A" is already the id of row 2.'
    ]
