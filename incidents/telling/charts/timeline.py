"""The timeline. Colours and fonts are the page's; text stays text.

Altair would take 170 ms to write it, most of a change of filters.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import pandas as pd

from incidents.asking.keys import Days
from incidents.asking.time.timeline import Timeline
from incidents.table.palette import STRIKES
from incidents.table.sentences import say_date
from incidents.telling.charts.grammar import (
    PADDING,
    Spec,
    colour_sides,
    count_axis,
    draw_layer,
    draw_once,
    join_layers,
    on_days,
    say_field,
    tell,
    time_axis,
)
from incidents.telling.charts.timeline_marks import (
    find_axis,
    find_gaps,
    list_shown,
    pack_intervals,
    stack_bars,
)

LEGEND_COLUMNS = "width < 480 ? 2 : width < 780 ? 4 : 7"
"""Columns of the legend, by the width of the chart in pixels."""

LANE = 11
"""Height of one lane of intervals above the bars, in pixels."""


MOST_DRAWN = 2_000
"""Bars of a whole table that are drawn as elements of their own; where Streamlit sets it."""


_NONE = pd.DataFrame()


def draw_timeline(
    timeline: Timeline,
    colours: Mapping[str, str],
    span: Days,
    dates: Days | None = None,
    brush: str | None = None,
    height: int = 150,
    monitored: Days | None = None,
    averages: pd.DataFrame | None = None,
    ink: str = "#1c2430",
    whole: Timeline | None = None,
) -> Spec:
    """Incidents per step, stacked by type: strikes by the coalition hang below the line.

    Incidents whose days fit into no step are lines above the bars, from first to last day, in as
    many lanes as the height allows. All but the rows follows from the whole table: a change of
    filters that leaves the specification as it is takes the browser a fraction of a new one.

    Parameters
    ----------
    colours
        Colour of each type, in the order in which types are stacked; ``""`` is for all others.
    span
        First and last day of the axis, whatever is filtered, so that the chart does not jump.
    dates
        First and last day chosen; what lies outside is pale.
    brush
        Name of the selection made by dragging, if the chart takes one. It selects on ``start``.
    monitored
        First and last day that were monitored, if stated; days outside are shaded.
    averages
        As `incidents.asking.time.trends.average_weeks` answers, drawn as a line.
    ink
        Colour of words and lines on the page's ground.
    whole
        The timeline without filters, from which legend and room follow; None where this is it.
    """
    step, whole = timeline.step, whole or timeline
    axis = find_axis(span, step)
    bars = stack_bars(timeline.bars, step, list(colours), dates)
    lanes = min(count_lanes(height), len(whole.intervals))
    # What the chart has no layer for is not worked out: each frame takes a millisecond or more.
    intervals = _label_intervals(timeline, lanes, axis, dates) if lanes else _NONE
    strip = LANE * lanes + 3 if lanes else 0
    lines = _NONE if averages is None else _to_lines(averages)
    gaps = find_gaps(axis, monitored) if monitored else _NONE
    datasets = {"bars": bars, "averages": lines, "intervals": intervals, "gaps": gaps}
    layers: list[Spec] = []
    if len(gaps):
        layers += _draw_gaps(strip, ink)
    layers.append(
        draw_layer(
            "bars",
            {"type": "bar", "strokeWidth": 1},
            name="bars",
            x=time_axis(step, axis),
            x2={"field": "end"},
            y=count_axis((0, 1), strip),
            y2={"field": "bottom"},
            **_colour_types(whole.bars, colours, ink),
            opacity=_pale_outside(1, 0.25),
            tooltip=[
                tell("when", "When"),
                tell("type", "Type"),
                tell("direction", "Direction"),
                tell("incidents", "Incidents", ",d"),
            ],
        )
    )
    layers.append(draw_once({"type": "rule", "opacity": 0.6}, y={"datum": 0}))
    if len(lines):
        layers += _draw_averages(step, ink)
    layers += _draw_intervals(range(lanes), ink)
    chart = join_layers(layers, datasets, height=height, padding=PADDING, **_choose_look(whole))
    if brush is not None:
        select = {"type": "interval", "encodings": ["x"]}
        chart["params"] = [{"name": brush, "select": select, "views": ["bars"]}]
    return chart


def _pale_outside(inside: float, outside: float) -> Spec:
    return {"value": outside, "condition": {"test": "datum.chosen", "value": inside}}


def _choose_look(whole: Timeline) -> Spec:
    """Many bars are drawn on a canvas: Streamlit would choose anew for each number of rows."""
    renderer = "svg" if len(whole.bars) <= MOST_DRAWN else "canvas"
    return {"usermeta": {"embedOptions": {"renderer": renderer}}}


def count_lanes(height: int) -> int:
    """Lanes of intervals for which a timeline of this height, in pixels, has room."""
    return 2 if height < 200 else 4


def _to_lines(averages: pd.DataFrame) -> pd.DataFrame:
    """Averages as they are drawn: strikes below the line, told as positive numbers."""
    lines = averages.copy()
    last = [end - timedelta(days=1) for end in lines["end"]]
    lines["until"] = [say_date(day) for day in last]
    lines["end"] = pd.to_datetime(lines["end"], utc=True)
    lines["said"] = lines["average"]
    lines["what"] = ["strikes by coalition" if below else "others" for below in lines["below"]]
    lines["average"] = lines["average"].where(~lines["below"].astype("bool"), -lines["average"])
    return lines


def _draw_averages(step: str, ink: str) -> list[Spec]:
    """Lines, and dots on them that are not seen but can be pointed at."""
    place: Spec = {
        "x": on_days("end"),
        "y": {"field": "average", "type": "quantitative"},
        "detail": {"field": "below", "type": "nominal"},
        "color": {"value": ink},
    }
    tooltip = [
        tell("until", "Weeks up to"),
        tell("what", "Of"),
        tell("said", f"Mean per {step}", ",.2~f"),
    ]
    dot = {"type": "point", "size": 40, "opacity": 0, "filled": True}
    return [
        draw_layer(
            "averages", {"type": "line", "strokeWidth": 1.8, "clip": True}, name="averages", **place
        ),
        draw_layer("averages", dot, **place, tooltip=tooltip),
    ]


def _label_intervals(
    timeline: Timeline, lanes: int, axis: Days, dates: Days | None
) -> pd.DataFrame:
    packed = pack_intervals(timeline.intervals, lanes, axis, dates)
    return packed.assign(
        number=[f"{number:,}" for number in packed["incidents"]],
        why=f"no single {timeline.step}: it lasted, or the day is not known",
    )


def _draw_intervals(lanes: Iterable[int], ink: str) -> list[Spec]:
    """A line for each interval, and the number of its incidents where there is room for it."""
    tooltip = [
        tell("when", "Some time in"),
        tell("incidents", "Incidents", ",d"),
        tell("why", "Why a line"),
    ]
    layers = []
    for lane in lanes:
        top = LANE * lane + 1
        own = f"datum.lane == {lane}"
        line: Spec = {"type": "rect", "color": ink, "cornerRadius": 2, "clip": True, "x2Offset": -1}
        line |= {"y": top, "y2": top + LANE - 2}
        number: Spec = {
            "type": "text",
            "color": ink,
            "align": "left",
            "baseline": "middle",
            "dx": 4,
        }
        number |= {"fontSize": 9, "clip": True, "y": top + LANE / 2 - 0.5}
        layers += [
            draw_layer(
                "intervals",
                line,
                name=f"intervals_{lane}",
                only=own,
                x=on_days("start"),
                x2={"field": "end"},
                opacity=_pale_outside(0.3, 0.1),
                tooltip=tooltip,
            ),
            draw_layer(
                "intervals",
                number,
                only=f"{own} && datum.share * width > 8 + 6 * length(datum.number)",
                x=on_days("start"),
                text=say_field("number"),
                tooltip=tooltip,
            ),
        ]
    return layers


def _draw_gaps(strip: int, ink: str) -> list[Spec]:
    """The days that were not monitored, shaded; the words where there is room for them."""
    place: Spec = {"x": on_days("start"), "tooltip": [tell("when", "Not monitored")]}
    shade = {"type": "rect", "color": ink, "opacity": 0.12, "clip": True}
    words: Spec = {"type": "text", "text": "not monitored", "color": ink, "fontStyle": "italic"}
    words |= {"align": "left", "baseline": "top", "dx": 5, "fontSize": 11, "y": strip + 4}
    return [
        draw_layer("gaps", shade, **place, x2={"field": "end"}),
        draw_layer("gaps", words, only="datum.share * width > 90", **place),
    ]


def _colour_types(counts: pd.DataFrame, colours: Mapping[str, str], ink: str) -> Spec:
    present = list_shown(counts)
    shown = [each for each in colours if each in present]
    shown += [each for each in present if each not in shown and each != STRIKES]
    shown += [STRIKES] if STRIKES in present else []
    named = {each: colours.get(each, colours[""]) for each in shown}
    look = {"columns": {"expr": LEGEND_COLUMNS}, "labelFontSize": 11.5, "rowPadding": 1}
    return colour_sides("shown", named, ink, **look)
