"""The axes of charts over time, in the words of Vega-Lite."""

from collections.abc import Sequence
from typing import Any

from incidents.telling.charts.timeline_marks import Days

Spec = dict[str, Any]
"""Part of a Vega-Lite specification."""


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
    if step == "year" or days > 2000:
        return "%Y", "year"
    if step == "quarter":
        return "Q%q %Y", {"interval": "month", "step": 3}
    if days <= 62:
        return "%-d %b %Y", "day" if days <= 14 else "week"
    return ("%b %Y", "month") if days <= 800 else ("%Y", "year")


def count_axis(tops: Sequence[float], strip: int = 0) -> Spec:
    """The axis of counts, of the field ``top``; what hangs below 0 is counted downwards.

    Parameters
    ----------
    tops
        The ends of all bars.
    strip
        Pixels above the axis that something else takes.
    """
    low, high = min([0, *tops]), max([1, *tops])
    step = _round_step((high - low) / 4)
    ticks = list(range(int(-(-low // step)) * step, int(high) + 1, step))
    return {
        "field": "top",
        "type": "quantitative",
        "title": None,
        # Strikes are counted downwards from the line: the axis has no negative numbers.
        "axis": {"values": ticks, "domain": False, "labelExpr": "format(abs(datum.value), ',d')"},
        "scale": {"domain": [low, high], "nice": False, "range": [{"expr": "height"}, strip]},
    }


def _round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50… that is not below `least`."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= least:
                return digit * power
        power *= 10
