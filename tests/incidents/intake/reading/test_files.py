import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.intake.checking.findings import match_headers
from incidents.intake.reading import delimited
from incidents.intake.reading.files import Table, read_table, read_tables, table_from_bytes
from incidents.intake.reading.formats import read_content
from incidents.intake.reading.sizes import Limits
from incidents.table.columns import COLUMNS
from incidents.table.errors import TableError

PLAIN = "date,place\n2021-07-07,Ain al-Asad\n2021-07-08,Baghdad\n"

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

# name: bytes of a file, words that the error must hold
NO_TABLES = {
    "empty": (b"", "is empty"),
    "blank": (b"\n \n,,\n", "is empty"),
    "only a BOM": (b"\xef\xbb\xbf", "is empty"),
    "binary": (b"\x00\x01\x02\xff" * 50, "not a text file"),
    "broken workbook": (b"PK\x03\x04 nothing", "spreadsheet"),
    "parquet": (b"PAR1....PAR1", "Parquet"),
    "database": (b"SQLite format 3\0" + bytes(200), "GeoPackage"),
    "web page": (b"<!DOCTYPE html>\n<html>", "web page"),
    "old text document": (b"{\\rtf1 date,place}", "text document"),
    "JSON": (b'{"date": "2021"}', "neither a GeoJSON"),
    "cut JSON": (b'{"type": "FeatureCollection", "features": [', "damaged or cut off"),
    "PDF": (b"%PDF-1.7", "PDF"),
    "title row": (b"Incidents of 2021\nZeit,Ort\n2021,a\n", "looks like a title"),
    "two title rows": (b"Incidents\nby me\n\nZeit,Ort\n2021,a\n", "looks like a title"),
    "title row of a spreadsheet": (b"Incidents of 2021,,\nKram,Zeug,x\n", "looks like a title"),
    "no header": (b"2021-07-07,Ain al-Asad\n2021-07-08,Baghdad\n", "column names"),
    "header never ends": (b'date,"place\n' + b"2021,a\n" * 20_000, "do not end"),
    "very many columns": (b"column," * 20_000 + b"date\n", "20,001 columns.*at most 5,000"),
    "far too many columns": (b"column name," * 200_000 + b"date\n", "columns.*at most 5,000"),
    "one long text": (b"x" * 2_000_000, "too long for the name of a column"),
}


def tell(table: Table) -> list[list[object]]:
    """The problems of a table as [row, column, kind]."""
    cells = table.problems[["row", "column", "kind"]].astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize(("text", "problems", "rows"), BAD_TABLES.values(), ids=list(BAD_TABLES))
def test_bad_tables(text: str, problems: list[list[object]], rows: list[int]) -> None:
    table = table_from_bytes(text.encode(), "bad.csv")
    assert tell(table) == problems
    assert list(table.rows.index) == rows
    errors = table.problems.loc[table.problems["level"] == "error", "row"]
    assert table.torn["row"].tolist() == errors.dropna().tolist()
    assert table.read == len(rows) + len(table.torn)


@pytest.mark.parametrize(("data", "words"), NO_TABLES.values(), ids=list(NO_TABLES))
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words) as raised:
        table_from_bytes(data, "bad.csv")
    assert str(raised.value).startswith("bad.csv") and str(raised.value).endswith(".")


def test_a_header_without_rows_is_an_empty_table() -> None:
    table = table_from_bytes(b"date,place\n", "a.csv")
    assert (list(table.rows.columns), len(table.rows), table.read) == (["date", "place"], 0, 0)


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("encoding", "place", "found"),
    [
        ("utf-8", "قاعدة عين الأسد", "utf-8"),
        ("utf-8-sig", "Айн-эль-Асад", "utf-8"),
        ("utf-16", "عين الأسد", "utf-16-le"),
        ("utf-16-be", "عين الأسد", "utf-16-be"),
        ("utf-16-le", "عين الأسد", "utf-16-le"),
        ("cp1256", "قاعدة عين الأسد الجوية في الأنبار", "cp1256"),
        ("cp1252", "Près de l'évêché, à côté du café naïf", "cp1252"),
        ("cp1252", "Özgür Büyükçekmece", "cp1252"),
        ("cp1254", "Şanlıurfa yakınları", "cp1254"),
        ("cp1251", "Айн-эль-Асад под Багдадом", "cp1251"),
        ("koi8_r", "Айн-эль-Асад под Багдадом", "koi8_r"),
    ],
    ids=[
        "utf-8",
        "BOM",
        "utf-16",
        "be",
        "no BOM",
        "Arabic",
        "French",
        "Turkish",
        "cp1254",
        "Russian",
        "KOI8-R",
    ],
)
def test_encodings_and_separators(
    separator: str, end: str, encoding: str, place: str, found: str
) -> None:
    lines = [["date", "place", "notes"], ["2021-07-07", f'"{place}"', '"a,b;c\td"']]
    text = "".join(separator.join(line) + end for line in lines)
    bom = b"\xfe\xff" if encoding == "utf-16-be" else b""
    table = table_from_bytes(bom + text.encode(encoding), "a.csv")
    assert table.rows.to_numpy().tolist() == [["2021-07-07", place, "a,b;c\td"]]
    assert (table.encoding, table.separator) == (found, separator)
    is_guessed = found.startswith(("cp", "koi8")) or encoding == "utf-16-le"
    assert [kind for _, _, kind in tell(table)] == ["encoding_guessed"] * is_guessed


def test_one_damaged_letter_does_not_change_the_encoding() -> None:
    text = PLAIN + "2021-07-09,قاعدة عين الأسد\n"
    table = table_from_bytes(text.encode() + b"2021-07-10,a\xff\n", "a.csv")
    assert table.rows["place"].tolist()[2:] == ["قاعدة عين الأسد", "a\N{REPLACEMENT CHARACTER}"]
    assert tell(table) == [[None, None, "letters_lost"]]


GARBLED = "سنجار".encode().decode("cp1252", errors="replace")


def write_parquet(cells: list[list[str]]) -> bytes:
    return pd.DataFrame(cells[1:], columns=cells[0]).to_parquet()


def write_json(cells: list[list[str]]) -> bytes:
    records = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
    return json.dumps(records, ensure_ascii=True).encode()


@pytest.mark.parametrize("write", [write_parquet, write_json])
def test_letters_that_were_encoded_twice_are_told_in_every_format(
    write: Callable[[list[list[str]]], bytes],
) -> None:
    cells = [["date", "place"], ["2021-07-07", "Hit"], ["2021-07-08", GARBLED]]
    assert [kind for _, _, kind in tell(table_from_bytes(write(cells), "a"))] == ["letters_twice"]
    cells[2][1] = "سنجار"
    assert tell(table_from_bytes(write(cells), "a")) == []
    cells[0][1] = GARBLED
    assert [kind for _, _, kind in tell(table_from_bytes(write(cells), "a"))] == ["letters_twice"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("place", ["سنجار", "Мосул", "Café", "Mosul – west"])
def test_letters_that_were_encoded_twice_are_told(place: str, encoding: str) -> None:
    garbled = place.encode().decode(encoding, errors="replace")
    table = table_from_bytes(f"{PLAIN}2021-07-09,{garbled}\n".encode(), "a.csv")
    assert table.rows["place"].iloc[-1] == garbled
    assert tell(table) == [[None, None, "letters_twice"]]


@pytest.mark.parametrize(
    "place", ["سنجار", "Мосул", "Café – São Ñuble", "ØRSTED", "Şanlıurfa", "36°20′", "Ånd Ørn Ä Ö"]
)
def test_letters_that_are_right_are_no_garbled_ones(place: str) -> None:
    assert tell(table_from_bytes(f"{PLAIN}2021-07-09,{place}\n".encode(), "a.csv")) == []


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


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    words = r"^a\.csv is 2\.5 MB large, and the limit is 2 MB\. Split the table"
    with pytest.raises(TableError, match=words):
        table_from_bytes(b"\0" * 2_450_000, "a.csv", limit=2_000_000)
    (tmp_path / "a.csv").write_bytes(b"\0" * 2_450_000)
    with pytest.raises(TableError, match=words):
        read_table(tmp_path / "a.csv", limit=2_000_000)
    (tmp_path / "a.csv").write_text(PLAIN)
    assert len(read_table(tmp_path / "a.csv", limit=len(PLAIN)).rows) == 2


def test_nothing_is_taken_as_missing_or_as_a_number() -> None:
    table = table_from_bytes(b"date,place\nNA,007\nnull,1.50\n", "a.csv")
    assert table.rows.to_numpy().tolist() == [["NA", "007"], ["null", "1.50"]]


def test_a_row_longer_than_a_block_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.intake.reading.delimited._BLOCK", 64)
    text = f"date,place\n2021,{'a' * 500}\n2022\n2023,b\n"
    table = table_from_bytes(text.encode(), "a.csv")
    assert list(table.rows.index) == [2, 4]
    assert tell(table) == [[3, None, "row_too_short"]]


def test_a_file_and_a_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "incidents.csv").write_text(PLAIN)
    (tmp_path / "reports.csv").write_text("report,incident\nR1,A\n")
    tables = read_tables(tmp_path)
    assert tables.reports is not None and tables.claims is None
    alone = read_tables(tmp_path / "incidents.csv")
    assert alone.reports is None
    pd.testing.assert_frame_equal(alone.incidents.rows, tables.incidents.rows)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"^gone\.csv is not there"):
        read_table(tmp_path / "gone.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="is a folder"):
        read_table(tmp_path)


def test_a_folder_without_incidents_is_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"has no file incidents\.csv"):
        read_tables(tmp_path)


SCRAPS = st.lists(
    st.sampled_from(
        [b"date", b",", b";", b'"', b"\n", b"\r", b"\t", b"\xff", b"\xc3", b"2021", b" "]
    )
)


@given(st.one_of(st.binary(max_size=200), SCRAPS.map(b"".join)))
def test_no_bytes_raise_anything_but_a_table_error(data: bytes) -> None:
    try:
        table = table_from_bytes(data, "a.csv")
    except TableError:
        return
    assert table.rows.index.is_unique and table.rows.columns.is_unique
    assert not set(table.rows.index) & set(table.torn["row"])
    assert table.read == len(table.rows) + len(table.torn)
    errors = table.problems.loc[table.problems["level"] == "error", "row"]
    assert set(errors.dropna()) <= set(table.torn["row"])


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
