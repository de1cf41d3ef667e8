"""Times of day and the zones they are told in, alone or behind a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from incidents.table.plain_text import plain_text

_ZONE = (
    r"(?P<zone>z|utc|gmt|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d\d)?|мск|msk|ast|"
    r"local(?: time)?|lt|[a-z]+/[a-z_]+|بتوقيت [^\d]+)"
)
_HALF = r"(?P<half>[ap]\.?\s?m\.?|ص|م|صباحا|مساء|ظهرا|عصرا|ليلا|فجرا|утра|вечера|дня|ночи)"
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.]|\s?[hч]\.?\s?)(?P<minute>\d\d)(?:\s?(?:мин|min|m)\.?)?"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
)
_REST = rf"\s*(?:hrs?\.?|hours|h|uhr|ч\.?)?\s*(?:{_HALF})?\s*\(?(?:{_ZONE})?\)?"
_UNTIL = r"(?:\s*(?:-|to|до|الي)\s*\d{1,2}[:.]?\d\d\s*(?:[ap]\.?m\.?)?)?"
_ALONE = (
    re.compile(rf"{_CLOCK}{_UNTIL}{_REST}"),
    re.compile(rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?P<letter>[a-z])?{_UNTIL}{_REST}"),
    re.compile(rf"(?P<hour>\d{{1,2}})\s*(?:{_HALF})\s*\(?(?:{_ZONE})?\)?"),
    re.compile(r"(?P<hour>\d{1,2})\s?(?:h|hrs?|ч|час(?:а|ов)?)\.?"),
)
_BEHIND = re.compile(
    rf"(?P<day>.*?[^\s,T:])(?:t\s*|,\s*|\s+)(?:at\s+|в\s+|الساعه\s+|-\s*)?"
    rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?{_UNTIL}{_REST}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d)?\s*(?:hrs?\.?)?\s*(?:{_HALF})?(?P<zone>)"
    r"(?:,\s*|\s+)(?:on\s+|of\s+)?(?P<day>(?:\d|[^\W\d]{3})[^:]*\d{4}[^:]*)",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    rf"(?P<day>\d{{8}})t(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:\.\d+)?)?"
    rf"(?:{_ZONE})?",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^(?:~|about|around|approx\.?|circa|c\.|ca\.|около|حوالي|الساعه|at|в)\s*")
_EMPTY_DAY = re.compile(r"(?:1899-12-3[01]|1900-01-0[01]|1970-01-01)[t ]")
_FRACTION = re.compile(r"0?\.\d+")
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00", "полдень": "12:00"}
_WORDS |= {"полночь": "00:00", "منتصف الليل": "00:00", "الظهر": "12:00"}
_MORNING = ("a", "ص", "صباحا", "فجرا", "утра", "ночи")
_DTG = re.compile(
    r"(?:dtg:?\s*)?(?P<day>\d\d)\s?(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<letter>[a-z])\s?"
    r"(?P<month>[a-z]{3,9})\.?\s?(?P<year>\d{4}|\d\d)",
    re.IGNORECASE,
)
_LONGEST = 120


@dataclass(frozen=True)
class Moment:
    """A time of day, HH:MM, and its zone: "" if it is local, "UTC", "+03:00" or "Asia/Baghdad"."""

    time: str
    zone: str = ""


def read_time(text: str) -> Moment | None:
    """Read 21:30, 9:30 PM, 2130, 21h30, 9 مساءً, 21:30Z, 2130C, 0.895833; None if it is no time.

    Of "21:30-22:00" the first is read, of "about 21:30" the time itself; a day before it is left.
    """
    plain = _fold(text)
    if len(plain) > _LONGEST:
        return None
    plain = _AROUND.sub("", _EMPTY_DAY.sub("", plain))
    if plain in _WORDS:
        return Moment(_WORDS[plain])
    if _FRACTION.fullmatch(plain):  # of a day, as spreadsheets hold it
        minutes = round(float(plain) * 24 * 60)
        return Moment(f"{minutes // 60 % 24:02}:{minutes % 60:02}")
    for pattern in _ALONE:
        found = pattern.fullmatch(plain)
        if found is not None:
            return _make(found.groupdict())
    return cut_moment(plain)[1]


def cut_moment(text: str) -> tuple[str, Moment | None]:
    """A date without the time behind it, and that time; a military date-time group is both.

    A text of two times keeps them: its halves are two days.
    """
    if len(text) > _LONGEST:
        return text, None
    group = _DTG.fullmatch(text)
    if group is not None:
        parts = group.groupdict()
        return f"{parts['day']} {parts['month']} {parts['year']}", _make(parts)
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        moment = _make(compact.groupdict())
        return (text, None) if moment is None else (compact["day"], moment)
    if ":" not in text:
        return text, None
    folded = _fold_half(text)
    found = _BEHIND.fullmatch(folded) or _BEFORE.fullmatch(folded)
    if found is None:
        return text, None
    moment = _make(found.groupdict())
    return (text, None) if moment is None or ":" in found["day"] else (found["day"], moment)


def _fold(text: str) -> str:
    return _fold_half(plain_text(text).casefold())


def _fold_half(text: str) -> str:
    plain = text.translate(_MARKS)
    return plain.replace("الساعة", "الساعه").replace("الى", "الي").replace("إلى", "الي")


_MARKS = {ord(mark): None for mark in "ًٌٍَُِّْ"} | {ord("أ"): "ا"}


def _make(parts: dict[str, str | None]) -> Moment | None:
    hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or 0)
    half = (parts.get("half") or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            half = "" if half in ("ليلا", "ночи", "дня", "вечера", "утра") else "?"
        elif half.startswith(_MORNING) and not (half == "ночи" and hour > 8):
            hour %= 12
        else:
            hour = hour % 12 + 12
    zone = name_zone(parts.get("zone"), parts.get("letter"))
    if half == "?" or hour > 23 or minute > 59 or zone is None:
        return None
    return Moment(f"{hour:02}:{minute:02}", zone)


def name_zone(words: str | None, letter: str | None) -> str | None:
    """A zone as `Moment` has it; None for one that is not known."""
    if letter:
        return _name_letter(letter.upper())
    text = (words or "").casefold().strip()
    if text in ("", "local", "local time", "lt") or text.startswith("بتوقيت"):
        return ""
    if text in ("z", "utc", "gmt"):
        return "UTC"
    if text in ("мск", "msk", "ast"):
        return "+03:00"
    if "/" in text:
        return _find_zone(text)
    found = re.fullmatch(r"(?:utc|gmt)?\s?([+-])(\d{1,2})(?::?(\d\d))?", text)
    if found is None or int(found[2]) > 14:
        return None
    return f"{found[1]}{int(found[2]):02}:{found[3] or '00'}"


def _name_letter(letter: str) -> str:
    """A zone by its military letter: Z is UTC, C is Baghdad's hour, J is local time."""
    if letter == "Z":
        return "UTC"
    if letter == "J" or not letter.isascii():
        return ""
    east = "ABCDEFGHIKLM".find(letter) + 1
    hours = east if east else -("NOPQRSTUVWXY".find(letter) + 1)
    return f"{'+' if hours >= 0 else '-'}{abs(hours):02}:00"


def _find_zone(text: str) -> str | None:
    name = "/".join("_".join(w.capitalize() for w in part.split("_")) for part in text.split("/"))
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return name


def are_midnights(moments: Sequence[Moment | None]) -> bool:
    """Whether all times are 00:00: a program writes them behind days, and they say nothing."""
    return all(moment is None or moment.time == "00:00" for moment in moments)
