"""A row of casualties: a range with its unknowns, and how much of it hangs on one publisher."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis

from incidents.asking.figures import Total
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows
from incidents.table.columns import BOUNDS, GROUPS, HARMS, range_name

Row = dict[str, Any]
"""A row as the page, the API and the CSV have it. What is unknown is None, never 0."""

SUMS = ("incidents", "low", "high", "open", "unknown", "one_publisher", "one_publisher_low",
        "one_publisher_high", "share_of_low", "share_of_high",
        "publishers_unknown")  # fmt: skip
"""Columns of every row that is a sum over incidents."""

ONE = "one_"
"""Before the name of a range: the same of the incidents for which one publisher alone gives it."""


def select_known(store: Store, filters: Filters, prefix: str) -> ibis.Table:
    """The incidents of the filters; of known numbers only, those for which this range is known."""
    chosen = store.select(filters)
    if filters.basis != "known":
        return chosen
    return chosen.filter(chosen[f"{prefix}_min"].notnull() | chosen[f"{prefix}_max"].notnull())


def has_claims(store: Store) -> bool:
    """Whether the table tells which report claims what; a question for `Store.ask`."""
    return bool(read_rows(store.table("claims").limit(1)))


def count_voices(store: Store, prefixes: Sequence[str]) -> ibis.Table | None:
    """How many publishers give each range of each incident: ``incident``, ``voices_<range>``.

    An agency and its copies are one; corrected reports do not count. None where no claim is told:
    then the publishers of the incident stand for those of its ranges.
    """
    if not store.ask(has_claims):
        return None
    reports, claims = store.table("reports"), store.table("claims")
    standing = reports.filter(reports.stands).select("report", "voice")
    said = claims.select("report", "incident", "measure", "group").inner_join(standing, "report")
    stems = {range_name(group, harm): (group, harm) for group in GROUPS for harm in HARMS}
    counts = {}
    for prefix in prefixes:
        group, harm = stems[prefix]
        is_on = (said.measure == harm) & (said.group == group)
        counts[f"voices_{prefix}"] = said.voice.nunique(where=is_on)
    return said.group_by("incident").aggregate(**counts)


def select_ranges(
    incidents: ibis.Table,
    prefixes: Sequence[str],
    voices: ibis.Table | None = None,
    **others: ibis.Column,
) -> ibis.Table:
    """Some ranges of the incidents, and each once more: known only if one publisher gives it.

    So one query sums both, and an operation counts once in both. Only what is named is taken:
    Ibis needs longer to write all columns than DuckDB to add them up.

    Parameters
    ----------
    voices
        As `count_voices` answers. A range without a claim is the table's own: then the
        publishers of the incident count.
    """
    names = [f"{prefix}_{end}" for prefix in prefixes for end in BOUNDS]
    chosen = incidents.select("incident", "operation", "sources", *names, **others)
    if voices is not None:
        chosen = chosen.left_join(voices, "incident")
    singles = {}
    for prefix in prefixes:
        number = chosen.sources
        if voices is not None:
            number = ibis.coalesce(chosen[f"voices_{prefix}"].nullif(0), number)
        for end in BOUNDS:
            name = f"{prefix}_{end}"
            singles[f"{ONE}{name}"] = (number == 1).ifelse(chosen[name], ibis.null())
    return chosen.select("operation", "sources", *names, *others, **singles)


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
        Of all of them, and of those for which one publisher alone gives the number.

    Returns
    -------
    dict
        `SUMS`. ``one_publisher`` counts incidents whose number one publisher alone gives; the
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
