"""Files and folders: what is read as tables, and what is refused in a sentence."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.intake.reading.files import read_table, read_tables, table_from_bytes
from incidents.table.errors import TableError
from tests.incidents.intake.reading.told import PLAIN

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


@pytest.mark.parametrize(("data", "words"), NO_TABLES.values(), ids=list(NO_TABLES))
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words) as raised:
        table_from_bytes(data, "bad.csv")
    assert str(raised.value).startswith("bad.csv") and str(raised.value).endswith(".")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    words = r"^a\.csv is 2\.5 MB large, and the limit is 2 MB\. Split the table"
    with pytest.raises(TableError, match=words):
        table_from_bytes(b"\0" * 2_450_000, "a.csv", limit=2_000_000)
    (tmp_path / "a.csv").write_bytes(b"\0" * 2_450_000)
    with pytest.raises(TableError, match=words):
        read_table(tmp_path / "a.csv", limit=2_000_000)
    (tmp_path / "a.csv").write_text(PLAIN)
    assert len(read_table(tmp_path / "a.csv", limit=len(PLAIN)).rows) == 2


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
