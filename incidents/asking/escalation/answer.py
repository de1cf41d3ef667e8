"""Escalation: the one answer that the Timeline page and the API tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from incidents.asking.escalation.aftermath import Aftermath, follow_strikes, list_strikes
from incidents.asking.escalation.answers import Reply, find_answers
from incidents.asking.escalation.sides import Side, count_sides
from incidents.asking.escalation.spells import LABELS, read_responses, read_spells, read_strikes
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.asking.time.periods import Period
from incidents.asking.time.steps import choose_step
from incidents.table.columns import ATTACK, STRIKE

WITHIN = 7
"""Days after a strike that are looked at if the reader chooses no others."""


@dataclass(frozen=True)
class Escalation:
    """Attacks on the coalition and strikes by it.

    Attributes
    ----------
    step, sides
        Incidents of both sides per step that has any.
    vague_attacks, vague_strikes
        Incidents that fit into no step.
    answers
        What answers what, where a report says so.
    absent
        Ids that are answered but not among the incidents: the filters leave them out.
    aftermath
        What followed the strikes, and the base rate.
    older
        Strikes that are too many to be followed one by one; the latest are.
    known, is_stated
        First and last day that are known of, and whether the table states that they were
        monitored; if not, they are the days of its first and last incident.
    incidents
        Of each incident that answers, is answered or is a strike: `LABELS`, by its id.
    parts
        The incidents of each strike of the aftermath, by the strike's id.
    """

    step: str
    sides: Sequence[Side]
    vague_attacks: int
    vague_strikes: int
    answers: Sequence[Reply]
    absent: Sequence[str]
    aftermath: Aftermath
    older: int
    known: Period
    is_stated: bool
    incidents: Mapping[str, Mapping[str, Any]]
    parts: Mapping[str, Sequence[str]]

    @property
    def is_empty(self) -> bool:
        """Whether there is no strike by the coalition, and nothing that answers another."""
        strikes = sum(side.strikes for side in self.sides) + self.vague_strikes
        return strikes == 0 and not self.answers

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must know, in sentences."""
        told = list(self.aftermath.warnings)
        if not self.is_stated:
            told.append(
                "The table does not say which days were monitored: all from its first to its last "
                "incident are taken as such."
            )
        if self.older:
            told.append(f"{self.older:,} older strikes are not followed one by one.")
        if self.absent:
            told.append(
                "The filters leave out what some incidents answer: "
                f"{len(self.absent):,} incident{'' if len(self.absent) == 1 else 's'}."
            )
        return tuple(told)


def read_escalation(
    store: Store,
    filters: Filters,
    monitored: Period | None,
    within: int = WITHIN,
    step: str | None = None,
) -> Escalation:
    """Both sides under the filters; a question for `Store.ask`.

    The key ``direction`` leaves nothing out, as both sides are compared. Nor does ``dates`` from
    what is counted: it says which strikes and answers are told.

    Parameters
    ----------
    monitored
        First and last day that were monitored, if the table states them.
    within
        Days after a strike that are looked at.
    step
        Without it, one that fits the days that are known of.
    """
    both = replace(filters, direction=())
    incidents = store.select(replace(both, dates=None))
    known = monitored or store.extent.span
    if known is None:
        raise ValueError("An empty table has no days to look at.")
    step = step or choose_step(*known)
    attacks = read_spells(incidents, ATTACK)
    sides, vague_attacks, vague_strikes = count_sides(attacks, read_spells(incidents, STRIKE), step)
    rows, older = read_strikes(store.select(both))
    strikes, vague = list_strikes(rows)
    responses = read_responses(incidents)
    answers, absent = find_answers(responses)
    return Escalation(
        step=step,
        sides=sides,
        vague_attacks=vague_attacks,
        vague_strikes=vague_strikes,
        answers=[each for each in answers if _touches(each, filters.dates)],
        absent=absent,
        aftermath=follow_strikes(attacks, strikes, vague, known, within),
        older=older,
        known=known,
        is_stated=monitored is not None,
        incidents={row["incident"]: {name: row[name] for name in LABELS}
                   for row in (*responses, *rows)},
        parts=_group(rows, strikes),
    )  # fmt: skip


def _touches(answer: Reply, dates: Period | None) -> bool:
    """Whether an answer, or what it answers, lies in the dates; if no day is known, it may."""
    days = [day for day in (answer.day, answer.answered_day) if day is not None]
    return dates is None or not days or any(dates[0] <= day <= dates[1] for day in days)


def _group(
    rows: Sequence[Mapping[str, Any]], strikes: Mapping[str, date]
) -> dict[str, Sequence[str]]:
    parts: dict[str, list[str]] = {name: [] for name in strikes}
    for row in rows:
        name = row["operation"] or row["incident"]
        if name in parts:
            parts[name].append(row["incident"])
    return {name: sorted(each) for name, each in parts.items()}
