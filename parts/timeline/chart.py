"""The timeline below the map: dragging over it sets the dates."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.filters import Filters, without
from incidents.asking.keys import Days
from incidents.asking.links import cut
from incidents.asking.time.averages import average_weeks
from incidents.asking.time.steps import choose_step, list_steps
from incidents.asking.time.timeline import count_weeks, read_timeline, read_whole_span
from incidents.table.columns import STRIKE
from incidents.table.sentences import say_dates
from incidents.telling.charts.timeline import LANE, Chart, count_lanes, draw_timeline
from incidents.telling.charts.timeline_marks import pack_intervals
from incidents.telling.charts.timeline_tips import list_tips
from parts.address.current import ask_for
from parts.address.switch import show_switch
from parts.address.view import View
from parts.chrome.save import show_save

NARROW = 300
"""Width of the words beside the steps where there is little room, in pixels."""


_FILES = Path(__file__).with_name("bars")
_bars = st.components.v2.component(
    "timeline",
    css=_FILES.with_suffix(".css").read_text("utf-8"),
    js=_FILES.with_suffix(".js").read_text("utf-8"),
    # What a page shows has its style from the page, as it stands in the first view.
    isolate_styles=False,
)


def show_timeline(
    view: View,
    is_high: bool = False,
    has_average: bool = False,
    playing: Days | None = None,
) -> None:
    """Draw all days under the other filters; those outside the chosen or played dates are pale."""
    span = find_span(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="steps"):
        step = pick_step(span)
        weeks = _choose_average() if has_average else None
        _show_dates(view, is_brief=not has_average)
    chosen = view.filters.dates
    timeline = view.store.ask(read_timeline, without(view.filters, "dates"), step, view.types)
    averages, about_average = None, []
    if weeks is not None:
        counts = count_weeks(view.store.select(without(view.filters, "dates")))
        averages = average_weeks(counts, find_known_days(view), weeks, step)
        left = timeline.incidents - int(counts["incidents"].sum())
        about_average = _say_average(averages, weeks, step, left)
    chart = Chart(
        timeline,
        view.types,
        span,
        playing or chosen,
        view.version.snapshot.monitored,
        averages,
        view.store.ask(read_timeline, Filters(scope=view.filters.scope), step, view.types),
        count_lanes(is_high),
    )
    title = f"Incidents per {step} by type, {say_dates(*span)}"
    with st.container(key="timeline", gap=None):
        show_chart_save(view, "timeline", title)
        _bars(
            key="bars",
            data={
                "html": draw_timeline(chart, is_high, f"{title}. The list tells each of them"),
                "tips": {**list_tips(chart), "lane": LANE},
                "colours": _list_colours(view),
            },
            # Kept with the session: no more of the chart than is needed.
            on_dragged_change=partial(_take_drag, chart.axis, chart.span),
        )
    if has_average:
        said = [say_monitored(view), *_say_vague(chart), *about_average]
        st.caption(" ".join(said))


def _list_colours(view: View) -> dict[str, str]:
    """The colours of the classes of types, on the reader's ground."""
    own = {f"type-{place}": view.colours[name] for place, name in enumerate(view.types)}
    return own | {"type-other": view.colours[""]}


def show_chart_save(view: View, chart: str, title: str) -> None:
    """Links that save a chart of the container of this key, in its upper corner."""
    source = f"{view.table.name}, version {view.version.snapshot.id}. {say_monitored(view)}"
    asked = Address(view.filters, Display(data=view.version.snapshot.id))
    with st.container(key=f"corner_{chart}"):
        show_save(chart, title, source, asked)


def find_known_days(view: View) -> tuple[date, date]:
    """The monitored period; where it is not stated, from the first to the last incident."""
    snapshot = view.version.snapshot
    found = snapshot.monitored or view.store.ask(read_whole_span)
    assert found is not None, "an empty table has no timeline"
    return found


def find_span(view: View) -> tuple[date, date]:
    """All days of the table, and all that were monitored: a quiet month is a finding, too."""
    assert view.span is not None, "an empty table has no timeline"
    return view.span


def pick_step(span: tuple[date, date]) -> str:
    """Let the reader choose the step of the bars; at first it follows from the span of days."""
    return str(show_switch("step", choose_step(*span), list_steps(*span)))


def _choose_average() -> int | None:
    """Weeks of the moving average; none is drawn at first."""
    # Together in a box, so that a narrow screen does not part the words from their buttons.
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key="averages"
    ):
        st.caption("Average over", width="content")
        weeks = show_switch("average", None)
    return None if weeks is None else int(weeks)


def offer_all_dates() -> None:
    """A button that gives up the dates that are chosen."""
    st.button(
        "All dates",
        icon=":material/close:",
        on_click=ask_for,
        kwargs={"dates": None},
        type="tertiary",
        key="all_dates",
    )


def _show_dates(view: View, is_brief: bool) -> None:
    """How to choose dates, or how to be rid of them; in brief also when was monitored."""
    if view.filters.dates is not None:
        offer_all_dates()
    elif is_brief:
        st.caption(f"Drag to choose dates. {say_monitored(view, is_brief)}", width=NARROW)
    else:
        below = " Strikes by the coalition hang below." if has_strikes(view) else ""
        st.caption(f"Drag over the bars to choose dates.{below}")


def has_strikes(view: View) -> bool:
    """Whether the table tells strikes by the coalition from attacks on it."""
    return STRIKE in view.facets.values["direction"]


def say_monitored(view: View, is_brief: bool = False) -> str:
    """When the table was monitored, so that nothing found is not read as peace."""
    monitored = view.version.snapshot.monitored
    if monitored is not None:
        return f"Monitored {say_dates(*monitored)}."
    if is_brief:
        return "The table does not say which days were monitored."
    return (
        "The table does not say when its monitoring starts and ends: "
        "an empty stretch may mean that nobody looked."
    )


def _say_vague(chart: Chart) -> list[str]:
    """What becomes of incidents that fit into no step."""
    timeline = chart.timeline
    if not timeline.vague:
        return []
    packed = pack_intervals(timeline.intervals, chart.drawn_lanes)
    many = timeline.vague != 1
    words = (
        f"{timeline.vague:,} {'incidents' if many else 'incident'} that lasted longer than one "
        f"{timeline.step}, or whose day is not known, {'are' if many else 'is'} in no bar but "
        f"{'lines' if many else 'a line'} above them"
    )
    left = timeline.vague - sum(each.incidents for each in packed)
    return [f"{words}; for {left:,} of them there is no room." if left else f"{words}."]


def _say_average(averages: pd.DataFrame, weeks: int, step: str, left: int) -> list[str]:
    if averages.empty:
        return [f"Fewer than {weeks} full weeks are known: there is no average."]
    words = f"Line: mean of the {weeks} weeks before each point, as incidents per {step}."
    if left == 0:
        return [words]
    many = "incidents that belong" if left != 1 else "incident that belongs"
    return [words, f"It leaves out {left:,} {many} to no single week."]


def _take_drag(axis: Days, span: Days) -> None:
    """Choose the days from one share of the axis to another. A browser may send anything."""
    told: Any = getattr(st.session_state.get("bars"), "dragged", None)
    shares = (
        [each for each in told if isinstance(each, int | float)] if isinstance(told, list) else []
    )
    if len(shares) != 2 or not all(0 <= each <= 1 for each in shares):
        return
    low, high = sorted(shares)
    start, end = axis
    days = (end - start).days
    # The end of the drag lies within a day; that day is in.
    last = max(int(low * days), -int(-high * days // 1) - 1)
    inside = cut((start + timedelta(days=int(low * days)), start + timedelta(days=last)), *span)
    if inside is not None:
        ask_for(dates=None if inside == span else inside)
