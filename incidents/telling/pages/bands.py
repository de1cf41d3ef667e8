"""People harmed over time as SVG: a band from the lowest to the highest claims for each step."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from geo.drawing.svg import draw_text, element, write_title
from incidents.asking.casualties.answer import read_casualties
from incidents.asking.casualties.rows import Row
from incidents.asking.keys import Days
from incidents.asking.time.steps import list_steps
from incidents.table.errors import FilterError
from incidents.table.sentences import STEPS, say_date
from incidents.telling.charts.timeline_marks import find_axis
from incidents.telling.pages.asked import Asked
from incidents.telling.pages.casualties import say_subject
from incidents.telling.words.casualties import (
    describe_steps,
    label_step,
    say_loose,
    say_sum_and_unknown,
)

WIDTH, HEIGHT = 480.0, 170.0
LEFT, TOP, FLOOR, LANE = 72.0, 12.0, 128.0, 148.0
"""Where the axis, the highest claim and none stand; baseline of the numbers of unknowns."""
NUMBERED = 15.0
"""Width of a step from which on its number of unknowns is written out."""


def write_bands(asked: Asked, harm: str) -> str:
    """The range of each step; incidents without a number are counted below the line, in no sum."""
    span = asked.span
    if span is None:
        return ""
    step = asked.display.step if asked.display.step in list_steps(*span) else None
    try:
        told = asked.store.ask(read_casualties, asked.filters, "time", harm, step)
    except FilterError as error:
        return f'<p class="note">{escape(str(error))}</p>'
    step = told.step or "week"
    rows = [row for row in told.rows if row["start"] is not None]
    first, last = find_axis(asked.filters.dates or span, step)
    axis = (
        min([first, *(row["start"] for row in rows)]),
        max([last, *(row["end"] for row in rows)]),
    )
    title = f"{say_subject(asked.filters, harm)} per {STEPS[step].lower()}"
    notes = [f"In all {say_sum_and_unknown(told.total)}."]
    notes += [say_loose(row, step, harm) for row in told.rows if row["start"] is None]
    return (
        f'<figure class="bands"><h3>{escape(title)}</h3>'
        f"{_draw(rows, step, axis, describe_steps(title, rows, step))}"
        f'<p class="note">{escape(" ".join(notes))}</p></figure>'
    )


def _draw(rows: Sequence[Row], step: str, axis: Days, alternative: str) -> str:
    most = max([1, *(_find_top(row) for row in rows)])
    drawn = [
        _write(LEFT - 6, TOP + 5, f"{most:,}", "end"),
        _write(LEFT - 6, FLOOR + 5, "0", "end"),
        element("rect", class_="rule", x=LEFT, y=TOP, width=WIDTH - LEFT, height=0.7),
        *(_draw_step(row, step, axis, most) for row in rows),
        element("rect", class_="floor", x=LEFT, y=FLOOR, width=WIDTH - LEFT, height=1.2),
        _write(LEFT, HEIGHT - 3, say_date(axis[0]), "start"),
        _write(WIDTH, HEIGHT - 3, say_date(axis[1] - timedelta(days=1)), "end"),
    ]
    if any(row["unknown"] for row in rows):
        drawn.append(_write(LEFT - 6, LANE, "unknown", "end"))
    return element(
        "svg",
        "".join(drawn),
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="img",
        aria_label=alternative,
    )


def _find_top(row: Row) -> int:
    """What the band reaches up to: of "at least 4" it is 4."""
    return max(row["low"] or 0, row["high"] or 0)


def _draw_step(row: Row, step: str, axis: Days, most: int) -> str:
    left, right = (_find_x(row[end], axis) for end in ("start", "end"))
    width = max(1.0, right - left - 1)
    parts = [write_title(f"{label_step(row, step)}: {say_sum_and_unknown(row)}")]
    if row["low"] is not None:
        low, high = (
            FLOOR - number / most * (FLOOR - TOP) for number in (row["low"], _find_top(row))
        )
        parts.append(element("rect", class_="band", x=left, y=high, width=width, height=low - high))
        parts += [
            element("rect", class_="edge", x=left, y=y - 1, width=width, height=2.0)
            for y in dict.fromkeys((low, high))
        ]
        if row["open"]:
            parts.append(_write(left + width / 2, high - 3, "+", "middle"))
    if row["unknown"]:
        words = f"{row['unknown']:,}"
        parts.append(
            _write(left + width / 2, LANE, words, "middle")
            if width >= NUMBERED and len(words) * 8 < width
            else element("rect", class_="unknown", x=left, y=LANE - 9, width=width, height=7)
        )
    return element("g", "".join(parts))


def _find_x(day: date, axis: Days) -> float:
    first, last = axis
    return LEFT + (day - first).days / max(1, (last - first).days) * (WIDTH - LEFT)


def _write(x: float, y: float, words: str, anchor: str) -> str:
    return draw_text(x, y, words, "note", text_anchor=anchor)
