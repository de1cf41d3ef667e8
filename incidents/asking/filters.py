"""What the reader asked for: one table of keys; URL, expression and sentence are made from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import ibis

from geo.places.precision import PRECISIONS
from incidents.asking.asked import Filters as Filters
from incidents.asking.conditions import (
    Condition,
    choose_claims,
    harmed,
    has_words,
    in_area,
    in_window,
    is_attack,
    known,
    one_of_column,
    precise,
    within_dates,
)
from incidents.asking.filter_kinds import (
    AnyOf,
    AtLeast,
    Bounds,
    DateRange,
    Kind,
    NumberRange,
    OneOf,
    Outline,
    Text,
    Word,
)
from incidents.asking.sorting import ORDERS
from incidents.table import sentences
from incidents.table.columns import GROUPS, HARMS
from incidents.table.errors import FilterError


@dataclass(frozen=True)
class Key:
    """One row of the table of filters.

    Attributes
    ----------
    name
        Column, URL parameter, widget key and field of `Filters` at once.
    expression
        None for keys that choose what is shown, not which incidents (``data``, ``bbox``…).
    sentence
        A few words for the sentence above the figures; None where the key adds none.
    is_default_narrow
        Whether the default leaves incidents out, and any other value does not.
    """

    name: str
    label: str
    meaning: str
    kind: Kind
    expression: Condition | None = None
    sentence: Callable[[Filters], str] | None = None
    is_default_narrow: bool = False

    def narrows(self, filters: Filters) -> bool:
        """Whether this key leaves incidents out."""
        is_default = getattr(filters, self.name) == self.default
        return self.expression is not None and is_default == self.is_default_narrow

    @property
    def default(self) -> Any:
        """The value of `Filters` that asks for nothing."""
        return next(f.default for f in fields(Filters) if f.name == self.name)


def _any_of(name: str, label: str, meaning: str, labels: Mapping[str, str] | None = None) -> Key:
    kind = AnyOf(labels or {})
    return Key(name, label, meaning, kind, one_of_column(name), sentences.any_of(name))


KEYS: tuple[Key, ...] = (
    Key(
        "dates",
        "Dates",
        "First and last day, both included.",
        DateRange(),
        within_dates,
        sentences.dates,
    ),
    _any_of("country", "Country", "ISO 3166-1 alpha-2 code.", sentences.COUNTRIES),
    _any_of("gov", "Governorate", "Governorate, English name."),
    _any_of("place", "Place", "Place, English name in the gazetteer."),
    _any_of("type", "Type", "Kind of attack."),
    _any_of("direction", "Direction", "Attack on the coalition, strike by it, or other."),
    _any_of("target", "Target", "Kind of target."),
    _any_of("actor", "Actor", "Who claimed it or is blamed."),
    _any_of("weapon", "Weapon", "Weapon used."),
    _any_of("grade", "Confidence", "How well it is attested: confirmed, fair, weak, contested."),
    _any_of("dataset", "Table", "Table that the row comes from, where several are together."),
    Key(
        "scope",
        "Events",
        "Attacks only, or protests, arrests and other events of the table, too.",
        OneOf(tuple(sentences.SCOPES), sentences.SCOPES),
        is_attack,
        lambda filters: "together with events that are no attacks",
        is_default_narrow=True,
    ),
    Key(
        "who",
        "Whose harm",
        "Group that killed and wounded speak of.",
        OneOf(GROUPS, sentences.WHO),
    ),
    Key(
        "killed",
        "Killed",
        "Least and most people killed; incidents whose toll is unknown are left out.",
        NumberRange("people"),
        harmed("killed"),
        sentences.harmed("killed"),
    ),
    Key(
        "wounded",
        "Wounded",
        "Least and most people wounded; incidents whose toll is unknown are left out.",
        NumberRange("people"),
        harmed("wounded"),
        sentences.harmed("wounded"),
    ),
    Key(
        "basis",
        "Claims",
        "Which claims every figure, chart, list and export shows: all as a range, only the lowest,"
        " only the highest; or ranges of incidents with a known number of killed or wounded only."
        " Killed and wounded are compared with the highest claim, or with the lowest.",
        OneOf(tuple(sentences.BASIS), sentences.BASIS),
        known,
        sentences.basis,
    ),
    Key(
        "sources",
        "Publishers",
        "At least so many different publishers.",
        AtLeast("publishers"),
        lambda incidents, filters: incidents.sources >= filters.sources,
        sentences.sources,
    ),
    Key(
        "precision",
        "Place known to",
        "At least this precise.",
        OneOf(tuple(PRECISIONS)),
        precise,
        sentences.precision,
    ),
    Key(
        "q",
        "Words",
        "Words in place, actor, target, weapon or summary; a place is found by any of its names.",
        Text(),
        has_words,
        sentences.words,
    ),
    Key(
        "area",
        "Area",
        "Area drawn on the map, in degrees: west,south,east,north of a rectangle, or lon,lat of"
        " each corner of a polygon. Incidents whose point lies inside; unplaced ones are left out.",
        Outline(),
        in_area,
        sentences.area,
    ),
    Key("data", "Version", "Snapshot: the version of the table.", Word()),
    Key("against", "Against", "Snapshot that the version is compared with.", Word()),
    Key("incident", "Incident", "The incident opened beside the map.", Text()),
    Key(
        "bbox",
        "Window",
        "Window: west,south,east,north in degrees. On the page where the map stands; of the API's"
        " answers only incidents inside.",
        Bounds(),
        in_window,
        sentences.window,
    ),
    Key("z", "Zoom", "Zoom of the map, 0 to 18.", AtLeast("", most=18)),
    Key(
        "view",
        "Map shows",
        "View of the map.",
        OneOf(tuple(sentences.VIEWS), sentences.VIEWS),
    ),
    Key(
        "shade",
        "Shaded by",
        "What the governorates are shaded by.",
        OneOf(tuple(sentences.SHADES), sentences.SHADES),
    ),
    Key(
        "before",
        "Compared with",
        "First and last day of the period that the dates are compared with.",
        DateRange(),
    ),
    Key("step", "Bars by", "Step of the timeline.", OneOf(tuple(sentences.STEPS), sentences.STEPS)),
    Key(
        "length",
        "Window of",
        "Steps that the moving window of the playback holds, 1 to 60; 1 if it is not given.",
        AtLeast("steps", most=60, least=1),
    ),
    Key(
        "average",
        "Average over",
        "Weeks of the moving average drawn over the timeline.",
        OneOf(tuple(sentences.AVERAGES), sentences.AVERAGES),
    ),
    Key(
        "within",
        "Days after a strike",
        "Days after each strike by the coalition in which attacks are counted, 1 to 90; 7 if it is"
        " not given.",
        AtLeast("days", most=90, least=1),
    ),
    Key(
        "sort",
        "Sorted by",
        "Column by which the list is sorted; with a minus, the largest first.",
        OneOf(ORDERS),
    ),
    Key("page", "Page", "Page of the list, from 1.", AtLeast("")),
    Key("harm", "Harm", "Harm that the Casualties page shows.", OneOf(HARMS, sentences.HARMS)),
    Key(
        "by",
        "By",
        "What a row of casualties stands for; `time` goes by `step`, `incident` tells those on"
        " which sources differ most, `party` what parties to the conflict say beside the others.",
        OneOf(tuple(sentences.BYS), sentences.BYS),
    ),
)

VIEW_KEYS = (
    *("data", "against", "incident", "bbox", "z", "view", "shade", "before"),
    *("step", "length", "average", "within", "sort", "page", "harm", "by"),
)
"""Keys that choose what is shown, not which incidents."""


@dataclass(frozen=True)
class Dropped:
    """A parameter that could not be used, and why, in a sentence."""

    key: str
    value: str
    reason: str


def from_query(query: str | Iterable[tuple[str, str]]) -> tuple[Filters, tuple[Dropped, ...]]:
    """Filters from a URL's query, and what was dropped from it. Never raises.

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
        if name not in known:
            dropped.append(Dropped(name, ", ".join(texts), f'"{name}" is not a filter.'))
            continue
        try:
            if not all(_is_storable(text) for text in texts):
                raise ValueError("that holds characters which no table holds.")
            value = known[name].kind.parse(texts)
        except ValueError as error:
            dropped.append(Dropped(name, ", ".join(texts), f'"{name}": {error}'))
        else:
            if value is not None:
                values[name] = value
    return Filters(**values), tuple(dropped)


def _is_storable(text: str) -> bool:
    """Whether a database takes this text: no NUL, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def read_query(query: str | Iterable[tuple[str, str]]) -> Filters:
    """Filters from a URL's query, strictly: what the API uses.

    Raises
    ------
    FilterError
        A key is unknown or a value cannot be read; the sentence names it.
    """
    filters, dropped = from_query(query)
    if dropped:
        raise FilterError(" ".join(one.reason for one in dropped))
    return filters


def to_pairs(filters: Filters) -> list[tuple[str, str]]:
    """The filters that ask for something, as URL parameters in the order of `KEYS`."""
    return [
        (key.name, text)
        for key in KEYS
        if (value := getattr(filters, key.name)) != key.default
        for text in key.kind.write(value)
    ]


def to_query(filters: Filters) -> str:
    """The filters as a URL query without ``?``. ``from_query`` reads back the same filters."""
    return urlencode(to_pairs(filters))


def to_expression(filters: Filters, incidents: ibis.Table) -> ibis.Table:
    """The incidents that the filters ask for, with the claims that they ask for.

    Nothing is run; view keys change nothing.
    """
    conditions = [
        condition
        for key in KEYS
        if key.expression is not None and key.narrows(filters)
        if (condition := key.expression(incidents, filters)) is not None
    ]
    chosen = incidents.filter(*conditions) if conditions else incidents
    return choose_claims(chosen, filters.basis)


def to_sentence(filters: Filters) -> str:
    """The filters in plain English, starting with "All incidents" or "Incidents"."""
    parts = [
        key.sentence(filters)
        for key in KEYS
        if key.sentence is not None and getattr(filters, key.name) != key.default
    ]
    return "Incidents " + ", ".join(parts) if parts else "All incidents"


def set_keys(filters: Filters) -> Sequence[Key]:
    """The keys by which the reader leaves incidents out."""
    return [key for key in KEYS if key.narrows(filters) and not key.is_default_narrow]


def without(filters: Filters, name: str) -> Filters:
    """The same filters with one key back at its default."""
    return replace(filters, **{name: next(k.default for k in KEYS if k.name == name)})


def only_filters(filters: Filters) -> Filters:
    """The same filters without the keys that only choose what is shown."""
    defaults: Mapping[str, Any] = dict.fromkeys(VIEW_KEYS)
    return replace(filters, **defaults)
