"""Charts, as Altair draws them. Colours and fonts are the page's; text from a table stays text."""

from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd

from incidents.palette import NOT_STATED
from incidents.sentences import say_range

STRIKES = "strike by coalition"

_DAYS = {"day": 1, "week": 7}


def _step_end(start: pd.Series, step: str) -> pd.Series:
    if step == "month":
        return start + pd.offsets.MonthBegin(1)
    return start + pd.Timedelta(days=_DAYS[step])


def _say_step(start: pd.Series, step: str) -> pd.Series:
    days = start.dt.day.astype(str) + start.dt.strftime(" %b %Y")
    if step == "month":
        return start.dt.strftime("%b %Y")
    return days if step == "day" else "Week of " + days


def draw_timeline(
    counts: pd.DataFrame,
    step: str,
    types: Sequence[str],
    dates: tuple[date, date] | None = None,
    brush: str | None = None,
    height: int = 150,
) -> alt.LayerChart:
    """Incidents per step, stacked by type: strikes by the coalition hang below the line.

    Parameters
    ----------
    counts
        As `incidents.timeline.count_by_step` answers.
    types
        All types with a colour of their own, in the order of the colours.
    dates
        First and last day chosen; bars outside are pale.
    brush
        Name of the selection made by dragging, if the chart takes one. It selects on ``start``.
    """
    rows = counts.copy()
    rows["start"] = pd.to_datetime(rows["start"])
    rows["end"] = _step_end(rows["start"], step)
    rows["when"] = _say_step(rows["start"], step)
    rows["type"] = rows["type"].fillna(NOT_STATED)
    rows["direction"] = rows["direction"].fillna(NOT_STATED)
    rows["signed"] = rows["incidents"].astype("int64").where(rows["direction"] != STRIKES, -rows["incidents"].astype("int64"))
    rows["chosen"] = True
    if dates is not None:
        first, last = (pd.Timestamp(day) for day in dates)
        rows["chosen"] = (rows["end"] > first) & (rows["start"] <= last)
    most = int(max(rows.groupby("start")["incidents"].sum().max(), 1)) if len(rows) else 1
    present = [each for each in types if each in set(rows["type"])]
    domain = [*types, *(each for each in rows["type"].unique() if each not in types)]
    bars = (
        alt.Chart(rows)
        .mark_bar(strokeWidth=0, binSpacing=0)
        .encode(
            x=alt.X("start:T", title=None, axis=alt.Axis(format="%-d %b %Y" if step == "day" else "%b %Y", grid=False, labelFlush=True, tickCount=8)),
            x2="end:T",
            y=alt.Y("signed:Q", title=None, axis=alt.Axis(tickCount=4, tickMinStep=1, labelExpr="format(abs(datum.value), 'd')", domain=False)),
            color=alt.Color("type:N", scale=alt.Scale(domain=domain), legend=alt.Legend(values=present, orient="top", title=None, columns=6) if brush is None else None),
            opacity=alt.condition("datum.chosen", alt.value(1), alt.value(0.25)),
            order=alt.Order("type:N"),
            tooltip=[
                alt.Tooltip("when:N", title="When"),
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("direction:N", title="Direction"),
                alt.Tooltip("incidents:Q", title="Incidents"),
            ],
        )
    )
    if brush is not None:
        bars = bars.add_params(alt.selection_interval(name=brush, encodings=["x"]))
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(strokeWidth=1, opacity=0.6).encode(y="y:Q")
    padded = height if most > 1 else min(height, 110)
    return alt.layer(bars, zero).properties(height=padded)


def draw_ranges(
    totals: pd.DataFrame, by: str, title: str, words: Sequence[str] | None = None
) -> alt.LayerChart:
    """One bar from the lowest to the highest claim per row; a tick where they are the same.

    Parameters
    ----------
    totals
        `by`, ``low``, ``high``, ``unknown``; rows where nobody gives a number have no mark, and
        the tooltip says how many incidents are unknown.
    words
        Order of the values of `by`; by default their own.
    """
    rows = totals.copy()
    is_month = by == "month"
    rows["label"] = (
        pd.to_datetime(rows[by]).dt.strftime("%b %Y") if is_month else rows[by].fillna(NOT_STATED).astype(str)
    )
    rows["range"] = [
        say_range(None if pd.isna(low) else int(low), None if pd.isna(high) else int(high))
        for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    order = list(words) if words is not None else list(rows["label"])
    y = alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=180, ticks=False, domain=False))
    tooltip = [
        alt.Tooltip("label:N", title="Group" if by == "group" else by.capitalize()),
        alt.Tooltip("range:N", title=title),
        alt.Tooltip("unknown:Q", title="Incidents with no number"),
    ]
    base = alt.Chart(rows)
    x = alt.X("low:Q", title=title, axis=alt.Axis(tickMinStep=1, tickCount=6, format="d"), scale=alt.Scale(zero=True, nice=True))
    known = base.transform_filter("isValid(datum.low)")
    band = known.mark_bar(height=9, opacity=0.45, cornerRadius=2).encode(x=x, x2="high:Q", y=y, tooltip=tooltip)
    ends = known.mark_tick(thickness=3, size=13).encode(x=x, y=y, tooltip=tooltip)
    tops = known.mark_tick(thickness=3, size=13).encode(x=alt.X("high:Q"), y=y, tooltip=tooltip)
    none = (
        base.transform_filter("!isValid(datum.low)")
        .mark_text(align="left", opacity=0.6, dx=4)
        .encode(x=alt.datum(0), y=y, text=alt.value("unknown"), tooltip=tooltip)
    )
    said = known.mark_text(align="left", dx=7).encode(x="high:Q", y=y, text="range:N", tooltip=tooltip)
    return alt.layer(band, ends, tops, none, said).properties(height=alt.Step(26))
