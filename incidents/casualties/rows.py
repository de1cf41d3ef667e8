"""A row of casualties: a range with its unknowns, and how much of it hangs on one publisher."""

from collections.abc import Mapping
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


def add_single(incidents: ibis.Table, *prefixes: str) -> ibis.Table:
    """The incidents with each range once more, known only where one publisher alone reports it.

    So one query sums both, and an operation counts once in both.
    """
    is_single = incidents.sources == 1
    return incidents.mutate(
        **{
            f"{ONE}{prefix}_{end}": is_single.ifelse(incidents[f"{prefix}_{end}"], ibis.null())
            for prefix in prefixes
            for end in BOUNDS
        }
    )


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
