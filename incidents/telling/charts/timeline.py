"""The timeline, in the words of Vega-Lite. Colours and fonts are the page's; text stays text.

Altair would take 170 ms to write it, most of a change of filters.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from incidents.asking.time.timeline import Timeline
from incidents.table.sentences import say_date
from incidents.telling.charts.axes import Spec, count_axis, time_axis
from incidents.telling.charts.timeline_marks import (
    Days,
    find_axis,
    find_gaps,
    pack_intervals,
    stack_bars,
)

LANE = 11
"""Height of one lane of intervals above the bars, in pixels."""


def draw_timeline(
    timeline: Timeline,
    colours: Mapping[str, str],
    span: Days,
    dates: Days | None = None,
    brush: str | None = None,
    height: int = 150,
    has_legend: bool = True,
    monitored: Days | None = None,
    averages: pd.DataFrame | None = None,
    ink: str = "#1c2430",
) -> Spec:
    """Incidents per step, stacked by type: strikes by the coalition hang below the line.

    Incidents whose days fit into no step are lines above the bars, from first to last day, in as
    many lanes as the height allows.

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
    """
    step = timeline.step
    axis = find_axis(span, step)
    bars = stack_bars(timeline.bars, step, list(colours), dates)
    intervals = _label_intervals(timeline, height, axis, dates)
    strip = LANE * (int(intervals["lane"].max()) + 1) + 3 if len(intervals) else 0
    lines = _to_lines(averages)
    gaps = find_gaps(axis, monitored)
    y = count_axis([*bars["top"], *lines["average"]], strip)
    datasets = {"bars": bars, "averages": lines, "intervals": intervals, "gaps": gaps}
    layers: list[Spec] = []
    if len(gaps):
        layers += _draw_gaps(strip, ink)
    layers.append(
        _draw(
            "bars",
            {"type": "bar", "stroke": None},
            name="bars",
            x=time_axis(step, axis),
            x2={"field": "end"},
            y=y,
            y2={"field": "bottom"},
            color=_type_colour(bars, colours, has_legend),
            opacity=_pale_outside(1, 0.25),
            tooltip=[
                _tell("when", "When"),
                _tell("type", "Type"),
                _tell("direction", "Direction"),
                _tell("incidents", "Incidents", ",d"),
            ],
        )
    )
    layers.append({"mark": {"type": "rule", "opacity": 0.6}, "encoding": {"y": {"datum": 0}}})
    if len(lines):
        layers += _draw_averages(step, ink)
    layers += _draw_intervals(sorted(set(intervals["lane"])), ink)
    chart: Spec = {"height": height, "layer": layers}
    if brush is not None:
        select = {"type": "interval", "encodings": ["x"]}
        chart["params"] = [{"name": brush, "select": select, "views": ["bars"]}]
    used = {layer["data"]["name"] for layer in layers if "data" in layer}
    chart["datasets"] = {name: rows for name, rows in datasets.items() if name in used}
    return chart


def _draw(data: str, mark: Spec, *, name: str = "", only: str = "", **encoding: Any) -> Spec:
    """One layer: a mark for each row of a dataset, or for those that pass a test."""
    layer: Spec = {"data": {"name": data}, "mark": mark, "encoding": encoding}
    if name:
        layer["name"] = name
    if only:
        layer["transform"] = [{"filter": only}]
    return layer


def _tell(field: str, title: str, form: str = "") -> Spec:
    """A line of a tooltip: a text, or a number in a form."""
    if form:
        return {"field": field, "title": title, "type": "quantitative", "format": form}
    return {"field": field, "title": title, "type": "nominal"}


def _pale_outside(inside: float, outside: float) -> Spec:
    return {"value": outside, "condition": {"test": "datum.chosen", "value": inside}}


def count_lanes(height: int) -> int:
    """Lanes of intervals for which a timeline of this height, in pixels, has room."""
    return 2 if height < 200 else 4


def _to_lines(averages: pd.DataFrame | None) -> pd.DataFrame:
    """Averages as they are drawn: strikes below the line, told as positive numbers."""
    if averages is None:
        return pd.DataFrame({"end": [], "below": [], "average": []})
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
        "x": _on_axis("end"),
        "y": {"field": "average", "type": "quantitative"},
        "detail": {"field": "below", "type": "nominal"},
        "color": {"value": ink},
    }
    tooltip = [
        _tell("until", "Weeks up to"),
        _tell("what", "Of"),
        _tell("said", f"Mean per {step}", ",.2~f"),
    ]
    dot = {"type": "point", "size": 40, "opacity": 0, "filled": True}
    return [
        _draw(
            "averages", {"type": "line", "strokeWidth": 1.8, "clip": True}, name="averages", **place
        ),
        _draw("averages", dot, **place, tooltip=tooltip),
    ]


def _on_axis(field: str) -> Spec:
    """A field on the axis of the bars, which alone says how far the axis reaches."""
    return {"field": field, "type": "temporal", "title": None, "scale": {"type": "utc"}}


def _label_intervals(
    timeline: Timeline, height: int, axis: Days, dates: Days | None
) -> pd.DataFrame:
    packed = pack_intervals(timeline.intervals, count_lanes(height), axis, dates)
    return packed.assign(
        number=[f"{number:,}" for number in packed["incidents"]],
        why=f"no single {timeline.step}: it lasted, or the day is not known",
    )


def _draw_intervals(lanes: Sequence[int], ink: str) -> list[Spec]:
    """A line for each interval, and the number of its incidents where there is room for it."""
    tooltip = [
        _tell("when", "Some time in"),
        _tell("incidents", "Incidents", ",d"),
        _tell("why", "Why a line"),
    ]
    layers = []
    for lane in lanes:
        top = LANE * int(lane) + 1
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
            _draw(
                "intervals",
                line,
                name=f"intervals_{lane}",
                only=own,
                x=_on_axis("start"),
                x2={"field": "end"},
                opacity=_pale_outside(0.3, 0.1),
                tooltip=tooltip,
            ),
            _draw(
                "intervals",
                number,
                only=f"{own} && datum.share * width > 8 + 6 * length(datum.number)",
                x=_on_axis("start"),
                text={"field": "number", "type": "nominal"},
                tooltip=tooltip,
            ),
        ]
    return layers


def _draw_gaps(strip: int, ink: str) -> list[Spec]:
    """The days that were not monitored, shaded; the words where there is room for them."""
    place: Spec = {"x": _on_axis("start"), "tooltip": [_tell("when", "Not monitored")]}
    shade = {"type": "rect", "color": ink, "opacity": 0.12, "clip": True}
    words: Spec = {"type": "text", "text": "not monitored", "color": ink, "fontStyle": "italic"}
    words |= {"align": "left", "baseline": "top", "dx": 5, "fontSize": 11, "y": strip + 4}
    return [
        _draw("gaps", shade, **place, x2={"field": "end"}),
        _draw("gaps", words, only="datum.share * width > 90", **place),
    ]


def _type_colour(bars: pd.DataFrame, colours: Mapping[str, str], has_legend: bool) -> Spec:
    present = list(bars["type"].unique())
    shown = [each for each in colours if each in present]
    shown += [each for each in present if each not in colours]
    columns = {"expr": "width < 480 ? 2 : 6"}
    return {
        "field": "type",
        "type": "nominal",
        "scale": {"domain": shown, "range": [colours.get(each, colours[""]) for each in shown]},
        "legend": {"orient": "top", "title": None, "columns": columns} if has_legend else None,
    }
