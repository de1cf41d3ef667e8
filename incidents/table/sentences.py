"""Words for numbers, days and what is chosen, as the reader sees them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

UNKNOWN = "unknown"

WHO = {
    "all": "All people",
    "civilians": "Civilians",
    "children": "Children",
    "coalition": "Coalition personnel",
    "security_forces": "Security forces",
    "fighters": "Fighters",
}
"""Each group as the reader sees it."""

BASIS = {"range": "Range", "low": "Lowest", "high": "Highest", "known": "Known only"}
"""Which claims are shown, as the reader sees it."""

SCOPES = {"attacks": "Attacks", "all": "All events"}
"""Which events are shown, as the reader sees it."""

EMBEDS = {"map": "Map", "timeline": "Timeline", "figures": "Figures", "list": "List"}
"""Parts of a page that can stand alone in another one."""
STEPS = {"day": "Day", "week": "Week", "month": "Month", "quarter": "Quarter", "year": "Year"}
"""Steps of the timeline, as the reader sees them."""

VIEWS = {
    "incidents": "Incidents",
    "density": "Density",
    "governorates": "Governorates",
    "lines": "Lines",
    "change": "Change",
}
"""Views of the map, as the reader sees them."""

SHADES = {"incidents": "Incidents", "killed": "Killed", "wounded": "Wounded"}
"""What governorates are shaded by, as the reader sees it."""

AVERAGES = {"4": "4 weeks", "52": "52 weeks"}
"""Moving averages of the timeline, in weeks, as the reader sees them."""

HARM_LABELS = {"killed": "Killed", "wounded": "Wounded"}
"""Harms, as the reader sees them."""

BYS = {
    "type": "Type",
    "group": "Group",
    "actor": "Actor",
    "target": "Target",
    "weapon": "Weapon",
    "gov": "Governorate",
    "time": "Time",
    "incident": "Incident",
    "party": "Party to the conflict",
    "total": "Total",
}
"""What a row of casualties stands for, as the reader sees it."""

GRADE_MARKS = {"confirmed": "●", "fair": "◐", "weak": "○", "contested": "≠"}
"""The mark beside each grade: told apart without colours."""

COUNTRIES = {"IQ": "Iraq", "SY": "Syria"}
"""Country codes as the reader sees them; others stay codes."""


def say_date(day: date) -> str:
    """A day without ambiguity: 7 Jul 2021."""
    return f"{day.day} {day:%b %Y}"


def say_moment(moment: datetime) -> str:
    """A day and minute in UTC: 7 Jul 2021, 12:30 UTC."""
    return f"{say_date(moment.date())}, {moment:%H:%M} UTC"


def say_partial_date(text: str) -> str:
    """ISO text as exactly as it is: 7 Jul 2021, Jul 2021, 2021. What is no date stays as it is."""
    try:
        if re.fullmatch(r"\d{4}-\d\d", text):
            return f"{date.fromisoformat(f'{text}-01'):%b %Y}"
        return say_date(date.fromisoformat(text))
    except ValueError:
        return text


def say_dates(first: date, last: date) -> str:
    """A span of days, naming month and year once where they are the same."""
    if first == last:
        return say_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{say_date(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {say_date(last)}"
    return f"{say_date(first)} – {say_date(last)}"


def say_when(first: date, last: date | None, precision: str | None) -> str:
    """When an incident happened, as exactly as it is known: a day, several days, Jul 2021, 2021."""
    if precision == "year" and (last is None or last.year == first.year):
        return str(first.year)
    if precision == "month" and (
        last is None or (last.year, last.month) == (first.year, first.month)
    ):
        return f"{first:%b %Y}"
    if precision == "week":
        return f"Week from {say_date(first)}"
    return say_date(first) if last is None else say_dates(first, last)


def label_incident(row: Mapping[str, Any]) -> str:
    """Day, place and type of an incident."""
    when = say_when(row["date"], row["date_end"], row["date_precision"])
    parts = (when, row["place"] or row["gov"] or "place not named", row["type"])
    return " · ".join(part for part in parts if part)


def say_point(lat: float, lon: float) -> str:
    """A point in degrees: 33.7856° N, 42.4412° E."""
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{abs(lat):.4f}° {north}, {abs(lon):.4f}° {east}"


def say_range(low: int | None, high: int | None) -> str:
    """A range of numbers: 2–3, 4 or more, unknown. A missing bound is never 0."""
    if low is None:
        return UNKNOWN if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


FEWEST_FOR_PERCENT = 20
"""Of fewer than this, a part in per cent would be more exact than what is known."""


def say_part(part: int, whole: int) -> str:
    """A part of a whole: 3 of 9; of `FEWEST_FOR_PERCENT` and more, in per cent: 7%.

    Rounded, 0.4 % would say that it is nothing: it is <1%.
    """
    if whole < FEWEST_FOR_PERCENT:
        return f"{part:,} of {whole:,}"
    return say_percent(part / whole)


def say_rows(count: int) -> str:
    """A number of rows."""
    return "1 row" if count == 1 else f"{count:,} rows"


def say_percent(share: float) -> str:
    """A share from 0 to 1 in per cent, never rounded to nothing: 7%, 0%, <1%."""
    return f"{share:.0%}" if share == 0 or share >= 0.005 else "<1%"


def say_stem(stem: str) -> str:
    """Name of a range as the reader sees it: "killed", "security forces wounded", "launched"."""
    return stem.replace("_", " ")


def say_days_apart(days: int) -> str:
    """How far two days are apart: "same day", "2 days later", "1 day earlier"."""
    if days == 0:
        return "same day"
    words = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{words} {'later' if days > 0 else 'earlier'}"


def say_list(words: tuple[str, ...] | list[str], limit: int = 4) -> str:
    """Words joined by commas and "or"; what is beyond `limit` is counted."""
    shown, rest = list(words[:limit]), len(words) - limit
    if rest > 0:
        return f"{', '.join(shown)} or {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def list_some(names: Sequence[str], most: int = 10, longest: int = 400) -> str:
    """Names joined by commas; of very many or long ones, the first and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most])[:longest] + (f" and {rest:,} more" if rest > 0 else "")
