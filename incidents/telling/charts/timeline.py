"""The timeline as HTML and SVG: bars by step, strikes by the coalition below the line.

It takes whatever width it has, without a script: days are shares of the width, words that have no
room are hidden by the style sheet (``content.css``). Colours are the page's classes ``type-0``…
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

import pandas as pd

from geo.drawing.svg import clean, element, write_title
from incidents.asking.keys import Days
from incidents.asking.time.timeline import Timeline
from incidents.table.palette import STRIKES
from incidents.telling.charts.axes import find_day, list_counts, list_days, percent, share, write
from incidents.telling.charts.timeline_marks import (
    Bar,
    find_axis,
    find_gaps,
    list_shown,
    pack_intervals,
    say_incidents,
    say_most,
    stack_bars,
)

LANE = 11
"""Height of one lane of intervals above the bars, in pixels."""
MOST_LANES = 4
GAP = 0.08
"""Part of a step that is left between its bars and the next."""
LETTER, SMALL_LETTER = 6.2, 6.0
"""Width of a letter of the axis, and of a number in a lane, in pixels, about."""
GAP_WORDS = 100
"""Room that the words of a gap take, in pixels."""
STRIKES_CLASS = "strikes"


@dataclass(frozen=True)
class Chart:
    """A timeline to be drawn.

    Attributes
    ----------
    timeline
        What it shows.
    types
        Types that have a colour of their own, in the order in which they are stacked.
    span
        First and last day of the axis, whatever is filtered, so that the chart does not jump.
    dates
        First and last day chosen; what lies outside is pale.
    monitored
        First and last day that were monitored, if stated; days outside are shaded.
    averages
        As `incidents.asking.time.averages.average_weeks` answers, drawn as a line.
    whole
        The timeline without filters, from which legend and lanes follow; None where this is it.
    lanes
        Lanes of intervals for which there is room.
    """

    timeline: Timeline
    types: Sequence[str]
    span: Days
    dates: Days | None = None
    monitored: Days | None = None
    averages: pd.DataFrame | None = None
    whole: Timeline | None = None
    lanes: int = 2

    @property
    def axis(self) -> Days:
        """First day, and the day after the last."""
        return find_axis(self.span, self.timeline.step)

    @cached_property
    def bars(self) -> list[Bar]:
        """The bars, in order of time."""
        return stack_bars(self.timeline.bars, self.timeline.step, self.types, self.dates)

    @property
    def classes(self) -> dict[str, str]:
        """The class of each type's colour; all others are ``type-other``."""
        return {name: f"type-{place}" for place, name in enumerate(self.types)}

    @property
    def drawn_lanes(self) -> int:
        """As many as the whole table fills, so that the bars do not jump."""
        return min(self.lanes, MOST_LANES, len((self.whole or self.timeline).intervals))


def count_lanes(is_high: bool) -> int:
    """Lanes of intervals for which a timeline has room."""
    return MOST_LANES if is_high else 2


def draw_timeline(chart: Chart, is_high: bool = False, title: str = "Timeline") -> str:
    """The figure: legend, intervals, bars, axes."""
    bars, axis = chart.bars, chart.axis
    low, high = _find_range(bars, chart.averages)
    lanes = chart.drawn_lanes
    size = " ".join(["bars", *["high"] * is_high, *[f"lanes-{lanes}"] * (lanes > 0)])
    return (
        f'<figure class="{size}">{_write_legend(chart)}<div class="drawn">'
        f"{_draw_lanes(chart, axis) if lanes else ''}"
        f"{_draw_counts(low, high)}"
        f"{_draw_plot(chart, bars, axis, (low, high), title)}"
        f"{_draw_days(axis, chart.timeline.step)}</div></figure>"
    )


def _find_range(bars: Iterable[Bar], averages: pd.DataFrame | None) -> tuple[float, float]:
    """Lowest and highest number that is drawn; at least from 0 to 1."""
    ends = [0.0, 1.0, *(float(bar.top) for bar in bars)]
    if averages is not None:
        ends += [-row.average if row.below else row.average for row in averages.itertuples()]
    return min(ends), max(ends)


def _write_legend(chart: Chart) -> str:
    """The types of the whole table, so that it does not change as filters do."""
    present = list_shown((chart.whole or chart.timeline).bars)
    named = [each for each in chart.types if each in present]
    named += [each for each in present if each not in named and each != STRIKES]
    entries = [(chart.classes.get(each, "type-other"), each) for each in named]
    if STRIKES in present:
        entries.append((STRIKES_CLASS, f"{STRIKES}, below the line"))
    told = "".join(
        f'<li><i class="{name}"></i><span dir="auto">{escape(clean(words))}</span></li>'
        for name, words in entries
    )
    return f'<ul class="legend">{told}</ul>'


def _draw_plot(
    chart: Chart, bars: Sequence[Bar], axis: Days, ends: tuple[float, float], title: str
) -> str:
    low, high = ends
    days = (axis[1] - axis[0]).days
    gaps = find_gaps(axis, chart.monitored)
    scaled = [
        *(
            element(
                "rect", write_title(f"Not monitored: {gap.when}"), class_="gap",
                x=find_day(gap.start, axis), width=(gap.end - gap.start).days, height=high - low,
            )
            for gap in gaps
        ),
        element("path", class_="grid", d="".join(
            f"M0 {high - tick:.10g}h{days}" for tick in list_counts(low, high) if tick
        )),
        *_draw_bars(chart, bars, axis, high),
        element("path", class_="line", d=f"M0 {high:.10g}h{days}"),
        *_draw_averages(chart.averages, axis, high),
    ]  # fmt: skip
    scale = element(
        "svg",
        "".join(scaled),
        viewBox=f"0 0 {days} {high - low:.10g}",
        preserveAspectRatio="none",
        width="100%",
        height="100%",
    )
    words = "".join(
        write("not monitored", share(gap.start, axis), "gap-words", room, dx=5, dy=14)
        for gap in gaps
        for room in [GAP_WORDS * days / (gap.end - gap.start).days]
    )
    said = f"{title}. {say_most(bars)}."
    return element("svg", f"{scale}{words}", class_="marks", role="img", aria_label=said)


def _draw_bars(chart: Chart, bars: Sequence[Bar], axis: Days, high: float) -> list[str]:
    """One path for all bars of a type: hundreds of elements would take the browser longer."""
    paths: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for bar in bars:
        name = STRIKES if bar.is_below else bar.type
        width = f"{(bar.end - bar.start).days * (1 - GAP):g}"
        top = high - max(bar.top, bar.bottom)
        paths[name, bar.is_chosen].append(
            f"M{find_day(bar.start, axis)} {top:.10g}h{width}v{bar.incidents}h-{width}z"
        )
    classes = {**chart.classes, STRIKES: STRIKES_CLASS}
    return [
        element(
            "path",
            write_title(name),
            class_=f"{classes.get(name, 'type-other')}{'' if is_chosen else ' pale'}",
            d="".join(drawn),
        )
        for (name, is_chosen), drawn in paths.items()
    ]


def _draw_averages(averages: pd.DataFrame | None, axis: Days, high: float) -> list[str]:
    if averages is None:
        return []
    lines: dict[bool, list[str]] = defaultdict(list)
    for row in averages.itertuples(index=False):
        height = high + row.average if row.below else high - row.average
        lines[bool(row.below)].append(f"{find_day(row.end, axis)} {height:.10g}")
    return [element("path", class_="mean", d=f"M{'L'.join(each)}") for each in lines.values()]


def _draw_lanes(chart: Chart, axis: Days) -> str:
    """A line for each interval, and the number of its incidents where there is room for it."""
    drawn = []
    for each in pack_intervals(chart.timeline.intervals, chart.drawn_lanes, chart.dates):
        part = (each.end - each.start) / (axis[1] - axis[0])
        y, left = LANE * each.lane + 1, share(each.start, axis)
        number = f"{each.incidents:,}"
        drawn.append(
            element(
                "rect",
                write_title(f"Some time in {each.when}: {say_incidents(each.incidents)}"),
                class_="interval" if each.is_chosen else "interval pale",
                x=left,
                y=y,
                width=percent(part, 1),
                height=LANE - 2,
                rx=2,
            )
        )
        room = (10 + SMALL_LETTER * len(number)) / part
        drawn.append(write(number, left, "lane-number", room, y=y + LANE - 4, dx=4))
    return element("svg", "".join(drawn), class_="lanes")


def _draw_counts(low: float, high: float) -> str:
    """Numbers beside the bars; what hangs below 0 is counted downwards."""
    told = [
        write(
            _say_count(abs(tick)), "100%", "count", dx=-6, dy=4, y=percent(high - tick, high - low)
        )
        for tick in list_counts(low, high)
    ]
    return element("svg", "".join(told), class_="counts", aria_hidden="true")


def _say_count(number: int) -> str:
    return f"{number / 1e6:g}M" if number >= 1e6 else f"{number:,}"


def _draw_days(axis: Days, step: str) -> str:
    """The days of the axis; as many as fit are shown."""
    ticks = list_days(axis, step)
    told = []
    for place, (day, words) in enumerate(ticks):
        # Every second has twice the room, every fourth four times.
        apart = place & -place or len(ticks)
        room = len(ticks) * (LETTER * len(words) + 14) / apart if place else 0
        part = (day - axis[0]) / (axis[1] - axis[0])
        anchor = "start" if part < 0.03 else "end" if part > 0.97 else "middle"
        told.append(write(words, share(day, axis), "day", room, y=13, text_anchor=anchor))
    return element("svg", "".join(told), class_="days", aria_hidden="true")
