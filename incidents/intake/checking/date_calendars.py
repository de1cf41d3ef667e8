"""Dates of the Islamic and the Iranian calendar, as days of ours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import jdatetime
from hijridate import Hijri

from incidents.intake.checking.date_words import HIJRI_MONTHS, JALALI_MONTHS, fold_month

Span = tuple[dt.date, dt.date, bool]
"""First and last day, and whether a day was named; else it is a month."""

_DATE = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})"
    r"|(?P<year_first>\d{4})(?P<other>[-/.])(?P<month_next>\d{1,2})(?P=other)(?P<day_last>\d{1,2})"
    r"|(?:(?P<day_word>\d{1,2}) )?(?P<word>[^\W\d].*?),? (?P<year_word>\d{4})"
)
_MIXED = re.compile(r"(?P<word>[^\W\d].*?),? (?P<year>(?:19|20)\d\d)")
_OF_SUN = re.compile(
    r"\s*(?:ه\.? ?ش|هـ\.? ?ش|ه\u200d\.? ?ش|خورشیدی|شمسی|SH|S\.H\.|AP|A\.P\.)\.?$", re.IGNORECASE
)
_OF_HIJRA = re.compile(r"\s*(?:هـ|ه|ھ|AH|A\.H\.|г\. ?х\.?|хиджры)$", re.IGNORECASE)


def _measure_moon(year: int, month: int, day: int | None) -> tuple[dt.date, dt.date]:
    first = Hijri(year, month, day or 1)
    last = first if day else Hijri(year, month, first.month_length())
    near = dt.timedelta(days=1)
    days = [dt.date(*each.to_gregorian().datetuple()) for each in (first, last)]
    return days[0] - near, days[1] + near


def _measure_sun(year: int, month: int, day: int | None) -> tuple[dt.date, dt.date]:
    first: dt.date = jdatetime.date(year, month, day or 1).togregorian()
    if day:
        return first, first
    after = jdatetime.date(year + month // 12, month % 12 + 1, 1).togregorian()
    return first, after - dt.timedelta(days=1)


@dataclass(frozen=True)
class _Calendar:
    """Its mark behind a date, months by name, years that count with the mark and without it."""

    mark: re.Pattern[str]
    months: Mapping[str, int]
    marked: range
    unmarked: range
    measure: Callable[[int, int, int | None], tuple[dt.date, dt.date]]


# Unmarked years of both are told apart by their size: 1410 of the sun is 2031, 1420 of
# the moon began in 1999. The moon's months begin when it is seen: a day more or less.
_CALENDARS = (
    _Calendar(_OF_SUN, JALALI_MONTHS, range(1279, 1480), range(1370, 1411), _measure_sun),
    _Calendar(_OF_HIJRA, HIJRI_MONTHS, range(1343, 1501), range(1420, 1501), _measure_moon),
)


def read_calendar(text: str) -> Span | None:
    """A date of one of the two; None where it is none, or where its year may be of either."""
    spans = (_read(text, each) for each in _CALENDARS)
    return next((span for span in spans if span is not None), None) or _read_mixed(text)


def _read_mixed(text: str) -> Span | None:
    """A month of the moon in a year of ours, "Ramadan 2021", where only one begins in it."""
    found = _MIXED.fullmatch(text)
    month = 0 if found is None else HIJRI_MONTHS.get(fold_month(found["word"].replace("-", " ")), 0)
    if found is None or month == 0:
        return None
    year = int(found["year"])
    moons = range(int((year - 622) * 33 / 32) - 1, int((year - 622) * 33 / 32) + 3)
    spans = [_measure_moon(moon, month, None) for moon in moons if 1343 <= moon <= 1500]
    near = dt.timedelta(days=1)
    begun = [(first, last) for first, last in spans if (first + near).year == year]
    return (*begun[0], False) if len(begun) == 1 else None


def _read(text: str, calendar: _Calendar) -> Span | None:
    plain = calendar.mark.sub("", text)
    found = _DATE.fullmatch(plain)
    if found is None:
        return None
    year = int(found["year"] or found["year_first"] or found["year_word"])
    month = int(found["month"] or found["month_next"] or 0)
    if found["word"] is not None:
        word = found["word"]
        names = (fold_month(word.replace("-", " ")), fold_month(word))
        month = next((calendar.months[name] for name in names if name in calendar.months), 0)
    if (
        year not in (calendar.unmarked if plain == text else calendar.marked)
        or not 1 <= month <= 12
    ):
        return None
    day = int(found["day"] or found["day_last"] or found["day_word"] or 0)
    try:
        first, last = calendar.measure(year, month, day or None)
    except (ValueError, OverflowError):
        return None
    return first, last, day > 0
