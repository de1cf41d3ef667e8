"""The first rows as they will be read, and what was found in all."""

import pandas as pd

from incidents.intake.mapping.rules import From, Profile
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Table
from incidents.table.problems import make_problem, problems_frame
from incidents.versions.preview import count_kinds, preview_rows

ROWS = "When,Where,Dead\n2021-07-07,Hit,2-4\n31 Feb 2021,Balad,x\n2021-07-09,Erbil,\n"
MAPPING = Profile(
    "own",
    "Own",
    {name: From((header,)) for name, header in
     {"date": "When", "place": "Where", "killed": "Dead"}.items()},
)  # fmt: skip


def read(text: str, name: str = "own.csv") -> Table:
    return table_from_bytes(text.encode(), name)


def test_rows_are_mapped_and_checked() -> None:
    rows = preview_rows(read(ROWS), MAPPING).rows
    assert list(rows.columns) == [
        *("problems", "date", "place", "killed_min", "killed_max", "date_precision")
    ]
    assert list(rows.index) == [2, 3, 4]
    assert list(rows["killed_max"].astype(object).where(rows["killed_max"].notna(), None)) == [
        *(4, None, None)
    ]
    assert rows["problems"][2] == "" and rows["problems"][4] == ""


def test_a_row_that_would_be_set_aside_keeps_its_place_and_says_why() -> None:
    rows = preview_rows(read(ROWS), MAPPING).rows
    assert pd.isna(rows["place"][3])
    assert 'Row 3, column "When"' in rows["problems"][3]


def test_only_the_first_rows_are_read() -> None:
    text = "date,place\n" + "".join(f"2021-07-07,Hit {n}\n" for n in range(40))
    preview = preview_rows(read(text), None, count=5)
    assert list(preview.rows.index) == [2, 3, 4, 5, 6]
    assert "problems" not in preview.rows


def test_columns_without_use_are_told_of_the_whole_table() -> None:
    mapping = Profile("own", "Own", {"date": From(("When",))})
    about = preview_rows(read(ROWS), mapping).about
    assert any("columns that are not used: Where." in sentence for sentence in about)
    assert any('"Dead": its cells look like counts' in sentence for sentence in about)


def test_kinds_are_counted_errors_first() -> None:
    found = [
        make_problem("place_missing", "a.csv", row=3, column="place"),
        make_problem("place_missing", "a.csv", row=4, column="place"),
        make_problem("date_missing", "a.csv", row=5, column="date"),
    ]
    kinds = count_kinds(problems_frame(found))
    assert [(each.kind, each.level, each.count) for each in kinds] == [
        ("date_missing", "error", 1),
        ("place_missing", "warning", 2),
    ]
    assert kinds[1].example.startswith("Row 3")
    assert kinds[0].title and kinds[0].why


def test_an_error_of_a_spreadsheet_says_nothing_here_too() -> None:
    table = table_from_bytes(b"date,place,actor\n2021-07-07,Hit,#N/A\n", "a.csv")
    shown = preview_rows(table, None).rows
    assert "actor" not in shown and "#N/A" in shown["problems"].iat[0]
