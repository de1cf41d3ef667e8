import pandas as pd
import pytest

from incidents.intake.checking.dates import find_half_converted, last_days, read_dates
from tests.growth import IN_STEP, grow


def read(*texts: str) -> list[tuple[str, str, bool] | None]:
    dates = read_dates(pd.Series(texts, dtype="str"))
    return [
        None if pd.isna(row.precision) else (str(row.date.date()), row.precision, row.is_ambiguous)
        for row in dates.itertuples()
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("2021-07-08", "2021-7-8", "2021/07/08", "20210708", "8 Jul 2021", "8 July 2021"),
        *("July 8 2021", "Jul. 8, 2021", "8th July 2021", "08.07.2021", "8-Jul-2021"),
        *("2021-07-08 00:00:00.000", "2021-07-08T21:30:00Z", "8 July 2021 21:30"),
        *("8 Jul 2021 (night)", "8 июля 2021 г.", "8 تموز 2021", "٨ يوليو ٢٠٢١"),
    ],
)
def test_dates_as_people_write_them(text: str) -> None:
    assert read(text) == [("2021-07-08", "day", False)]


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2021-07", "2021-07-01", "month"),
        ("July 2021", "2021-07-01", "month"),
        ("2021", "2021-01-01", "year"),
        ("7 كانون الثاني 2021", "2021-01-07", "day"),
        ("05-Jan-22", "2022-01-05", "day"),
        ("05-Jan-97", "1997-01-05", "day"),
        ("01 January 2022", "2022-01-01", "day"),
        ("2013-01-03 00:00:00.000", "2013-01-03", "day"),
        ("2021-02-00", "2021-02-01", "month"),
        ("2021-00-00", "2021-01-01", "year"),
        ("7 Ağustos 2021", "2021-08-07", "day"),
        ("Mayıs 2021", "2021-05-01", "month"),
        ("3 Şubat 2021", "2021-02-03", "day"),
        ("٧ ئایار ٢٠٢١", "2021-05-07", "day"),
        ("7 تشرینی دووەم 2021", "2021-11-07", "day"),
    ],
)
def test_what_is_known_of_a_date(text: str, date: str, precision: str) -> None:
    assert read(text) == [(date, precision, False)]


@pytest.mark.parametrize(
    "text",
    [
        *("", "unknown", "yesterday", "31.02.2021", "2021-13-01", "13/13/2021", "4438"),
        *("0021-07-07", "2201-01-01", "7 Smarch 2021", "21-Jul", "07/07", "²021"),
        *("2021-13-00", "2021-00-07", "00.02.2021"),
        *("05-Smarch-22", "05-Jan-2", "05-Jan-222"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == [None]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["03/04/2021"], ("2021-01-01", "year", True)),
        (["03/04/2021", "20/11/2023"], ("2021-04-03", "day", False)),
        (["03/04/2021", "11/20/2023"], ("2021-03-04", "day", False)),
        (["03/04/2021", "11/20/2023", "20/11/2023"], ("2021-01-01", "year", True)),
        (["03/04/2021", "13/13/2023"], ("2021-01-01", "year", True)),
        (["07/07/2021"], ("2021-07-07", "day", False)),
        (["03-04-2021", "20-11-2023"], ("2021-04-03", "day", False)),
    ],
    ids=["alone", "day first", "month first", "both", "nonsense", "same", "hyphens"],
)
def test_the_column_proves_the_order_or_nothing_does(texts: list[str], first: object) -> None:
    assert read(*texts)[0] == first


def test_no_dates_have_types_too() -> None:
    assert read_dates(pd.Series([], dtype="str"))["date"].dtype == "datetime64[s]"


def test_last_days() -> None:
    dates = pd.Series(["2020-02-01", "2021-01-01", "2021-05-05"], dtype="datetime64[s]")
    ends = last_days(dates, pd.Series(["month", "year", "day"], dtype="str"))
    assert [str(day.date()) for day in ends] == ["2020-02-29", "2021-12-31", "2021-05-05"]


def read_span(*texts: str) -> tuple[str, str, str] | None:
    """First day, last day and precision of the first of some texts; None where it is no span."""
    first = read_dates(pd.Series(texts, dtype="str")).iloc[0]
    if pd.isna(first["last"]):
        return None
    return str(first["date"].date()), str(first["last"].date()), first["precision"]


@pytest.mark.parametrize(
    "text",
    [
        *("2017-03-05 – 2017-03-07", "2017-03-05 - 2017-03-07", "2017-03-05-2017-03-07"),
        *("2017-03-05 — 2017-03-07", "2017-03-05 to 2017-03-07", "2017-03-05/2017-03-07"),
        *("2017-03-05T21:00/2017-03-07T03:00", "2017-03-05 21:00 - 2017-03-07 03:00"),
        *("20170305/20170307", "5 March 2017 – 7 March 2017", "5–7 March 2017", "March 5-7, 2017"),
        *("5 March – 7 March 2017", "March 5 – March 7, 2017", "05.03.2017-07.03.2017"),
        *("5-7 Mar 2017", "٥ - ٧ آذار ٢٠١٧", "2017-03-05 إلى 2017-03-07", "5 по 7 марта 2017 г."),
    ],
)
def test_a_cell_may_hold_the_first_and_the_last_day(text: str) -> None:
    assert read_span(text) == ("2017-03-05", "2017-03-07", "day")


@pytest.mark.parametrize(
    ("texts", "span"),
    [
        (["2017-03 – 2017-05"], ("2017-03-01", "2017-05-31", "month")),
        (["2017/2018"], ("2017-01-01", "2018-12-31", "year")),
        (["28 June – 2 July 2021"], ("2021-06-28", "2021-07-02", "day")),
        (["28/03/2021 - 02/04/2021"], ("2021-03-28", "2021-04-02", "day")),
        (["03/04/2021 - 05/04/2021", "28/04/2021"], ("2021-04-03", "2021-04-05", "day")),
        (["03/04/2021 - 05/04/2021"], ("2021-01-01", "2021-12-31", "year")),
    ],
)
def test_a_span_is_known_as_well_as_its_days(texts: list[str], span: tuple[str, str, str]) -> None:
    assert read_span(*texts) == span


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2017-03-05",
            "05-Jan-2022",
            "7-8-2021",
            "2021-07-07T21:30:00+0000",
            "2021-07",
            "8 Jul 2021",
        ),
        *("2017-03-05 – 2017", "2017-03-05 - later", "2017-03-05/07", "5-7", "2017-03-05 - 23:00"),
        *("2017-03-05 - 2017-03-07 - 2017-03-09", "-", "2017-03-05 -", "1-2/3/2017"),
        "2017-03-05" + "x" * 200 + "- 2017-03-07",
    ],
)
def test_what_is_no_span(text: str) -> None:
    assert read_span(text) is None


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


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["٠٣/٠٤/٢٠٢١"], "2021-04-03"),
        (["03/04/21", "20/11/23"], "2021-04-03"),
        (["03-04-21", "20-11-21", "21-11-21"], "2021-04-03"),
        (["21-04-03", "21-04-09", "21-11-30"], "2021-04-03"),
        (["44289", "44384.5"], "2021-04-03"),
    ],
    ids=["Arabic digits", "short years", "dashed", "dashed, years first", "days of a spreadsheet"],
)
def test_the_column_tells_the_order(texts: list[str], first: str) -> None:
    assert read(*texts)[0] == (first, "day", False)


@pytest.mark.parametrize(
    "texts", [["44384", "44385", "soon"], ["44384", "12"], ["1625616000", "7"]]
)
def test_numbers_are_days_only_where_the_whole_column_fits(texts: list[str]) -> None:
    assert read(*texts)[0] is None


def test_a_half_converted_column_is_seen() -> None:
    def find(*texts: str) -> list[bool]:
        return find_half_converted(pd.Series(texts, dtype="str")).tolist()

    assert find("2021-04-03", "13/04/2021", "2021-05-03") == [True, False, True]
    assert find("2021-04-03 00:00:00", "04/13/2021", "04/14/2021") == [True, False, False]
    assert not any(find("2021-04-13", "13/04/2021", "2021-05-03"))
    assert not any(find("2021-04-03", "03/04/2021", "2021-05-03"))
    assert not any(find("2021-04-03", "13/04/2021"))


@pytest.mark.parametrize("filler", ["a", "a ", "a-", "1 ", "(", "[", " ", "T", "1:", "/"])
def test_of_a_long_text_not_every_part_is_looked_at(filler: str) -> None:
    assert grow(lambda size: pd.Series([filler * size]), read_dates, 5_000) < IN_STEP


def test_numbers_of_a_spreadsheet_beside_dates() -> None:
    for other, day in (("2021-07-08", "2021-07-08"), ("13/07/2021", "2021-07-13")):
        days = [each[0] if each else None for each in read("44384", other, "44386", "n/a")]
        assert days == ["2021-07-07", day, "2021-07-09", None]
    assert read("2021-07-08", "2021-07-09", "44386")[2] == ("2021-07-09", "day", False)


@pytest.mark.parametrize("other", ["see note", "1995-07-08", "03/04/2021", "12345", "1625616000"])
def test_numbers_that_are_no_days_beside_what_they_stand_with(other: str) -> None:
    assert read("44384", other, "44386")[0] is None


def test_a_year_of_the_iranian_calendar_beside_ours_is_a_slip() -> None:
    assert read("1400/04/16", "2021-07-08") == [None, ("2021-07-08", "day", False)]
