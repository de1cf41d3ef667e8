"""Whole incidents: each with its reports and with the claims in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from incidents.asking.filters import Filters
from incidents.asking.listing import sort_rows
from incidents.asking.store import Store, Table, read_rows

Row = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """What `Store.find_incident`, `find_reports` and `find_claims` answer of an incident."""

    row: Row
    reports: list[Row]
    claims: list[Row]


def read_records(store: Store, filters: Filters, order: str, most: int) -> list[Record]:
    """The first incidents of the filters in an order, whole; asked in three queries.

    `most` should be some hundreds: all is held in memory.
    """
    return join_records(store, read_rows(sort_rows(store.select(filters), order).limit(most)))


def join_records(store: Store, rows: list[Row]) -> list[Record]:
    """Incidents with their reports, the earliest publication first, and their claims."""
    names = [row["incident"] for row in rows]
    reports, claims = (_filter(store.table(name), names) for name in ("reports", "claims"))
    dated = [reports.published.asc(nulls_first=False), reports.report]
    told, said = _part(read_rows(reports.order_by(dated))), _part(read_rows(claims))
    return [
        Record(row, told.get(row["incident"], []), said.get(row["incident"], [])) for row in rows
    ]


def _filter(table: Table, names: list[str]) -> Table:
    return table.filter(table.incident.isin(names))


def _part(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by their incident, in their order."""
    ordered = sorted(rows, key=lambda row: str(row["incident"]))
    return {name: list(group) for name, group in groupby(ordered, lambda row: str(row["incident"]))}
