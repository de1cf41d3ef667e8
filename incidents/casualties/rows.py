"""A row of casualties: a range with its unknowns, and how much of it hangs on one publisher."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis

from incidents.columns import BOUNDS
from incidents.figures import Total

Row = dict[str, Any]
"""A row as the page, the API and the CSV have it. What is unknown is None, never 0."""

SUMS = ("incidents", "low", "high", "open", "unknown", "one_publisher", "one_publisher_low",
        "one_publisher_high", "share_of_low", "share_of_high",
        "publishers_unknown")  # fmt: skip
"""Columns of every row that is a sum over incidents."""

ONE = "one_"
"""Before the name of a range: the same of the incidents that one publisher alone reports."""


def select_ranges(
    incidents: ibis.Table, prefixes: Sequence[str], **others: ibis.Column
) -> ibis.Table:
    """Some ranges of the incidents, and each once more: known only if one publisher reports it.

    So one query sums both, and an operation counts once in both. Only what is named is taken:
    Ibis needs longer to write all columns than DuckDB to add them up.
    """
    is_single = incidents.sources == 1
    names = [f"{prefix}_{end}" for prefix in prefixes for end in BOUNDS]
    singles = {f"{ONE}{name}": is_single.ifelse(incidents[name], ibis.null()) for name in names}
    return incidents.select("operation", "sources", *names, **singles, **others)


def count_stated(incidents: ibis.Table) -> dict[str, Any]:
    """What `make_row` wants counted besides the ranges."""
    return {"stated": (incidents.sources >= 1).sum()}


def make_row(counts: Mapping[str, Any], total: Total, single: Total) -> Row:
    """The sums of a row.

    Parameters
    ----------
    counts
        ``incidents``, and ``stated``: those whose number of publishers is stated.
    total, single
        Of all of them, and of those that one publisher alone reports.

    Returns
    -------
    dict
        `SUMS`. ``one_publisher`` counts incidents with a number, all from one publisher; the
        shares are parts of ``low`` and ``high``, from 0 to 1. They are unknown where there is no
        number, where it is 0, and where no incident states its publishers.
    """
    incidents, stated = counts["incidents"], counts["stated"] or 0
    return {
        "incidents": incidents,
        "low": total.low,
        "high": total.high,
        "open": total.is_open,
        "unknown": total.unknown,
        "one_publisher": incidents - single.unknown,
        "one_publisher_low": single.low,
        "one_publisher_high": single.high,
        "share_of_low": _share(single.low, total.low) if stated else None,
        "share_of_high": _share(single.high, total.high) if stated else None,
        "publishers_unknown": incidents - stated,
    }


def _share(part: int | None, whole: int | None) -> float | None:
    """The part of a whole; of nothing, and of what is unknown, there is none."""
    if whole is None or whole == 0:
        return None
    # Where no single publisher gives a number, none of the known people hang on one.
    return 0.0 if part is None else round(part / whole, 4)
