"""Munitions by type, actor, target, weapon or governorate: the one answer of page, API and CSV."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis

from incidents.asking.casualties.rows import Row
from incidents.asking.casualties.values import name_values, rank
from incidents.asking.figures import Total
from incidents.asking.filters import Filters
from incidents.asking.munitions.sums import Munitions, Rate, sum_munitions
from incidents.asking.store import Store
from incidents.table.columns import MUNITION_RANGES
from incidents.table.errors import FilterError
from incidents.table.sentences import say_list

BY = ("type", "actor", "target", "weapon", "gov", "total")
"""What a row may stand for."""

USUAL = "weapon"
"""What a row stands for if nothing is asked for."""

FATES = ("launched", "intercepted", "impacted")
"""What became of munitions, in the order of the columns."""

MUNITION_COLUMNS = (
    *("value", "is_rest", "incidents"),
    *(f"{fate}_{part}" for fate in FATES for part in ("low", "high", "open", "unknown")),
    *("rate_low", "rate_high", "rate_known"),
    *(f"rate_{part}_{end}" for part in ("stopped", "of") for end in ("low", "high")),
)
"""Columns of a row. ``rate_known`` counts the incidents that the rate rests on; so many of their
munitions were launched (``rate_of``) and intercepted (``rate_stopped``)."""


@dataclass(frozen=True)
class MunitionRows:
    """Munitions of the incidents of the filters.

    Attributes
    ----------
    by, basis
        What a row stands for, and by which claims.
    total, rows
        `MUNITION_COLUMNS`; the largest number launched first.
    """

    by: str
    basis: str
    total: Row
    rows: Sequence[Row]


def read_munitions(store: Store, filters: Filters, by: str = USUAL) -> MunitionRows:
    """Munitions row by row; a question for `Store.ask`.

    What was impacted and the rate follow from both ends of what was launched and intercepted: of
    the lowest or highest claims, only that end of each is told.

    Raises
    ------
    FilterError
        Munitions are not told by that.
    """
    if by not in BY:
        words = say_list([f'"{each}"' for each in BY], len(BY))
        raise FilterError(f'"by": munitions are told by {words}, not by "{by}".')
    basis = filters.basis
    chosen, has_operations = _select(store, filters), store.extent.has_operations
    ((counts, all_of),) = sum_munitions(chosen, (), has_operations)
    total = _make_row({"value": None, **counts}, all_of, basis)
    if by == "total":
        return MunitionRows(by, basis, total, [total])
    groups = name_values(store, filters, by, chosen)
    summed = sum_munitions(chosen, groups, has_operations)
    rows = [_make_row(row, munitions, basis) for row, munitions in summed]
    rows.sort(key=lambda row: rank(row, row["launched_low"], row["launched_high"]))
    return MunitionRows(by, basis, total, rows)


def _select(store: Store, filters: Filters) -> ibis.Table:
    """The incidents with both ends of each number; of known ones only, those with any."""
    chosen = store.select(replace(filters, basis="range"))
    if filters.basis != "known":
        return chosen
    columns = [column for each in MUNITION_RANGES for column in (each.low, each.high)]
    return chosen.filter(ibis.or_(*(chosen[name].notnull() for name in columns)))


def _make_row(counts: dict[str, Any], munitions: Munitions, basis: str) -> Row:
    row: Row = {
        "value": counts["value"],
        "is_rest": bool(counts.get("is_rest")),
        "incidents": counts["incidents"],
    }
    for fate in FATES:
        total: Total = getattr(munitions, fate)
        row[f"{fate}_low"], row[f"{fate}_high"] = _choose(total.low, total.high, basis)
        row[f"{fate}_open"] = total.is_open and basis != "low"
        row[f"{fate}_unknown"] = total.unknown
    rate: Rate = munitions.rate
    row["rate_low"], row["rate_high"] = _choose(rate.low, rate.high, basis)
    for part, (low, high) in (("stopped", rate.stopped), ("of", rate.of)):
        row[f"rate_{part}_low"], row[f"rate_{part}_high"] = _choose(low, high, basis)
    return row | {"rate_known": rate.known}


def _choose(low: Any, high: Any, basis: str) -> tuple[Any, Any]:
    """Both ends, or twice the one that is asked for."""
    ends = {"low": (low, low), "high": (high, high)}
    return ends.get(basis, (low, high))
