"""Rows for tables on screen: incidents, problems, matched places. Never the whole table."""

from typing import Any

import ibis
import pandas as pd

from incidents.columns import COLUMNS
from incidents.store import Store, read_frame, read_rows

MOST_ROWS = 500
"""Rows that one listing holds; more are counted, not sent."""

LISTED = (
    *("incident", "date", "date_end", "date_precision", "type", "place"),
    *("killed_min", "killed_max", "wounded_min", "wounded_max"),
)


def list_latest(incidents: ibis.Table) -> list[dict[str, Any]]:
    """The latest `MOST_ROWS` incidents, the columns of `LISTED`."""
    newest = incidents.order_by([ibis.desc("date"), "incident"]).limit(MOST_ROWS)
    return read_rows(newest[list(LISTED)])


def list_page(incidents: ibis.Table, page: int) -> pd.DataFrame:
    """One page of `MOST_ROWS` incidents, latest first, all columns; pages count from 0."""
    ordered = incidents.order_by([ibis.desc("date"), "incident"])
    names = [column.name for column in COLUMNS]
    return read_frame(ordered.limit(MOST_ROWS, offset=page * MOST_ROWS)[names])


def count_rows(table: ibis.Table) -> int:
    """Number of rows."""
    return int(table.count().to_pyarrow().as_py())


def list_problems(store: Store) -> pd.DataFrame:
    """The first `MOST_ROWS` findings, errors first, in the order of the table."""
    problems = store.table("problems")
    rank = problems.level.cases(("error", 0), ("warning", 1), else_=2)
    return read_frame(problems.order_by([rank, "file", "row"]).limit(MOST_ROWS))


def count_problems(store: Store) -> dict[str, int]:
    """Findings per level: error, warning, note."""
    problems = store.table("problems")
    rows = read_rows(problems.group_by("level").aggregate(n=ibis._.count()))
    return {row["level"]: row["n"] for row in rows}


def list_matches(incidents: ibis.Table) -> pd.DataFrame:
    """Distinct places with their match, those of most incidents first, at most `MOST_ROWS`.

    Columns ``place, gov, country, incidents, located_by, match, precision, match_reason``.
    """
    by = ["place", "gov", "country", "located_by", "match", "precision", "match_reason"]
    counted = incidents.group_by(by).aggregate(incidents=ibis._.count())
    ordered = counted.order_by([ibis.desc("incidents"), "place"]).limit(MOST_ROWS)
    return read_frame(ordered[["place", "gov", "country", "incidents", *by[3:]]])
