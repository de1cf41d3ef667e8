"""What a host coarsens or hides of a table for everybody but editors, and how the setting says it.

Never by chance: the same cell is always the same coarse one, so that nobody can take the mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidents.table.columns import COLUMNS, DATE_PRECISIONS, REPORT_COLUMNS
from incidents.table.sentences import list_some
from incidents.table.setting_readers import OFF

PERIODS = DATE_PRECISIONS[1:]
MOST_KM = 500
_NEEDED = ("incident", "date", "date_precision", "report", "dataset")
_NAMES = {column.name for column in (*COLUMNS, *REPORT_COLUMNS)}
_WAYS = "write rules such as places=10km or places=governorate, dates=month, hide=actor,weapon"


@dataclass(frozen=True)
class Protection:
    """What is coarsened of one dataset.

    Attributes
    ----------
    km
        Side of the squares to whose middle places are moved; None for the governorate's label, or
        where places stay.
    is_area
        Whether places are coarsened to the governorate.
    period
        ``week``, ``month`` or ``year`` that dates are widened to; "" where they stay.
    hidden
        Columns that nobody sees.
    """

    km: int | None = None
    is_area: bool = False
    period: str = ""
    hidden: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether places are coarsened."""
        return self.is_area or self.km is not None

    def say(self) -> str:
        """What is done, as the parts of a sentence."""
        parts = []
        if self.moves:
            parts.append("places to the governorate" if self.is_area else f"places to {self.km} km")
        if self.period:
            parts.append(f"dates to the {self.period}")
        parts += [f"no {list_some(self.hidden)}"] if self.hidden else []
        return ", ".join([*parts, "no free texts"])


Protections = tuple[tuple[str, Protection], ...]
"""By the name of a dataset; "" is any other."""


def read_protections(text: str) -> Protections:
    """Rules as a host writes them: ``places=10km dates=month; sigacts: hide=actor``.

    Raises
    ------
    ValueError
        Says what to write instead.
    """
    if text.lower() in OFF:
        return ()
    found: dict[str, Protection] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        name, _, rules = part.rpartition(":")
        dataset = _fold(name.strip().removesuffix("*"))
        if dataset in found:
            raise ValueError(f"{_WAYS}; all that holds for one dataset stands together")
        found[dataset] = _read_rules(rules)
    return tuple(found.items())


def _read_rules(text: str) -> Protection:
    told = [word.partition("=")[::2] for word in text.split()]
    words = dict(told)
    if len(words) < len(told):
        raise ValueError(f"{_WAYS}; each once, columns to hide with commas between them")
    if not words or not all(words.values()) or not set(words) <= {"places", "dates", "hide"}:
        raise ValueError(_WAYS)
    places, period = words.get("places", ""), words.get("dates", "")
    side = re.fullmatch(r"([1-9][0-9]{0,2})\s*km", places)
    km = int(side[1]) if side else None
    if (places and km is None and places != "governorate") or (km or 0) > MOST_KM:
        raise ValueError(f"{_WAYS}; squares have 1 to {MOST_KM} km")
    if period and period not in PERIODS:
        raise ValueError(f"dates are coarsened to {', '.join(PERIODS)}")
    hidden = tuple(filter(None, words.get("hide", "").split(",")))
    if wrong := [name for name in hidden if name not in _NAMES or name in _NEEDED]:
        raise ValueError(f'"{wrong[0]}" is no column that can be hidden')
    return Protection(km, places == "governorate", period, hidden)


def choose_protections(
    protections: Protections, datasets: Sequence[str | None]
) -> Mapping[str, Protection]:
    """What is coarsened of each of these datasets; those of which nothing is are left out.

    A dataset that got a number, because another one of its name stands beside it, is the same.
    """
    rules = dict(protections)
    found = {}
    for name in datasets:
        rule = rules.get(_fold(name or ""), rules.get(""))
        if rule is not None:
            found[name or ""] = rule
    return found


def find_unused(protections: Protections, datasets: Sequence[str]) -> list[str]:
    """Names of datasets that there are rules for, and that none of these datasets has."""
    there = set(map(_fold, datasets))
    return [name for name, _ in protections if name and name not in there]


def say_protections(chosen: Mapping[str, Protection]) -> str:
    """The sentence for readers; "" where nothing is coarsened."""
    said = dict.fromkeys(rule.say() for rule in chosen.values())
    if len(said) == 1:
        return f"To protect people, this table is shown with {next(iter(said))}."
    told = "; ".join(f"{name} with {rule.say()}" for name, rule in chosen.items())
    return f"To protect people, these tables are shown as follows: {told}." if said else ""


def _fold(name: str) -> str:
    return re.sub(r"( \(\d+\))+$", "", " ".join(name.split())).casefold()
