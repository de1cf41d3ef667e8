"""Casualties over time as bands from the lowest to the highest claims.

A band of its own for each step: nothing is drawn between them, where nothing is known. What is
unknown has no band, but its number of incidents in a lane below the axis.
"""

from collections.abc import Sequence

import pandas as pd

from incidents.asking.casualties.rows import Row
from incidents.asking.keys import Days
from incidents.telling.charts.grammar import (
    PADDING,
    PALE,
    Spec,
    draw_layer,
    draw_once,
    draw_picked,
    join_layers,
    make_picks,
    number_axis,
    on_days,
    say_field,
    tell,
    time_axis,
)
from incidents.telling.words.casualties import (
    label_step,
    say_no_number,
    say_publishers,
    say_sum,
)

HEIGHT, LANE = 210, 20
"""Height of a chart with its axis, and of the lane of unknowns within it, in pixels."""

# Streamlit fits axis and words into the height: what is left is known to the browser only.
FLOOR = f"height - {LANE}"


def draw_band(rows: Sequence[Row], step: str, axis: Days, ink: str, accent: str) -> Spec:
    """The range of each step.

    Parameters
    ----------
    rows
        As `incidents.asking.casualties.over_time.read_steps` answers, without the row of no step.
    axis
        First day of the axis and the day after its last.
    """
    frame = _to_frame(rows, step, "")
    x, y = _place(axis, step, frame)
    band: Spec = {"x": x, "x2": {"field": "end"}}
    edge: Spec = {"type": "rule", "color": accent, "strokeWidth": 2.5, "x2Offset": -1}
    area: Spec = {"type": "rect", "color": accent, "opacity": PALE, "stroke": None, "x2Offset": -1}
    more: Spec = {"type": "text", "text": "+", "color": accent, "dy": -6, "fontWeight": "bold"}
    low, high = {**y, "field": "low"}, {**y, "field": "high"}
    layers = [
        _pick_step(x, "Range", ink),
        _draw_floor(ink),
        draw_layer("rows", area, only="isValid(datum.low)", **band, y=high, y2={"field": "low"}),
        draw_layer("rows", edge, only="isValid(datum.low)", **band, y=low),
        draw_layer("rows", edge, only="isValid(datum.high)", **band, y=high),
        draw_layer(
            "rows", more, only="datum.open && isValid(datum.high)", x=on_days("middle"), y=high
        ),
        *_draw_lane(x, ink),
    ]
    return _join(layers, rows=frame)


def draw_running(rows: Sequence[Row], step: str, axis: Days, ink: str, accent: str) -> Spec:
    """The range of all until the end of each step; parameters as of `draw_band`."""
    frame = _to_frame(rows, step, "until_")
    # A sum holds until the next incident that changes it.
    frame["end"] = frame["start"].shift(-1).fillna(pd.Timestamp(axis[1], tz="UTC"))
    line = frame
    if len(frame):
        line = pd.concat([line, frame.tail(1).assign(start=frame["end"].iloc[-1])])
    x, y = _place(axis, step, frame)
    # A number that stays the same is written once.
    frame["number"] = frame["number"].where(frame["unknown"].diff() != 0, "")
    area: Spec = {"type": "area", "opacity": PALE, "line": False}
    edge: Spec = {"type": "line", "strokeWidth": 2}
    for mark in (area, edge):
        mark |= {"interpolate": "step-after", "color": accent}
    low, high = {**y, "field": "low"}, {**y, "field": "high"}
    known = "isValid(datum.low) && isValid(datum.high)"
    layers = [
        _pick_step(x, "By then", ink),
        _draw_floor(ink),
        draw_layer("line", area, only=known, x=x, y=high, y2={"field": "low"}),
        draw_layer("line", edge, only="isValid(datum.low)", x=x, y=low),
        draw_layer("line", edge, only="isValid(datum.high)", x=x, y=high),
        *_draw_lane(x, ink, gap=0),
    ]
    return _join(layers, rows=frame, line=line)


def _to_frame(rows: Sequence[Row], step: str, prefix: str) -> pd.DataFrame:
    """Rows as they are drawn; days are told as UTC, the same in every browser."""
    start = pd.to_datetime([row["start"] for row in rows], utc=True)
    end = pd.to_datetime([row["end"] for row in rows], utc=True)
    return pd.DataFrame(
        {
            "n": range(len(rows)),
            "start": start,
            "end": end,
            "middle": start + (end - start) / 2,
            "when": [label_step(row, step) for row in rows],
            "low": pd.array([row[f"{prefix}low"] for row in rows], dtype="Int64"),
            "high": pd.array([row[f"{prefix}high"] for row in rows], dtype="Int64"),
            "open": [row[f"{prefix}open"] for row in rows],
            "range": [say_sum(row, prefix) if _has_any(row, prefix) else "–" for row in rows],
            "unknown": [row[f"{prefix}unknown"] for row in rows],
            "no_number": [say_no_number(row, prefix) for row in rows],
            "incidents": [row["incidents"] for row in rows],
            "publishers": [say_publishers(row) if row["incidents"] else "–" for row in rows],
        }
    )


def _has_any(row: Row, prefix: str) -> bool:
    """Whether there is an incident of which something could be known."""
    return bool(prefix) or row["incidents"] > 0


def _place(axis: Days, step: str, frame: pd.DataFrame) -> tuple[Spec, Spec]:
    """The two axes; the lane of unknowns lies below that of time."""
    frame["share"] = (frame["end"] - frame["start"]) / (
        pd.Timestamp(axis[1]) - pd.Timestamp(axis[0])
    )
    frame["number"] = [f"{number:,}" if number else "" for number in frame["unknown"]]
    known = frame["high"].dropna()
    most = max(1, int(known.max())) if len(known) else 1
    y = number_axis(most * 1.08, range=[{"expr": FLOOR}, 6])
    y["axis"]["domain"] = False
    return time_axis(step, axis), y


def _pick_step(x: Spec, title: str, ink: str) -> Spec:
    """The whole height of each step, to be pointed at and clicked."""
    tips = [
        tell("when", "When"),
        tell("range", title),
        tell("no_number", "No number"),
        tell("publishers", "Sources"),
    ]
    height = {"y": {"value": 0}, "y2": {"value": {"expr": "height"}}}
    return draw_picked(ink, 0.09, tips, x=x, x2={"field": "end"}, **height)


def _draw_floor(ink: str) -> Spec:
    """The line of 0."""
    line = {"type": "rule", "color": ink, "opacity": 0.3, "strokeWidth": 1}
    return draw_once(line, y={"value": {"expr": FLOOR}})


def _draw_lane(x: Spec, ink: str, gap: int = 1) -> list[Spec]:
    """Below the axis, for each step: of how many incidents nobody gives a number."""
    lane: Spec = {"type": "rect", "color": ink, "opacity": 0.16, "stroke": None, "x2Offset": -gap}
    number: Spec = {"type": "text", "color": ink, "fontSize": 10, "baseline": "middle"}
    sign = {**number, "text": "?", "align": "right", "fontSize": 11}
    middle = {"value": {"expr": f"{FLOOR} + {LANE / 2 + 1}"}}
    return [
        draw_layer(
            "rows",
            lane,
            only="datum.unknown > 0",
            x=x,
            x2={"field": "end"},
            y={"value": {"expr": f"{FLOOR} + 4"}},
            y2={"value": {"expr": "height - 2"}},
        ),
        draw_layer(
            "rows",
            number,
            only="datum.number != '' && datum.share * width > 5 + 6 * length(datum.number)",
            x=on_days("middle"),
            text=say_field("number"),
            y=middle,
        ),
        draw_once(sign, x={"value": -7}, y=middle),
    ]


def _join(layers: list[Spec], **datasets: pd.DataFrame) -> Spec:
    return join_layers(layers, datasets, height=HEIGHT, padding=PADDING, params=make_picks())
