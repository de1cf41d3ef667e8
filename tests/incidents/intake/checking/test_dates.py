import pandas as pd
import pytest

from incidents.intake.checking.dates import find_half_converted, last_days, read_dates
from tests.incidents.intake.checking.dated import read


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


def test_numbers_of_a_spreadsheet_beside_dates() -> None:
    for other, day in (("2021-07-08", "2021-07-08"), ("13/07/2021", "2021-07-13")):
        days = [each[0] if each else None for each in read("44384", other, "44386", "n/a")]
        assert days == ["2021-07-07", day, "2021-07-09", None]
    assert read("2021-07-08", "2021-07-09", "44386")[2] == ("2021-07-09", "day", False)


@pytest.mark.parametrize("other", ["see note", "1995-07-08", "03/04/2021", "12345", "1625616000"])
def test_numbers_that_are_no_days_beside_what_they_stand_with(other: str) -> None:
    assert read("44384", other, "44386")[0] is None
