"""Kinds of values of a reader's own columns: ranges that may take in what is unknown."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from incidents.asking.kinds import DateRange

UNKNOWN, KNOWN = "?", "*"
"""What asks for rows whose cell says nothing, and for all others. No value of a column is either:
both are read as saying nothing."""
LABELS = {UNKNOWN: "Unknown", KNOWN: "Any that is known"}

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")


@dataclass(frozen=True)
class Decimals:
    """Two numbers, which may be negative or have decimals; reversed ones are put in order."""

    schema: ClassVar[dict[str, Any]] = {
        "type": "array",
        "items": {"type": "number"},
        "maxItems": 2,
    }

    def parse(self, texts: Sequence[str]) -> tuple[float, float] | None:
        numbers = sorted(_read_decimal(text) for text in texts if text)
        if len(numbers) > 2:
            raise ValueError("give two numbers, the least and the most.")
        return (numbers[0], numbers[-1]) if numbers else None

    def write(self, value: tuple[float, float]) -> list[str]:
        return [write_decimal(number) for number in value]


def _read_decimal(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f'"{text[:40]}" is not a number.')
    return float(text)


def write_decimal(number: float) -> str:
    """A number as it stands in a link: no exponent, no idle zeros."""
    if math.isclose(number, round(number), abs_tol=1e-9):
        return str(round(number))
    return f"{number:.9f}".rstrip("0")


@dataclass(frozen=True)
class Within:
    """What is asked of a column of numbers or days.

    Attributes
    ----------
    bounds
        Least and most, both included; None for none.
    takes_unknown
        Whether rows whose cell says nothing are asked for, too; without bounds, only they.
    """

    bounds: tuple[float, float] | tuple[date, date] | None
    takes_unknown: bool = False


@dataclass(frozen=True)
class OrUnknown:
    """A range of a column, or everything that is known in it (`KNOWN`), and `UNKNOWN` or not."""

    inner: DateRange | Decimals

    @property
    def schema(self) -> dict[str, Any]:
        item = {"anyOf": [self.inner.schema["items"], {"enum": [UNKNOWN, KNOWN]}]}
        return {"type": "array", "items": item, "maxItems": 3}

    def parse(self, texts: Sequence[str]) -> Within | None:
        bounds = self.inner.parse([text for text in texts if text not in (UNKNOWN, KNOWN)])
        takes_unknown = UNKNOWN in texts
        if bounds is None and takes_unknown == (KNOWN in texts):
            return None  # neither, or both: that leaves nothing out
        return Within(bounds, takes_unknown)

    def write(self, value: Within) -> list[str]:
        if value.bounds is None:
            return [UNKNOWN if value.takes_unknown else KNOWN]
        bounds: Any = value.bounds
        return [*self.inner.write(bounds), *([UNKNOWN] if value.takes_unknown else [])]
