"""What a timeline tells of where the pointer is."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from geo.drawing.svg import clean
from incidents.asking.keys import Days
from incidents.table.sentences import say_date
from incidents.telling.charts.axes import find_day
from incidents.telling.charts.timeline import Chart
from incidents.telling.charts.timeline_marks import find_gaps, pack_intervals, say_incidents


def list_tips(chart: Chart) -> dict[str, Any]:
    """What the chart tells of where the pointer is, places in days from the start of the axis.

    ``days`` (all), ``steps`` (from, to, its words, ``[word, number]``…), ``words``, ``lanes``
    (lane, from, to, words), ``gaps`` (from, to, words), ``means`` (day, words).
    """
    axis, step = chart.axis, chart.timeline.step
    has_sides = (chart.whole or chart.timeline).bars["direction"].nunique(dropna=False) > 1
    words: dict[str, int] = {}
    steps: dict[date, list[Any]] = {}
    for bar in chart.bars:
        told = f"{bar.type}, {bar.direction}" if has_sides else bar.type
        number = words.setdefault(clean(told), len(words))
        place = [find_day(bar.start, axis), find_day(bar.end, axis), bar.when, []]
        steps.setdefault(bar.start, place)[3].append([number, bar.incidents])
    lanes = [
        (each.lane, find_day(each.start, axis), find_day(each.end, axis), [
            f"Some time in {each.when}: {say_incidents(each.incidents)}",
            f"In no single {step}: it lasted, or the day is not known",
        ])
        for each in pack_intervals(chart.timeline.intervals, chart.drawn_lanes, chart.dates)
    ]  # fmt: skip
    gaps = [
        (find_day(gap.start, axis), find_day(gap.end, axis), f"Not monitored: {gap.when}")
        for gap in find_gaps(axis, chart.monitored)
    ]
    return {
        "days": (axis[1] - axis[0]).days,
        "steps": list(steps.values()),
        "words": list(words),
        "lanes": lanes,
        "gaps": gaps,
        "means": _list_means(chart, axis),
    }


def _list_means(chart: Chart, axis: Days) -> list[tuple[int, str]]:
    if chart.averages is None:
        return []
    told: dict[date, list[str]] = defaultdict(list)
    for row in chart.averages.itertuples(index=False):
        what = "strikes by coalition" if row.below else "others"
        told[row.end].append(f"{row.average:,.2f}".rstrip("0").rstrip(".") + f" ({what})")
    step = chart.timeline.step
    return [
        (
            find_day(end, axis),
            f"Mean per {step}, weeks up to {say_date(end - timedelta(days=1))}: {', '.join(means)}",
        )
        for end, means in told.items()
    ]
