"""The axes of a timeline: round numbers, days of the calendar, words where there is room."""

from datetime import date
from html import escape
from itertools import count
from typing import Any

from geo.drawing.svg import clean, element
from incidents.asking.keys import Days
from incidents.asking.time.steps import find_end, find_start, say_step
from incidents.table.sentences import say_date

MOST_TICKS = 4
"""Numbers beside the bars."""
ROOMS = (120, 160, 200, 240, 280, 320, 400, 480, 560, 640, 800, 960, 1120, 1280, 1600, 2000)
"""Widths of the chart, in pixels, from which on words may be shown: classes ``from-120``…"""


def list_counts(low: float, high: float) -> list[int]:
    """Round numbers from the lowest to the highest, 0 among them, at most `MOST_TICKS`."""
    sizes = (size * 10**power for power in count() for size in (1, 2, 5))
    step = next(each for each in sizes if (high - low) / each <= MOST_TICKS - 1)
    # Towards 0 on both sides: none lies outside.
    return [tick * step for tick in range(int(low / step), int(high / step) + 1)]


def list_days(axis: Days, step: str) -> list[tuple[date, str]]:
    """First days of the years, quarters, months, weeks or days of an axis, and their words."""
    unit = choose_unit((axis[1] - axis[0]).days, step)
    day = find_start(axis[0], unit)
    ticks = []
    while day < axis[1]:
        if day >= axis[0]:
            ticks.append((day, say_date(day) if unit == "week" else say_step(day, unit)))
        day = find_end(day, unit)
    return ticks


def choose_unit(days: int, step: str) -> str:
    """The unit of the labels of an axis of so many days."""
    if step == "year" or days > 2000:
        return "year"
    if step == "quarter":
        return "quarter"
    if days <= 62:
        return "day" if days <= 14 else "week"
    return "month" if days <= 800 else "year"


def write(words: str, x: str, name: str, room: float = 0, **attributes: Any) -> str:
    """Words that are shown where the chart is at least `room` pixels wide; "" if it never is."""
    shown = next((each for each in ROOMS if each >= room), None)
    if shown is None:
        return ""
    names = name if room == 0 else f"{name} from-{shown}"
    return element("text", escape(clean(words)), class_=names, x=x, **attributes)


def find_day(day: date, axis: Days) -> int:
    """Days from the start of the axis."""
    return (day - axis[0]).days


def share(day: date, axis: Days) -> str:
    """Where a day lies, as a percentage of the width."""
    return percent((day - axis[0]).days, (axis[1] - axis[0]).days)


def percent(part: float, whole: float) -> str:
    """As an attribute takes it: 12.5%."""
    return f"{100 * part / whole:.3f}".rstrip("0").rstrip(".") + "%"
