"""Kinds of values of an address: how each is read from its texts, written back and described."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Protocol

LONGEST_TEXT = 200
"""Characters kept of a free text, so that a link cannot carry a novel."""
_DIGITS, _DAY = re.compile(r"-?[0-9]{1,12}"), re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST_NUMBER = 2**31 - 1


class Kind(Protocol):
    """Reads and writes one kind of value. `parse` raises ValueError with a sentence."""

    @property
    def schema(self) -> dict[str, Any]:
        """JSON schema of one URL value."""

    def parse(self, texts: Sequence[str]) -> Any: ...

    def write(self, value: Any) -> list[str]: ...


def _read_number(text: str) -> int:
    if not _DIGITS.fullmatch(text):
        raise ValueError(f'"{text[:40]}" is not a whole number.')
    number = int(text)
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(f'"{text[:40]}" is not between 0 and {LARGEST_NUMBER}.')
    return number


def _read_date(text: str) -> date:
    try:
        # Other forms of ISO 8601, such as weeks, are not what widgets and links write.
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise ValueError(f'"{text[:40]}" is not a date like 2021-07-07.') from None


def _clean(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TEXT].strip()


@dataclass(frozen=True)
class DateRange:
    """Two ISO dates; one alone is that day; reversed ones are put in order."""

    schema: ClassVar[dict[str, Any]] = {
        "type": "array",
        "items": {"type": "string", "format": "date"},
        "maxItems": 2,
    }

    def parse(self, texts: Sequence[str]) -> tuple[date, date] | None:
        days = sorted(_read_date(text) for text in texts if text)
        if len(days) > 2:
            raise ValueError("give two dates, the first and the last.")
        return (days[0], days[-1]) if days else None

    def write(self, value: tuple[date, date]) -> list[str]:
        return [day.isoformat() for day in value]


@dataclass(frozen=True)
class NumberRange:
    """Two whole numbers; one alone is exactly that number; reversed ones are put in order."""

    unit: str
    schema: ClassVar[dict[str, Any]] = {
        "type": "array",
        "items": {"type": "integer", "minimum": 0},
        "maxItems": 2,
    }

    def parse(self, texts: Sequence[str]) -> tuple[int, int] | None:
        numbers = sorted(_read_number(text) for text in texts if text)
        if len(numbers) > 2:
            raise ValueError("give two numbers, the least and the most.")
        return (numbers[0], numbers[-1]) if numbers else None

    def write(self, value: tuple[int, int]) -> list[str]:
        return [str(number) for number in value]


def _unlabel(text: str, labels: Mapping[str, str]) -> str:
    """The value that a label stands for. A bound widget writes its labels into the link."""
    return next((value for value, label in labels.items() if text == label), text)


@dataclass(frozen=True)
class AnyOf:
    """Any of several texts; doubles and blanks are dropped, the order is kept.

    A label stands for its value.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    schema: ClassVar[dict[str, Any]] = {"type": "array", "items": {"type": "string"}}

    def parse(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_unlabel(text, self.labels) for text in texts if text))

    def write(self, value: tuple[str, ...]) -> list[str]:
        return list(value)


def _last(texts: Sequence[str]) -> str:
    return texts[-1] if texts else ""


@dataclass(frozen=True)
class OneOf:
    """One of a fixed list of words. A label stands for its word."""

    words: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def labelled(cls, labels: Mapping[str, str]) -> "OneOf":
        """One of the words that have these labels."""
        return cls(tuple(labels), labels)

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}

    def parse(self, texts: Sequence[str]) -> str | None:
        text = _unlabel(_last(texts), self.labels)
        if not text:
            return None
        if text not in self.words:
            raise ValueError(f'"{text[:40]}" is not one of {", ".join(self.words)}.')
        return text

    def write(self, value: str) -> list[str]:
        return [value]


@dataclass(frozen=True)
class AtLeast:
    """A whole number from `least` to `most`."""

    unit: str
    most: int = LARGEST_NUMBER
    least: int = 0

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def parse(self, texts: Sequence[str]) -> int | None:
        text = _last(texts)
        if not text:
            return None
        number = _read_number(text)
        if number > self.most:
            raise ValueError(f'"{text}" is above {self.most}.')
        if number < self.least:
            raise ValueError(f'"{text}" is below {self.least}.')
        return number

    def write(self, value: int) -> list[str]:
        return [str(value)]


@dataclass(frozen=True)
class Text:
    """Free text; runs of white space become one space."""

    schema: ClassVar[dict[str, Any]] = {"type": "string", "maxLength": LONGEST_TEXT}

    def parse(self, texts: Sequence[str]) -> str | None:
        return _clean(_last(texts)) or None

    def cuts(self, texts: Sequence[str]) -> bool:
        """Whether `parse` leaves out the end of a text."""
        return len(" ".join(_last(texts).split())) > LONGEST_TEXT

    def write(self, value: str) -> list[str]:
        return [value]


@dataclass(frozen=True)
class Word:
    """Lower-case letters and digits only: it may become part of a file's name."""

    schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^[0-9a-z]{1,64}$"}

    def parse(self, texts: Sequence[str]) -> str | None:
        text = _last(texts)
        if not text:
            return None
        if not (text.isascii() and text.isalnum() and text == text.lower() and len(text) <= 64):
            raise ValueError("that is not the name of a version.")
        return text

    def write(self, value: str) -> list[str]:
        return [value]


MOST_CORNERS = 50
"""Corners of a polygon that a filter takes."""


def _read_degrees(text: str) -> tuple[float, ...]:
    """Numbers between commas, or none if one of them is not a finite number."""
    try:
        numbers = tuple(round(float(part), 5) for part in text.split(","))
    except ValueError:
        return ()
    return numbers if all(map(math.isfinite, numbers)) else ()


def _check_degrees(lats: Sequence[float], lons: Sequence[float]) -> None:
    if not all(-90 <= lat <= 90 for lat in lats):
        raise ValueError("south and north lie between -90 and 90 degrees.")
    if not all(-540 <= lon <= 540 for lon in lons):
        raise ValueError("west and east lie between -540 and 540 degrees.")


def _turn_back(lons: Sequence[float]) -> tuple[float, ...]:
    """The same meridians, whole circles taken off: their middle lies from -180 to 180.

    A map that is dragged on and on counts on and on.
    """
    turns = round((min(lons) + max(lons)) / 720)
    return tuple(round(lon - 360 * turns, 5) if turns else lon for lon in lons)


def _write_degrees(numbers: Sequence[float]) -> str:
    return ",".join(
        f"{number:g}" if number == int(number) else f"{number:.5f}".rstrip("0")
        for number in numbers
    )


@dataclass(frozen=True)
class Rectangle:
    """West, south, east, north in degrees; west above east crosses the antimeridian."""

    schema: ClassVar[dict[str, Any]] = {"type": "string", "pattern": "^-?[0-9.]+(,-?[0-9.]+){3}$"}

    def parse(self, texts: Sequence[str]) -> tuple[float, float, float, float] | None:
        text = _last(texts)
        if not text:
            return None
        numbers = _read_degrees(text)
        if len(numbers) != 4:
            raise ValueError("give west,south,east,north in degrees.")
        _, south, _, north = numbers
        west, east = _turn_back(numbers[0::2])
        _check_degrees((south, north), (west, east))
        return (west, min(south, north), east, max(south, north))

    def write(self, value: tuple[float, float, float, float]) -> list[str]:
        return [_write_degrees(value)]


@dataclass(frozen=True)
class Outline:
    """A rectangle, as `Rectangle`, or the corners of a polygon: lon,lat,lon,lat… in degrees."""

    schema: ClassVar[dict[str, Any]] = {
        "type": "string",
        "pattern": "^-?[0-9.]+(,-?[0-9.]+){3}((,-?[0-9.]+){2})*$",
    }

    def parse(self, texts: Sequence[str]) -> tuple[float, ...] | None:
        text = _last(texts)
        if not text:
            return None
        numbers = _read_degrees(text[: 2 * MOST_CORNERS * 24])
        if len(numbers) == 4:
            return Rectangle().parse([text])
        if len(numbers) < 6 or len(numbers) % 2:
            raise ValueError("give west,south,east,north, or lon,lat of three or more corners.")
        if len(numbers) > 2 * MOST_CORNERS:
            raise ValueError(f"give at most {MOST_CORNERS} corners.")
        lons, lats = _turn_back(numbers[0::2]), numbers[1::2]
        _check_degrees(lats, lons)
        if max(lons) - min(lons) > 360:
            raise ValueError("a polygon spans at most 360 degrees.")
        return tuple(degrees for corner in zip(lons, lats, strict=True) for degrees in corner)

    def write(self, value: tuple[float, ...]) -> list[str]:
        return [_write_degrees(value)]
