"""Incidents over time: counts per step, and those whose days fit into no single step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pandas as pd

from incidents.asking.conditions import MONTH_CODE, find_code, holds, last_day
from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_frame, read_rows, read_table
from incidents.asking.time.steps import (
    CODES,
    MONTHS,
    MOST_BARS,
    choose_step,
    count_steps,
    find_end,
    find_start,
)
from incidents.table.columns import STRIKE
from incidents.table.errors import FilterError

OTHER_TYPES = "other types"
"""Stands for all types that are not named."""

MOST_TYPES = 12
"""Types that an answer of the API tells by name, the most frequent of the table."""

MOST_INTERVALS = 60
"""Different intervals that one timeline holds, those of most incidents; the rest is counted."""


@dataclass(frozen=True)
class Timeline:
    """The incidents over time: each is in one bar, or counts in `vague`.

    Attributes
    ----------
    bars
        ``start`` (first day of the step), ``type``, ``direction``, ``incidents``; only steps that
        have incidents.
    intervals
        ``first``, ``last``, ``incidents``: incidents that lasted longer than one step, or may have
        happened in several. At most `MOST_INTERVALS`, those of most incidents first.
    vague
        Number of incidents that are in no bar, those of intervals beyond the limit included.
    """

    step: str
    bars: pd.DataFrame
    intervals: pd.DataFrame
    vague: int

    @property
    def incidents(self) -> int:
        """Number of all incidents."""
        return int(self.bars["incidents"].sum()) + self.vague


def start_if_fits(incidents: ibis.Table, step: str) -> ibis.expr.types.DateValue:
    """First day of the step that holds all days of an incident; null if none does."""
    start = incidents.date.truncate(CODES[step])
    # Most incidents have no last day: those are never truncated twice.
    fits = incidents.date_end.isnull() | (incidents.date_end.truncate(CODES[step]) == start)
    return ibis.ifelse(fits, start, ibis.null(start.type()))


def read_timeline(store: Store, filters: Filters, step: str, types: Sequence[str]) -> Timeline:
    """The timeline of the incidents of the filters; a question for `Store.ask`."""
    return count_timeline(store.select(filters), step, types, _are_all(store, types))


def _are_all(store: Store, types: Sequence[str]) -> bool:
    """Whether a table has no other types."""
    facets = store.ask(read_facets)
    return "type" not in facets.open and set(facets.values["type"]) <= set(types)


def count_timeline(
    incidents: ibis.Table, step: str, types: Sequence[str], are_all: bool = False
) -> Timeline:
    """Incidents per step, type and direction, and the intervals of those that fit into no step.

    Types other than `types` are told together as `OTHER_TYPES`: a table may have any number. Where
    there are no others (`are_all`), it is faster to say so.
    """
    by = {"type": find_code(incidents, "type"), "direction": find_code(incidents, "direction")}
    if not are_all:
        is_named = incidents.type.isnull() | holds(types, incidents.type)
        by["type"] = is_named.ifelse(incidents.type, OTHER_TYPES)
    if step in MONTHS and MONTH_CODE in incidents.columns:
        counted = _count_by_month(incidents, step, by)
    else:
        counted = _count_by_start(incidents, step, by)
    counted = counted.sort_values(_BY, ignore_index=True)
    is_vague = counted["start"].isna()
    vague = int(counted.loc[is_vague, "incidents"].sum())
    bars = counted[~is_vague].reset_index(drop=True)
    # One more question only where there is something to ask for.
    return Timeline(step, bars, _read_intervals(incidents, step, vague > 0), vague)


_BY = ["start", "type", "direction"]


def _count_by_start(
    incidents: ibis.Table, step: str, by: Mapping[str, ibis.Column]
) -> pd.DataFrame:
    rows = incidents.select(start=start_if_fits(incidents, step), **by)
    return read_frame(rows.group_by(_BY).aggregate(incidents=ibis._.count()))


def _count_by_month(
    incidents: ibis.Table, step: str, by: Mapping[str, ibis.Column]
) -> pd.DataFrame:
    """The same of steps of whole months: of an incident in one month the database counts that."""
    rows = incidents.select(month=incidents.month_code, **by)
    found = read_table(rows.group_by(["month", *by]).aggregate(incidents=ibis._.count()))
    sums: dict[tuple[date, Any, Any], int] = {}
    has_others = False
    for month, kind, direction, number in zip(*found.to_pydict().values(), strict=True):
        if month is None:
            has_others = True
            continue
        key = find_start(date(month // 12, month % 12 + 1, 1), step), kind, direction
        sums[key] = sums.get(key, 0) + number
    counted = pd.DataFrame([(*key, n) for key, n in sums.items()], columns=[*_BY, "incidents"])
    counted = counted.astype({"type": "str", "direction": "str", "incidents": "Int64"})
    if not has_others:
        return counted
    others = incidents.filter(incidents.month_code.isnull())
    both = pd.concat([counted, _count_by_start(others, step, by)])
    return both.groupby(_BY, dropna=False, as_index=False)["incidents"].sum()


def _read_intervals(incidents: ibis.Table, step: str, has_any: bool) -> pd.DataFrame:
    if not has_any:
        return pd.DataFrame({"first": [], "last": [], "incidents": []})
    vague = incidents.filter(start_if_fits(incidents, step).isnull())
    counted = (
        vague.select(first=vague.date, last=last_day(vague))
        .group_by(["first", "last"])
        .aggregate(incidents=ibis._.count())
        .order_by([ibis.desc("incidents"), "first", "last"])
        .limit(MOST_INTERVALS)
    )
    return read_frame(counted)


def count_weeks(incidents: ibis.Table) -> pd.DataFrame:
    """Incidents that fit into one week: ``start`` (Monday), ``below`` (strikes), ``incidents``."""
    below = (incidents.direction == STRIKE).fill_null(False)
    rows = incidents.select(start=start_if_fits(incidents, "week"), below=below)
    rows = rows.filter(rows.start.notnull())
    return read_frame(rows.group_by(["start", "below"]).aggregate(incidents=ibis._.count()))


def read_span(incidents: ibis.Table) -> tuple[date, date] | None:
    """The days on which the first and the last incident begin; None if there is no incident.

    Where a table does not say when it was monitored, nothing is known of days outside. A year
    without a day begins on 1 January: what it may reach to is no day that is known.
    """
    row = read_rows(incidents.aggregate(first=incidents.date.min(), last=incidents.date.max()))[0]
    return None if row["first"] is None else (row["first"], row["last"])


def read_whole_span(store: Store) -> tuple[date, date] | None:
    """`read_span` of all incidents, attacks or not; a question for `Store.ask`."""
    return read_span(store.incidents)


def describe_timeline(
    store: Store, filters: Filters, step: str | None, monitored: tuple[date, date] | None
) -> dict[str, Any]:
    """The answer of ``/api/timeline``, as JSON takes it; without a step, by one that fits.

    Raises
    ------
    FilterError
        The step gives more than `MOST_BARS` bars.
    """
    incidents = store.select(filters)
    span = read_span(incidents)
    chosen = step or choose_step(*(span or (None, None)))
    steps = 0 if span is None else count_steps(*span, chosen)
    if steps > MOST_BARS:
        words = f"by {chosen} there are {steps:,} bars, and at most {MOST_BARS} are told"
        raise FilterError(f'"step": {words}: choose a longer step or fewer dates.')
    types = store.ask(read_facets).values["type"][:MOST_TYPES]
    timeline = count_timeline(incidents, chosen, types, _are_all(store, types))
    bars = timeline.bars.astype(object).where(timeline.bars.notna(), None)
    ends = {start: find_end(start, chosen).isoformat() for start in bars["start"].unique()}
    drawn = int(timeline.intervals["incidents"].sum())
    return {
        "step": chosen,
        "monitored": None if monitored is None else [day.isoformat() for day in monitored],
        "incidents": timeline.incidents,
        "bars": [
            {**row, "start": row["start"].isoformat(), "end": ends[row["start"]]}
            for row in bars.to_dict("records")
        ],
        "intervals": [
            {
                "first": row.first.isoformat(),
                "last": row.last.isoformat(),
                "incidents": int(row.incidents),
            }
            for row in timeline.intervals.itertuples(index=False)
        ],
        "more_intervals": timeline.vague - drawn,
    }
