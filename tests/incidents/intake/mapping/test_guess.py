"""What a mapping form starts from; what is doubtful is left out."""

from typing import Any

import pandas as pd
import pytest

from benchmarks.hostile_tables import empty_columns
from incidents.intake.checking.validation import validate
from incidents.intake.mapping import likeness
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.guess import guess_profile
from incidents.intake.mapping.profile import read_profile, write_profile
from incidents.intake.reading.tables import Tables

# name: table, header by our column
GUESSES = {
    "words around a name": (
        "Date of the attack,Place of incident,Number killed,Total wounded people\n"
        "2021-07-07,Baghdad,3,1\n",
        {
            "date": "Date of the attack",
            "place": "Place of incident",
            "killed": "Number killed",
            "wounded": "Total wounded people",
        },
    ),
    "a letter less": (
        "Date,Governorat,Latitud,Longitud\n2021,Anbar,33.1,44.2\n",
        {"date": "Date", "gov": "Governorat", "lat": "Latitud", "lon": "Longitud"},
    ),
    "a name whose cells do not fit": (
        "Date,Killed count,place\n2021,they shot,a\n",
        {"date": "Date", "place": "place"},
    ),
    "two that fit alike": (
        "Date,killed total,total killed number,place\n2021,1,2,a\n",
        {"date": "Date", "place": "place"},
    ),
    "dates and degrees by their values": (
        "Quand,N,E\n2021-07-07,33.31,44.37\n2021-07-08,36.34,43.13\n2021-07-09,34.2,41.1\n",
        {"date": "Quand", "lat": "N", "lon": "E"},
    ),
    "two columns of dates": (
        "Quand,Encore\n2021-07-07,2021-07-08\n",
        {"date": "Quand"},
    ),
    "two columns of dates, one of which is of something else": (
        "Updated,Occurred on\n2021-07-07,2021-07-08\n",
        {"date": "Occurred on"},
    ),
    "degrees that may be either": (
        "date,N,E\n2021,35.9,36.6\n2021,35.8,36.7\n2021,36.1,37.1\n",
        {"date": "date"},
    ),
    "degrees of which half may be either": (
        "date,N,E\n2021,35.9,38.6\n2021,35.8,38.7\n2021,36.1,39.1\n",
        {"date": "date"},
    ),
    "a time full of dates": (
        "time,place\n2021-07-07 21:30,a\n2021-07-08 21:30,b\n",
        {"date": "time", "place": "place"},
    ),
    "a time of times": ("time,place\n21:30,a\n", {"time": "time", "place": "place"}),
    "nested names": (
        "event.date,event.location.latitude,event.location.longitude\n2021-07-07,33.1,44.2\n",
        {"date": "event.date", "lat": "event.location.latitude", "lon": "event.location.longitude"},
    ),
    "longer names": (
        "date,geo_lat,geo_long\n2021,33.1,44.2\n",
        {"date": "date", "lat": "geo_lat", "lon": "geo_long"},
    ),
    "a place that is a point": (
        'date,location\n2021,"33.3152, 44.3661"\n',
        {"date": "date", "point": "location"},
    ),
    "a point by its cells": (
        "date,place,where_grid\n2021,a,38SMB4099486410\n",
        {"date": "date", "place": "place", "point": "where_grid"},
    ),
    "half a point by its name": ("date,geo_lat\n2021,33.1\n", {"date": "date"}),
    "nothing": ("foo,bar\n1,2\n", {}),
}


def headers_of(profile: Any) -> dict[str, str]:
    return {ours: rule.headers[0] for ours, rule in profile.columns.items()}


@pytest.mark.parametrize("name", GUESSES)
def test_guess(name: str, profiles: Any, make_table: Any) -> None:
    text, wanted = GUESSES[name]
    profile = guess_profile(make_table(text), profiles)
    assert headers_of(profile) == wanted
    assert read_profile(write_profile(profile)) == profile


@pytest.mark.parametrize(
    "text",
    [
        "date,place,killed_min,killed_max\n2021,a,1,2\n",
        "Event Date,Location,Deaths,Notes,colour\n2021,a,1,b,red\n",
        "date,longitude,latitude,type\n2021,44.1,33.2,IED\n",
        "التاريخ,المكان,القتلى\n2021,بغداد,1\n",
    ],
    ids=["our names", "aliases", "the order of columns", "Arabic"],
)
def test_our_own_names_and_aliases_change_nothing(
    text: str, profiles: Any, make_table: Any
) -> None:
    table = make_table(text)
    profile = guess_profile(table, profiles)
    assert profile.is_own
    assert apply_profile(table, profile) is table


def test_hxl_tags(profiles: Any, make_table: Any) -> None:
    table = make_table(
        "a,b,c,d,e,f,g,h\n2021-07-07,33.1,44.2,Anbar,Hit,3,1,2021\n",
        {
            "a": "#date+start",
            "b": "#geo+lat",
            "c": "#geo+lon",
            "d": "#adm1+name",
            "e": "#loc +name",
            "f": "#affected+killed",
            "g": "#affected+f+injured",
            "h": "#date+year",
            "gone": "#event+id",
        },
    )
    profile = guess_profile(table, profiles)
    assert headers_of(profile) == {
        "date": "a", "lat": "b", "lon": "c", "gov": "d", "place": "e", "killed": "f",
        "wounded": "g",
    }  # fmt: skip
    assert {rule.confidence for rule in profile.columns.values()} == {0.9}


def test_guesses_are_told_and_known_names_are_not(profiles: Any, make_table: Any) -> None:
    table = make_table("date,Place of incident\n2021,a\n")
    mapped = apply_profile(table, guess_profile(table, profiles))
    found = mapped.problems
    assert found[["column", "kind"]].values.tolist() == [["Place of incident", "column_guessed"]]
    assert 'read as "place"' in found["message"][0]


def test_a_table_that_looks_like_a_layout_says_so(profiles: Any, make_table: Any) -> None:
    table = make_table(
        "event_date,time_precision,event_type,country,admin1,location,latitude,longitude,"
        "geo_precision,source,notes,fatalities\n"
        "2021-07-07,1,Protests,Iraq,Anbar,Hit,33.6,42.8,1,NINA,They marched.,0\n"
    )
    profile = guess_profile(table, profiles)
    assert profile.name == "acled"
    mapped = apply_profile(table, profile)
    assert mapped.rows["category"].tolist() == ["other event"]
    assert "profile_incomplete" in set(mapped.problems["kind"])


def test_a_guess_looks_at_few_rows(make_table: Any) -> None:
    table = make_table("Quand,place\n" + "2021-07-07,a\n" * 1000 + "never,b\n" * 5000)
    assert headers_of(guess_profile(table)) == {"place": "place", "date": "Quand"}
    assert isinstance(table.rows, pd.DataFrame)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Year,Month,Day,place\n2021,7,8,a\n2021,0,0,b\n", ["2021-7-8", "2021"]),
        ("year,month,place\n2021,July,a\n", ["2021-July"]),
        ("السنة,الشهر,اليوم,place\n2021,7,8,a\n", ["2021-7-8"]),
        ("Год,Месяц,День,place\n2021,июля,8,a\n", ["2021-июля-8"]),
        ("event_year,event_month,event_day,place\n2021,7,8,a\n", ["2021-7-8"]),
    ],
)
def test_a_date_in_three_columns(text: str, dates: list[str], make_table: Any) -> None:
    table = make_table(text)
    assert apply_profile(table, guess_profile(table)).rows["date"].tolist() == dates


@pytest.mark.parametrize(
    "text", ["Day,place\n2021-07-08,a\n", "date,year,month,place\n2021-07-08,2021,7,a\n"]
)
def test_a_date_of_one_column_stays(text: str, make_table: Any) -> None:
    table = make_table(text)
    assert guess_profile(table).is_own


def test_columns_are_not_put_beside_all_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are folded to compare two of them: once each, and again where they are nearly alike."""
    folded: list[str] = []
    fold = likeness.fold_name
    monkeypatch.setattr(likeness, "fold_name", lambda name: folded.append(name) or fold(name))
    table = empty_columns(500)
    guess_profile(table)
    names = len(list(likeness.list_our_names()))
    assert len(folded) <= 2 * (table.rows.shape[1] + names)


def test_three_columns_of_utm(make_table: Any) -> None:
    table = make_table("date,Zone,Easting,Northing\n2021,38S,440994,3686410\n")
    assert apply_profile(table, guess_profile(table)).rows["point"].tolist() == [
        "38S 440994 3686410"
    ]


@pytest.mark.parametrize(
    "header",
    [
        "lat_deg,lat_min,lat_sec,lon_deg,lon_min,lon_sec",
        "Lat D,Lat M,Lat S,Lon D,Lon M,Lon S",
        "Latitude Deg,Latitude Minutes,Latitude Sec,Deg Longitude,Min Longitude,Sec Longitude",
        "LATDEG,LATMIN,LATSEC,LONGDEG,LONGMIN,LONGSEC",
    ],
)
def test_degrees_minutes_and_seconds_in_columns_of_their_own(make_table: Any, header: str) -> None:
    table = make_table(
        f"date,place,{header}\n2021-07-07,Mosul,36,20,30,43,7,0\n2021-07-08,Hit,33,38,,42,49,\n"
    )
    rows = validate(Tables(apply_profile(table, guess_profile(table)))).incidents
    assert rows["lat"].tolist() == pytest.approx([36.3417, 33.6333], abs=1e-3)
    assert rows["lon"].tolist() == pytest.approx([43.1167, 42.8167], abs=1e-3)


@pytest.mark.parametrize("header", ["lat_deg,lon_deg,lon_min", "lat_min,lat_deg,place_min"])
def test_degrees_beside_minutes_of_one_side_are_no_coordinates(
    make_table: Any, header: str
) -> None:
    columns = guess_profile(make_table(f"date,place,{header}\n2021-07-07,Mosul,36,43,7\n")).columns
    assert not {"lat", "lon", "point"} & set(columns)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "date,governorate,district,place\n2021,Nineveh,Tal Afar,\n2021,Nineveh,Tal Afar,Hit\n"
            "2021,Nineveh,unknown,\n",
            ["Tal Afar district", "Hit", None],
        ),
        ("date,governorate,admin2\n2021,Nineveh,Sinjar District\n", ["Sinjar District"]),
        ("date,المحافظة,القضاء\n2021,نينوى,تلعفر\n", ["قضاء تلعفر"]),
        ("date,place,district,admin2\n2021,,a,b\n", [None]),
        ("date,place,district\n2021,,12\n", [None]),
    ],
)
def test_where_no_place_is_named_its_district_is(
    make_table: Any, text: str, places: list[str | None]
) -> None:
    table = make_table(text)
    rows = validate(Tables(apply_profile(table, guess_profile(table)))).incidents
    assert [None if pd.isna(each) else each for each in rows["place"]] == places


def test_utm_of_which_some_zones_are_blank(make_table: Any) -> None:
    table = make_table(
        "date,place,governorate,easting,northing,zone\n2021,a,Baghdad,440994,3686410,38N\n"
        "2021,b,Nineveh,332000,4022000,\n"
    )
    checked = validate(Tables(apply_profile(table, guess_profile(table))))
    assert checked.incidents["lat"].tolist() == pytest.approx([33.315, 36.328], abs=1e-2)


def test_degrees_minutes_and_seconds_in_one_column_each(make_table: Any) -> None:
    text = "date,place,{},{}\n2021,a,33.18.54,44.21.58\n2021,b,36°20'24\"N,43°07'48\"E\n"
    assert {"lat", "lon"} <= set(
        guess_profile(make_table(text.format("Lat DMS", "Lon DMS"))).columns
    )
    table = make_table(text.format("first", "second"))
    kinds = validate(Tables(apply_profile(table, guess_profile(table)))).problems["kind"]
    assert kinds.tolist().count("column_looks") == 2


def test_words_for_numbers_are_counts_beside_numbers(make_table: Any) -> None:
    text = "date,place,Nb. KIA,Nb. WIA\n2021,Hit,nil,no\n2021,Hit,several,no\n2021,Hit,3,no\n"
    columns = guess_profile(make_table(text)).columns
    assert "killed" in columns and "wounded" not in columns


def test_east_and_north_are_utm_where_they_hold_metres(make_table: Any) -> None:
    text = "date,place,east,north\n2021-07-07,Mosul,{},{}\n"
    assert "point" in guess_profile(make_table(text.format(440994, 3686410))).columns
    assert "point" not in guess_profile(make_table(text.format(3, 4))).columns
