"""What a timeline draws, as rows: bars, intervals in lanes, days outside the monitored period."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby
from typing import NamedTuple

import pandas as pd

from incidents.asking.keys import Days
from incidents.asking.time.steps import find_end, find_start, say_step
from incidents.table.columns import STRIKE
from incidents.table.palette import NOT_STATED, STRIKES
from incidents.table.sentences import say_dates


class Bar(NamedTuple):
    """Incidents of one type and direction in one step, from `bottom` to `top`; `end` is not in it.

    Strikes by the coalition stand below 0, where `is_below`.
    """

    start: date
    end: date
    when: str
    type: str
    direction: str
    incidents: int
    is_below: bool
    bottom: int
    top: int
    is_chosen: bool


class Interval(NamedTuple):
    """Incidents that happened some time from `start` to before `end`, in a lane of its own."""

    start: date
    end: date
    when: str
    incidents: int
    lane: int
    is_chosen: bool


class Gap(NamedTuple):
    """Days that were not monitored, from `start` to before `end`."""

    start: date
    end: date
    when: str


def stack_bars(
    counts: pd.DataFrame, step: str, types: Sequence[str], dates: Days | None
) -> list[Bar]:
    """Bars of a timeline, by their start; strikes by the coalition after the others of a step.

    Parameters
    ----------
    counts
        The bars of `incidents.asking.time.timeline.Timeline`.
    types
        Types in the order in which they are stacked, from the line outwards.
    dates
        First and last day chosen; the bars outside are not chosen.
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
    bars = []
    for (start, is_below), stack in groupby(rows, key=lambda row: row[:2]):
        held = list(stack)
        end, when = find_end(start, step), say_step(start, step)
        is_chosen = _touches(start, end, dates)
        tops = accumulate(row[-1] for row in held)
        for (*_, direction, kind, number), top in zip(held, tops, strict=True):
            bottom = top - number
            place = (-bottom, -top) if is_below else (bottom, top)
            bars.append(Bar(start, end, when, kind, direction, number, is_below, *place, is_chosen))
    return bars


def _state(word: object) -> str:
    return word if isinstance(word, str) else NOT_STATED


def list_shown(counts: pd.DataFrame) -> list[str]:
    """The types of the bars that stand above the line, each once, and `STRIKES` if any hang."""
    below = (counts["direction"] == STRIKE).astype("bool")
    types = counts.loc[~below, "type"].fillna(NOT_STATED).unique()
    return [str(each) for each in types] + [STRIKES] * bool(below.any())


def _touches(start: date, end: date, dates: Days | None) -> bool:
    return dates is None or (end > dates[0] and start <= dates[1])


def pack_intervals(
    intervals: pd.DataFrame, lanes: int, dates: Days | None = None
) -> list[Interval]:
    """Intervals in lanes, so that none lies over another; what finds no room is left.

    Those of most incidents choose first.
    """
    taken: list[list[Days]] = [[] for _ in range(lanes)]
    packed = []
    for row in intervals.itertuples(index=False):
        for lane, others in enumerate(taken):
            if all(row.last < first or row.first > last for first, last in others):
                others.append((row.first, row.last))
                end = row.last + timedelta(days=1)
                packed.append(
                    Interval(
                        row.first,
                        end,
                        say_dates(row.first, row.last),
                        int(row.incidents),
                        lane,
                        _touches(row.first, end, dates),
                    )
                )
                break
    return packed


def find_axis(span: Days, step: str) -> Days:
    """First day of the first step of a span, and the day after its last step."""
    return find_start(span[0], step), find_end(find_start(span[1], step), step)


def find_gaps(axis: Days, monitored: Days | None) -> list[Gap]:
    """Parts of an axis that were not monitored.

    None where the table does not say when it was monitored.
    """
    if monitored is None:
        return []
    after = monitored[1] + timedelta(days=1)
    parts = ((axis[0], min(monitored[0], axis[1])), (max(after, axis[0]), axis[1]))
    return [
        Gap(start, end, say_dates(start, end - timedelta(days=1)))
        for start, end in parts
        if start < end
    ]


def say_most(bars: Iterable[Bar]) -> str:
    """The step of most incidents in words."""
    sums: dict[str, int] = {}
    for bar in bars:
        sums[bar.when] = sums.get(bar.when, 0) + bar.incidents
    if not sums:
        return "No incidents"
    when = max(sums, key=lambda each: sums[each])
    return f"Most: {sums[when]:,} ({when})"


def say_incidents(number: int) -> str:
    """Such as 1 incident, 1,200 incidents."""
    return f"{number:,} incident{'s' * (number != 1)}"
