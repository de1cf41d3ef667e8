"""What a timeline draws, as rows: bars, intervals in lanes, days outside the monitored period.

Days are not moments: told as UTC on an axis of UTC, they are the same days in every browser.
"""

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd

from incidents.asking.keys import Days
from incidents.asking.time.steps import find_end, find_start, say_step
from incidents.table.columns import STRIKE
from incidents.table.palette import NOT_STATED, STRIKES
from incidents.table.sentences import say_dates


def stack_bars(
    counts: pd.DataFrame, step: str, types: Sequence[str], dates: Days | None
) -> pd.DataFrame:
    """Bars of a timeline: each from ``bottom`` to ``top``, strikes by the coalition below 0.

    ``shown`` is the type, and `STRIKES` of those ``below``.

    Parameters
    ----------
    counts
        The bars of `incidents.asking.time.timeline.Timeline`.
    types
        Types in the order in which they are stacked, from the line outwards.
    dates
        First and last day chosen; the bars outside are not ``chosen``.
    """
    bars = counts.copy()
    starts = list(bars["start"].unique())
    bars["end"] = _to_utc(bars["start"].map({day: find_end(day, step) for day in starts}))
    bars["when"] = bars["start"].map({day: say_step(day, step) for day in starts}).astype("str")
    bars["start"] = _to_utc(bars["start"])
    bars["type"] = bars["type"].fillna(NOT_STATED)
    bars["direction"] = bars["direction"].fillna(NOT_STATED)
    bars["incidents"] = bars["incidents"].astype("int64")
    bars["below"] = bars["direction"] == STRIKE
    bars["shown"] = bars["type"].where(~bars["below"].astype("bool"), STRIKES)
    order = {each: index for index, each in enumerate(types)}
    bars["rank"] = bars["type"].map(order).fillna(len(order))
    bars = bars.sort_values(["start", "below", "rank", "direction"], ignore_index=True)
    bars["top"] = bars.groupby(["start", "below"])["incidents"].cumsum()
    bars["bottom"] = bars["top"] - bars["incidents"]
    sign = 1 - 2 * bars["below"].astype("int64")
    bars["top"], bars["bottom"] = bars["top"] * sign, bars["bottom"] * sign
    bars["chosen"] = _is_chosen(bars, dates)
    # On its way to the browser each word then stands once, not in every bar.
    words = dict.fromkeys(("when", "type", "direction", "shown"), "category")
    return bars.drop(columns=["rank"]).astype(words)


def list_shown(counts: pd.DataFrame) -> list[str]:
    """What `stack_bars` makes ``shown`` of such counts, each once."""
    below = (counts["direction"] == STRIKE).astype("bool")
    types = counts.loc[~below, "type"].fillna(NOT_STATED).unique()
    return [str(each) for each in types] + [STRIKES] * bool(below.any())


def _to_utc(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days, utc=True)


def _is_chosen(marks: pd.DataFrame, dates: Days | None) -> pd.Series:
    """Whether marks from ``start`` to before ``end`` touch the dates."""
    if dates is None:
        return pd.Series(True, index=marks.index)
    first, last = (pd.Timestamp(day, tz="UTC") for day in dates)
    return (marks["end"] > first) & (marks["start"] <= last)


def pack_intervals(
    intervals: pd.DataFrame, lanes: int, axis: Days, dates: Days | None = None
) -> pd.DataFrame:
    """Intervals with a ``lane`` each, so that none lies over another; what finds no room is left.

    Those of most incidents choose first. ``start``, ``end`` (the day after the last), ``when``,
    ``incidents``, ``lane``, ``share`` of the axis, ``chosen``.
    """
    taken: list[list[Days]] = [[] for _ in range(lanes)]
    rows = []
    for row in intervals.itertuples(index=False):
        for lane, others in enumerate(taken):
            if all(row.last < first or row.first > last for first, last in others):
                others.append((row.first, row.last))
                end = row.last + timedelta(days=1)
                when = say_dates(row.first, row.last)
                share = (end - row.first) / (axis[1] - axis[0])
                rows.append((row.first, end, when, int(row.incidents), lane, share))
                break
    names = ["start", "end", "when", "incidents", "lane", "share"]
    packed = pd.DataFrame(rows, columns=names)
    packed["start"], packed["end"] = _to_utc(packed["start"]), _to_utc(packed["end"])
    packed["chosen"] = _is_chosen(packed, dates)
    return packed


def find_axis(span: Days, step: str) -> Days:
    """First day of the first step of a span, and the day after its last step."""
    return find_start(span[0], step), find_end(find_start(span[1], step), step)


def find_gaps(axis: Days, monitored: Days | None) -> pd.DataFrame:
    """Parts of an axis that were not monitored: ``start``, ``end``, ``when`` and ``share`` of it.

    None where the table does not say when it was monitored.
    """
    rows = []
    if monitored is not None:
        after = monitored[1] + timedelta(days=1)
        for start, end in ((axis[0], min(monitored[0], axis[1])), (max(after, axis[0]), axis[1])):
            if start < end:
                share = (end - start) / (axis[1] - axis[0])
                rows.append((start, end, say_dates(start, end - timedelta(days=1)), share))
    gaps = pd.DataFrame(rows, columns=["start", "end", "when", "share"])
    gaps["start"], gaps["end"] = _to_utc(gaps["start"]), _to_utc(gaps["end"])
    return gaps
