"""Dates as people write them in tables, read without guessing."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import pandas as pd

from incidents.intake.checking.date_spans import Halves, cut_span

FIRST_YEAR, LAST_YEAR = 1900, 2100

# English, Russian, Arabic of both kinds, Turkish, Sorani.
_MONTHS = (
    "january jan январь января янв يناير كانون_الثاني ocak کانوونی_دووەم",
    "february feb февраль февраля фев فبراير شباط şubat شوبات",
    "march mar март марта мар مارس آذار mart ئازار ئادار",
    "april apr апрель апреля апр أبريل نيسان nisan نیسان",
    "may май мая مايو أيار mayıs mayis ئایار",
    "june jun июнь июня июн يونيو حزيران haziran حوزەیران",
    "july jul июль июля июл يوليو تموز temmuz تەممووز",
    "august aug август августа авг أغسطس آب ağustos ئاب",
    "september sep sept сентябрь сентября сен سبتمبر أيلول eylül ئەیلوول",
    "october oct октябрь октября окт أكتوبر تشرين_الأول ekim تشرینی_یەکەم",
    "november nov ноябрь ноября ноя نوفمبر تشرين_الثاني kasım kasim تشرینی_دووەم",
    "december dec декабрь декабря дек ديسمبر كانون_الأول aralık aralik کانوونی_یەکەم",
)
_WORD = r"(?P<month>[^\W\d]+(?: [^\W\d]+)?)\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_CLEAR = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        rf"{_DAY}[ -]{_WORD},?[ -]{_YEAR}",
        rf"(?P<day>\d{{1,2}})-{_WORD}-(?P<short_year>\d\d)",
        rf"{_WORD} {_DAY},? {_YEAR}",
        rf"{_WORD},?[ -]{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})",
        r"(?P<year>\d{4})",
    )
)
_UNCLEAR = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})"
)
_UNKNOWN_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2[0٠]{1,2}")
_REMARK = re.compile(r"\s*\([^()]*\)$")
_TIME = re.compile(r"(?:[T,]\s*|\s+)\d{1,2}:\d{2}.*$", re.DOTALL)


@dataclass(frozen=True)
class Day:
    """A date and how much of it is known: `day`, `month` or `year`."""

    date: dt.date
    precision: str
    is_ambiguous: bool = False


def read_dates(texts: pd.Series) -> pd.DataFrame:
    """Read a column of dates.

    Understands ISO dates, with or without a time; 7 Jul 2021 and July 7, 2021 in English, Russian
    Arabic, Turkish and Sorani; 05-Jan-22; 07.07.2021 as day.month; 2021-07 (or 2021-07-00) and
    2021. 07/08/2021 is read in the order that the column itself proves by a number above 12;
    without proof only its year is taken. A cell may hold a first and a last day (`cut_span`).

    Returns
    -------
    Columns `date` (datetime64[s], the first day of what is known), `precision` (missing if the
    text is no date), `is_ambiguous` and `last` (the last day, missing if the cell holds only one
    date), under the index of `texts`.
    """
    codes, uniques = pd.factorize(texts)
    plain = [_clean(text) for text in uniques]
    spans = [cut_span(text, _clean) for text in uniques]
    halves = (half for cuts in spans for each in cuts for half in each)
    is_day_first = _find_order(chain(plain, halves))
    both = [_read_span(cuts, is_day_first) for cuts in spans]
    days = [
        _read_day(text, is_day_first) if span is None else span[0]
        for text, span in zip(plain, both, strict=True)
    ]
    ends = [None if span is None else span[1] for span in both]
    table = pd.DataFrame(
        {
            "date": pd.Series(
                [None if day is None else day.date.isoformat() for day in days], dtype="str"
            ).astype("datetime64[s]"),
            "precision": pd.Series(
                [None if day is None else day.precision for day in days], dtype="str"
            ),
            "is_ambiguous": pd.Series(
                [day is not None and day.is_ambiguous for day in days], dtype="bool"
            ),
            "last": _last_days_of(ends),
        }
    )
    return table.take(codes).set_axis(texts.index)


def last_days(dates: pd.Series, precisions: pd.Series) -> pd.Series:
    """Last day of each date: of its month or year, six days on for a week; days stay."""
    months = dates + pd.offsets.MonthEnd(0)
    years = dates + pd.offsets.YearEnd(0)
    weeks = dates + pd.Timedelta(days=6)
    ends = dates.mask(precisions == "week", weeks).mask(precisions == "month", months)
    ends = ends.mask(precisions == "year", years)
    return ends.astype("datetime64[s]")


def _last_days_of(days: Sequence[Day | None]) -> pd.Series:
    dates = [None if day is None else day.date.isoformat() for day in days]
    precisions = [None if day is None else day.precision for day in days]
    return last_days(
        pd.Series(dates, dtype="str").astype("datetime64[s]"), pd.Series(precisions, dtype="str")
    )


def _fold_month(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_MONTH_NUMBERS = {
    _fold_month(word.replace("_", " ")): number
    for number, words in enumerate(_MONTHS, start=1)
    for word in words.split()
}


def _clean(text: str) -> str:
    """Take off what is not the date: a time, a remark in brackets, the Russian word for year."""
    # Of each run of blanks one is left first: from each, the patterns would look at all others.
    plain = _TIME.sub("", _REMARK.sub("", " ".join(text.split())))
    plain = " ".join(plain.removesuffix(" г.").removesuffix(" года").split())
    unknown = _UNKNOWN_DAY.fullmatch(plain)
    if unknown is None:
        return plain
    return unknown[1] if int(unknown[3]) == 0 else f"{unknown[1]}-{unknown[3]}"


def _find_order(texts: Iterable[str]) -> bool | None:
    """Whether the column proves day/month (True) or month/day (False); None if neither or both."""
    pairs = [
        (int(found["first"]), int(found["second"]))
        for found in map(_UNCLEAR.fullmatch, texts)
        if found is not None
    ]
    is_day_first = any(first > 12 >= second for first, second in pairs)
    is_month_first = any(second > 12 >= first for first, second in pairs)
    return None if is_day_first == is_month_first else is_day_first


def _read_span(cuts: Iterable[Halves], is_day_first: bool | None) -> tuple[Day, Day] | None:
    """First and last day, known equally well; None unless just one way to cut the text fits.

    Of a day that may be day/month or month/day, the year is known: it begins or ends the span.
    """
    found = set()
    for halves in cuts:
        first, last = (_read_day(half, is_day_first) for half in halves)
        if first is None or last is None:
            continue
        if first.is_ambiguous or last.is_ambiguous:
            first, last = _take_year(first), _take_year(last)
        if first.precision == last.precision:
            found.add((first, last))
    return found.pop() if len(found) == 1 else None


def _take_year(day: Day) -> Day:
    return Day(dt.date(day.date.year, 1, 1), "year", is_ambiguous=True)


def _read_day(text: str, is_day_first: bool | None) -> Day | None:
    found = _UNCLEAR.fullmatch(text)
    if found is not None:
        first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
        return _settle(first, second, year, is_day_first)
    for pattern in _CLEAR:
        found = pattern.fullmatch(text)
        if found is not None:
            parts = found.groupdict()
            year = _widen_year(parts["short_year"]) if "short_year" in parts else int(parts["year"])
            return _make_day(year, _number(parts.get("month")), parts.get("day"))
    return None


def _settle(first: int, second: int, year: int, is_day_first: bool | None) -> Day | None:
    """Read first/second/year: by the column's order, or by being the only one that fits."""
    day_first = _make_day(year, second, str(first))
    month_first = _make_day(year, first, str(second))
    if is_day_first is not None:
        return day_first if is_day_first else month_first
    readings = {day for day in (day_first, month_first) if day is not None}
    if len(readings) == 2:
        return Day(dt.date(year, 1, 1), "year", is_ambiguous=True)
    return readings.pop() if readings else None


def _widen_year(short: str) -> int:
    """The year of 05-Jan-22, as spreadsheets read it: 00 to 29 is of this century."""
    return int(short) + (2000 if int(short) < 30 else 1900)


def _number(month: str | None) -> int | None:
    """Number a month; 0, which no date has, for a word that is none."""
    if month is None:
        return None
    return int(month) if month.isdigit() else _MONTH_NUMBERS.get(_fold_month(month), 0)


def _make_day(year: int, month: int | None, day: str | None) -> Day | None:
    precision = "year" if month is None else "month" if day is None else "day"
    try:
        date = dt.date(year, 1 if month is None else month, 1 if day is None else int(day))
    except ValueError:
        return None
    return Day(date, precision) if FIRST_YEAR <= year <= LAST_YEAR else None
