"""Days of a whole table: local time, the order of day and month, days known to a month."""

import pandas as pd
import pytest

from tests.incidents.intake.checking.checked import check, read_columns, read_one


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
    ):
        assert read_columns(f"date,place\n03/04/2021,{place * 3}\n", "date") == [
            [pd.Timestamp(day)]
        ]
    text = "date,place\n03/04/2021,بغداد بغداد بغداد\n04/13/2021,بغداد بغداد بغداد\n"
    assert read_columns(text, "date")[0] == [pd.Timestamp("2021-03-04")]


DAY_FIRST = (
    "date,place\n03-04-21,Mosul\n",
    "date,place\n03-04-21,الموصل الموصل\n",
    "date,place\n03/04/2021,Mosul\n05/06/2021,Hit\n",
    "date,country\n03/04/2021,Iraq\n",
    "date,place,governorate\n03/04/2021,Narnia,Anbar\n03-04-2021,Elsewhere,Homs\n",
    "date,lat,lon\n03/04/2021,33.3,44.4\n",
    "date,date_end,place\n03/04/2021,13/04/2021,Narnia\n",
)
MONTH_FIRST = ("date,date_end,place,country\n04/03/2021,04/13/2021,Mosul,Iraq\n",)
OPEN = (
    "date,place,country\n03/04/2021,London,United Kingdom\n",
    "date,place,country\n03/04/2021,Mosul,Iraq\n03/04/2021,Paris,France\n",
    "date,place\n03/04/2021,Narnia\n",
    "date,place,KIA\n03/04/2021,Mosul,1\n",
    "date,place\n3/4/21,Mosul\n",
    "date,place\n03/04/2021 9:30 PM,Mosul\n",
)


@pytest.mark.parametrize(
    ("text", "day", "told"),
    [
        *((text, "2021-04-03", "day first") for text in DAY_FIRST),
        *((text, "2021-04-03", "month first") for text in MONTH_FIRST),
        *((text, "2021-01-01", None) for text in OPEN),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_table(
    text: str, day: str, told: str | None
) -> None:
    checked = check(text)
    assert str(checked.incidents["date"][0].date()) == day
    messages = checked.problems.set_index("kind")["message"]
    assert ("dates_ordered" in messages) == (told is not None)
    assert told is None or f"read {told}" in messages["dates_ordered"]


def test_a_day_known_to_its_month_alone_is_any_day_of_it() -> None:
    text = "date,date_precision,place\n2021-07-16,month,a\n2021-07-16,year,b\n2021-07-16,week,c\n"
    days = ["2021-07-01", "2021-07-31"], ["2021-01-01", "2021-12-31"], ["2021-07-16", "2021-07-22"]
    assert read_columns(text, "date", "date_end") == [[*map(pd.Timestamp, each)] for each in days]


@pytest.mark.parametrize(
    ("date", "given", "precision"),
    [
        ("2021-07-07", "", "day"),
        ("2021-07-07", "week", "week"),
        ("2021-07", "day", "month"),
        ("2021", "month", "year"),
    ],
)
def test_a_date_is_no_more_precise_than_its_cell(date: str, given: str, precision: str) -> None:
    incident = read_one(f"date,date_precision,place\n{date},{given},a\n")
    assert incident["date_precision"] == precision


def test_one_day_has_no_last_day_and_a_month_ends_with_its_last() -> None:
    text = "date,date_end,place\n2021-07-07,2021-07-07,a\n2021-07,2021-08,a\n"
    ends = check(text).incidents["date_end"]
    assert pd.isna(ends[0])
    assert str(ends[1].date()) == "2021-08-31"
