"""Attacks above the axis and strikes below, joined where one answers the other."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from incidents.asking.escalation.answer import Escalation
from incidents.asking.escalation.answers import Reply
from incidents.asking.keys import Days
from incidents.asking.time.steps import find_end, say_step
from incidents.table.columns import STRIKE
from incidents.table.palette import STRIKES
from incidents.table.sentences import label_incident
from incidents.telling.charts.grammar import (
    PADDING,
    Spec,
    colour_sides,
    count_axis,
    draw_layer,
    draw_once,
    join_layers,
    make_picks,
    on_days,
    tell,
    time_axis,
)
from incidents.telling.words.escalation import say_answer

HEIGHT = 220
"""Height of the chart with its axis, in pixels."""

ATTACKS = "attacks on the coalition"
_NOON = timedelta(hours=12)


def draw_escalation(told: Escalation, axis: Days, ink: str, accent: str) -> Spec:
    """Bars of each step on both sides, and a line for each answer of known days.

    A line leads from what is answered to the answer, whose end is an arrow. The ends lie on their
    days, on the side of their direction; an incident of no direction lies on the axis.

    Parameters
    ----------
    axis
        First day of the axis and the day after its last. What lies outside is not drawn.
    ink, accent
        Colours of lines and strikes, and of attacks, on the page's ground.
    """
    bars = _make_bars(told, axis)
    answers = [each for each in told.answers if each.days is not None]
    lines = _make_lines(told, answers, axis)
    hung: Spec = {"type": "bar", "strokeWidth": 1, "x2Offset": -1, "clip": True}
    layers = [
        draw_layer(
            "bars",
            hung,
            x=time_axis(told.step, axis),
            x2={"field": "end"},
            y=count_axis((-1, 1)),
            y2={"datum": 0},
            **colour_sides(
                "side",
                {ATTACKS: accent, STRIKES: ink},
                ink,
                columns={"expr": "width < 480 ? 1 : 2"},
            ),
            tooltip=[tell("when", "When"), tell("side", "Side"), tell("number", "Incidents")],
        ),
        draw_once({"type": "rule", "opacity": 0.6}, y={"datum": 0}),
    ]
    if len(lines):
        layers += _draw_lines(ink)
    return join_layers(
        layers,
        {"bars": bars, "rows": lines},
        height=HEIGHT,
        padding=PADDING,
        params=make_picks() if len(lines) else [],
    )


def _draw_lines(ink: str) -> list[Spec]:
    """From what is answered to the answer; a click on the answer's end can be taken."""
    line: Spec = {"type": "rule", "color": ink, "strokeWidth": 1.5, "clip": True}
    dot: Spec = {"type": "point", "size": 90, "filled": True, "opacity": 1, "color": ink,
                 "cursor": "pointer", "clip": True}  # fmt: skip
    tips = [tell("answer", "Answer"), tell("answered", "To"), tell("said", "Days between")]
    start: Spec = {"x": on_days("answered_at"), "y": {"field": "from", "type": "quantitative"}}
    end: Spec = {"x": on_days("answer_at"), "y": {"field": "to", "type": "quantitative"}}
    to: Spec = {"x2": {"field": "answer_at"}, "y2": {"field": "to"}}
    return [
        draw_layer("rows", line, **start, **to),
        draw_layer("rows", {**dot, "shape": "circle"}, **start, tooltip=tips),
        draw_layer("rows", {**dot, "shape": "square"}, name="rows", **end, tooltip=tips),
    ]


def _make_bars(told: Escalation, axis: Days) -> pd.DataFrame:
    rows = [
        {
            "start": side.start,
            "end": find_end(side.start, told.step),
            "when": say_step(side.start, told.step),
            "side": name,
            "number": f"{number:,}",
            "top": number * sign,
        }
        for side in told.sides
        if axis[0] <= side.start < axis[1]
        for name, number, sign in ((ATTACKS, side.attacks, 1), (STRIKES, side.strikes, -1))
        if number
    ]
    names = ("start", "end", "when", "side", "number", "top")
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(
        **{name: pd.to_datetime(frame[name], utc=True) for name in ("start", "end")}
    )


def _make_lines(told: Escalation, answers: Sequence[Reply], axis: Days) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for n, each in enumerate(answers):
        answer, answered = (told.incidents[name] for name in (each.incident, each.answers))
        rows.append(
            {
                "n": n,
                "answered_at": each.answered_day,
                "answer_at": each.day,
                "from": _find_height(answered),
                "to": _find_height(answer),
                "answer": label_incident(answer),
                "answered": label_incident(answered),
                "said": say_answer(each),
            }
        )
    names = ("n", "answered_at", "answer_at", "from", "to", "answer", "answered", "said")
    frame = pd.DataFrame(rows, columns=names)
    for name in ("answered_at", "answer_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True) + _NOON
    return frame


def _find_height(incident: Mapping[str, Any]) -> float:
    """Within the first incident of its side."""
    if incident["direction"] is None or incident["direction"] == "other":
        return 0
    return -0.5 if incident["direction"] == STRIKE else 0.5
