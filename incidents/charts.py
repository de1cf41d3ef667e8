"""Charts, as Altair draws them. Colours and fonts are the page's; text from a table stays text."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from incidents.figures import Total
from incidents.palette import NOT_STATED


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
