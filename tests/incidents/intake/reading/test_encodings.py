"""Letters of a file: in any encoding, damaged, or encoded twice."""

import json
from collections.abc import Callable

import pandas as pd
import pytest

from incidents.intake.reading.files import table_from_bytes
from tests.incidents.intake.reading.told import PLAIN, tell


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
