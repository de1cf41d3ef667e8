"""The timeline, as Altair draws it. Colours and fonts are the page's; text stays text."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import altair as alt
import pandas as pd

from incidents.sentences import say_date
from incidents.timeline import Timeline
from incidents.timeline_marks import Days, find_axis, find_gaps, pack_intervals, stack_bars

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
) -> alt.LayerChart:
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
        As `incidents.trends.average_weeks` answers, drawn as a line.
    ink
        Colour of words and lines on the page's ground.
    """
    step = timeline.step
    axis = find_axis(span, step)
    bars = stack_bars(timeline.bars, step, list(colours), dates)
    intervals = pack_intervals(timeline.intervals, count_lanes(height), axis, dates)
    strip = LANE * (int(intervals["lane"].max()) + 1) + 3 if len(intervals) else 0
    lines = _to_lines(averages)
    y = _count_axis([*bars["top"], *lines["average"]], strip)
    drawn = (
        alt.Chart(bars, name="bars")
        .mark_bar(stroke=None)
        .encode(
            x=_time_axis(step, axis),
            x2=alt.X2("end:T"),
            y=y,
            y2=alt.Y2("bottom:Q"),
            color=_type_colour(bars, colours, has_legend),
            opacity=_pale_outside(1, 0.25),
            tooltip=[
                alt.Tooltip("when:N", title="When"),
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("direction:N", title="Direction"),
                alt.Tooltip("incidents:Q", title="Incidents", format=",d"),
            ],
        )
    )
    if brush is not None:
        drawn = drawn.add_params(alt.selection_interval(name=brush, encodings=["x"]))
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(opacity=0.6).encode(y=alt.Y("y:Q"))
    layers = [drawn, zero]
    if len(lines):
        layers += _draw_averages(lines, step, ink)
    if len(intervals):
        layers += _draw_intervals(intervals, step, ink)
    gaps = find_gaps(axis, monitored)
    if len(gaps):
        layers = [*_draw_gaps(gaps, strip, ink), *layers]
    return alt.LayerChart(layer=layers, height=height)


# Channels are objects here, not texts: Altair takes 5 to 10 ms to make an object of each text.


def _pale_outside(inside: float, outside: float) -> alt.OpacityValue:
    return alt.OpacityValue(outside, condition={"test": "datum.chosen", "value": inside})


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


def _draw_averages(lines: pd.DataFrame, step: str, ink: str) -> list[alt.Chart]:
    """Lines, and dots on them that are not seen but can be pointed at."""
    base = alt.Chart(lines).encode(
        x=_on_axis("end:T"),
        y=alt.Y("average:Q"),
        detail=alt.Detail("below:N"),
        color=alt.ColorValue(ink),
    )
    tooltip = [
        alt.Tooltip("until:N", title="Weeks up to"),
        alt.Tooltip("what:N", title="Of"),
        alt.Tooltip("said:Q", title=f"Mean per {step}", format=",.2~f"),
    ]
    return [
        base.mark_line(strokeWidth=1.8, clip=True).properties(name="averages"),
        base.mark_point(size=40, opacity=0, filled=True).encode(tooltip=tooltip),
    ]


def _on_axis(field: str) -> alt.X:
    """A field on the axis of the bars, which alone says how far the axis reaches."""
    return alt.X(field, title=None, scale=alt.Scale(type="utc"))


def _draw_intervals(intervals: pd.DataFrame, step: str, ink: str) -> list[alt.Chart]:
    """A line for each interval, and the number of its incidents where there is room for it."""
    rows = intervals.assign(
        number=[f"{number:,}" for number in intervals["incidents"]],
        why=f"no single {step}: it lasted, or the day is not known",
    )
    layers = []
    for lane, own in rows.groupby("lane"):
        top = int(lane) * LANE + 1
        base = alt.Chart(own).encode(x=_on_axis("start:T"))
        tooltip = [
            alt.Tooltip("when:N", title="Some time in"),
            alt.Tooltip("incidents:Q", title="Incidents", format=",d"),
            alt.Tooltip("why:N", title="Why a line"),
        ]
        layers += [
            base.mark_rect(
                color=ink, cornerRadius=2, clip=True, x2Offset=-1, y=top, y2=top + LANE - 2
            )
            .encode(
                x2=alt.X2("end:T"),
                opacity=_pale_outside(0.3, 0.1),
                tooltip=tooltip,
            )
            .properties(name=f"intervals_{lane}"),
            base.mark_text(
                color=ink,
                align="left",
                baseline="middle",
                dx=4,
                fontSize=9,
                clip=True,
                y=top + LANE / 2 - 0.5,
            )
            .transform_filter("datum.share * width > 8 + 6 * length(datum.number)")
            .encode(text=alt.Text("number:N"), tooltip=tooltip),
        ]
    return layers


def _draw_gaps(gaps: pd.DataFrame, strip: int, ink: str) -> list[alt.Chart]:
    """The days that were not monitored, shaded; the words where there is room for them."""
    base = alt.Chart(gaps).encode(
        x=_on_axis("start:T"), tooltip=[alt.Tooltip("when:N", title="Not monitored")]
    )
    shade = base.mark_rect(color=ink, opacity=0.12, clip=True).encode(x2=alt.X2("end:T"))
    words = base.mark_text(
        color=ink,
        align="left",
        baseline="top",
        dx=5,
        fontSize=11,
        fontStyle="italic",
        text="not monitored",
        y=strip + 4,
    ).transform_filter("datum.share * width > 90")
    return [shade, words]


def _time_axis(step: str, axis: Days) -> alt.X:
    form, count = _choose_ticks((axis[1] - axis[0]).days, step)
    ticks = alt.Axis(format=form, grid=False, labelOverlap=True, labelFlush=True, tickCount=count)
    domain = [alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in axis]
    scale = alt.Scale(type="utc", domain=domain, nice=False)
    return alt.X("start:T", title=None, axis=ticks, scale=scale)


def _choose_ticks(days: int, step: str) -> tuple[str, Any]:
    if step == "year" or days > 2000:
        return "%Y", "year"
    if step == "quarter":
        return "Q%q %Y", {"interval": "month", "step": 3}
    if days <= 62:
        return "%-d %b %Y", "week"
    return ("%b %Y", "month") if days <= 800 else ("%Y", "year")


def _count_axis(tops: Sequence[float], strip: int) -> alt.Y:
    """The axis of counts; it ends below the strip, in pixels, that intervals take."""
    low, high = min([0, *tops]), max([1, *tops])
    step = _round_step((high - low) / 4)
    ticks = list(range(int(-(-low // step)) * step, int(high) + 1, step))
    # Strikes are counted downwards from the line: the axis has no negative numbers.
    axis = alt.Axis(values=ticks, domain=False, labelExpr="format(abs(datum.value), ',d')")
    scale = alt.Scale(domain=[low, high], nice=False, range=[alt.ExprRef("height"), strip])
    return alt.Y("top:Q", title=None, axis=axis, scale=scale)


def _round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50… that is not below `least`."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= least:
                return digit * power
        power *= 10


def _type_colour(bars: pd.DataFrame, colours: Mapping[str, str], has_legend: bool) -> alt.Color:
    present = list(bars["type"].unique())
    shown = [each for each in colours if each in present]
    shown += [each for each in present if each not in colours]
    columns = alt.ExprRef("width < 480 ? 2 : 6")
    legend = alt.Legend(orient="top", title=None, columns=columns) if has_legend else None
    scale = alt.Scale(domain=shown, range=[colours.get(each, colours[""]) for each in shown])
    return alt.Color("type:N", scale=scale, legend=legend)
