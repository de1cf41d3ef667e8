"""What each report on an incident says, and where it differs from most others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from incidents.claims import find_superseded_ids, range_stem
from incidents.sentences import say_partial_date, say_range, say_stem


@dataclass(frozen=True)
class Statement:
    """One thing a report says.

    Attributes
    ----------
    label
        What it speaks of: "killed", "fighters killed", "launched", "date".
    text
        What it says: "4", "2–3", "8 Jul 2021".
    differs
        Whether most standing reports on the incident say otherwise, or they are split.
    """

    label: str
    text: str
    differs: bool


@dataclass(frozen=True)
class Account:
    """One report with what it says. A superseded one was corrected by the same publisher."""

    report: Mapping[str, Any]
    statements: tuple[Statement, ...]
    is_superseded: bool


def list_accounts(
    incident: Mapping[str, Any],
    reports: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
) -> list[Account]:
    """Accounts of one incident, in the order of the reports.

    Parameters
    ----------
    incident, reports, claims
        Rows as `Store.find_incident`, `find_reports` and `find_claims` answer.
    """
    superseded = find_superseded_ids(reports)
    said: dict[str, dict[str, list[str]]] = {report["report"]: {} for report in reports}
    for claim in claims:
        if claim["report"] in said and claim["measure"] is not None:
            label = say_stem(range_stem(claim["measure"], claim["group"] or "all"))
            text = say_range(claim["low"], claim["high"])
            texts = said[claim["report"]].setdefault(label, [])
            # A report may give two numbers; the same one twice is one statement.
            texts += [] if text in texts else [text]
    usual = _find_usual([texts for report, texts in said.items() if report not in superseded])
    accounts = []
    for report in reports:
        statements = [
            Statement(label, text, usual[label] != text if label in usual else False)
            for label, texts in said[report["report"]].items()
            for text in texts
        ]
        statements += _compare_dates(report["says_date"], incident["date"])
        accounts.append(Account(report, tuple(statements), report["report"] in superseded))
    return accounts


def list_differences(accounts: Sequence[Account]) -> list[tuple[str, list[tuple[str, int]]]]:
    """What standing reports disagree on: label, and each text with the number of reports."""
    counts: dict[str, Counter[str]] = {}
    for account in accounts:
        if not account.is_superseded:
            for statement in account.statements:
                counts.setdefault(statement.label, Counter())[statement.text] += 1
    return [(label, count.most_common()) for label, count in counts.items() if len(count) > 1]


def _find_usual(said: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, str | None]:
    """What most say about each label; None where no text is said by more than any other."""
    counts: dict[str, Counter[str]] = {}
    for report in said:
        for label, texts in report.items():
            counts.setdefault(label, Counter()).update(texts)
    usual: dict[str, str | None] = {}
    for label, count in counts.items():
        ranked = count.most_common(2)
        is_tie = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
        usual[label] = None if is_tie else ranked[0][0]
    return usual


def _compare_dates(says: str | None, day: date) -> list[Statement]:
    # A report may give the month only; that does not contradict the day.
    if says is None or day.isoformat().startswith(says):
        return []
    return [Statement("date", say_partial_date(says), True)]
