"""What a version leaves in doubt: its problems, and names without a certain place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd

from incidents.asking.listing import ROWS_A_PAGE
from incidents.asking.store import Store, read_count, read_frame, read_rows
from incidents.table.columns import BY_HAND
from incidents.table.problems import WHERE
from incidents.table.sentences import label_incident

MOST_NAMES = 200
"""Names in doubt that are listed; more are counted."""
DOUBTFUL = ("none", "ambiguous", "fuzzy", "area", "online")


@dataclass(frozen=True)
class Doubt:
    """A name in doubt, as the rows have it, and how many of them there are.

    Attributes
    ----------
    place, country, gov
        What an override of these rows names. Country and governorate are empty if none is known.
    is_placed
        Whether the rows have a point: of a place that is only spelled alike, or of their area.
    """

    place: str
    country: str
    gov: str
    rows: int
    is_placed: bool
    reason: str


def read_problem_kinds(store: Store) -> list[dict[str, Any]]:
    """Kinds of problems in a version: ``kind``, ``level``, their ``count``, an ``example``."""
    problems = store.table("problems")
    return read_rows(
        problems.group_by(["kind", "level"]).aggregate(
            count=ibis._.count(), example=ibis._.message.min()
        )
    )


def list_findings(store: Store, kind: str, page: int = 1) -> pd.DataFrame:
    """One page of what was found of a kind, the most frequent first; pages count from 1.

    What is the same in many rows is one line: `times` says in how many, `row` which is the first.
    """
    found = _group_findings(store, kind)
    order = [ibis.desc("times"), "file", "row", "column", "message"]
    return read_frame(found.order_by(order).limit(ROWS_A_PAGE, offset=(page - 1) * ROWS_A_PAGE))


def count_findings(store: Store, kind: str) -> int:
    """How many lines `list_findings` has."""
    return read_count(_group_findings(store, kind))


def read_findings(store: Store) -> pd.DataFrame:
    """Everything that was found in a version, as `list_findings` has it, by level and kind."""
    found = _group_findings(store)
    order = ["level", "kind", ibis.desc("times"), "file", "row", "column", "message"]
    return read_frame(found.order_by(order))


def _group_findings(store: Store, kind: str | None = None) -> ibis.Table:
    problems = store.table("problems")
    if kind is not None:
        problems = problems.filter(problems.kind == kind)
    said = problems.mutate(message=problems.message.re_replace(WHERE, ""))
    keys = ["level", "kind", "file", "column", "message", "remedy"]
    return said.group_by(keys).aggregate(row=ibis._.row.min(), times=ibis._.count())


def _choose_doubtful(store: Store) -> ibis.Table:
    incidents = store.incidents
    by = incidents.located_by.fill_null("")
    match = incidents.match.fill_null("none")
    rows = incidents.filter(
        # Who left a name without a place by hand has settled it, too.
        (by != "table")
        & (by != BY_HAND)
        & match.isin(DOUBTFUL)
        & ~incidents.match_reason.fill_null("").startswith("Left without a place by hand")
    )
    return rows.mutate(name=ibis.coalesce(rows.place, rows.gov))


def list_doubts(store: Store, most: int = MOST_NAMES) -> list[Doubt]:
    """Names without a place, or with one that is only spelled alike; most rows first."""
    named = _choose_doubtful(store).filter(ibis._.name.notnull())
    counted = named.group_by(["name", "country", "gov"]).aggregate(
        n=ibis._.count(), placed=ibis._.lat.count(), reason=ibis._.match_reason.max()
    )
    ordered = counted.order_by([ibis.desc("n"), "name", "country", "gov"]).limit(most)
    return [
        Doubt(
            r["name"],
            r["country"] or "",
            # A row that names only a governorate has it as its place.
            "" if r["gov"] is None or r["gov"] == r["name"] else r["gov"],
            r["n"],
            r["placed"] > 0,
            r["reason"] or "",
        )
        for r in read_rows(ordered)
    ]


def count_doubts(store: Store) -> tuple[int, int, int]:
    """Names in doubt, the rows that bear them, and rows without a point that name no place."""
    rows = _choose_doubtful(store)
    is_named = rows.name.notnull()
    row = read_rows(
        rows.aggregate(
            names=ibis.struct(
                {"a": rows.name, "b": rows.country.fill_null(""), "c": rows.gov.fill_null("")}
            ).nunique(where=is_named),
            named=is_named.sum(),
            unnamed=(~is_named).sum(),
        )
    )[0]
    return row["names"] or 0, row["named"] or 0, row["unnamed"] or 0


def count_rows_named(store: Store, folded: str, country: str, gov: str) -> int:
    """Rows without coordinates of their own that bear this name, without odd blanks, in one case.

    Those of another country or governorate are left out, where one is given.
    """
    incidents = store.incidents
    name = ibis.coalesce(incidents.place, incidents.gov)
    # For the database, other blanks than these are letters.
    bare = name.re_replace("[\\s\u00a0\u2000-\u200a\u202f\u3000]+", " ").strip().lower()
    fits = bare == folded
    for column, value in ((incidents.country, country), (incidents.gov, gov)):
        if value:
            fits &= column.isnull() | (column == value)
    own = incidents.located_by.fill_null("") == "table"
    return read_count(incidents.filter(fits & ~own))


def describe_incidents(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Days, place and type of incidents in a few words; those that are not in the version lack."""
    incidents = store.incidents
    rows = incidents.filter(incidents.incident.isin(list(ids)))
    names = ("incident", "date", "date_end", "date_precision", "place", "gov", "type")
    return {row["incident"]: label_incident(row) for row in read_rows(rows.select(*names))}
