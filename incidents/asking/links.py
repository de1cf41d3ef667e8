"""What becomes of a link on one table: what it asks for there, and what cannot be used of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from incidents.asking.address import Address, Dropped, from_query
from incidents.asking.facets import Facets, has_choice
from incidents.asking.filters import FILTER_KEYS
from incidents.asking.keys import Key
from incidents.asking.store import Store


def read_link(
    query: Sequence[tuple[str, str]], facets: Facets, store: Store
) -> tuple[Address, tuple[Dropped, ...]]:
    """An address as this table can answer it, and what was left out. Never raises.

    A range in the wrong order is turned, one that reaches beyond the table is cut to it, a single
    number or day becomes a range; the whole range asks for nothing. Values that do not occur are
    left out, and so are keys between whose values the table gives no choice.
    """
    address, dropped = from_query(query)
    told = list(dropped)
    values: dict[str, Any] = {}
    for key in FILTER_KEYS:
        asked = getattr(address.filters, key.name)
        if key.takes_any:
            known = _find_known(key, asked, facets, store)
            told += _tell_absent(key, asked, known)
            values[key.name] = tuple(each for each in asked if each in known)
        elif asked is not None and key.widget in ("days", "range"):
            values[key.name], reason = _fit_range(key, asked, facets)
            told += (
                [Dropped(key.name, " to ".join(key.kind.write(asked)), reason)] if reason else []
            )
        if not has_choice(key, facets):
            values[key.name] = key.default
    return replace(address, filters=replace(address.filters, **values)), tuple(told)


def _find_known(key: Key, asked: Sequence[str], facets: Facets, store: Store) -> Collection[str]:
    known = set(facets.values[key.name])
    return known | store.find_values(key.name, asked) if key.name in facets.open else known


def _tell_absent(key: Key, asked: Sequence[str], known: Collection[str]) -> list[Dropped]:
    return [
        Dropped(key.name, each, f'{key.label}: "{each}" does not occur in this table.')
        for each in asked
        if each not in known
    ]


def _fit_range(key: Key, asked: tuple[Any, Any], facets: Facets) -> tuple[Any, str | None]:
    """The part of a range that the table has, None for no filter; and why there is none."""
    least, most = find_bounds(key.name, facets)
    found = cut(asked, least, most)
    if found is None:
        return None, f"{key.label}: nothing in this table lies in that range."
    if found != (least, most):
        return found, None
    # No widget can ask for "any number, but known": its whole range is no filter.
    is_toll = key.widget == "range"
    words = f"{key.label}: that is the whole range; unknown tolls are shown, too."
    return None, words if is_toll else None


def find_bounds(name: str, facets: Facets) -> tuple[Any, Any]:
    """The least and the most that a range can ask for."""
    return (facets.first, facets.last) if name == "dates" else (0, facets.most[name])


def cut(pair: tuple[Any, Any], least: Any, most: Any) -> tuple[Any, Any] | None:
    """The part of a range that lies between two bounds, if any does."""
    if least is None or most is None or pair[0] > most or pair[1] < least:
        return None
    return max(pair[0], least), min(pair[1], most)
