"""Dates and numbers of tables in other languages than English, Arabic and Russian."""

import pandas as pd
import pytest

from incidents.intake.checking.amounts import read_amount
from incidents.intake.checking.counts import read_range
from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.moments import Moment, read_time
from incidents.intake.checking.tolls import read_toll


def read_span(text: str) -> tuple[str, str] | None:
    """First and last day of a cell; None where it is no date."""
    row = read_dates(pd.Series([text], dtype="str")).iloc[0]
    if pd.isna(row["date"]):
        return None
    last = row["date"] if pd.isna(row["last"]) else row["last"]
    return str(row["date"].date()), str(last.date())


@pytest.mark.parametrize(
    "text",
    [
        *("7 juillet 2021", "mercredi 7 juillet 2021", "7. Juli 2021", "Mittwoch, 7. Juli 2021"),
        *("7 de julio de 2021", "7 luglio 2021", "7 juli 2021", "7 Temmuz 2021 Çarşamba"),
        *("7 Tîrmeh 2021", "7ê Tîrmehê 2021", "7.VII.2021", "7-vii-2021", "7 VII 2021", "2021-188"),
    ],
)
def test_days(text: str) -> None:
    assert read_span(text) == ("2021-07-07", "2021-07-07")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1er août 2021", "2021-08-01", "2021-08-01"),
        ("3 décembre 2020", "2020-12-03", "2020-12-03"),
        ("8. März 2021", "2021-03-08", "2021-03-08"),
        ("14 févr. 2021", "2021-02-14", "2021-02-14"),
        ("début juillet 2021", "2021-07-01", "2021-07-10"),
        ("mi-octobre 2020", "2020-10-11", "2020-10-20"),
        ("fin mai 2021", "2021-05-21", "2021-05-31"),
        ("Anfang Juli 2021", "2021-07-01", "2021-07-10"),
        ("Mitte Oktober 2020", "2020-10-11", "2020-10-20"),
        ("Temmuz 2021 başı", "2021-07-01", "2021-07-10"),
        ("avant le 7 juillet 2021", "2021-06-30", "2021-07-06"),
        ("vor dem 7. Juli 2021", "2021-06-30", "2021-07-06"),
        # A month of the moon in a year of ours, a day to either side.
        ("Ramadan 2021", "2021-04-12", "2021-05-13"),
        ("رمضان 2021", "2021-04-12", "2021-05-13"),
    ],
)
def test_days_and_parts_of_months(text: str, first: str, last: str) -> None:
    assert read_span(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("before July 2021", "2021-06-01", "2021-06-30"),
        ("до июля 2021", "2021-06-01", "2021-06-30"),
        ("قبل تموز 2021", "2021-06-01", "2021-06-30"),
        ("vor Juli 2021", "2021-06-01", "2021-06-30"),
        ("prior to January 2021", "2020-12-01", "2020-12-31"),
        ("before 2021", "2020-01-01", "2020-12-31"),
        ("after December 2020", "2021-01-01", "2021-01-31"),
        ("بعد عام 2020", "2021-01-01", "2021-12-31"),
        ("by July 2021", "2021-06-01", "2021-07-31"),
        ("until July 2021", "2021-06-01", "2021-07-31"),
        ("since July 2021", "2021-07-01", "2021-08-31"),
    ],
)
def test_what_is_before_or_after_a_month_is_the_next_one(text: str, first: str, last: str) -> None:
    assert read_span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["7.IIII.2021", "7.XIII.2021", "2021-000", "2021-366", "Ramadan 2030", "before", "V 2021"],
)
def test_no_dates(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("دو", (2, 2)),
        ("پنج نفر", (5, 5)),
        ("۲۵ تن", (25, 25)),
        ("بیست و پنج", (25, 25)),
        ("هیچ", (0, 0)),
        ("بدون تلفات", (0, 0)),
        ("حدود ۲۰", (16, 24)),
        ("نزدیک به ۲۰", (16, 20)),
        ("حداقل ۳", (3, None)),
        ("دست‌کم سه نفر", (3, None)),
        ("حداکثر ۴", (None, 4)),
        ("تا ۴", (None, 4)),
        ("۲ تا ۴", (2, 4)),
        ("بین ۲ تا ۴ نفر", (2, 4)),
        ("۲ یا ۳", (2, 3)),
        ("بیش از ۱۰", (11, None)),
        ("کمتر از ۵", (None, 4)),
        ("چند نفر", (3, None)),
        ("ده‌ها", (20, None)),
        ("well over 20", (21, None)),
        ("two dozens", (24, 24)),
        ("minimum 4 / maximum 6", (4, 6)),
    ],
)
def test_amounts(text: str, bounds: tuple[int | None, int | None]) -> None:
    assert read_range(text)[:2] == bounds


@pytest.mark.parametrize("text", ["نامشخص", "unbekannt", "inconnu", "bilinmiyor"])
def test_unknown_is_told_in_other_languages_too(text: str) -> None:
    assert read_range(text) == (None, None, "")


def test_nine_in_persian_is_also_no() -> None:
    assert read_amount("نه") is None


def test_killed_and_wounded_in_one_cell() -> None:
    assert read_toll("یک کشته و دو زخمی") == {"killed": (1, 1), "wounded": (2, 2)}


@pytest.mark.parametrize("text", ["a family", "one family", "2 families", "family"])
def test_of_a_family_nobody_knows_how_many(text: str) -> None:
    assert read_toll(text, "killed") is None


@pytest.mark.parametrize(
    "text", ["a family of five", "family of 5", "5 family members", "5 members of the same family"]
)
def test_a_family_that_is_counted(text: str) -> None:
    assert read_toll(text, "killed") == {"killed": (5, 5)}


def test_a_time_of_day() -> None:
    assert read_time("1:30 Uhr") == Moment("01:30")
