"""Cells of single columns: spellings, countries, and what says nothing."""

import pandas as pd
import pytest

from incidents.intake.checking.validation import validate
from incidents.intake.reading.files import Tables, table_from_bytes
from tests.incidents.intake.checking.checked import read_columns, read_one


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("country", "Iraq", "IQ"),
        ("country", "العراق", "IQ"),
        ("country", "Сирия", "SY"),
        ("country", "jo", "JO"),
        ("country", "Yemen", "YE"),
        ("country", "اليمن", "YE"),
        ("country", "Йемен", "YE"),
        ("country", "united arab emirates", "AE"),
        ("country", "Украина", "UA"),
        ("type", "Rocket_Attack", "rocket attack"),
        ("type", "Airstrike", "air strike"),
        ("type", "Suicide bomb", "Suicide bomb"),
        ("direction", "Attack on Coalition", "attack on coalition"),
        ("time", "9:30 pm", "21:30"),
        ("time", "7:05", "07:05"),
        ("lat", "33,7856", 33.7856),
        ("lat", "٣٣.٥", 33.5),
        ("summary", "  <b>x</b> ", "<b>x</b>"),
        ("date_precision", "Week", "week"),
    ],
)
def test_cells(column: str, text: str, value: object) -> None:
    cells = {"date": "2021-07-07", "lat": "33", "lon": "44", column: text}
    quoted = ",".join(f'"{cell}"' for cell in cells.values())
    incident = read_one(f"{','.join(cells)}\n{quoted}\n")
    assert incident[column] == value


def test_texts_that_say_nothing_are_unknown_but_ids_stay() -> None:
    table = table_from_bytes(
        (
            "id,date,country,gov,place,actor,weapon,type,attribution,summary\n"
            "NA,2021,n/a,NULL,(null),-99,None,Unknown,unknown,نا\n"
            "-9,2021,IQ,Nineveh,Hit,Unknown gunmen,X-ray,rocket attack,claimed,غير معروف\n"
        ).encode(),
        "a.csv",
    )
    checked = validate(Tables(table))
    rows = checked.incidents.astype("object").where(checked.incidents.notna(), None)
    columns = ["country", "gov", "place", "actor", "weapon", "type", "attribution", "summary"]
    assert rows["incident"].tolist() == ["NA", "-9"]
    assert rows[columns].values.tolist() == [
        [None, None, None, None, None, None, "unknown", "نا"],
        ["IQ", "Nineveh", "Hit", "Unknown gunmen", "X-ray", "rocket attack", "claimed", None],
    ]
    assert checked.problems.empty


def test_what_is_no_country_is_told_once_per_spelling_with_the_nearest() -> None:
    cells = ["IZ", "Irqa", "Irqa", "SY", "IS", "XX"]
    text = "date,place,country\n" + "".join(f"2021,a,{cell}\n" for cell in cells)
    checked = validate(Tables(table_from_bytes(text.encode(), "a.csv")))
    codes = checked.incidents["country"].astype("object").where(lambda each: each.notna(), None)
    assert codes.tolist() == ["IQ", None, None, "SY", "IL", None]
    told = checked.problems[checked.problems["kind"] == "country_unknown"]
    assert told["row"].tolist() == [3, 7]
    assert '"Irqa" (2 rows)' in told["message"].iloc[0]
    assert "nearest: Iraq." in told["message"].iloc[0]


def test_cells_are_read_without_what_no_reader_sees() -> None:
    text = (
        "date,place,country,lat,lon,killed\n"
        "\u200f٢٠٢١‑٠٧‑٠٧\u200f,a,\u200eIQ\u200b,\u200f٣٣٫٣,\u00a044.4\u202f,\u2067٣\u2069\n"
    )
    names = ("country", "lat", "lon", "killed_min", "date")
    assert read_columns(text, *names) == [["IQ", 33.3, 44.4, 3, pd.Timestamp("2021-07-07")]]
