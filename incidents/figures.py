"""Totals over incidents: ranges with their unknowns, an operation counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pandas as pd

from incidents.columns import GROUPS, HARMS
from incidents.sentences import say_range
from incidents.store import read_frame, read_rows


@dataclass(frozen=True)
class Total:
    """People killed or wounded over several incidents.

    Attributes
    ----------
    low, high
        Sums of the lowest and the highest claims; None when no incident has a claim.
    unknown
        Incidents on which nobody gives a number. They are in neither sum.
    is_open
        Whether a source leaves the top open ("at least 4"), so that more is possible.
    """

    low: int | None
    high: int | None
    unknown: int
    is_open: bool

    @property
    def text(self) -> str:
        """The range as the reader sees it: 12–30, 12–30 or more, unknown."""
        words = say_range(self.low, self.high)
        return f"{words} or more" if self.is_open and self.high is not None else words


@dataclass(frozen=True)
class Figures:
    """The figures above the map."""

    incidents: int
    located: int
    first: date | None
    last: date | None
    killed: Total
    wounded: Total
    civilians: Total


def range_prefix(harm: str, who: str) -> str:
    """Name of a range's columns without ``_min`` and ``_max``."""
    return harm if who == "all" else f"{who}_{harm}"


def _low(table: ibis.Table, prefix: str) -> Any:
    return table[f"{prefix}_min"]


def _high(table: ibis.Table, prefix: str) -> Any:
    # "At least 4" has no highest number: 4 is the most that anybody states.
    return ibis.coalesce(table[f"{prefix}_max"], table[f"{prefix}_min"])


def _known(table: ibis.Table, prefix: str) -> Any:
    return table[f"{prefix}_min"].notnull() | table[f"{prefix}_max"].notnull()


def _is_open(table: ibis.Table, prefix: str) -> Any:
    return table[f"{prefix}_min"].notnull() & table[f"{prefix}_max"].isnull()


def _count_operations_once(table: ibis.Table, by: Sequence[str], prefix: str) -> ibis.Table:
    """One row per incident or operation: its lowest and highest claim, by the rule of the method.

    The parts of one operation may tell of the same people. Of its incidents, the largest of the
    lowest claims and the largest of the highest claims count; they are not added.
    """
    columns = [*by, "low", "high", "unknown", "open"]
    single = table.filter(table.operation.isnull()).mutate(
        low=_low(table, prefix).cast("int64"),
        high=_high(table, prefix).cast("int64"),
        unknown=(~_known(table, prefix)).cast("int64"),
        open=_is_open(table, prefix).cast("int64"),
    )[columns]
    joint = table.filter(table.operation.notnull())
    joint = joint.group_by([*by, "operation"]).aggregate(
        low=_low(joint, prefix).max().cast("int64"),
        high=_high(joint, prefix).max().cast("int64"),
        unknown=(~_known(joint, prefix)).sum().cast("int64"),
        open=_is_open(joint, prefix).max().cast("int64"),
    )[columns]
    return single.union(joint)


def sum_harm(incidents: ibis.Table, harm: str, who: str = "all") -> Total:
    """Total of one harm of one group over the incidents given.

    Parameters
    ----------
    harm
        ``killed`` or ``wounded``.
    who
        A group of `GROUPS`.
    """
    counted = _count_operations_once(incidents, [], range_prefix(harm, who))
    row = read_rows(_sum(counted))[0]
    return _total(row)


def _sum(counted: ibis.Table) -> ibis.Table:
    return counted.aggregate(**_sums(counted))


def _sums(counted: ibis.Table) -> dict[str, Any]:
    return {
        "low": counted.low.sum(),
        "high": counted.high.sum(),
        "unknown": counted.unknown.sum(),
        "open": counted.open.max(),
    }


def _total(row: dict[str, Any]) -> Total:
    return Total(row["low"], row["high"], int(row["unknown"] or 0), bool(row["open"]))


def add_totals(a: Total, b: Total, unknown: int) -> Total:
    """Sum of two totals over the same incidents; `unknown` counts incidents known in neither."""
    lows = [each for each in (a.low, b.low) if each is not None]
    highs = [each for each in (a.high, b.high) if each is not None]
    return Total(
        sum(lows) if lows else None,
        sum(highs) if highs else None,
        unknown,
        a.is_open or b.is_open,
    )


def count_figures(incidents: ibis.Table) -> Figures:
    """The figures over the incidents given: counts, and ranges with their unknowns."""
    neither = ~(_known(incidents, "civilians_killed") | _known(incidents, "civilians_wounded"))
    row = read_rows(
        incidents.aggregate(
            incidents=incidents.count(),
            located=incidents.lat.count(),
            first=incidents.date.min(),
            last=ibis.coalesce(incidents.date_end, incidents.date).max(),
            neither=neither.sum(),
        )
    )[0]
    civilians = [sum_harm(incidents, harm, "civilians") for harm in HARMS]
    return Figures(
        incidents=int(row["incidents"]),
        located=int(row["located"]),
        first=row["first"],
        last=row["last"],
        killed=sum_harm(incidents, "killed"),
        wounded=sum_harm(incidents, "wounded"),
        civilians=add_totals(*civilians, unknown=int(row["neither"] or 0)),
    )


def sum_by(incidents: ibis.Table, by: str, harm: str, who: str = "all") -> pd.DataFrame:
    """Totals per value of a column.

    Returns
    -------
    pandas.DataFrame
        One row per value of `by` (``month`` is the first day of the month), in its order, with
        ``low`` and ``high`` (missing where nobody gives a number), ``unknown`` (incidents) and
        ``incidents``. An operation whose incidents lie in two rows counts in each of them.
    """
    if by == "month":
        incidents = incidents.mutate(month=incidents.date.truncate("M"))
    prefix = range_prefix(harm, who)
    counted = _count_operations_once(incidents, [by], prefix)
    totals = counted.group_by(by).aggregate(**_sums(counted))
    number = incidents.group_by(by).aggregate(incidents=incidents.count())
    joined = read_frame(totals).merge(read_frame(number), on=by, how="outer")
    return joined.sort_values(by, ignore_index=True)


def sum_by_group(incidents: ibis.Table, harm: str) -> pd.DataFrame:
    """Totals of one harm per group of `GROUPS`: ``group, low, high, unknown, open``."""
    totals = [sum_harm(incidents, harm, who) for who in GROUPS]
    return pd.DataFrame(
        {
            "group": list(GROUPS),
            "low": pd.array([total.low for total in totals], dtype="Int64"),
            "high": pd.array([total.high for total in totals], dtype="Int64"),
            "unknown": [total.unknown for total in totals],
            "open": [total.is_open for total in totals],
        }
    )
