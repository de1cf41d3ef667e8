"""Bars of casualties, in the words of Vega-Lite: a name, its range and the bar below them.

What is unknown has words and no bar, never one of length 0. Text of a table stays text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from incidents.telling.charts.axes import Spec

PICK = "pick"
"""Name of the selection that a click makes; it selects on ``n``, the number of the row."""

PADDING = {"left": 2, "right": 2, "top": 4, "bottom": 4}
"""Pixels around a chart; Streamlit would leave more below."""

ROW_HEIGHT = 36
_LETTER = 6.4
"""Pixels that a letter of the words takes, more or less."""


@dataclass(frozen=True)
class Bar:
    """One row of a chart.

    Attributes
    ----------
    label, words
        Above the bar, to the left and to the right.
    low, high
        Ends of the range: filled up to `low`, pale from there to `high`. None has no bar.
    tips
        What is said when the row is pointed at: title and words.
    """

    label: str
    words: str
    low: float | None
    high: float | None
    tips: Sequence[tuple[str, str]]


def draw_bars(
    bars: Sequence[Bar], ink: str, accent: str, most: float | None = None, form: str = ",d"
) -> Spec:
    """A chart of rows; each can be picked.

    Parameters
    ----------
    ink, accent
        Colours of words and of bars on the page's ground.
    most
        End of the axis; without it the largest `high`.
    form
        Format of the numbers on the axis.
    """
    rows = pd.DataFrame(
        {
            "n": range(len(bars)),
            "label": [bar.label for bar in bars],
            "words": [bar.words for bar in bars],
            "low": pd.array([bar.low for bar in bars], dtype="Float64"),
            "high": pd.array([bar.high for bar in bars], dtype="Float64"),
            **{
                f"tip{i}": [bar.tips[i][1] for bar in bars]
                for i in range(len(bars[0].tips) if bars else 0)
            },
        }
    )
    titles = [title for title, _ in bars[0].tips] if bars else []
    tips = [
        {"field": f"tip{i}", "title": title, "type": "nominal"} for i, title in enumerate(titles)
    ]
    known = [bar.high for bar in bars if bar.high is not None]
    end = most if most is not None else max([1, *known])
    x = _number_axis(end, form)
    room = int(_LETTER * max((len(bar.words) for bar in bars), default=0)) + 14
    y = {"field": "n", "type": "ordinal", "axis": None, "scale": {"padding": 0}}
    words: Spec = {"type": "text", "baseline": "middle", "yOffset": -7, "color": ink}
    bar_mark: Spec = {"type": "bar", "height": 8, "yOffset": 8, "color": accent, "stroke": None}
    layers: list[Spec] = [
        {
            "name": "rows",
            "mark": {"type": "rect", "color": ink, "stroke": None, "cursor": "pointer"},
            "encoding": {
                "y": y,
                "x": {"value": 0},
                "x2": {"value": "width"},
                "opacity": {
                    "value": 0,
                    "condition": {"param": "near", "empty": False, "value": 0.07},
                },
                "tooltip": tips,
            },
        },
        _layer(
            {
                **words,
                "align": "left",
                "fontSize": 13,
                "limit": {"expr": f"max(70, width - {room})"},
            },
            {"y": y, "x": {"value": 0}, "text": {"field": "label", "type": "nominal"}},
        ),
        _layer(
            {**words, "align": "right", "fontSize": 12},
            {"y": y, "x": {"value": "width"}, "text": {"field": "words", "type": "nominal"}},
        ),
        _layer(
            bar_mark,
            {"y": y, "x": {**x, "field": "low"}, "x2": {"datum": 0}},
            "isValid(datum.low)",
        ),
        _layer(
            {**bar_mark, "opacity": 0.38},
            {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            "isValid(datum.low) && datum.high > datum.low",
        ),
        # A tick at the end: also a range of 0, or one whose lowest is unknown, has a mark.
        _layer(
            {"type": "tick", "thickness": 2.5, "size": 12, "yOffset": 8, "color": accent},
            {"y": y, "x": {**x, "field": "high"}},
            "isValid(datum.high)",
        ),
    ]
    return {
        "height": {"step": ROW_HEIGHT},
        "padding": PADDING,
        "params": make_picks(),
        "data": {"name": "rows"},
        "layer": layers,
        "datasets": {"rows": rows},
    }


def make_picks() -> list[Spec]:
    """Selections on the layer ``rows``: ``near`` shows what a click would pick.

    Vega-Lite lets the pointer through all layers that have neither selection nor tooltip.
    """
    near = {"type": "point", "fields": ["n"], "on": "pointerover", "clear": "pointerout"}
    return [
        {"name": PICK, "select": {"type": "point", "fields": ["n"]}, "views": ["rows"]},
        {"name": "near", "select": near, "views": ["rows"]},
    ]


def _layer(mark: Spec, encoding: Spec, only: str = "") -> Spec:
    layer: Spec = {"mark": mark, "encoding": encoding}
    if only:
        layer["transform"] = [{"filter": only}]
    return layer


def _number_axis(end: float, form: str) -> Spec:
    return {
        "type": "quantitative",
        "title": None,
        "axis": {
            "format": form,
            "tickCount": 4,
            "tickMinStep": 1 if form == ",d" else 0.01,
            "grid": False,
            "labelFlush": True,
        },
        "scale": {"domain": [0, end], "nice": False},
    }
