"""Which incident answers which, where a report says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from incidents.table.columns import split_ids


@dataclass(frozen=True)
class Reply:
    """An incident that answers another, as a report has it.

    `days` is how many days lie between them; None where either day is not exactly known.
    """

    incident: str
    answers: str
    day: date | None
    answered_day: date | None
    days: int | None


def find_day(incident: Mapping[str, Any]) -> date | None:
    """The day of an incident that is known to the day and lasted no longer; else None."""
    day, end = incident["date"], incident["date_end"]
    is_exact = incident["date_precision"] == "day" and end in (None, day)
    return day if is_exact else None


def find_answers(incidents: Sequence[Mapping[str, Any]]) -> tuple[list[Reply], list[str]]:
    """Which incidents answer which, by ``response_to``, and ids in it that are not among them.

    Parameters
    ----------
    incidents
        Rows with ``incident``, ``date``, ``date_end``, ``date_precision`` and ``response_to``. An
        incident that names itself answers nothing.

    Returns
    -------
    list of Reply
        In the order of the rows, then of the ids.
    list of str
        Ids that no row has; under filters, an incident that the filters leave out. Each once.
    """
    known = {row["incident"]: row for row in incidents}
    answers, absent = [], dict[str, None]()
    for row in incidents:
        for name in split_ids(row["response_to"]):
            if name == row["incident"]:
                continue
            if name not in known:
                absent[name] = None
                continue
            day, answered = find_day(row), find_day(known[name])
            days = None if day is None or answered is None else (day - answered).days
            answers.append(Reply(row["incident"], name, day, answered, days))
    return answers, list(absent)
