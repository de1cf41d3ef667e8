"""What an address asks for, as far as the table on screen can answer it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from geo.places.governorates import list_spellings
from incidents.asking.address import Dropped
from incidents.asking.display import Display
from incidents.asking.facets import Facets, has_choice
from incidents.asking.filters import FILTER_KEYS, Filters
from incidents.asking.keys import Days, Key
from incidents.asking.own_keys import Asked, list_asked_keys, make_keys
from incidents.asking.own_kinds import KNOWN, UNKNOWN
from incidents.asking.store import Store
from incidents.table.errors import FilterError
from incidents.table.own_columns import OwnColumn
from incidents.table.sentences import say_dates


def find_asked(
    filters: Filters, columns: Sequence[OwnColumn]
) -> tuple[Filters, tuple[Dropped, ...]]:
    """The filters with the own columns of a version that they ask for, and what it lacks of them.

    A range is written in order.
    """
    if not filters.own:
        return filters, ()
    keys = {key.name: key for key in make_keys(columns)}
    named = {column.name: column for column in columns}
    told: list[Dropped] = []
    found: list[Asked] = []
    for each in filters.own:
        try:
            if each.name not in keys:
                raise ValueError("this table has no such column to filter by.")
            value = keys[each.name].kind.parse(each.texts)
        except ValueError as error:
            told.append(Dropped(each.name, ", ".join(each.texts), f'"{each.name}": {error}'))
        else:
            if value is not None and value != keys[each.name].default:
                texts = tuple(keys[each.name].kind.write(value))
                found.append(Asked(each.name, texts, named[each.name]))
    return replace(filters, own=tuple(found)), tuple(told)


def tell_columns(display: Display, columns: Sequence[OwnColumn]) -> list[Dropped]:
    """Columns that the list is to show and that are none of the own columns of a version."""
    names = {column.name for column in columns}
    return [
        Dropped("cols", each, f'Columns: "{each}" is no column of this table\'s own.')
        for each in display.cols
        if each not in names
    ]


def insist_on_asked(filters: Filters, columns: Sequence[OwnColumn]) -> Filters:
    """As `find_asked`, if the version has all of it.

    Raises
    ------
    FilterError
        It has not; the sentence names it.
    """
    found, dropped = find_asked(filters, columns)
    if dropped:
        raise FilterError(" ".join(each.reason for each in dropped))
    return found


def fit_filters(
    filters: Filters, facets: Facets, span: Days | None, store: Store
) -> tuple[Filters, tuple[Dropped, ...]]:
    """The filters without what this table does not have, and what that is, in sentences.

    A governorate is found by any spelling. Values that do not occur are left out, keys that give
    no choice here, and days on which the table was neither monitored nor has an incident (outside
    `span`). Numbers of people are as they are asked for.
    """
    filters, lacking = find_asked(filters, facets.own)
    told: list[Dropped] = [*lacking]
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
    if filters.own:
        fitted["own"], absent = _fit_own(filters.own, facets, store)
        told += absent
    return replace(filters, **fitted), tuple(told)


def _fit_own(
    asked: Sequence[Asked], facets: Facets, store: Store
) -> tuple[tuple[Asked, ...], list[Dropped]]:
    """Of what is asked of own columns, the values that occur."""
    fitted, told = [], []
    for each, key in zip(asked, list_asked_keys(asked), strict=True):
        if key.takes_any:
            known = {*facets.values[key.name], UNKNOWN, KNOWN}
            if key.name in facets.open:
                known |= store.find_values(key.name, each.texts)
            told += _tell_absent(key, each.texts, known)
            each = replace(each, texts=tuple(text for text in each.texts if text in known))
        if each.texts:
            fitted.append(each)
    return tuple(fitted), told


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
