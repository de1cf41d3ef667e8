"""What an address asks for, as far as the table on screen can answer it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from geo.places.governorates import list_spellings
from incidents.asking.address import Dropped
from incidents.asking.facets import Facets, has_choice
from incidents.asking.filters import FILTER_KEYS, Filters
from incidents.asking.keys import Days, Key
from incidents.asking.store import Store
from incidents.table.sentences import say_dates


def fit_filters(
    filters: Filters, facets: Facets, span: Days | None, store: Store
) -> tuple[Filters, tuple[Dropped, ...]]:
    """The filters without what this table does not have, and what that is, in sentences.

    A governorate is found by any spelling. Values that do not occur are left out, keys that give
    no choice here, and days on which the table was neither monitored nor has an incident (outside
    `span`). Numbers of people are as they are asked for.
    """
    told: list[Dropped] = []
    fitted: dict[str, Any] = {}
    for key in FILTER_KEYS:
        value = getattr(filters, key.name)
        if key.takes_any and value:
            known = set(facets.values[key.name])
            if key.name in facets.open:
                known |= store.find_values(key.name, value)
            value = tuple(dict.fromkeys(_respell(key, each, known) for each in value))
            told += _tell_absent(key, value, known)
            fitted[key.name] = tuple(each for each in value if each in known)
        if not has_choice(key, facets):
            fitted[key.name] = key.default
    if filters.dates is not None and span is not None:
        inside = cut(filters.dates, *span)
        if inside != filters.dates:
            told.append(_tell_beyond(filters.dates, span, inside))
            fitted["dates"] = inside
    return replace(filters, **fitted), tuple(told)


def _respell(key: Key, value: str, known: Collection[str]) -> str:
    """A governorate as this table has it: old links, and older versions, spell it another way."""
    spellings = (value, *list_spellings(value)) if key.name == "gov" else (value,)
    return next((each for each in spellings if each in known), value)


def _tell_absent(key: Key, values: Sequence[str], known: Collection[str]) -> list[Dropped]:
    return [
        Dropped(key.name, each, f'{key.label}: "{each}" does not occur in this table.')
        for each in values
        if each not in known
    ]


def _tell_beyond(asked: Days, span: Days, inside: Days | None) -> Dropped:
    words = f"this table holds {say_dates(*span)}, the link asks for {say_dates(*asked)}"
    if inside is None:
        words += "; nothing in this table lies in that range"
    return Dropped("dates", say_dates(*asked), f"Dates: {words}.")


def cut(pair: tuple[Any, Any], least: Any, most: Any) -> tuple[Any, Any] | None:
    """The part of a range that lies between two bounds, if any does."""
    if least is None or most is None or pair[0] > most or pair[1] < least:
        return None
    return max(pair[0], least), min(pair[1], most)


def find_span(facets: Facets, monitored: Days | None) -> Days | None:
    """First and last day that were monitored or have an incident; None in an empty table."""
    if facets.first is None or facets.last is None:
        return None
    days = (facets.first, facets.last, *(monitored or ()))
    return min(days), max(days)
