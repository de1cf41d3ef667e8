"""The timeline of a page: bars by step, strikes by the coalition below the line."""

from dataclasses import replace
from html import escape

from incidents.asking.filters import Filters
from incidents.asking.time.steps import choose_step, list_steps
from incidents.asking.time.timeline import read_timeline
from incidents.table.sentences import STEPS, say_dates
from incidents.telling.charts.timeline import Chart, count_lanes, draw_timeline
from incidents.telling.pages.asked import Asked


def write_timeline(asked: Asked, is_high: bool = False) -> str:
    """All days under the other filters; those outside the chosen dates are pale.

    `is_high` as where it is the first on its page, not below a map.
    """
    span = asked.span
    if span is None:
        return ""
    step = asked.display.step or choose_step(*span)
    step = step if step in list_steps(*span) else choose_step(*span)
    others = replace(asked.filters, dates=None)
    chart = Chart(
        asked.store.ask(read_timeline, others, step, asked.types),
        asked.types,
        span,
        asked.filters.dates,
        asked.table.monitored,
        whole=asked.store.ask(read_timeline, Filters(scope=others.scope), step, asked.types),
        lanes=count_lanes(is_high),
    )
    known = "The table does not say which days were monitored."
    if asked.table.monitored is not None:
        known = f"Monitored {say_dates(*asked.table.monitored)}."
    vague = ""
    if chart.timeline.vague:
        vague = f" {chart.timeline.vague:,} that fit into no {step} are in no bar."
    return (
        f'<p class="steps"><b>{STEPS[step]}s.</b> {escape(known)}{vague}</p>'
        f"{draw_timeline(chart, is_high)}"
    )
