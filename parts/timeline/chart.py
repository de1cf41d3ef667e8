"""The timeline below the map: dragging over it sets the dates."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.filters import Filters, without
from incidents.asking.keys import Days
from incidents.asking.links import cut
from incidents.asking.store import Store
from incidents.asking.time.averages import average_weeks
from incidents.asking.time.steps import choose_step, list_steps
from incidents.asking.time.timeline import Timeline, count_weeks, read_timeline, read_whole_span
from incidents.table.columns import STRIKE
from incidents.table.sentences import say_dates
from incidents.telling.charts.timeline import count_lanes, draw_timeline
from incidents.telling.charts.timeline_marks import find_axis, pack_intervals
from parts.address.current import ask_for
from parts.address.switch import show_switch
from parts.address.view import View, read_ink
from parts.chrome.save import show_save

BRUSH = "span"
SVG = {"embedOptions": {"renderer": "svg"}}
"""What is saved is drawn so, also where there are many marks."""
NARROW = 300
"""Width of the words beside the steps where there is little room, in pixels."""


def show_timeline(
    view: View,
    height: int = 168,
    has_average: bool = False,
    playing: Days | None = None,
    is_stretched: bool = False,
) -> None:
    """Draw all days under the other filters; those outside the chosen or played dates are pale.

    Stretched, it takes all the height that it is given; `height` then tells about how much.
    """
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
    chart = {"usermeta": SVG} | draw_timeline(
        timeline,
        view.colours,
        span,
        playing or chosen,
        BRUSH,
        height,
        view.version.snapshot.monitored,
        averages,
        read_ink()[0],
        view.store.ask(read_timeline, Filters(scope=view.filters.scope), step, view.types),
    )
    # A chart of its own for each choice of dates: the drawn brush goes when its dates are taken.
    key = f"timeline_{chosen}_{step}"
    # Of the days only: other words would make the browser draw the chart anew.
    title = f"Incidents per {step} by type, {say_dates(*span)}"
    with st.container(key="timeline", gap=None):
        show_chart_save(view, "timeline", title)
        st.vega_lite_chart(
            spec=chart,
            key=key,
            on_select=lambda: _take_brush(key, span),
            selection_mode=BRUSH,
            width="stretch",
            height="stretch" if is_stretched else "content",
            alt=f"{title}. The list tells each of them.",
        )
    if has_average:
        said = [say_monitored(view), *_say_vague(timeline, height, span), *about_average]
        st.caption(" ".join(said))


def ask_timeline(store: Store, view: View) -> None:
    """What `show_timeline` will ask, with the step that it will most likely show."""
    if view.span is not None:
        step = view.display.step or choose_step(*view.span)
        store.ask(read_timeline, without(view.filters, "dates"), step, view.types)


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


def _say_vague(timeline: Timeline, height: int, span: tuple[date, date]) -> list[str]:
    """What becomes of incidents that fit into no step."""
    if not timeline.vague:
        return []
    axis = find_axis(span, timeline.step)
    drawn = pack_intervals(timeline.intervals, count_lanes(height), axis)["incidents"].sum()
    many = timeline.vague != 1
    words = (
        f"{timeline.vague:,} {'incidents' if many else 'incident'} that lasted longer than one "
        f"{timeline.step}, or whose day is not known, {'are' if many else 'is'} in no bar but "
        f"{'lines' if many else 'a line'} above them"
    )
    left = timeline.vague - int(drawn)
    return [f"{words}; for {left:,} of them there is no room." if left else f"{words}."]


def _say_average(averages: pd.DataFrame, weeks: int, step: str, left: int) -> list[str]:
    if averages.empty:
        return [f"Fewer than {weeks} full weeks are known: there is no average."]
    words = f"Line: mean of the {weeks} weeks before each point, as incidents per {step}."
    if left == 0:
        return [words]
    many = "incidents that belong" if left != 1 else "incident that belongs"
    return [words, f"It leaves out {left:,} {many} to no single week."]


def _take_brush(key: str, span: Days) -> None:
    chosen = (st.session_state[key].get("selection") or {}).get(BRUSH) or {}
    marked = chosen.get("start")
    if not marked:
        return
    first, last = sorted(datetime.fromtimestamp(ms / 1000, UTC) for ms in marked)
    # The end of the brush lies within a day; that day is in.
    days = (_day(first), _day(last - timedelta(milliseconds=1)))
    inside = cut(days, *span)
    if inside is not None:
        ask_for(dates=None if inside == span else inside)


def _day(moment: datetime) -> date:
    return moment.date()
