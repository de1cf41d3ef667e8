"""Dates in the writings of languages and calendars, and what is none of them."""

import pandas as pd
import pytest

from incidents.intake.checking.dates import read_dates
from tests.growth import IN_STEP, grow
from tests.incidents.intake.checking.dated import read

# What is written, and what is read: first and last day, precision.
WRITINGS = {
    ("2021-07-07", None, "day"): (
        *("44384", "1625616000", "1625616000000", "Wed, 07 Jul 2021 00:00:00 GMT", "2021-W27-3"),
        *("07JUL2021", "07JUL21", "07 JUL 21", "7 July 21", "7/7/21", "7.7.21", "July 7, 21"),
        *("7 تموز/يوليو 2021م", "7 تموز (يوليو) 2021", "الأربعاء 7 تموز 2021", "٧ تموز ٢٠٢١"),
        *("Wednesday, July 7, 2021", "Wed 7 Jul 2021", "среда, 7 июля 2021 г.", "7-го июля 2021"),
        *(
            "2021 July 7",
            "7th of July 2021",
            "2021-7-7",
            "\u200f2021\u20117\u20117",
            "night of 7 July 2021",
        ),
        *(
            "в ночь на 7 июля 2021",
            "7 July 2021 (Baghdad)",
            "2021/07/07",
            "2021.07.07",
            "July 7th, 2021",
        ),
    ),
    ("2021-07-05", "2021-07-11", "week"): ("week of 5 July 2021", "the week of July 5, 2021"),
    ("2021-07-05", "2021-07-06", "day"): (
        *("5 & 6 July 2021", "5, 6 July 2021", "5 and 6 July 2021", "5 и 6 июля 2021"),
        *("2021-07-05 & 2021-07-06", "٥ و٦ تموز ٢٠٢١"),
    ),
    ("2021-07-25", None, "day"): (
        "7/25/21 0:00",
        "25/07/21",
        "25.07.2021",
        "07/25/2021",
        "25JUL21",
    ),
    ("2021-07-06", "2021-07-08", "day"): (
        *("27 ذو القعدة 1442", "1442/11/27", "27/11/1442هـ", "27-11-1442 هـ", "٢٧/١١/١٤٤٢ هـ"),
        *(
            "6-8 July 2021",
            "between 6 and 8 July 2021",
            "from 6 to 8 July 2021",
            "с 6 по 8 июля 2021",
        ),
    ),
    ("2021-07-04", "2021-07-10", "week"): (
        "c. 7 July 2021",
        "about 7 July 2021",
        "7 July 2021 (approx)",
        "7 July 2021 approx.",
        "probably 7 July 2021",
        "7 июля 2021 (примерно)",
        "7 July 2021?",
    ),
    ("2021-07-01", "2021-07-10", "month"): (
        *(
            "early July 2021",
            "Beginning of July 2021",
            "начало июля 2021",
            "в начале июля 2021 года",
        ),
        *("أوائل تموز 2021", "مطلع يوليو 2021", "بداية تموز 2021"),
    ),
    ("2021-07-11", "2021-07-20", "month"): (
        *("mid-July 2021", "mid July 2021", "middle of July 2021", "середина июля 2021"),
        *("в середине июля 2021", "منتصف تموز 2021"),
    ),
    ("2021-07-21", "2021-07-31", "month"): (
        *(
            "late July 2021",
            "end of July 2021",
            "конец июля 2021",
            "أواخر تموز 2021",
            "نهاية يوليو 2021",
        ),
    ),
    ("2021-07-01", "2021-07-07", "week"): (
        *("first week of July 2021", "1st week of July 2021", "первая неделя июля 2021"),
        *("الأسبوع الأول من تموز 2021",),
    ),
    ("2021-07-25", "2021-07-31", "week"): ("last week of July 2021",),
    ("2021-06-01", "2021-08-31", "month"): (
        "summer 2021",
        "Summer of 2021",
        "летом 2021",
        "صيف 2021",
    ),
    ("2021-07-01", "2021-09-30", "month"): ("2021Q3", "Q3 2021", "third quarter of 2021"),
    ("2021-01-01", "2021-06-30", "month"): ("first half of 2021", "первая половина 2021 года"),
    ("2021-01-01", "2021-04-30", "month"): ("early 2021", "начало 2021 года"),
    ("2020-12-01", "2021-02-28", "month"): ("winter 2020/21", "winter 2020-2021"),
    ("2021-01-01", None, "year"): ("winter 2021", "зима 2021"),
    ("2021-07-05", None, "week"): ("2021-W27", "W27 2021", "week 27, 2021"),
    ("2021-07-01", None, "month"): (
        "Jul-21",
        "2021/7",
        "7/2021",
        "July 2021",
        "تموز 2021",
        "2021-07-??",
        "??-07-2021",
        "2021-07-XX",
        "in July 2021",
        "в июле 2021",
        "خلال تموز 2021",
        "during July 2021",
    ),
}


VAGUE = {
    ("2021-07-07", None, "day"): (
        *(
            "21:30 07/07/2021",
            "9:30 pm, 7 July 2021",
            "فجر الأربعاء 7 تموز 2021",
            "the 7th of July 2021",
            "7 من يوليو 2021",
            "on the evening of 7 July 2021",
            "Jul-07-2021",
        ),
        *("early morning of 7 July 2021", "dawn 7 July 2021", "на рассвете 7 июля 2021"),
        *(
            "1400/04/16",
            "۱۶ تیر ۱۴۰۰",
            "16 Tir 1400",
            "16/4/1400",
            "1400-04-16 ه.ش",
            "۷ ژوئیه ۲۰۲۱",
        ),
    ),
    ("2021-07-07", "2021-07-08", "day"): (
        *("7 or 8 July 2021", "July 7 or 8, 2021", "7 или 8 июля 2021", "7 أو 8 تموز 2021"),
        *("overnight 7/8 July 2021", "overnight on 7-8 July 2021", "night of 7-8 July 2021"),
        *(
            "в ночь с 7 на 8 июля 2021 года",
            "ليلة 7 على 8 تموز 2021",
            "7-8.7.2021",
            "7.-8. July 2021",
        ),
        *("either 7 or 8 July 2021", "2021-07-07 or 2021-07-08", "16 تیر 1400 - 17 تیر 1400"),
    ),
    ("2021-07-01", "2021-07-07", "week"): (
        *("by 7 July 2021", "on or before 7 July 2021", "no later than July 7, 2021"),
        *(
            "не позднее 7 июля 2021",
            "к 7 июля 2021",
            "بحلول 7 يوليو 2021",
            "week ending 7 July 2021",
        ),
    ),
    ("2021-06-30", "2021-07-06", "week"): (
        *("before 7 July 2021", "prior to 2021-07-07", "до 7 июля 2021", "قبل 7 تموز 2021"),
    ),
    ("2021-07-08", "2021-07-14", "week"): (
        *("after 7 July 2021", "после 7 июля 2021", "بعد 7 يوليو 2021"),
    ),
    ("2021-06-22", "2021-07-22", "month"): ("تیر 1400", "Tir 1400"),
}


@pytest.mark.parametrize(
    ("wanted", "text"),
    [(w, t) for each in (WRITINGS, VAGUE) for w, ts in each.items() for t in ts],
)
def test_usual_writings(wanted: tuple[str, str | None, str], text: str) -> None:
    first = read_dates(pd.Series([text], dtype="str")).iloc[0]
    last = None if pd.isna(first["last"]) else str(first["last"].date())
    assert (str(first["date"].date()), last, first["precision"]) == wanted


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1412/04/16",
            "16 Tir 1442",
            "by night",
            "7 or 8 July",
            "21-Jul",
            "99999",
            "12345678901",
            "1625616000000000000",
            "2021-W54",
        ),
        *("early 7 July 2021", "mid 2021-07-07", "week 60, 2021", "07Smarch21", "night of July"),
        *("1442/13/01", "soon July 2021", "Q5 2021", "31JUN21", "07-08-21", "summer", "2021-06-31"),
    ],
)
def test_what_is_none_of_them(text: str) -> None:
    assert read(text) == [None]


@pytest.mark.parametrize("filler", ["a", "a ", "a-", "1 ", "(", "[", " ", "T", "1:", "/"])
def test_of_a_long_text_not_every_part_is_looked_at(filler: str) -> None:
    assert grow(lambda size: pd.Series([filler * size]), read_dates, 5_000) < IN_STEP


def test_a_year_of_the_iranian_calendar_beside_ours_is_a_slip() -> None:
    assert read("1400/04/16", "2021-07-08") == [None, ("2021-07-08", "day", False)]
