"""Which columns of a table are its own, and what their cells say."""

import pandas as pd
import pytest

from incidents.intake.bundles import choose_profile
from incidents.intake.mapping.profile import list_profiles, read_profile, write_profile
from incidents.intake.own_columns import (
    clean_value,
    has_few_values,
    list_own,
    read_day_values,
    read_number,
    tell_own,
)
from incidents.intake.reading.files import table_from_bytes
from incidents.table.errors import ProfileError
from incidents.table.settings import ROOT

PROFILES = list_profiles(ROOT / "data" / "profiles")
ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,inter2,interaction,civilian_targeting,country,admin1,admin2,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags"
)
UCDP = (
    "id,relid,year,type_of_violence,conflict_name,dyad_name,side_a,side_b,number_of_sources,"
    "source_article,source_headline,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,"
    "country,region,event_clarity,date_prec,date_start,date_end,deaths_a,best,high,low"
)


def _list(header: str) -> set[str]:
    table = table_from_bytes(f"{header}\n{',' * header.count(',')}x\n".encode(), "t.csv")
    return set(list_own(table, choose_profile(table, PROFILES)))


def test_what_layouts_leave_over() -> None:
    acled, ucdp = _list(ACLED), _list(UCDP)
    assert {"event_type", "tags", "disorder_type", "inter1", "civilian_targeting"} <= acled
    assert not {"event_id_cnty", "sub_event_type", "admin1", "fatalities", "notes"} & acled
    assert {"type_of_violence", "conflict_name", "dyad_name", "side_a", "region"} <= ucdp
    assert not {"id", "date_start", "low", "latitude", "where_coordinates", "adm_1"} & ucdp


def test_of_our_own_names_the_others_and_doubles_are_left() -> None:
    assert _list("Date,Place,Verified by,type,attack_type") == {"Verified by", "attack_type"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  AP \u00a0 Reuters ", "AP Reuters"),
        ("x", "x"),
        ("unconfirmed", "unconfirmed"),
        ("No", "No"),
        ("n/a", None),
        ("Unknown", None),
        ("?", None),
        ("*", None),
        ("–", None),
        ("#N/A", None),
        ("", None),
        (None, None),
        ("a\x00b", "ab"),
    ],
)
def test_cells(text: str | None, value: str | None) -> None:
    assert clean_value(text) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-1.5", -1.5),
        ("1,200", 1200),
        ("1 200.5", 1200.5),
        ("1,5", 1.5),
        ("١٢٠٠", 1200),
        ("−3", -3),
        ("1e3", 1000),
        ("12 km", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        ("", None),
        (None, None),
        ("e", None),
    ],
)
def test_numbers(text: str | None, number: float | None) -> None:
    assert read_number(text) == number


def test_days_are_those_that_are_known_to_the_day() -> None:
    days = read_day_values(["2021-07-07", "8 July 2021", "July 2021", "07/08/2021", "never", None])
    told = [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in days]
    assert told == ["2021-07-07", "2021-07-08", None, None, None, None]


@pytest.mark.parametrize(
    ("values", "filled", "rows", "is_choice"),
    [
        (["a", "b"], 3, 3, True),
        (["a", "b"], 2, 2, False),
        (["a"], 3, 4, True),
        (["a"], 4, 4, False),
        ([], 0, 4, False),
        ([f"v{n}" for n in range(30)], 45, 45, True),
        ([f"v{n}" for n in range(31)], 9_000, 9_000, False),
        ([f"word {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(120)], 2_400, 9_000, True),
        ([f"word {chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(120)], 2_399, 9_000, False),
        (["a", "b" * 101], 90, 90, False),
    ],
)
def test_few_values(values: list[str], filled: int, rows: int, is_choice: bool) -> None:
    assert has_few_values(values, filled, rows) is is_choice


def test_a_mapping_says_how_own_columns_are_asked() -> None:
    text = "name: mine\ntitle: Mine\ncolumns: {date: Day}\nown: {Range: number, 'a: b': facet}\n"
    profile = read_profile(text)
    assert profile.own == {"Range": "number", "a: b": "facet"}
    assert read_profile(write_profile(profile)) == profile
    with pytest.raises(ProfileError, match="Own"):
        read_profile(text.replace("number", "weight"))


def test_what_cannot_be_read_of_a_chosen_kind_is_told_by_row() -> None:
    table = table_from_bytes(
        b"date,place,km,seen\n2021-07-01,Hit,12,2021-07-02\n2021-07-02,Hit,far,soon\n"
        b"2021-07-03,Hit,?,\n",
        "t.csv",
    )
    text = "name: m\ntitle: M\ncolumns: {date: date}\nown: {km: number, seen: date, gone: facet}"
    told = tell_own(table, read_profile(text))
    assert told[["kind", "row", "column"]].fillna(0).values.tolist() == [
        ["own_missing", 0, "gone"],
        ["own_unreadable", 3, "km"],
        ["own_unreadable", 3, "seen"],
    ]
    assert told["message"].iloc[1] == 'Row 3, column "km": "far" is no number; it is unknown.'
    assert len(tell_own(table, None)) == 0
