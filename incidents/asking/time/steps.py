"""Steps of a timeline: days, weeks, months, quarters and years of the calendar."""

from collections.abc import Sequence
from datetime import date, timedelta

from incidents.table.sentences import STEPS, say_date

CODES = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
"""Steps as the store truncates days to them; a week starts on Monday."""

DAYS = {"day": 1, "week": 7, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25}
"""Mean length of each step in days."""

MOST_BARS = 400
"""Steps that one timeline holds: more would be narrower than two pixels."""

# The longest span in days that each step shows in some 120 bars or fewer.
_LONGEST = (("day", 45), ("week", 400), ("month", 3660), ("quarter", 10960))
MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""Steps of whole months, and how many these are."""


def find_start(day: date, step: str) -> date:
    """First day of the step that holds a day."""
    if step == "day":
        return day
    if step == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[step]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def find_end(start: date, step: str) -> date:
    """First day after the step that begins at `start`."""
    if step in ("day", "week"):
        return start + timedelta(days=int(DAYS[step]))
    month = start.month - 1 + MONTHS[step]
    return date(start.year + month // 12, month % 12 + 1, 1)


def say_step(start: date, step: str) -> str:
    """The step that begins at `start`: 5 Jul 2021, Week of 5 Jul 2021, Jul 2021, Q3 2021, 2021."""
    if step == "year":
        return str(start.year)
    if step == "quarter":
        return f"Q{start.month // 3 + 1} {start.year}"
    if step == "month":
        return f"{start:%b %Y}"
    return say_date(start) if step == "day" else f"Week of {say_date(start)}"


def choose_step(first: date | None, last: date | None) -> str:
    """The step that gives a readable number of bars for a span of days."""
    if first is None or last is None:
        return "week"
    days = (last - first).days
    return next((step for step, longest in _LONGEST if days <= longest), "year")


def count_steps(first: date, last: date, step: str) -> int:
    """Number of steps from the one that holds `first` to the one that holds `last`."""
    start, end = find_start(first, step), find_start(last, step)
    if step in ("day", "week"):
        return (end - start).days // int(DAYS[step]) + 1
    months = (end.year - start.year) * 12 + end.month - start.month
    return months // MONTHS[step] + 1


def list_steps(first: date | None, last: date | None) -> Sequence[str]:
    """The steps that show a span of days in at most `MOST_BARS` bars."""
    if first is None or last is None:
        return list(STEPS)
    return [step for step in STEPS if count_steps(first, last, step) <= MOST_BARS]
