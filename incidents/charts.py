"""Charts, as Altair draws them. Colours and fonts are the page's; text from a table stays text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import altair as alt
import pandas as pd

from incidents.figures import Total
from incidents.palette import NOT_STATED
from incidents.timeline import STEPS

STRIKES = "strike by coalition"
"""The direction that hangs below the line of a timeline."""

_DAYS = {"day": 1, "week": 7}


def _find_end(start: pd.Series, step: str) -> pd.Series:
    if step == "month":
        return start + pd.offsets.MonthBegin(1)
    return start + pd.Timedelta(days=_DAYS[step])


def _say_step(start: pd.Series, step: str) -> pd.Series:
    if step == "month":
        return start.dt.strftime("%b %Y")
    days = start.dt.day.astype(str) + start.dt.strftime(" %b %Y")
    return days if step == "day" else "Week of " + days


def stack_bars(
    counts: pd.DataFrame, step: str, types: Sequence[str], dates: tuple[date, date] | None
) -> pd.DataFrame:
    """Bars of a timeline: each from ``bottom`` to ``top``, strikes by the coalition below 0.

    Parameters
    ----------
    counts
        As `incidents.timeline.count_by_step` answers.
    types
        Types in the order in which they are stacked, from the line outwards.
    dates
        First and last day chosen; the bars outside are not ``chosen``.
    """
    bars = counts.copy()
    # Days are not moments: told as UTC on an axis of UTC, they are the same days in every browser.
    bars["start"] = pd.to_datetime(bars["start"], utc=True)
    bars["end"] = _find_end(bars["start"], step)
    bars["when"] = _say_step(bars["start"], step)
    bars["type"] = bars["type"].fillna(NOT_STATED)
    bars["direction"] = bars["direction"].fillna(NOT_STATED)
    bars["incidents"] = bars["incidents"].astype("int64")
    bars["below"] = bars["direction"] == STRIKES
    order = {each: index for index, each in enumerate(types)}
    bars["rank"] = bars["type"].map(order).fillna(len(order))
    bars = bars.sort_values(["start", "below", "rank", "direction"], ignore_index=True)
    bars["top"] = bars.groupby(["start", "below"])["incidents"].cumsum()
    bars["bottom"] = bars["top"] - bars["incidents"]
    sign = 1 - 2 * bars["below"].astype("int64")
    bars["top"], bars["bottom"] = bars["top"] * sign, bars["bottom"] * sign
    bars["chosen"] = True
    if dates is not None:
        first, last = (pd.Timestamp(day, tz="UTC") for day in dates)
        bars["chosen"] = (bars["end"] > first) & (bars["start"] <= last)
    return bars.drop(columns=["rank", "below"])


def draw_timeline(
    counts: pd.DataFrame,
    step: str,
    colours: Mapping[str, str],
    span: tuple[date, date],
    dates: tuple[date, date] | None = None,
    brush: str | None = None,
    height: int = 150,
    has_legend: bool = True,
) -> alt.LayerChart:
    """Incidents per step, stacked by type: strikes by the coalition hang below the line.

    Parameters
    ----------
    counts
        As `incidents.timeline.count_by_step` answers.
    colours
        Colour of each type, in the order in which types are stacked; ``""`` is for all others.
    span
        First and last day of the axis, whatever is filtered, so that the chart does not jump.
    dates
        First and last day chosen; bars outside are pale.
    brush
        Name of the selection made by dragging, if the chart takes one. It selects on ``start``.
    """
    bars = stack_bars(counts, step, list(colours), dates)
    drawn = (
        alt.Chart(bars)
        .mark_bar(stroke=None)
        .encode(
            x=_time_axis(step, span),
            x2="end:T",
            y=_count_axis(bars),
            y2="bottom:Q",
            color=_type_colour(bars, colours, has_legend),
            opacity=alt.condition("datum.chosen", alt.value(1), alt.value(0.25)),
            tooltip=[
                alt.Tooltip("when:N", title="When"),
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("direction:N", title="Direction"),
                alt.Tooltip("incidents:Q", title="Incidents"),
            ],
        )
    )
    if brush is not None:
        drawn = drawn.add_params(alt.selection_interval(name=brush, encodings=["x"]))
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(opacity=0.6).encode(y="y:Q")
    return alt.LayerChart(layer=[drawn, zero], height=height)


def _time_axis(step: str, span: tuple[date, date]) -> alt.X:
    first = pd.Timestamp(span[0]).to_period(STEPS[step]).start_time
    ends = pd.Series([pd.Timestamp(span[1]).to_period(STEPS[step]).start_time])
    last = _find_end(ends, step).iloc[0]
    days = (last - first).days
    form, count = _choose_ticks(days)
    axis = alt.Axis(format=form, grid=False, labelOverlap=True, labelFlush=True, tickCount=count)
    domain = [
        alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True)
        for day in (first, last)
    ]
    scale = alt.Scale(type="utc", domain=domain, nice=False)
    return alt.X("start:T", title=None, axis=axis, scale=scale)


def _choose_ticks(days: int) -> tuple[str, Literal["week", "month", "year"]]:
    if days <= 62:
        return "%-d %b %Y", "week"
    return ("%b %Y", "month") if days <= 800 else ("%Y", "year")


def _count_axis(bars: pd.DataFrame) -> alt.Y:
    low, high = min([0, *bars["top"]]), max([1, *bars["top"]])
    step = _round_step((high - low) / 4)
    ticks = list(range(-(-low // step) * step, high + 1, step))
    # Strikes are counted downwards from the line: the axis has no negative numbers.
    axis = alt.Axis(values=ticks, domain=False, labelExpr="format(abs(datum.value), ',d')")
    return alt.Y("top:Q", title=None, axis=axis, scale=alt.Scale(domain=[low, high], nice=False))


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
    legend = alt.Legend(orient="top", title=None, columns=6) if has_legend else None
    scale = alt.Scale(domain=shown, range=[colours.get(each, colours[""]) for each in shown])
    return alt.Color("type:N", scale=scale, legend=legend)


def draw_ranges(
    totals: pd.DataFrame,
    by: str,
    title: str,
    ink: str,
    accent: str,
    order: Sequence[str] | None = None,
) -> alt.LayerChart:
    """One bar from the lowest to the highest claim per row; a tick where they are the same.

    Parameters
    ----------
    totals
        `by`, ``low``, ``high``, ``unknown``, ``open``; rows where nobody gives a number have no
        mark, and the tooltip says how many incidents are unknown.
    ink, accent
        Colours of words and of bars on the page's ground.
    order
        Order of the values of `by`; by default that of the rows.
    """
    rows = _label_ranges(totals, by)
    y = alt.Y(
        "label:N",
        title=None,
        sort=list(order) if order is not None else list(rows["label"]),
        axis=alt.Axis(labelLimit=180, ticks=False, domain=False, labelPadding=8),
    )
    # Room to the right for the words beside the longest bar.
    most = (
        max(1.0, float(pd.to_numeric(rows["high"]).max() or 0))
        if rows["high"].notna().any()
        else 1.0
    )
    x = alt.X(
        "low:Q",
        title=title,
        axis=alt.Axis(tickMinStep=1, tickCount=6, format="d"),
        scale=alt.Scale(domain=[0, most * 1.8], nice=False),
    )
    top = alt.X("high:Q", title=title)
    known = (
        alt.Chart(rows).transform_filter("isValid(datum.low)").encode(y=y, tooltip=_tips(by, title))
    )
    none = (
        alt.Chart(rows)
        .transform_filter("!isValid(datum.low)")
        .encode(y=y, tooltip=_tips(by, title))
    )
    layers = [
        known.mark_bar(height=9, opacity=0.45, cornerRadius=2, color=accent).encode(
            x=x, x2="high:Q"
        ),
        known.mark_tick(thickness=3, size=13, color=accent).encode(x=x),
        known.mark_tick(thickness=3, size=13, color=accent).encode(x=top),
        known.mark_text(align="left", dx=8, color=ink).encode(x=top, text="words:N"),
        none.mark_text(align="left", dx=4, opacity=0.75, color=ink).encode(
            x=alt.datum(0), text="words:N"
        ),
    ]
    return alt.LayerChart(layer=layers, height=alt.Step(26))


def _label_ranges(totals: pd.DataFrame, by: str) -> pd.DataFrame:
    rows = totals.copy()
    if by == "month":
        rows["label"] = pd.to_datetime(rows[by]).dt.strftime("%b %Y")
    else:
        rows["label"] = rows[by].fillna(NOT_STATED).astype(str)
    rows["range"] = [
        _say(low, high, is_open)
        for low, high, is_open in zip(rows["low"], rows["high"], rows["open"], strict=True)
    ]
    rows["words"] = [
        f"{text}  (+ {unknown} unknown)" if unknown else text
        for text, unknown in zip(rows["range"], rows["unknown"], strict=True)
    ]
    return rows


def _say(low: Any, high: Any, is_open: bool) -> str:
    bounds = [None if pd.isna(bound) else int(bound) for bound in (low, high)]
    return Total(bounds[0], bounds[1], 0, is_open).text


def _tips(by: str, title: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title=by.capitalize()),
        alt.Tooltip("range:N", title=title),
        alt.Tooltip("unknown:Q", title="Incidents with no number"),
    ]
