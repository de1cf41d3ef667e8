"""An address as a value: which incidents are asked for, and what is shown of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from incidents.asking.display import DISPLAY_KEYS, Display
from incidents.asking.filters import FILTER_KEYS, Filters
from incidents.asking.keys import Key
from incidents.asking.kinds import LONGEST_TEXT, AnyOf, Kind, Text
from incidents.asking.own_keys import Asked, is_own
from incidents.table.errors import FilterError

KEYS: tuple[Key, ...] = (*(key for key in FILTER_KEYS if key.is_parameter), *DISPLAY_KEYS)
"""Every parameter of an address, of a page as of the API."""


@dataclass(frozen=True)
class Address:
    """All that a link says. `from_query` reads it and `to_query` writes it."""

    filters: Filters = field(default_factory=Filters)
    display: Display = field(default_factory=Display)

    @property
    def in_window(self) -> Filters:
        """The filters as the API takes them: of the incidents, only those in the window."""
        return replace(self.filters, window=self.display.bbox)

    def with_filters(self, filters: Filters) -> "Address":
        """The same view of other incidents: the list begins at its first page."""
        return Address(filters, replace(self.display, page=None))

    def list_texts(self) -> Iterator[tuple[str, list[str]]]:
        """What is asked for, by parameter, in the order of `KEYS`, own columns between."""
        yield from _write(self.filters, FILTER_KEYS)
        yield from ((each.name, list(each.texts)) for each in self.filters.own)
        yield from _write(self.display, DISPLAY_KEYS)


def _write(part: Filters | Display, keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    for key in keys:
        value = getattr(part, key.name)
        if key.is_parameter and value != key.default:
            yield key.name, key.kind.write(value)


@dataclass(frozen=True)
class Dropped:
    """A parameter that could not be used, and why, in a sentence."""

    key: str
    value: str
    reason: str


def from_query(query: str | Iterable[tuple[str, str]]) -> tuple[Address, tuple[Dropped, ...]]:
    """An address from a URL's query, and what was dropped from it. Never raises.

    Reversed ranges are ordered, a half-picked date range is that one day, a single number of
    ``killed`` or ``wounded`` is exactly that number. Unknown keys and unreadable values are
    dropped and reported; whether a value occurs in the table is not looked at.
    """
    pairs = (
        parse_qsl(query.lstrip("?"), keep_blank_values=True) if isinstance(query, str) else query
    )
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    known = {key.name: key for key in KEYS}
    values: dict[str, Any] = {}
    dropped: list[Dropped] = []
    for name, texts in given.items():
        if name not in known and not is_own(name):
            dropped.append(Dropped(name, ", ".join(texts), f'"{name}" is not a filter.'))
            continue
        try:
            if not all(_is_storable(text) for text in texts):
                raise ValueError("that holds characters which no table holds.")
            # What kind of values an own column has, its version knows.
            kind: Kind = known[name].kind if name in known else AnyOf()
            value = kind.parse(texts)
            if isinstance(kind, Text) and kind.cuts(texts):
                words = f'"{name}" is longer than {LONGEST_TEXT} letters: the first ones are used.'
                dropped.append(Dropped(name, ", ".join(texts), words))
        except ValueError as error:
            dropped.append(Dropped(name, ", ".join(texts), f'"{name}": {error}'))
        else:
            if value is not None:
                values[name] = value
    return _make_address(values), tuple(dropped)


def _make_address(values: dict[str, Any]) -> Address:
    asked, shown = (
        {key.name: values[key.name] for key in keys if key.name in values}
        for keys in (FILTER_KEYS, DISPLAY_KEYS)
    )
    own = (Asked(name, texts) for name, texts in values.items() if is_own(name) and texts)
    return Address(Filters(**asked, own=tuple(own)), Display(**shown))


def _is_storable(text: str) -> bool:
    """Whether a database takes this text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def insist(address: Address, dropped: Iterable[Dropped]) -> Address:
    """The address, if nothing of its query had to be dropped.

    Raises
    ------
    FilterError
        Something had; the sentence names it.
    """
    reasons = [one.reason for one in dropped]
    if reasons:
        raise FilterError(" ".join(reasons))
    return address


def to_pairs(address: Address) -> list[tuple[str, str]]:
    """What the address asks for, as URL parameters in the order of `KEYS`."""
    return [(name, text) for name, texts in address.list_texts() for text in texts]


def to_query(address: Address) -> str:
    """The address as a URL query without ``?``. ``from_query`` reads back the same address."""
    return urlencode(to_pairs(address))
