"""When incidents of one direction happened, and what answers what, read from the store."""

from typing import Any

import ibis

from incidents.asking.conditions import choose_claims, last_day, list_ids
from incidents.asking.escalation.sides import Spell
from incidents.asking.store import Store, Table, read_rows
from incidents.table.columns import STRIKE, split_ids

MOST_STRIKES = 500
"""Strikes that are looked at one by one, the latest of them; the others are counted."""
MOST_ANSWERS = 500
"""Incidents that answer others, of which is told which: the latest of them."""

MOST_LINKED = 50
"""Incidents that one answers, or that answer it, which are told."""

LABELS = ("incident", "date", "date_end", "date_precision", "place", "gov", "type", "direction")
"""What is told of an incident."""


def read_spells(incidents: Table, direction: str) -> list[Spell]:
    """First and last possible day of the incidents of a direction, with their number.

    The parts of an operation are one, from the first day of any to the last.
    """
    rows = incidents.filter(incidents.direction == direction)
    days = rows.select("operation", first=rows.date, last=last_day(rows))
    single = days.filter(days.operation.isnull()).select("first", "last")
    joint = days.filter(days.operation.notnull()).group_by("operation")
    whole = joint.aggregate(first=ibis._.first.min(), last=ibis._.last.max())
    counted = (
        single.union(whole.select("first", "last"))
        .group_by(["first", "last"])
        .aggregate(incidents=ibis._.count())
        .order_by(["first", "last"])
    )
    return [(row["first"], row["last"], row["incidents"]) for row in read_rows(counted)]


def read_strikes(incidents: Table) -> tuple[list[dict[str, Any]], int]:
    """The latest strikes by the coalition, as `list_strikes` takes them, and how many are older.

    The columns are `LABELS` and ``operation``.
    """
    rows = incidents.filter(incidents.direction == STRIKE)
    latest = rows.select(*LABELS, "operation").order_by([ibis.desc("date"), "incident"])
    found = read_rows(latest.limit(MOST_STRIKES))
    if len(found) < MOST_STRIKES:
        return found, 0
    total = read_rows(rows.aggregate(total=rows.count()))[0]["total"]
    return found, total - len(found)


def read_responses(incidents: Table) -> list[dict[str, Any]]:
    """The latest incidents that answer others, and those that they answer.

    The columns are `LABELS` and ``response_to``, as `find_answers` takes them.
    """
    rows = incidents.select(*LABELS, "response_to")
    answers = rows.filter(rows.response_to.notnull())
    answers = answers.order_by([ibis.desc("date"), "incident"]).limit(MOST_ANSWERS)
    answered = answers.select(incident=list_ids(answers.response_to).unnest()).distinct()
    found = answers.union(rows.semi_join(answered, "incident"), distinct=True)
    return read_rows(found.order_by(["date", "incident"]))


def find_linked(
    store: Store, row: dict[str, Any], basis: str = "range"
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What an incident answers, and what answers it, whole rows, earliest first.

    Of very many, those closest in time.

    Parameters
    ----------
    row
        As `Store.find_incident` answers. Ids that no incident has are left out.
    basis
        Which claims their ranges show, see `choose_claims`.
    """
    own = row["incident"]
    others = choose_claims(store.incidents, basis).filter(ibis._.incident != own)
    named = split_ids(row["response_to"])
    answered = _read_closest(others.filter(others.incident.isin(named)), row) if named else []
    # To part every cell takes longer than to see which may hold the id.
    likely = others.filter(others.response_to.contains(own))
    return answered, _read_closest(likely.filter(list_ids(likely.response_to).contains(own)), row)


def _read_closest(incidents: Table, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Those closest to the day of a row, at most `MOST_LINKED`, earliest first."""
    apart = incidents.date.delta(ibis.literal(row["date"]), unit="day").abs()
    found = read_rows(incidents.order_by([apart, "incident"]).limit(MOST_LINKED))
    return sorted(found, key=lambda each: (each["date"], each["incident"]))
