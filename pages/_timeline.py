"""The timeline below the map: dragging over it sets the dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from incidents.charts import STRIKES, draw_timeline
from incidents.sentences import STEPS
from incidents.timeline import choose_step, count_by_step
from pages._filter_panel import clear_one
from pages._view import View

BRUSH = "span"


def show_timeline(view: View, height: int = 128, has_legend: bool = False) -> None:
    """Draw all days under the other filters; those outside the chosen dates are pale."""
    others = view.store.select(replace(view.filters, dates=None))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="steps"):
        step = st.segmented_control(
            "Bars by",
            list(STEPS),
            default=choose_step(view.facets.first, view.facets.last),
            key="step",
            required=True,
            format_func=lambda step: STEPS[step],
            label_visibility="collapsed",
            bind="query-params",
        )
        if view.filters.dates is None:
            below = " Strikes by the coalition hang below." if has_strikes(view) else ""
            st.caption(f"Drag over the bars to choose dates.{below}")
        else:
            st.button(
                "All dates",
                icon=":material/close:",
                on_click=clear_one,
                args=("dates",),
                type="tertiary",
                key="all_dates",
            )
    span = (view.facets.first, view.facets.last)
    chosen = view.filters.dates
    counts = count_by_step(others, str(step))
    chart = draw_timeline(counts, str(step), view.colours, span, chosen, BRUSH, height, has_legend)
    # A chart of its own for each choice of dates: the drawn brush goes when its dates are taken.
    key = f"timeline_{chosen}_{step}"
    st.altair_chart(
        chart, key=key, on_select=lambda: _take_brush(key), selection_mode=BRUSH, width="stretch"
    )


def has_strikes(view: View) -> bool:
    """Whether the table tells strikes by the coalition from attacks on it."""
    return STRIKES in view.facets.values["direction"]


def _take_brush(key: str) -> None:
    facets = st.session_state["_facets"]
    chosen = (st.session_state[key].get("selection") or {}).get(BRUSH) or {}
    span = chosen.get("start")
    if not span:
        return
    first, last = sorted(datetime.fromtimestamp(ms / 1000, UTC) for ms in span)
    # The end of the brush lies within a day; that day is in.
    days = (_day(first), _day(last - timedelta(milliseconds=1)))
    inside = tuple(min(max(day, facets.first), facets.last) for day in days)
    st.session_state["dates"] = inside


def _day(moment: datetime) -> date:
    return moment.date()
