"""Rows for tables on screen: incidents, problems, matched places. Never the whole table."""

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd

from incidents.asking.display import Display
from incidents.asking.figures import count_incidents
from incidents.asking.filters import Filters
from incidents.asking.sorting import DEFAULT_ORDER, SCALES
from incidents.asking.store import Store, read_count, read_frame, read_rows
from incidents.table.columns import RANGES, find_column
from incidents.table.own_columns import OwnColumn

ROWS_A_PAGE = 100
DEEP = 2_000
"""Rows to be skipped from which on their ids are sorted first."""
MOST_ROWS = 500
"""Problems or places that a listing holds; more are counted, not sent."""
MOST_OWN = 8
"""Own columns that a list shows besides."""
HIGHEST = {each.high: each.low for each in RANGES}

LISTED = (
    *("incident", "date", "date_end", "date_precision", "type", "place"),
    *("killed_min", "killed_max", "wounded_min", "wounded_max"),
)


def take_page(
    store: Store, filters: Filters, order: str, page: int, columns: Sequence[str] = LISTED
) -> ibis.Table:
    """One page of the incidents that the filters ask for, at most `ROWS_A_PAGE`; nothing is run.

    Incidents that are equal in `order` are in the order of their ids, so that no page repeats or
    lacks one. Pages count from 1; one beyond the last is empty.
    """
    total, _ = count_incidents(store, filters)
    start = (page - 1) * ROWS_A_PAGE
    size = max(min(ROWS_A_PAGE, total - start), 0)
    # From the nearer end: the last page is as near as the first.
    is_late = 2 * start > total
    skipped = max(total - start - size, 0) if is_late else start
    chosen = store.select(filters)
    rows = chosen.order_by(_sort_keys(chosen, order, is_late)).limit(size, offset=skipped)
    if skipped >= DEEP:
        # To sort whole rows takes several times as long as to sort their ids.
        rows = store.incidents.semi_join(rows[["incident"]], "incident")
    if is_late or skipped >= DEEP:
        rows = rows.order_by(_sort_keys(rows, order))
    return rows[list(columns)]


def sort_rows(incidents: ibis.Table, order: str) -> ibis.Table:
    """Incidents in an order, those that are equal in it by their ids; nothing is run."""
    return incidents.order_by(_sort_keys(incidents, order))


def choose_columns(own: Sequence[OwnColumn], named: Sequence[str]) -> tuple[OwnColumn, ...]:
    """Those of the own columns that a list shows besides, at most `MOST_OWN`."""
    return tuple(column for column in own if column.name in named)[:MOST_OWN]


def read_page(
    store: Store, filters: Filters, order: str, page: int, own: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The rows of `take_page`, with these own columns besides; a question for `Store.ask`."""
    return read_rows(take_page(store, filters, order, page, (*LISTED, *own)))


def read_listed(
    store: Store, filters: Filters, display: Display
) -> tuple[list[dict[str, Any]], int, int]:
    """The rows that a list shows, their page, and how many pages there are."""
    pages = count_pages(store, filters)
    page = min(display.page or 1, pages)
    names = tuple(each.name for each in choose_columns(store.own, display.cols))
    rows = store.ask(read_page, filters, display.sort or DEFAULT_ORDER, page, names)
    return rows, page, pages


def count_pages(store: Store, filters: Filters) -> int:
    """Pages of the incidents that the filters ask for, at least one."""
    return max(-(-count_incidents(store, filters)[0] // ROWS_A_PAGE), 1)


def _sort_keys(incidents: ibis.Table, order: str, from_end: bool = False) -> list[ibis.Value]:
    name = order.removeprefix("-")
    is_down = order.startswith("-") != from_end
    # Ids are unique, so they part those that are equal otherwise.
    tie = incidents.incident.desc() if from_end else incidents.incident.asc()
    key = _sort_value(incidents, name)
    first = (key.desc if is_down else key.asc)(nulls_first=from_end)
    return [first] if name == "incident" else [first, tie]


def _sort_value(incidents: ibis.Table, name: str) -> ibis.Value:
    column = find_column(name)
    if column is None:
        raise KeyError(f"no column {name!r}")
    value = incidents[name]
    if name in SCALES:
        return value.cases(*((each, rank) for rank, each in enumerate(column.allowed)))
    if name in HIGHEST:
        # "At least 4" has no highest number: 4 stands for it, as in the filters.
        return ibis.coalesce(value, incidents[HIGHEST[name]])
    is_text = column.type in ("text", "choice") and name != "incident"
    return value.lower() if is_text else value


def count_rows(table: ibis.Table) -> int:
    """Number of rows."""
    return read_count(table)


def list_matches(incidents: ibis.Table) -> pd.DataFrame:
    """Distinct places with their match, those of most incidents first, at most `MOST_ROWS`.

    Columns ``place, gov, country, incidents, located_by, match, precision, match_reason``.
    """
    by = ["place", "gov", "country", "located_by", "match", "precision", "match_reason"]
    counted = incidents.group_by(by).aggregate(incidents=ibis._.count())
    ordered = counted.order_by([ibis.desc("incidents"), *by]).limit(MOST_ROWS)
    return read_frame(ordered[["place", "gov", "country", "incidents", *by[3:]]])
