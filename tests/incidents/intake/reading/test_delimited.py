"""Text with separators: rows that are torn, quotes that stay open, names of columns, line ends."""

from dataclasses import replace

import pytest

from incidents.intake.checking.findings import match_headers
from incidents.intake.reading import delimited
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.formats import read_content
from incidents.intake.reading.sizes import Limits
from incidents.table.columns import COLUMNS
from incidents.table.errors import TableError
from tests.incidents.intake.reading.told import tell

# name: text of a file, [row, column, kind] of its problems, rows that remain
BAD_TABLES = {
    "short row": ("date,place\n2021\n2022,b\n", [[2, None, "row_too_short"]], [3]),
    "long row": ("date,place\n2021,a,b\n2022,b\n", [[2, None, "row_too_long"]], [3]),
    "short row after a cell of two lines": (
        'date,place\n2021,"a\nb"\n2022\n2023,c\n',
        [[3, None, "row_too_short"]],
        [2, 4],
    ),
    "short and long row": (
        "date,place\n2021\n2022,b\n1,2,3\n",
        [[2, None, "row_too_short"], [4, None, "row_too_long"]],
        [3],
    ),
    "blank lines count": (
        "\n\ndate,place\n\n2021,a\n,\n  \n2022\n",
        [[8, None, "row_too_short"]],
        [5],
    ),
    "header repeated": (
        "date,place\n2021,a\ndate,place\n2022,b\n",
        [[3, None, "header_repeated"]],
        [2, 4],
    ),
    "column repeated": ("date,x,date\n2021,a,2022\n", [[None, "date (2)", "column_repeated"]], [2]),
    "column without name": (
        "date,,x\n2021,a,b\n",
        [[None, "column 2", "column_unnamed"]],
        [2],
    ),
    "column without name or values": ("date,,x\n2021,,b\n", [], [2]),
    "last line torn": (
        "date,place,x\n2021,a,b\n2022,c",
        [[3, None, "row_cut_off"]],
        [2],
    ),
    "whole last line without a line end": ("date,place\n2021,a", [], [2]),
    "quote left open above a quoted cell": (
        'date,place,x\n2021,"a,b\n2022,c,d\n2023,"e",f\n',
        [[2, None, "quote_open"]],
        [],
    ),
    "rows inside a cell": (
        'date,place,x\n2021,"a\n2022,b,c\n2023,d",e\n2024,f,g\n',
        [[2, "place", "rows_in_cell"]],
        [2, 3],
    ),
    "line breaks in quotes": ('date,place,x\n2021,"a\nb, c\r\nd",e\n', [], [2]),
    "closed quote over lines, and one mark": (
        'date,place\n2021,5" gun\n2022,"a\nb"\n',
        [],
        [2, 3],
    ),
    "quote left open": (
        'date,place\n2021,a\n2022,"b\n2023,c\n',
        [[3, None, "quote_open"]],
        [2],
    ),
    "quote left open in a short row": (
        'date,place,x\n2021,a,b\n2022,"b\n2023,c,d\n',
        [[3, None, "quote_open"]],
        [2],
    ),
    "one quotation mark inside a text": ('date,place\n2021,5" gun\n2022,b\n', [], [2, 3]),
}


@pytest.mark.parametrize(("text", "problems", "rows"), BAD_TABLES.values(), ids=list(BAD_TABLES))
def test_bad_tables(text: str, problems: list[list[object]], rows: list[int]) -> None:
    table = table_from_bytes(text.encode(), "bad.csv")
    assert tell(table) == problems
    assert list(table.rows.index) == rows
    errors = table.problems.loc[table.problems["level"] == "error", "row"]
    assert table.torn["row"].tolist() == errors.dropna().tolist()
    assert table.read == len(rows) + len(table.torn)


def test_a_header_without_rows_is_an_empty_table() -> None:
    table = table_from_bytes(b"date,place\n", "a.csv")
    assert (list(table.rows.columns), len(table.rows), table.read) == (["date", "place"], 0, 0)


def test_a_line_that_names_the_separator_is_understood() -> None:
    table = table_from_bytes(b"sep=;\r\ndate;place, city\r\n2021;a\r\n", "a.csv")
    assert list(table.rows.columns) == ["date", "place, city"]
    assert list(table.rows.index) == [3]


def test_a_separator_inside_a_name_does_not_count() -> None:
    table = table_from_bytes(b"Date;Place, city;x, y, z\n2021;a, b;c\n", "a.csv")
    assert list(table.rows.columns) == ["Date", "Place, city", "x, y, z"]


def test_what_was_taken_out_is_kept_as_it_was() -> None:
    text = 'date,place\n2021,"a ""b""",c\ndate,place\n\n2022\n2023,"d\n2024,e'
    table = table_from_bytes(text.encode(), "a.csv")
    assert table.rows.empty and table.read == 4
    assert table.torn.to_numpy().tolist() == [
        [2, '2021,"a ""b""",c'],
        [3, "date,place"],
        [5, "2022"],
        [6, '2023,"d\n2024,e'],
    ]
    assert dict(table.torn.dtypes.astype(str)) == {"row": "int64", "text": "str"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("last", "is_open"),
    [
        ('"2022 ""b\n1""","c\n2023,d\n', True),
        ('"2022 ""b\n1""","c\n2023,d', True),
        ('2022,"\n\n', True),
        ('2022,"c\n' + "2023,d\n" * 30_000, True),
        ('"2022","c\n"\n', False),
        ('2022,"\n"\n', False),
        ("2022,b\n", False),
    ],
    ids=[
        "line end",
        "none",
        "only line ends",
        "very long",
        "closed",
        "closed, only a line end",
        "plain",
    ],
)
def test_the_text_of_an_open_last_row_is_found_again(last: str, is_open: bool, end: str) -> None:
    last = last.replace("\n", end)
    # An odd number of marks in the whole file, so that the last row is looked at.
    first = "2021,a" if last.count('"') % 2 == 1 else '2021,5" gun'
    text = f"date,place{end}{first}{end}"
    table = table_from_bytes((text + last).encode(), "a.csv")
    assert table.torn["text"].tolist() == [last] * is_open
    assert table.read == 2


def test_columns_keep_their_cells_under_names_that_are_free() -> None:
    table = table_from_bytes(b"date,,date,date (2),,\n2021,a,b,c,,d\n", "a.csv")
    row = {"date": "2021", "column 2": "a", "date (3)": "b", "date (2)": "c", "column 6": "d"}
    assert table.rows.to_dict("records") == [row]
    assert table.made_names == {"column 2", "date (3)", "column 6"}


def test_a_made_name_is_none_of_our_columns_and_told_once() -> None:
    # "y" is a name for the latitude; "lat 2" and the like must not become one by their number.
    table = table_from_bytes(b"date,iso,iso\n2021,IQ,SY\n", "a.csv")
    headers = match_headers(table, COLUMNS)
    assert headers.names == {"date": "date"}
    assert headers.problems["column"].tolist() == ["iso"]


def test_nothing_is_taken_as_missing_or_as_a_number() -> None:
    table = table_from_bytes(b"date,place\nNA,007\nnull,1.50\n", "a.csv")
    assert table.rows.to_numpy().tolist() == [["NA", "007"], ["null", "1.50"]]


def test_a_row_longer_than_a_block_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.intake.reading.delimited._BLOCK", 64)
    text = f"date,place\n2021,{'a' * 500}\n2022\n2023,b\n"
    table = table_from_bytes(text.encode(), "a.csv")
    assert list(table.rows.index) == [2, 4]
    assert tell(table) == [[3, None, "row_too_short"]]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("block", [5, 16, 1 << 24])
def test_rows_are_counted_whatever_their_line_ends(
    monkeypatch: pytest.MonkeyPatch, end: str, block: int
) -> None:
    monkeypatch.setattr(delimited, "_BLOCK", block)
    body = f'2021,"a{end}b"{end}' * 50
    text = f"date,place{end}{body}".encode()
    few = Limits(unpacked=10**6, rows=50, cells=10**6)
    with pytest.raises(TableError, match="has 51 rows and 2 columns"):
        read_content(text, "a.csv", few)
    assert len(read_content(text, "a.csv", replace(few, rows=51)).rows) == 50


def test_rows_of_several_line_ends_are_counted_together() -> None:
    text = b"date,place\n" + b"2021,a\r" * 30 + b"2021,a\n" * 30
    with pytest.raises(TableError, match="has 61 rows"):
        read_content(text, "a.csv", Limits(unpacked=10**6, rows=50, cells=10**6))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("id|place|x\n1|Hit|a,b\n", ["1", "Hit", "a,b"]),
        (
            'id,place,x\n1,Hit,"He said \\"boom\\", then left"\n',
            ["1", "Hit", 'He said "boom", then left'],
        ),
        ('id,place,x\n1,Hit,"\\"boom\\" \\\\ left"\n', ["1", "Hit", '"boom" \\ left']),
        # Doubled marks stay, and a backslash that ends a cell.
        ('id,place,x\n1,Hit,"He said ""boom"""\n', ["1", "Hit", 'He said "boom"']),
        ('id,place,x\n1,"C:\\",a\n', ["1", "C:\\", "a"]),
    ],
)
def test_other_separators_and_marks(text: str, cells: list[str]) -> None:
    table = table_from_bytes(text.encode(), "a.csv")
    assert table.rows.iloc[0].tolist() == cells
    assert len(table.problems) == 0
