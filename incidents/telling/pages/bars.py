"""The timeline of a page as SVG: bars by step, strikes by the coalition below the line."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape

import pandas as pd

from geo.drawing.svg import element, write_title
from incidents.asking.keys import Days
from incidents.asking.time.steps import choose_step, list_steps
from incidents.asking.time.timeline import read_timeline
from incidents.table.sentences import STEPS, say_date, say_dates
from incidents.telling.charts.timeline_marks import find_axis, stack_bars
from incidents.telling.pages.asked import Asked

WIDTH = 1000.0
"""The picture is as wide as there is room: this is only its measure."""


def write_timeline(asked: Asked, size: str = "") -> str:
    """All days under the other filters; those outside the chosen dates are pale.

    `size` is a class of the figure: ``high``, or "" as below a map.
    """
    span = asked.span
    if span is None:
        return ""
    step = asked.display.step or choose_step(*span)
    step = step if step in list_steps(*span) else choose_step(*span)
    others = replace(asked.filters, dates=None)
    timeline = asked.store.ask(read_timeline, others, step, asked.types)
    bars = stack_bars(timeline.bars, step, asked.types, asked.filters.dates)
    axis = find_axis(span, step)
    known = "The table does not say which days were monitored."
    if asked.table.monitored is not None:
        known = f"Monitored {say_dates(*asked.table.monitored)}."
    vague = ""
    if timeline.vague:
        vague = f" {timeline.vague:,} that fit into no {step} are in no bar."
    return (
        f'<p class="steps"><b>{STEPS[step]}s.</b> {escape(known)}{vague}</p>'
        f'<figure class="{f"bars {size}".strip()}">{_draw(bars, asked.types, axis)}'
        f"<figcaption><span>{say_date(axis[0])}</span><span>{_say_most(bars)}</span>"
        f"<span>{say_date(axis[1])}</span></figcaption></figure>"
    )


def _draw(bars: pd.DataFrame, types: Sequence[str], axis: Days) -> str:
    top, bottom = (max(bars["top"].max(), 1), min(bars["top"].min(), 0)) if len(bars) else (1, 0)
    high = float(top - bottom)
    classes = {name: f"type-{place}" for place, name in enumerate(types)}
    drawn = [
        element(
            "rect",
            write_title(f"{bar.when}: {bar.incidents:,} {bar.type}"),
            class_=f"{classes.get(bar.type, 'type-other')}{'' if bar.chosen else ' pale'}",
            x=_find_x(bar.start.date(), axis),
            y=float(top - max(bar.top, bar.bottom)),
            width=_find_x(bar.end.date(), axis) - _find_x(bar.start.date(), axis) - 1,
            height=float(abs(bar.top - bar.bottom)),
        )
        for bar in bars.itertuples()
    ]
    axis_y = float(top) - high / 200
    drawn.append(element("rect", class_="line", y=axis_y, width=WIDTH, height=high / 100))
    return element(
        "svg",
        "".join(drawn),
        viewBox=f"0 0 {WIDTH:.0f} {high:g}",
        preserveAspectRatio="none",
        role="img",
        aria_label=f"Timeline. {_say_most(bars)}.",
    )


def _find_x(day: date, axis: Days) -> float:
    first, last = axis
    return (day - first).days / max(1, (last - first).days) * WIDTH


def _say_most(bars: pd.DataFrame) -> str:
    """The highest bar in words."""
    if not len(bars):
        return "No incidents"
    sums = bars.groupby("when", sort=False)["incidents"].sum()
    return f"Most: {int(sums.max()):,} ({sums.idxmax()})"
