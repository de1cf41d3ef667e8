"""Days of a whole table: local time, the order of day and month, days known to a month."""

import pandas as pd
import pytest

from tests.incidents.intake.checking.checked import read_columns


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("date,place,country\n2021-07-07T22:30Z,a,IQ\n", "2021-07-08", "01:30"),
        ("date,place,country\n2021-01-07T22:30Z,a,IQ\n", "2021-01-08", "01:30"),
        ("date,place,country\n2021-01-07T22:30Z,a,SY\n", "2021-01-08", "00:30"),
        ("date,place,country\n2021-07-07T22:30Z,a,SY\n", "2021-07-08", "01:30"),
        ("date,place,country\n2005-07-07T22:30Z,a,IQ\n", "2005-07-08", "02:30"),
        ("date,place,lat,lon\n2021-01-07T22:30Z,a,33.3,44.4\n", "2021-01-08", "01:30"),
        ("date,place,lat,lon\n2021-01-07T22:30Z,a,33.5,36.3\n", "2021-01-08", "00:30"),
        ("date,place,country\n2021-07-07T22:30+03:00,a,IQ\n", "2021-07-07", "22:30"),
        ("date,place,country\n2021-07-07 22:30,a,IQ\n", "2021-07-07", "22:30"),
        ("date,place,country\n072230CJUL21,a,IQ\n", "2021-07-07", "22:30"),
        ("date,place,country\n1625697000000,a,IQ\n", "2021-07-08", "01:30"),
        ("date,time,place,country\n2021-07-07,22:30Z,a,IQ\n", "2021-07-08", "01:30"),
        ("date,time,place,country\n2021-07-07,2230,a,IQ\n", "2021-07-07", "22:30"),
        # Days that a program wrote as moments have no time.
        ("date,place,country\n2021-07-07T00:00:00Z,a,IQ\n", "2021-07-07", None),
        ("date,place,country\n2021-07-06T21:00:00Z,a,IQ\n", "2021-07-07", None),
        ("date,place,country\n1625616000000,a,IQ\n", "2021-07-07", None),
    ],
)
def test_moments_become_local(text: str, day: str, time: str | None) -> None:
    assert read_columns(text, "date", "time") == [[pd.Timestamp(day), time]]


def test_a_table_in_arabic_or_russian_has_days_first() -> None:
    for place, day in (
        ("بغداد", "2021-04-03"),
        ("Багдад", "2021-04-03"),
        ("Baghdad", "2021-01-01"),
    ):
        assert read_columns(f"date,place\n03/04/2021,{place * 3}\n", "date") == [
            [pd.Timestamp(day)]
        ]
    text = "date,place\n03/04/2021,بغداد بغداد بغداد\n04/13/2021,بغداد بغداد بغداد\n"
    assert read_columns(text, "date")[0] == [pd.Timestamp("2021-03-04")]


def test_a_day_known_to_its_month_alone_is_any_day_of_it() -> None:
    text = "date,date_precision,place\n2021-07-16,month,a\n2021-07-16,year,b\n2021-07-16,week,c\n"
    days = ["2021-07-01", "2021-07-31"], ["2021-01-01", "2021-12-31"], ["2021-07-16", "2021-07-22"]
    assert read_columns(text, "date", "date_end") == [[*map(pd.Timestamp, each)] for each in days]
