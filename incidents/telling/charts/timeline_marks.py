"""What a timeline draws, as rows: bars, intervals in lanes, days outside the monitored period.

Days are not moments: told as UTC on an axis of UTC, they are the same days in every browser.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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
    # Row by row: frames take 20 ms of each change of filters for what is a few hundred rows.
    ranks = {each: index for index, each in enumerate(types)}
    told = [counts[name].tolist() for name in ("start", "type", "direction", "incidents")]
    rows = [
        (start, direction == STRIKE, ranks.get(kind, len(ranks)), direction, kind, number)
        for start, kind, direction, number in zip(
            told[0], map(_state, told[1]), map(_state, told[2]), told[3], strict=True
        )
    ]
    rows.sort(key=lambda row: row[:4])
    starts, belows, _, directions, kinds, numbers = zip(*rows, strict=True) if rows else ((),) * 6
    tops = []
    for (_, below), stack in groupby(rows, key=lambda row: row[:2]):
        tops += [-top if below else top for top in accumulate(row[-1] for row in stack)]
    ends = {day: find_end(day, step) for day in dict.fromkeys(starts)}
    words = {day: say_step(day, step) for day in ends}
    shown = [STRIKES if below else kind for below, kind in zip(belows, kinds, strict=True)]
    incidents = np.array(numbers, dtype="int64")
    below, top = np.array(belows, dtype="bool"), np.array(tops, dtype="int64")
    # On its way to the browser each word stands once, not in every bar.
    bars = pd.DataFrame(
        {
            "start": _to_days(starts),
            "type": _to_words(kinds),
            "direction": _to_words(directions),
            "incidents": incidents,
            "end": _to_days([ends[day] for day in starts]),
            "when": _to_words([words[day] for day in starts]),
            "below": below,
            "shown": _to_words(shown),
            "top": top,
            "bottom": np.where(below, top + incidents, top - incidents),
        }
    )
    bars["chosen"] = _is_chosen(bars, dates)
    return bars


def _state(word: object) -> str:
    return word if isinstance(word, str) else NOT_STATED


def _to_days(days: Sequence[date]) -> pd.DatetimeIndex:
    named, codes = _part(days)
    moments = np.array(named, dtype="datetime64[s]")
    return pd.DatetimeIndex(moments[codes]).tz_localize("UTC")


def _to_words(words: Sequence[str]) -> pd.Categorical:
    named, codes = _part(words)
    return pd.Categorical.from_codes(codes, categories=pd.Index(named, dtype="str"))


def _part(values: Sequence[Any]) -> tuple[list[Any], NDArray[np.int64]]:
    """What occurs, each once and in order, and the place in it of each value."""
    named = sorted(set(values))
    places = {value: place for place, value in enumerate(named)}
    return named, np.array([places[value] for value in values], dtype="int64")


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
