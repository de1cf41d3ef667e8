"""One date in words or numbers, read without guessing."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from incidents.intake.checking.date_calendars import read_calendar
from incidents.intake.checking.date_cleaning import ABOUT_BEHIND, clean, find_month
from incidents.intake.checking.date_orders import UNCLEAR, Order, split_unclear, widen_year
from incidents.intake.checking.date_reaches import REACHES, add_months
from incidents.intake.checking.date_words import (
    PARTS_OF_MONTH,
    PARTS_OF_YEAR,
    Part,
    split_part,
)

FIRST_YEAR, LAST_YEAR = 1900, 2100
NEAR_DAYS = 3
"""How far "about 7 July" may be from that day."""

_WORD = r"(?P<month>[^\W\d]+(?:[ -][^\W\d]+)?)\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|ê|-?го|-?е|\.(?= ))?", r"(?P<year>\d{4})"
_SHORT = r"'?(?P<short_year>\d\d)"
_CLEAR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<short_year>\d\d)",
        rf"{_DAY}(?: of| de| من)?[ -]{_WORD},?(?: de)?[ -]{_YEAR}",
        rf"{_DAY}(?: of| من)?[ -]{_WORD},?[ -]{_SHORT}",
        rf"(?P<day>\d\d)(?P<month>[^\W\d]{{3,9}})(?:{_YEAR}|{_SHORT})",
        rf"{_WORD}[ -]{_DAY},?[ -]{_YEAR}",
        rf"{_WORD} {_DAY}, ?{_SHORT}",
        rf"{_YEAR},?[ -]{_WORD}[ -]{_DAY}",
        rf"{_WORD},?[ -/]{_YEAR}",
        rf"{_YEAR}[ -]{_WORD}",
        rf"(?P<month>[^\W\d]{{3,9}})-{_SHORT}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[/.](?P<year>\d{4})",
        r"(?P<year>\d{4})",
    )
)
_WEEK = re.compile(
    r"(?P<year>\d{4})[- ]?W(?P<week>\d{1,2})(?:-?(?P<day>[1-7]))?"
    r"|(?:week|wk|неделя|الاسبوع|الأسبوع)\.? (?P<week_first>\d{1,2}),?(?: of)? (?P<year_last>\d{4})"
    r"|W(?P<short>\d{1,2})[ -/](?P<short_last>\d{4})",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?P<year>\d{4})[ -]?(?P<part>[QH][1-4])|(?P<other>[QH][1-4])[ -/]?(?P<last>\d{4})", re.I
)
_ROMAN = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[-. /])\s?(?P<month>[IVX]+)(?P=mark)\s?(?P<year>\d{4})",
    re.IGNORECASE,
)
_NUMERALS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_ORDINAL = re.compile(r"(?P<year>\d{4})-(?P<day>\d{3})")
_WEEK_OF = re.compile(
    r"(?:the )?(?P<unit>week|weekend)(?: (?:of|from|beginning|starting|commencing))? "
    r"(?P<day>.*\D.*)",
    re.IGNORECASE,
)
_WINTER = re.compile(
    r"(?:winter|зима|зимой|شتاء)(?: of)? (?P<year>\d{4})\s?[-/]\s?(?P<next>\d{4}|\d\d)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:about|around|circa|ca\.?|c\.|approx\.?|approximately|on or about|~|около|"
                    r"probably|possibly|likely|perhaps|примерно|приблизительно|вероятно|возможно|ок\.|"
                    r"حوالي|نحو|ربما|تقريبا|على الأرجح)\s*|\s*\(?\?\)?$"
                    rf"|\s*\(?(?:{ABOUT_BEHIND})\)?$", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A date and how much of it is known: `day`, `week`, `month` or `year`.

    `last` is the last day that it may be, where that is not what the precision says.
    """

    date: dt.date
    precision: str
    is_ambiguous: bool = False
    last: dt.date | None = None


def read_day(text: str, order: Order) -> Day | None:
    """One date: clear by itself, by the order of its column, or vague in words."""
    for read in (
        _read_unclear,
        _read_clear,
        _read_week,
        _read_rare,
        _read_part,
        _read_calendar,
        _read_bound,
        _read_about,
    ):
        day = read(text, order)
        if day is not None:
            return day
    return None


def _read_unclear(text: str, order: Order) -> Day | None:
    found = UNCLEAR.fullmatch(text)
    if found is None:
        return None
    first, second, year = split_unclear(found)
    if found["dashed_year"] is not None:
        if order == "ymd":
            return _make_day(widen_year(f"{first:02}"), second, found["dashed_year"])
        if order is None:
            return None
    return _settle(first, second, year, order)


def _settle(first: int, second: int, year: int, order: Order) -> Day | None:
    """Read first/second/year: by the column's order, or by being the only one that fits."""
    day_first = _make_day(year, second, str(first))
    month_first = _make_day(year, first, str(second))
    if order is not None:
        return day_first if order == "dmy" else month_first
    readings = {day for day in (day_first, month_first) if day is not None}
    if len(readings) == 2:
        return Day(dt.date(year, 1, 1), "year", is_ambiguous=True)
    return readings.pop() if readings else None


def _read_clear(text: str, order: Order) -> Day | None:
    for pattern in _CLEAR:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = _number(parts.get("month"))
        if month == 0:
            continue
        year = parts.get("year")
        whole = int(year) if year else widen_year(str(parts["short_year"]))
        return _make_day(whole, month, parts.get("day"))
    return None


def _number(month: str | None) -> int | None:
    """Number a month; 0, which no date has, for a word that is none."""
    if month is None:
        return None
    return int(month) if month.isdigit() else find_month(month) or 0


def _make_day(year: int, month: int | None, day: str | None) -> Day | None:
    precision = "year" if month is None else "month" if day is None else "day"
    try:
        date = dt.date(year, 1 if month is None else month, 1 if day is None else int(day))
    except ValueError:
        return None
    return Day(date, precision) if FIRST_YEAR <= year <= LAST_YEAR else None


def _read_week(text: str, order: Order) -> Day | None:
    """2021-W27 and "week 27, 2021", from Monday on; 2021-W27-3 is its Wednesday (ISO 8601)."""
    found = _WEEK.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"] or found["year_last"] or found["short_last"])
    week = int(found["week"] or found["week_first"] or found["short"])
    try:
        day = dt.date.fromisocalendar(year, week, int(found["day"] or 1))
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Day(day, "day" if found["day"] else "week")


def _read_rare(text: str, order: Order) -> Day | None:
    """7.VII.2021, and the days of a year, 2021-188 (ISO 8601)."""
    roman, ordinal = _ROMAN.fullmatch(text), _ORDINAL.fullmatch(text)
    if roman is not None and roman["month"].upper() in _NUMERALS:
        month = _NUMERALS.index(roman["month"].upper()) + 1
        return _make_day(int(roman["year"]), month, roman["day"])
    day = int(ordinal["day"]) if ordinal is not None else 0
    if ordinal is None or not 1 <= day <= 365 + calendar.isleap(int(ordinal["year"])):
        return None
    first = _make_day(int(ordinal["year"]), 1, "1")
    return first and replace(first, date=first.date + dt.timedelta(days=day - 1))


def _read_part(text: str, order: Order) -> Day | None:
    """A part of a month or of a year: "early July 2021", "summer 2021", 2021Q3."""
    winter = _WINTER.fullmatch(text)
    if winter is not None:
        year = int(winter["year"])
        if int(winter["next"]) % 100 == (year + 1) % 100 and FIRST_YEAR <= year < LAST_YEAR:
            end = dt.date(year + 1, 3, 1) - dt.timedelta(days=1)
            return Day(dt.date(year, 12, 1), "month", last=end)
    quarter = _QUARTER.fullmatch(text)
    if quarter is not None:
        text = f"{quarter['part'] or quarter['other']} {quarter['year'] or quarter['last']}"
    week = _WEEK_OF.fullmatch(text)
    if week is not None:
        first = _read_clear(clean(week["day"]), order)
        length = 1 if week["unit"].casefold() == "weekend" else 6
        if first is None or first.precision != "day":
            return None
        return Day(first.date, "week", last=first.date + dt.timedelta(days=length))
    words, rest = split_part(text)
    whole = _read_clear(clean(rest), order) if words else None
    if whole is None or whole.precision == "day":
        return None
    parts = PARTS_OF_MONTH if whole.precision == "month" else PARTS_OF_YEAR
    return _take_part(whole, parts[words]) if words in parts else None


def _take_part(whole: Day, part: Part) -> Day:
    unit, first, last = part
    year, month = whole.date.year, whole.date.month
    if unit == "year":
        return whole
    if unit == "month":
        end = dt.date(year, last, calendar.monthrange(year, last)[1])
        return Day(dt.date(year, first, 1), "month", last=end)
    days = calendar.monthrange(year, month)[1]
    start = first if first > 0 else days + first + 1
    return Day(
        dt.date(year, month, start),
        "week" if unit == "week" else "month",
        last=dt.date(year, month, min(last, days)),
    )


def _read_calendar(text: str, order: Order) -> Day | None:
    """A date of the Islamic or the Iranian calendar: see `date_calendars`."""
    span = read_calendar(text)
    if span is None:
        return None
    first, last, is_day = span
    if is_day and first == last:
        return Day(first, "day")
    return Day(first, "day" if is_day else "month", last=last)


def _read_bound(text: str, order: Order) -> Day | None:
    """ "by 7 July 2021", "after 7 July 2021": the week that ends, or begins, there.

    Of a month or year alone, that month or year: "before July 2021" is June.
    """
    for pattern, (first, last), units in REACHES:
        found = pattern.match(text)
        day = None if found is None else read_day(clean(text[found.end() :]), order)
        if day is None or day.is_ambiguous or day.last is not None:
            continue
        if day.precision == "day":
            ends = [day.date + dt.timedelta(days=days) for days in (first, last)]
            return replace(day, date=ends[0], precision="week", last=ends[1])
        if day.precision in ("month", "year"):
            months = 1 if day.precision == "month" else 12
            start, after = (add_months(day.date, months * by) for by in (units[0], units[1] + 1))
            return replace(day, date=start, last=after - dt.timedelta(days=1))
    return None


def _read_about(text: str, order: Order) -> Day | None:
    """ "about 7 July 2021", "7 July 2021?": some days to either side; a month stays that month."""
    bare = _ABOUT.sub("", text)
    day = read_day(bare, order) if bare != text and bare else None
    if day is None or day.precision != "day" or day.last is not None:
        return day
    near = dt.timedelta(days=NEAR_DAYS)
    return replace(day, date=day.date - near, precision="week", last=day.date + near)
