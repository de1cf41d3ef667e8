"""Casualties per step of time, and all until then: an operation counts once in each."""

from collections.abc import Iterable, Sequence
from datetime import date

import ibis

from incidents.asking.casualties.rows import (
    ONE,
    Row,
    count_stated,
    count_voices,
    make_row,
    select_known,
    select_ranges,
)
from incidents.asking.conditions import find_top, last_day
from incidents.asking.figures import Total, sum_ranges
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows
from incidents.asking.time.steps import CODES, MOST_BARS, choose_step, count_steps, find_end
from incidents.asking.time.timeline import read_span, start_if_fits
from incidents.table.columns import range_name
from incidents.table.errors import FilterError

UNTIL = ("until_low", "until_high", "until_open", "until_unknown")
"""Sums over all incidents that ended by the end of a step."""

NONE = Total(None, None, 0, False)


def read_steps(
    store: Store, filters: Filters, harm: str, step: str | None
) -> tuple[str, Sequence[Row]]:
    """Sums per step, and the step.

    Returns
    -------
    tuple
        The step, and rows with ``start``, ``end`` (the day after), the sums and `UNTIL`. An
        incident is in the row of the step that holds all its days; those that fit into no step
        are together in a last row without days. Until the end of a step, an incident counts if
        its last day lies before, so that the last row's `UNTIL` are the totals.

    Raises
    ------
    FilterError
        There would be more than `MOST_BARS` steps.
    """
    prefix = range_name(filters.who, harm)
    incidents = select_known(store, filters, prefix)
    span = read_span(incidents)
    step = step or choose_step(*(span or (None, None)))
    if span is not None and count_steps(*span, step) > MOST_BARS:
        raise FilterError(
            f'"step": by {step} there are {count_steps(*span, step):,} rows, and at most'
            f" {MOST_BARS} are told: choose a longer step or fewer dates."
        )
    has_operations = store.extent.has_operations
    voices, start = count_voices(store, [prefix]), start_if_fits(incidents, step)
    both = select_ranges(incidents, [prefix], voices, start=start)
    found = sum_ranges(
        both,
        [prefix, f"{ONE}{prefix}"],
        ["start"],
        count_stated(both),
        has_operations,
    )
    bars = {
        row["start"]: make_row(row, totals[prefix], totals[f"{ONE}{prefix}"])
        for row, totals in found
    }
    loose = bars.pop(None, None)
    if has_operations or loose is not None:
        parts = _read_parts(incidents, prefix, step, has_operations)
    else:
        parts = [(row["start"], totals[prefix]) for row, totals in found]
    rows = [
        {"start": start, "end": find_end(start, step), **bars.get(start, _nothing()), **until}
        for start, until in accumulate(parts)
    ]
    if loose is not None:
        rows.append({"start": None, "end": None, **loose, **dict.fromkeys(UNTIL)})
    return step, rows


def _nothing() -> Row:
    """The row of a step into which no incident fits, but in which one ends."""
    return make_row({"incidents": 0, "stated": 0}, NONE, NONE)


def accumulate(parts: Iterable[tuple[date, Total]]) -> Sequence[tuple[date, Row]]:
    """Running sums of parts by their step, in its order; unknown until the first number."""
    low: int | None = None
    high: int | None = None
    unknown, is_open = 0, False
    sums: dict[date, Row] = {}
    for start, part in sorted(parts, key=lambda each: each[0]):
        low = part.low if low is None else low + (part.low or 0)
        high = part.high if high is None else high + (part.high or 0)
        unknown, is_open = unknown + part.unknown, is_open or part.is_open
        sums[start] = dict(zip(UNTIL, (low, high, is_open, unknown), strict=True))
    return list(sums.items())


def _read_parts(
    incidents: ibis.Table, prefix: str, step: str, has_operations: bool
) -> list[tuple[date, Total]]:
    """What each step adds to the running sums."""
    chosen = select_ranges(incidents, [prefix], start=last_day(incidents).truncate(CODES[step]))
    single = chosen.filter(chosen.operation.isnull()) if has_operations else chosen
    sums = sum_ranges(single, [prefix], ["start"], has_operations=False)
    parts = [(row["start"], totals[prefix]) for row, totals in sums]
    if has_operations:
        parts += _read_operations(chosen, prefix)
    return parts


def _read_operations(incidents: ibis.Table, prefix: str) -> list[tuple[date, Total]]:
    """What each step adds to operations: a later part counts only with what it has more."""
    low, high = incidents[f"{prefix}_min"], incidents[f"{prefix}_max"]
    top = find_top(incidents, prefix)
    parts = incidents.filter(incidents.operation.notnull()).aggregate(
        by=["operation", "start"],
        low=low.max(),
        high=top.max(),
        unknown=top.isnull().sum(),
        open=(low.notnull() & high.isnull()).sum(),
    )
    before = ibis.window(
        group_by="operation", order_by="start", preceding=(None, 1), following=None
    )
    gains = parts.mutate(
        low_gain=_gain(parts.low, parts.low.max().over(before)),
        high_gain=_gain(parts.high, parts.high.max().over(before)),
    )
    rows = gains.group_by("start").aggregate(
        low=gains.low_gain.sum(),
        high=gains.high_gain.sum(),
        unknown=gains.unknown.sum(),
        open=gains.open.sum(),
    )
    return [
        (row["start"], Total(row["low"], row["high"], row["unknown"], row["open"] > 0))
        for row in read_rows(rows)
    ]


def _gain(part: ibis.Column, before: ibis.Column) -> ibis.Column:
    """What a part has more than the largest before it; of the first that is known, all."""
    more = ibis.greatest(ibis.coalesce(part, before) - before, 0)
    return before.isnull().ifelse(part, more)
