"""Attacks on the coalition above the axis, strikes by it below: how many in each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from incidents.asking.time.steps import find_start

Spell = tuple[date, date, int]
"""First and last day on which incidents happened, or may have, and their number."""


@dataclass(frozen=True)
class Side:
    """One step: attacks on the coalition, which stand above the axis, and strikes by it, below."""

    start: date
    attacks: int
    strikes: int


def count_sides(
    attacks: Iterable[Spell], strikes: Iterable[Spell], step: str
) -> tuple[list[Side], int, int]:
    """Incidents per step that has any, and the number of attacks and strikes that fit into none.

    As on the timeline, an incident is in a step only if all its possible days are.
    """
    counts: dict[date, list[int]] = {}
    vague = [0, 0]
    for side, spells in enumerate((attacks, strikes)):
        for first, last, number in spells:
            start = find_start(first, step)
            if find_start(last, step) == start:
                counts.setdefault(start, [0, 0])[side] += number
            else:
                vague[side] += number
    return [Side(start, *counts[start]) for start in sorted(counts)], vague[0], vague[1]
