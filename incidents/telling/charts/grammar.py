"""The grammar of the charts, in the words of Vega-Lite: layers, tooltips, clicks and axes.

Each chart is layers over named datasets. Days are told as UTC, the same in every browser.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from incidents.asking.keys import Days
from incidents.table.palette import STRIKES
from incidents.telling.charts.axes import choose_unit

Spec = dict[str, Any]
"""Part of a Vega-Lite specification."""

Choice = tuple[str, Any] | None
"""What a click on a mark asks for: a filter's key and its value; None where no filter can ask."""

PICK = "pick"
"""Name of the selection that a click makes; it selects on ``n``, the number of the row."""

PADDING = {"left": 2, "right": 2, "top": 4, "bottom": 4}
"""Pixels around a chart; Streamlit would leave more below."""

PALE = 0.38
"""Opacity between the lowest and the highest claims."""


def join_layers(layers: list[Spec], datasets: Mapping[str, pd.DataFrame], **own: Any) -> Spec:
    """A chart: its layers, the datasets that they name, and what is its own (height, clicks…).

    It is told as a whole to who cannot see it (``alt`` of Streamlit): a description of each mark
    would say no more than its coordinates, and take three times as long as to draw them.
    """
    used = {each["data"]["name"] for each in layers if "data" in each}
    rows = {name: frame for name, frame in datasets.items() if name in used}
    return {**own, "layer": layers, "datasets": rows, "config": {"mark": {"aria": False}}}


def draw_layer(data: str, mark: Spec, *, name: str = "", only: str = "", **encoding: Any) -> Spec:
    """A mark for each row of a dataset, or for those that pass a test.

    Without a test such as ``isValid(datum.low)``, Vega-Lite draws what is missing as 0.
    """
    layer: Spec = {"data": {"name": data}, "mark": mark, "encoding": encoding}
    if name:
        layer["name"] = name
    if only:
        layer["transform"] = [{"filter": only}]
    return layer


def draw_once(mark: Spec, **encoding: Any) -> Spec:
    """A mark that stands for no row, such as the line of 0."""
    return {"mark": mark, "encoding": encoding}


def draw_picked(ink: str, strength: float, tips: Sequence[Spec], **place: Any) -> Spec:
    """The layer ``rows``: all the room of each row, to be pointed at and clicked, then shaded.

    Vega-Lite lets the pointer through all layers that have neither selection nor tooltip.
    """
    near = {"value": 0, "condition": {"param": "near", "empty": False, "value": strength}}
    mark: Spec = {"type": "rect", "color": ink, "stroke": None, "cursor": "pointer"}
    return draw_layer("rows", mark, name="rows", **place, opacity=near, tooltip=tips)


def colour_sides(field: str, colours: Mapping[str, str], ink: str, **legend: Any) -> Spec:
    """Encodings of bars by the values of a field; those of `STRIKES` are pale, with an outline.

    The legend stands on top and says that they hang below the line. `ink` is hexadecimal.
    """
    named = {**colours, STRIKES: _fade(ink)} if STRIKES in colours else colours
    words = f"datum.label == '{STRIKES}' ? datum.label + ', below the line' : datum.label"
    return {
        "color": {
            "field": field,
            "type": "nominal",
            "scale": {"domain": list(named), "range": list(named.values())},
            "legend": {
                "orient": "top",
                "offset": 6,
                "title": None,
                "labelExpr": words,
                "labelLimit": 260,
            }
            | legend,
        },
        "stroke": {
            "value": None,
            "condition": {"test": f"datum.{field} == '{STRIKES}'", "value": ink},
        },
    }


def _fade(color: str) -> str:
    """A colour through which the ground is seen, in a legend, too: its samples know no opacity."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {PALE})"


def make_picks() -> list[Spec]:
    """Selections on the layer ``rows``: ``near`` shows what a click would pick."""
    near = {"type": "point", "fields": ["n"], "on": "pointerover", "clear": "pointerout"}
    return [
        {"name": PICK, "select": {"type": "point", "fields": ["n"]}, "views": ["rows"]},
        {"name": "near", "select": near, "views": ["rows"]},
    ]


def tell(field: str, title: str, form: str = "") -> Spec:
    """A line of a tooltip: a text, or a number in a form."""
    if form:
        return {"field": field, "title": title, "type": "quantitative", "format": form}
    return {"field": field, "title": title, "type": "nominal"}


def say_field(field: str) -> Spec:
    """The words of a field, as they stand in it."""
    return {"field": field, "type": "nominal"}


def on_days(field: str) -> Spec:
    """A field on the axis of another layer, which alone says how far the axis reaches."""
    return {"field": field, "type": "temporal", "title": None, "scale": {"type": "utc"}}


def number_axis(end: float, **scale: Any) -> Spec:
    """The axis of whole numbers from 0 to an end, and what else its scale has."""
    return {
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",d", "tickCount": 4, "tickMinStep": 1},
        "scale": {"domain": [0, end], "nice": False, **scale},
    }


def share_axis() -> Spec:
    """The axis of shares in words: of a few, per cent would be more exact than what is known."""
    words = "datum.value == 0 ? 'none' : datum.value == 1 ? 'all' : 'half'"
    axis = {"values": [0, 0.5, 1], "labelExpr": words}
    return {**number_axis(1), "axis": axis}


def time_axis(step: str, axis: Days) -> Spec:
    """The axis of days, from the first to before the second; the field is ``start``."""
    form, count = choose_ticks((axis[1] - axis[0]).days, step)
    domain = [{"year": day.year, "month": day.month, "date": day.day, "utc": True} for day in axis]
    return {
        "field": "start",
        "type": "temporal",
        "title": None,
        "axis": {
            "format": form,
            "grid": False,
            "labelOverlap": True,
            "labelFlush": True,
            "tickCount": count,
        },
        "scale": {"type": "utc", "domain": domain, "nice": False},
    }


def choose_ticks(days: int, step: str) -> tuple[str, Any]:
    """Format and number of the labels of an axis of so many days."""
    return _TICKS[choose_unit(days, step)]


_TICKS: dict[str, tuple[str, Any]] = {
    "year": ("%Y", "year"),
    "quarter": ("Q%q %Y", {"interval": "month", "step": 3}),
    "month": ("%b %Y", "month"),
    "week": ("%-d %b %Y", "week"),
    "day": ("%-d %b %Y", "day"),
}


def count_axis(least: tuple[int, int]) -> Spec:
    """The axis of counts, of the field ``top``; what hangs below 0 is counted downwards.

    It reaches as far as the rows do, so that other rows need no other axis, and holds `least`, the
    lowest and the highest number, in any case.
    """
    return {
        "field": "top",
        "type": "quantitative",
        "title": None,
        # Strikes are counted downwards from the line: the axis has no negative numbers.
        "axis": {
            "tickCount": 3,
            "tickMinStep": 1,
            "domain": False,
            "labelExpr": "format(abs(datum.value), ',d')",
        },
        "scale": {"domain": {"unionWith": list(least)}, "nice": False},
    }
