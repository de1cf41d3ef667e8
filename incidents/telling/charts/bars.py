"""Bars of casualties: a name, its range and the bar below them.

What is unknown has words and no bar, never one of length 0. Text of a table stays text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from incidents.telling.charts.grammar import (
    PADDING,
    PALE,
    Choice,
    Spec,
    draw_layer,
    draw_picked,
    join_layers,
    make_picks,
    number_axis,
    say_field,
    share_axis,
    tell,
)

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
    choice
        What a click on the row asks for.
    """

    label: str
    words: str
    low: float | None
    high: float | None
    tips: Sequence[tuple[str, str]]
    choice: Choice = None


def draw_bars(bars: Sequence[Bar], ink: str, accent: str, are_shares: bool = False) -> Spec:
    """A chart of rows; each can be picked.

    Parameters
    ----------
    ink, accent
        Colours of words and of bars on the page's ground.
    are_shares
        Whether the numbers are shares from 0 to 1, rather than counts.
    """
    known = [bar.high for bar in bars if bar.high is not None]
    x = share_axis() if are_shares else number_axis(max([1, *known]))
    x["axis"] |= {"grid": False, "labelFlush": True}
    y = {"field": "n", "type": "ordinal", "axis": None, "scale": {"padding": 0}}
    titles = [title for title, _ in bars[0].tips] if bars else []
    tips = [tell(f"tip{i}", title) for i, title in enumerate(titles)]
    layers = [
        draw_picked(ink, 0.07, tips, y=y, x={"value": 0}, x2={"value": "width"}),
        *_draw_words(bars, y, ink),
        *_draw_ranges(x, y, accent),
    ]
    return join_layers(
        layers,
        {"rows": _to_frame(bars)},
        height={"step": ROW_HEIGHT},
        padding=PADDING,
        params=make_picks(),
    )


def _to_frame(bars: Sequence[Bar]) -> pd.DataFrame:
    return pd.DataFrame(
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


def _draw_words(bars: Sequence[Bar], y: Spec, ink: str) -> list[Spec]:
    """Name and range; a long name ends where the range begins."""
    room = int(_LETTER * max((len(bar.words) for bar in bars), default=0)) + 14
    text: Spec = {"type": "text", "baseline": "middle", "yOffset": -7, "color": ink}
    name = {**text, "align": "left", "fontSize": 13, "limit": {"expr": f"max(70, width - {room})"}}
    words = {**text, "align": "right", "fontSize": 12}
    return [
        draw_layer("rows", name, y=y, x={"value": 0}, text=say_field("label")),
        draw_layer("rows", words, y=y, x={"value": "width"}, text=say_field("words")),
    ]


def _draw_ranges(x: Spec, y: Spec, accent: str) -> list[Spec]:
    bar: Spec = {"type": "bar", "height": 8, "yOffset": 8, "color": accent, "stroke": None}
    tick = {"type": "tick", "thickness": 2.5, "size": 12, "yOffset": 8, "color": accent}
    low, high = {**x, "field": "low"}, {**x, "field": "high"}
    return [
        draw_layer("rows", bar, only="isValid(datum.low)", y=y, x=low, x2={"datum": 0}),
        draw_layer(
            "rows",
            {**bar, "opacity": PALE},
            only="isValid(datum.low) && datum.high > datum.low",
            y=y,
            x=low,
            x2={"field": "high"},
        ),
        # A tick at the end: also a range of 0, or one whose lowest is unknown, has a mark.
        draw_layer("rows", tick, only="isValid(datum.high)", y=y, x=high),
    ]
