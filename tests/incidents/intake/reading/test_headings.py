"""Where the column names are, and the rows of HXL tags beside them."""

import pandas as pd
import pytest

from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.headings import is_tag_row

TAGS = {"date": "#date+start", "place": "#loc+name"}

# name: text, column names, tags, [row, kind] of the problems, rows that remain
HEADINGS = [
    ("none", "date,place\n2021,a\n", ["date", "place"], {}, [], [2]),
    ("below the names", "date,place\n#date+start,#loc+name\n2021,a\n",
     ["date", "place"], TAGS, [[2, "hxl_row"]], [3]),
    ("with blanks and capitals", "date,place\n# Date +start,#LOC + name\n2021,a\n",
     ["date", "place"], TAGS, [[2, "hxl_row"]], [3]),
    ("with semicolons", "date;place\n#date+start;#loc+name\n2021;a\n",
     ["date", "place"], TAGS, [[2, "hxl_row"]], [3]),
    ("after a blank line", "date,place\n\n#date+start,#loc+name\n\n2021,a\n",
     ["date", "place"], TAGS, [[3, "hxl_row"]], [5]),
    ("not for each column", "date,place,x\n#date+start,#loc+name,\n2021,a,b\n",
     ["date", "place", "x"], TAGS, [[2, "hxl_row"]], [3]),
    ("shorter than the names", "date,place,x\n#date+start,#loc+name\n2021,a,b\n",
     ["date", "place", "x"], TAGS, [[2, "hxl_row"]], [3]),
    ("longer than the names", "date,place\n#date+start,#loc+name,#x\n2021,a\n",
     ["date", "place"], TAGS, [[2, "hxl_row"]], [3]),
    ("above the names", "#date+start,#loc+name\ndate,place\n2021,a\n",
     ["date", "place"], TAGS, [[1, "hxl_row"]], [3]),
    ("instead of names", "#date+start,#loc+name\n2021,a\n",
     ["#date+start", "#loc+name"], {"#date+start": "#date+start", "#loc+name": "#loc+name"},
     [[1, "hxl_row"]], [2]),
    ("below a title", "Attacks of 2021\n#date+start,#loc+name\ndate,place\n2021,a\n",
     ["date", "place"], TAGS, [[1, "title_row"], [2, "hxl_row"]], [4]),
    ("below title and names", "Attacks,\ndate,place\n#date+start,#loc+name\n2021,a\n",
     ["date", "place"], TAGS, [[1, "title_row"], [3, "hxl_row"]], [4]),
    ("below titles without commas", "Attacks\nby: me\n\ndate,place,x\n2021,a,\n",
     ["date", "place", "x"], {}, [[1, "title_row"], [2, "title_row"]], [5]),
    ("below titles with commas", "Attacks,,\nby: me,,\n\ndate,place,x\n2021,a,\n",
     ["date", "place", "x"], {}, [[1, "title_row"], [2, "title_row"]], [5]),
    ("below titles and with semicolons", "Attacks\nby: me\ndate;place;x\n2021;a;\n",
     ["date", "place", "x"], {}, [[1, "title_row"], [2, "title_row"]], [4]),
    ("below a title of some words", "Attacks, Iraq\ndate,place,x\n2021,a,\n",
     ["date", "place", "x"], {}, [[1, "title_row"]], [3]),
    ("not below other names", "Zeit,Ort,x\ndate,place,x\n",
     ["Zeit", "Ort", "x"], {}, [], [2]),
    ("not in a row that is mostly data", "Zeit,Ort,x,y\nq,r,date,city,s\n",
     ["Zeit", "Ort", "x", "y"], {}, [[2, "row_too_long"]], []),
    ("not below a known name", "date\ndate,place\n",
     ["date"], {}, [], [2]),
    ("repeated with the names",
     "date,place\n#date+start,#loc +name\n2021,a\ndate,place\n#date+start,#loc +name\n",
     ["date", "place"], TAGS,
     [[2, "hxl_row"], [4, "header_repeated"], [5, "header_repeated"]], [3]),
    ("a second row of names", "date,place,Killed,,Wounded,\n,,min,max,min,max\n2021,a,3,4,5,6\n",
     ["date", "place", "Killed min", "Killed max", "Wounded min", "Wounded max"], {},
     [[2, "second_heading"]], [3]),
    ("a second row of names by themselves", "date,Stelle,\n,lat,lon\n2021,33,44\n",
     ["date", "lat", "lon"], {}, [[2, "second_heading"]], [3]),
    ("no second row of names", "date,place,Killed,\n2021,min,3,max\n",
     ["date", "place", "Killed", "column 4"], {}, [[pd.NA, "column_unnamed"]], [2]),
    ("in one column", "date\n#date\n2021\n", ["date"], {"date": "#date"}, [[2, "hxl_row"]], [3]),
    ("nothing below", "date,place\n#date+start,#loc+name\n",
     ["date", "place"], TAGS, [[2, "hxl_row"]], []),
    ("in the data", "date,place\n2021,a\n#date,#loc\n", ["date", "place"], {}, [], [2, 3]),
    ("in the data of one column", "name\na\n#b\n", ["name"], {}, [], [2, 3]),
    ("among other words", "date,place\n#date,b\n2021,a\n", ["date", "place"], {}, [], [2, 3]),
    ("an error of a spreadsheet", "date,place\n#REF!,#N/A\n", ["date", "place"], {},
     [[2, "cell_error"], [2, "cell_error"]], [2]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names", "tags", "problems", "rows"),
    [case[1:] for case in HEADINGS],
    ids=[case[0] for case in HEADINGS],
)
def test_headings(
    text: str, names: list[str], tags: dict[str, str], problems: list[list[object]], rows: list[int]
) -> None:
    table = table_from_bytes(text.encode(), "a.csv")
    assert list(table.rows.columns) == names
    assert table.tags == tags
    assert table.problems[["row", "kind"]].to_numpy().tolist() == problems
    assert list(table.rows.index) == rows
    assert table.read == len(rows) + len(table.torn)
    assert set(table.torn["row"]) <= {row for row, _ in problems}


def test_the_tags_are_kept_as_they_were() -> None:
    table = table_from_bytes(b"My title\ndate,place\n#date,# Loc\n2021,a\n", "a.csv")
    assert table.torn.to_numpy().tolist() == [[1, "My title"], [3, "#date,# Loc"]]


@pytest.mark.parametrize(
    ("cells", "are_tags"),
    [
        (["#date", "#geo+lat", ""], True),
        (["#affected +f +killed"], True),
        (["", ""], False),
        (["#"], False),
        (["#1"], False),
        (["#date", "x"], False),
        (["#date of the attack"], False),
    ],
)
def test_what_is_a_row_of_tags(cells: list[str], are_tags: bool) -> None:
    assert is_tag_row(cells) == are_tags
