"""When incidents of one direction happened, read from the store for the escalation view."""

from typing import Any

import ibis

from incidents.conditions import last_day
from incidents.store import Table, read_rows
from incidents.times.escalation import STRIKES, Spell

MOST_STRIKES = 500
"""Strikes that are looked at one by one, the latest of them; the others are counted."""


def read_spells(incidents: Table, direction: str) -> list[Spell]:
    """First and last possible day of the incidents of a direction, with their number."""
    rows = incidents.filter(incidents.direction == direction)
    counted = (
        rows.select(first=rows.date, last=last_day(rows))
        .group_by(["first", "last"])
        .aggregate(incidents=ibis._.count())
        .order_by(["first", "last"])
    )
    return [(row["first"], row["last"], row["incidents"]) for row in read_rows(counted)]


def read_strikes(incidents: Table) -> tuple[list[dict[str, Any]], int]:
    """The latest strikes by the coalition, as `list_strikes` takes them, and how many are older."""
    rows = incidents.filter(incidents.direction == STRIKES)
    names = ["incident", "operation", "direction", "date", "date_end", "date_precision"]
    latest = rows.select(names).order_by([ibis.desc("date"), "incident"]).limit(MOST_STRIKES)
    found = read_rows(latest)
    if len(found) < MOST_STRIKES:
        return found, 0
    total = read_rows(rows.aggregate(total=rows.count()))[0]["total"]
    return found, total - len(found)


def read_responses(incidents: Table) -> list[dict[str, Any]]:
    """The incidents that answer others and those that they answer, as `find_answers` takes them.

    None where the version of the table does not tell what answers what.
    """
    if "response_to" not in incidents.columns:
        return []
    names = ["incident", "date", "date_end", "date_precision", "response_to"]
    rows = incidents.select(names)
    answers = rows.filter(rows.response_to.notnull())
    answered = answers.select(
        incident=answers.response_to.split(";").unnest().strip(),
    ).distinct()
    known = rows.semi_join(answered, "incident")
    found = answers.union(known, distinct=True)
    return read_rows(found.order_by(["date", "incident"]))
