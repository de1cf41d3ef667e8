"""Which incidents a reader asks for: the filters, as a value, an expression and a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ibis

from geo.places.mercator import Bounds
from geo.places.precision import PRECISIONS
from incidents.asking import clauses
from incidents.asking.conditions import (
    choose_claims,
    has_harmed,
    has_publishers,
    has_words,
    in_area,
    in_window,
    is_any_of,
    is_attack,
    is_in_governorate,
    is_known,
    is_precise,
    within_dates,
)
from incidents.asking.keys import (
    CASUALTIES,
    FIRST,
    Condition,
    Days,
    Key,
    Numbers,
    Values,
    key,
    list_keys,
)
from incidents.asking.kinds import (
    AnyOf,
    AtLeast,
    DateRange,
    NumberRange,
    OneOf,
    Outline,
    Rectangle,
    Text,
)
from incidents.asking.own_keys import Asked, is_own, list_asked_keys
from incidents.table.sentences import BASIS, COUNTRIES, SCOPES, WHO


def _any_of(
    column: str,
    label: str,
    meaning: str,
    words: str,
    labels: Mapping[str, str] | None = None,
    condition: Condition | None = None,
    **more: Any,
) -> Any:
    """A row of a column of which any of several values is asked for; `words` say them."""
    return key(
        label,
        meaning,
        AnyOf(labels or {}),
        default=(),
        condition=condition or is_any_of(column),
        clause=clauses.any_of(words, labels or {}),
        is_counted=True,
        widget="many",
        **more,
    )


def _harmed(harm: str) -> Any:
    """A row of a range of people killed or wounded."""
    return key(
        harm.capitalize(),
        f"Least and most people {harm}; incidents whose toll is unknown are left out.",
        NumberRange("people"),
        condition=has_harmed(harm),
        clause=clauses.harmed(harm),
        widget="range",
        section=CASUALTIES,
        is_explained=True,
    )


@dataclass(frozen=True)
class Filters:
    """The reader's question: which incidents. Every field is a row; its default asks for nothing.

    It is a value: compare it, keep answers by it.
    """

    dates: Days | None = key(
        "Dates",
        "First and last day, both included.",
        DateRange(),
        condition=within_dates,
        clause=clauses.dates,
        widget="days",
        section=FIRST,
        rank=2,
    )
    country: Values = _any_of("country", "Country", "ISO 3166-1 alpha-2 code.", "in {}", COUNTRIES)
    gov: Values = _any_of(
        "gov",
        "Governorate",
        "Governorate, English name; other spellings are found, too.",
        "in {}",
        condition=is_in_governorate,
        section=FIRST,
        rank=7,
    )
    place: Values = _any_of(
        "place", "Place", "Place, English name in the gazetteer.", "at {}", section=FIRST, rank=8
    )
    type: Values = _any_of("type", "Type", "Kind of attack.", "of type {}", section=FIRST, rank=5)
    direction: Values = _any_of(
        "direction",
        "Direction",
        "Attack on the coalition, strike by it, or other.",
        "whose direction is {}",
        section=FIRST,
        rank=6,
    )
    target: Values = _any_of("target", "Target", "Kind of target.", "on the target {}")
    actor: Values = _any_of("actor", "Actor", "Who claimed it or is blamed.", "by {}")
    weapon: Values = _any_of("weapon", "Weapon", "Weapon used.", "with {}")
    grade: Values = _any_of(
        "grade",
        "Confidence",
        "How well it is attested: confirmed, fair, weak, contested.",
        "graded {}",
    )
    dataset: Values = _any_of(
        "dataset",
        "Table",
        "Table that the row comes from, where several are together.",
        "of the table {}",
        is_optional=True,
    )
    scope: str = key(
        "Events",
        "Attacks only, or protests, arrests and other events of the table, too.",
        OneOf.labelled(SCOPES),
        default="attacks",
        condition=is_attack,
        clause=clauses.scope,
        is_default_narrow=True,
        widget="switch",
        section=FIRST,
        rank=4,
        is_optional=True,
    )
    who: str = key(
        "Whose harm",
        "Group that killed and wounded speak of.",
        OneOf.labelled(WHO),
        default="all",
        widget="list",
        section=CASUALTIES,
    )
    killed: Numbers | None = _harmed("killed")
    wounded: Numbers | None = _harmed("wounded")
    basis: str = key(
        "Claims",
        "Which claims every figure, chart, list and export shows: all as a range, only the lowest,"
        " only the highest; or ranges of incidents with a known number of killed or wounded only."
        " Killed and wounded are compared with the highest claim, or with the lowest.",
        OneOf.labelled(BASIS),
        default="range",
        condition=is_known,
        clause=clauses.basis,
        widget="switch",
        section=CASUALTIES,
        is_explained=True,
    )
    sources: int = key(
        "Publishers",
        "At least so many different publishers.",
        AtLeast("publishers"),
        default=0,
        condition=has_publishers,
        clause=clauses.sources,
        widget="number",
        is_explained=True,
    )
    precision: str | None = key(
        "Place known to",
        "At least this precise.",
        OneOf(tuple(PRECISIONS)),
        condition=is_precise,
        clause=clauses.precision,
        is_counted=True,
        widget="list",
        is_explained=True,
    )
    q: str = key(
        "Words",
        "Words in place, actor, target, weapon or summary; a place is found by any of its names.",
        Text(),
        default="",
        condition=has_words,
        clause=clauses.words,
        widget="words",
        section=FIRST,
        rank=1,
    )
    area: tuple[float, ...] | None = key(
        "Area",
        "Area drawn on the map, in degrees: west,south,east,north of a rectangle, or lon,lat of"
        " each corner of a polygon. Incidents whose point lies inside; unplaced ones are left out.",
        Outline(),
        condition=in_area,
        clause=clauses.area,
        widget="drawn",
        section=FIRST,
        rank=3,
    )
    window: Bounds | None = key(
        "Window",
        "Only incidents in a window of the map: what the API is asked for by `bbox`.",
        Rectangle(),
        condition=in_window,
        clause=clauses.window,
        # On a page, it only says where the map stands.
        is_parameter=False,
    )
    own: tuple[Asked, ...] = ()
    """What is asked of the table's own columns: their rows are made for each version."""


FILTER_KEYS = list_keys(Filters)


def list_keys_of(filters: Filters) -> tuple[Key, ...]:
    """All keys, with those of the own columns of which something is asked."""
    return (*FILTER_KEYS, *list_asked_keys(filters.own)) if filters.own else FILTER_KEYS


def to_expression(filters: Filters, incidents: ibis.Table) -> ibis.Table:
    """The incidents that the filters ask for, with the claims that they ask for. Nothing is run."""
    conditions = [
        condition
        for key in list_keys_of(filters)
        if key.condition is not None and key.narrows(filters)
        if (condition := key.condition(incidents, key.read(filters), filters)) is not None
    ]
    chosen = incidents.filter(*conditions) if conditions else incidents
    return choose_claims(chosen, filters.basis)


def to_sentence(filters: Filters) -> str:
    """The filters in plain English, starting with "All incidents" or "Incidents"."""
    parts = [
        key.clause(value, filters)
        for key in list_keys_of(filters)
        if key.clause is not None and (value := key.read(filters)) != key.default
    ]
    return "Incidents " + ", ".join(parts) if parts else "All incidents"


def set_keys(filters: Filters) -> Sequence[Key]:
    """The keys by which the reader leaves incidents out."""
    keys = list_keys_of(filters)
    return [key for key in keys if key.narrows(filters) and not key.is_default_narrow]


def without(filters: Filters, name: str) -> Filters:
    """The same filters with one key back at its default."""
    if is_own(name):
        return replace(filters, own=tuple(each for each in filters.own if each.name != name))
    return replace(filters, **{name: getattr(Filters(), name)})
