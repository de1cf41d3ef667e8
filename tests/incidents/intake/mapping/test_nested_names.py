"""Columns whose names come from the objects of an API's answer, from KML, from other languages."""

from typing import Any

import pandas as pd
import pytest

from incidents.intake.checking.validation import validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.guess import guess_profile
from incidents.intake.reading.tables import Tables

TABLES = {
    "objects of an answer": (
        "occurred,where.name,where.country,where.point.lat,where.point.lng,casualties.killed\n"
        "2021-07-07,Ain al-Asad,Iraq,33.7856,42.4412,0\n",
        {
            "date": "occurred",
            "place": "where.name",
            "country": "where.country",
            "lat": "where.point.lat",
            "lon": "where.point.lng",
            "killed": "casualties.killed",
        },
    ),
    "what a source or an author has is not the incident's": (
        "date,place,source.country,author.name,publisher.location,suspects.killed\n"
        "2021-07-07,Ain al-Asad,Iraq,Smith,London,3\n",
        {"date": "date", "place": "place"},
    ),
    "two for one thing": (
        "date,place,toll.killed,losses.killed\n2021-07-07,Mosul,1,2\n",
        {"date": "date", "place": "place"},
    ),
    "squares without their zone": (
        "date,grid,killed\n2007-03-04,MB4099486410,1\n2007-03-05,MB 44 85,0\n",
        {"date": "date", "point": "grid", "killed": "killed"},
    ),
    "numbers of another grid": (
        "date,place,grid\n2007-03-04,Mosul,174669\n",
        {"date": "date", "place": "place"},
    ),
    "German": (
        "Datum,Ort,Land,Tote,Verletzte\n7. Juli 2021,Mossul,Irak,1,2\n",
        {
            "date": "Datum",
            "place": "Ort",
            "country": "Land",
            "killed": "Tote",
            "wounded": "Verletzte",
        },
    ),
    "French": (
        "date,lieu,pays,tués,blessés\n7 juillet 2021,Alep,Syrie,1,2\n",
        {
            "date": "date",
            "place": "lieu",
            "country": "pays",
            "killed": "tués",
            "wounded": "blessés",
        },
    ),
    "Turkish": (
        "Tarih,Yer,Ülke,Ölü,Yaralı\n7 Temmuz 2021,Musul,Irak,1,2\n",
        {
            "date": "Tarih",
            "place": "Yer",
            "country": "Ülke",
            "killed": "Ölü",
            "wounded": "Yaralı",
        },
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_found(name: str, profiles: Any, make_table: Any) -> None:
    text, expected = TABLES[name]
    profile = guess_profile(make_table(text), profiles)
    found = {ours: next(rule.list_sources()) for ours, rule in profile.columns.items()}
    assert found == expected


def test_a_mark_of_kml_has_a_moment_or_a_period(make_table: Any) -> None:
    table = make_table(
        "timestamp,begin,end,place\n2021-07-07,,,Mosul\n,2021-07-08,2021-07-09,Homs\n"
    )
    mapped = apply_profile(table, guess_profile(table))
    days = validate(Tables(mapped)).incidents[["date", "date_end"]]
    assert days["date"].dt.strftime("%d").tolist() == ["07", "08"]
    assert days["date_end"].tolist() == [pd.NaT, pd.Timestamp("2021-07-09")]
