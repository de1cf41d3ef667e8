"""Casualties by anything: the one answer that the page, the API and the CSV tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from incidents.asking.casualties import parties
from incidents.asking.casualties.over_time import UNTIL, read_steps
from incidents.asking.casualties.rows import (
    ONE,
    SUMS,
    Row,
    count_stated,
    count_voices,
    make_row,
    select_known,
    select_ranges,
)
from incidents.asking.casualties.values import name_values, rank
from incidents.asking.figures import sum_ranges
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows
from incidents.table.columns import GROUPS, range_name

TOLD = (*parties.NAMED, "sources")
"""What is told of such an incident besides its range."""


@dataclass(frozen=True)
class Casualties:
    """People killed or wounded, row by row.

    Attributes
    ----------
    by
        What a row stands for: a word of `incidents.table.sentences.BYS`.
    harm, who, basis
        Which harm of which group, by which claims.
    step
        Step of the rows by time, else None.
    total
        The sums over all incidents, `SUMS`, and ``differ``: incidents on which sources differ.
    rows
        By value: ``value``, ``is_rest`` (all values beyond `MOST_NAMED`) and `SUMS`, most
        people first; a value that is not stated is None. By group: the same, in the order of
        `GROUPS`; groups overlap. By time: as `read_steps`. By incident: `TOLD`, ``low``,
        ``high``, ``difference``. By party: as `incidents.asking.casualties.parties.read_parties`.
    """

    by: str
    harm: str
    who: str
    basis: str
    step: str | None
    total: Row
    rows: Sequence[Row]


def list_columns(by: str) -> Sequence[str]:
    """Columns of the rows, in their order."""
    if by == "incident":
        return (*TOLD, "low", "high", "difference")
    if by == "party":
        return parties.PARTY_COLUMNS
    if by == "total":
        return (*SUMS, "differ")
    return ("start", "end", *SUMS, *UNTIL) if by == "time" else ("value", "is_rest", *SUMS)


def read_casualties(
    store: Store, filters: Filters, by: str = "type", harm: str = "killed", step: str | None = None
) -> Casualties:
    """Casualties of the incidents of the filters; a question for `Store.ask`.

    An operation counts once in each row. `by` is a word of `incidents.table.sentences.BYS`; only
    rows by time have a `step`, without it one that fits.

    Raises
    ------
    FilterError
        The step gives too many rows.
    """
    total = store.ask(_read_total, filters, harm)
    told = None
    rows: Sequence[Row]
    if by == "total":
        rows = [total]
    elif by == "time":
        told, rows = read_steps(store, filters, harm, step)
    elif by == "group":
        rows = _read_groups(store, filters, harm)
    elif by == "incident":
        rows = _read_incidents(store, filters, harm)
    elif by == "party":
        rows = parties.read_parties(store, filters, harm)
    else:
        rows = _read_values(store, filters, harm, by)
    return Casualties(by, harm, filters.who, filters.basis, told, total, rows)


def _read_total(store: Store, filters: Filters, harm: str) -> Row:
    prefix = range_name(filters.who, harm)
    chosen = select_known(store, filters, prefix)
    incidents = select_ranges(chosen, [prefix], count_voices(store, [prefix]))
    differ = (incidents[f"{prefix}_max"] > incidents[f"{prefix}_min"]).sum()
    counts = count_stated(incidents) | {"differ": differ}
    ((row, totals),) = _sum(store, incidents, [prefix], [], counts)
    return make_row(row, totals[prefix], totals[f"{ONE}{prefix}"]) | {"differ": row["differ"] or 0}


def _sum(
    store: Store,
    incidents: ibis.Table,
    prefixes: Sequence[str],
    by: Sequence[str],
    counts: dict[str, Any],
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    both = [*prefixes, *(f"{ONE}{prefix}" for prefix in prefixes)]
    return sum_ranges(incidents, both, by, counts, store.extent.has_operations)


def _read_groups(store: Store, filters: Filters, harm: str) -> Sequence[Row]:
    prefixes = [range_name(group, harm) for group in GROUPS]
    incidents = select_ranges(store.select(filters), prefixes, count_voices(store, prefixes))
    ((row, totals),) = _sum(store, incidents, prefixes, [], count_stated(incidents))
    rows: list[Row] = [
        {"value": group, "is_rest": False} | make_row(row, totals[prefix], totals[f"{ONE}{prefix}"])
        for group, prefix in zip(GROUPS, prefixes, strict=True)
    ]
    if filters.basis == "known":
        # Each group has incidents of its own for which it is known.
        rows = [each | {"incidents": each["incidents"] - each["unknown"], "unknown": 0}
                for each in rows]  # fmt: skip
    return rows


def _read_values(store: Store, filters: Filters, harm: str, by: str) -> Sequence[Row]:
    prefix = range_name(filters.who, harm)
    chosen = select_known(store, filters, prefix)
    groups = name_values(store, filters, by, chosen)
    incidents = select_ranges(chosen, [prefix], count_voices(store, [prefix]), **groups)
    rows = [
        {"value": row["value"], "is_rest": bool(row.get("is_rest"))}
        | make_row(row, totals[prefix], totals[f"{ONE}{prefix}"])
        for row, totals in _sum(store, incidents, [prefix], list(groups), count_stated(incidents))
    ]
    return sorted(rows, key=lambda row: rank(row, row["low"], row["high"]))


def _read_incidents(store: Store, filters: Filters, harm: str) -> Sequence[Row]:
    """The incidents on which sources differ, the most first."""
    prefix = range_name(filters.who, harm)
    incidents = store.select(filters)
    low, high = incidents[f"{prefix}_min"], incidents[f"{prefix}_max"]
    differing = incidents.filter(high > low).select(
        *TOLD, low=low, high=high, difference=high - low
    )
    order = [ibis.desc("difference"), ibis.desc("high"), "date", "incident"]
    return read_rows(differing.order_by(order).limit(parties.MOST_INCIDENTS))
