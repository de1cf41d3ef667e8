"""The geocoder's answers, each with the sentence that explains it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geo.finding.candidates import Spot
from geo.names.names import MAX_NAME_LENGTH
from geo.places.place_names import Name
from geo.places.places import Place
from geo.places.points import distance_km
from geo.places.precision import PRECISIONS

MatchKind = Literal[
    "exact",
    "alias",
    "folded",
    "learned",
    "fuzzy",
    "described",
    "area",
    "online",
    "ambiguous",
    "none",
]  # fmt: skip
"""Kinds of answer, surest first; the last two hold no place.

``learned``: the same table gives coordinates for this name in other rows. ``described``: the text
says where it is by other places ("near X"). ``area``: only what it lies in or beside is known.
``online``: from Nominatim.
"""

SCORES: dict[str, float] = {"exact": 100.0, "alias": 98.0, "folded": 95.0, "learned": 92.0}
"""Scores of what is equal; a fuzzy match scores at most `MAX_FUZZY_SCORE`."""

LOOSE_SCORES: dict[str, float] = {"described": 70.0, "online": 60.0, "area": 50.0}
"""Scores of what is no name of the gazetteer."""

MAX_FUZZY_SCORE = 90.0
_LOST_OUTSIDE_GOV = 15.0
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Match:
    """What the geocoder answers.

    `score` is 0 to 100 and orders answers; it is no probability. `precision` is that of the
    match, which may be coarser than the place's own. `candidates` holds the place itself, or the
    places that the geocoder will not choose. `reason` is one English sentence; it quotes the name
    as given, so escape it like any text of a reader. `is_elsewhere` says that the text itself, or
    the row, names a country that the gazetteer does not cover.
    """

    place: Place | None
    kind: MatchKind
    score: float
    precision: str | None
    candidates: tuple[Place, ...]
    reason: str
    is_elsewhere: bool = False


def quote(name: str) -> str:
    """The name on one line between quotes, as reasons show it."""
    shown = " ".join(name.split())
    return f'"{shown}"'


def say_none(reason: str, candidates: tuple[Place, ...] = ()) -> Match:
    """No place, and why."""
    return Match(None, "none", 0.0, None, candidates, reason)


def say_uncovered(name: str, country: str) -> Match:
    """No place, because the country is none of the gazetteer's."""
    shown = " ".join(country.split())[:MAX_NAME_LENGTH]
    reason = f"{quote(name)} was not looked for: the gazetteer covers Iraq and Syria, not {shown}."
    return Match(None, "none", 0.0, None, (), reason, is_elsewhere=True)


def say_ambiguous(quoted: str, spots: list[Spot]) -> Match:
    """No place, because these are equally good."""
    places = tuple(spot.best.name.place for spot in spots)
    told = " or ".join(place.describe() for place in places[:_LISTED])
    more = f" or {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    what = "country" if len({place.country for place in places}) > 1 else "governorate"
    reason = f"{quoted} may be {told}{more}; name the {what} to decide."
    return Match(None, "ambiguous", 0.0, None, places, reason)


def say_weak(quoted: str, spots: list[Spot], gov: str | None) -> Match:
    """No place, because the name is too loose for these alone (see `geo.places.by_names`)."""
    places = tuple(spot.best.name.place for spot in spots)
    where = "name the governorate to use it" if gov is None else f"it is not in {gov}"
    reason = f"{quoted} is too loose a name for {places[0].describe()}; {where}."
    return say_none(reason, places)


def say_found(
    quoted: str,
    kind: Literal["exact", "alias", "folded"],
    place: Place,
    precision: str,
    text: str,
    other_gov: str | None = None,
) -> Match:
    """A place whose name `text` equals what was given; `other_gov` was named though."""
    how = {"exact": "Name", "alias": "Alias"}.get(kind)
    reason = (
        f'{quoted} is spelled like "{text}" of {place.describe()}'
        if how is None
        else f"{how} {quoted} of {place.describe()}"
    )
    if place.is_extra:
        reason += f", told by {place.coordinates_from}"
    if precision != place.precision:
        reason += f", which stands for its surroundings ({precision})"
    score = SCORES[kind]
    if other_gov is not None:
        reason += f", though {other_gov} was named"
        score -= _LOST_OUTSIDE_GOV
    return Match(place, kind, score, precision, (place,), f"{reason}.")


def say_governorate(quoted: str, place: Place) -> Match:
    """The governorate that a row names instead of a place."""
    reason = f"No place is named; {quoted} is {place.describe()}."
    return Match(place, "exact", SCORES["exact"], place.precision, (place,), reason)


def say_fuzzy(quoted: str, name: Name, edits: int, length: int) -> Match:
    """A place whose name is so many letters away from what was given."""
    letters = "letter" if edits == 1 else "letters"
    reason = f'{quoted} is {edits} {letters} away from "{name.text}" of {name.place.describe()}.'
    score = round(MAX_FUZZY_SCORE * (1 - edits / max(length, 1)), 1)
    return Match(name.place, "fuzzy", score, name.precision, (name.place,), reason)


def say_similar(quoted: str, name: Name) -> Match:
    """A place whose name differs in vowels alone."""
    reason = f'{quoted} differs in vowels only from "{name.text}" of {name.place.describe()}.'
    return Match(name.place, "fuzzy", MAX_FUZZY_SCORE / 2, name.precision, (name.place,), reason)


def say_learned(quoted: str, place: Place, rows: int) -> Match:
    """A place whose point other rows of the same table tell."""
    told = "another row" if rows == 1 else f"{rows} other rows"
    reason = f"{quoted} is in no gazetteer; {told} of the same table told where it is."
    return Match(place, "learned", SCORES["learned"], place.precision, (place,), reason)


def say_doubted(quoted: str, place: Place, taught: Place) -> Match:
    """No place, because the table's own rows put the name far from where a gazetteer has it."""
    km = distance_km(place.point, taught.point)
    reason = (
        f"{quoted} is {place.describe()} in the gazetteer, but other rows of the same table "
        f"put it {km:.0f} km away; give coordinates or the governorate to decide."
    )
    return Match(None, "ambiguous", 0.0, None, (place, taught), reason)


def say_described(
    quoted: str,
    how: str,
    place: Place,
    precision: str,
    at: Place | None = None,
    others: Sequence[Place] = (),
) -> Match:
    """A place that the text tells by `place` and `others`; it is `at`, else at `place` itself."""
    told = " and ".join(each.describe() for each in (place, *others))
    km = f"{PRECISIONS[precision]:g} km"
    reason = f"{quoted} is read as {how} {told}; precision {precision}, a circle of {km}."
    found = place if at is None else at
    candidates = (place, *others)
    return Match(found, "described", LOOSE_SCORES["described"], precision, candidates, reason)


def say_area(quoted: str, place: Place, precision: str) -> Match:
    """What a name lies in or beside, because itself it is unknown."""
    reason = f"{quoted} is not in the gazetteer; placed with {place.describe()} ({precision})."
    return Match(place, "area", LOOSE_SCORES["area"], precision, (place,), reason)


def say_fallen(match: Match, area: Match) -> Match:
    """What a row names besides its place (`match`), which is not known: governorate or country."""
    if area.place is None or area.precision is None:
        return match
    told = f"Placed in {area.place.describe()}, which the row names ({area.precision})."
    reason = f"{match.reason} {told}"
    score = LOOSE_SCORES["area"]
    return Match(area.place, "area", score, area.precision, match.candidates, reason)


def say_far_apart(quoted: str, places: Sequence[Place]) -> Match:
    """No place, because the names of one cell are too far apart for one point."""
    told = " and ".join(place.describe() for place in places[:_LISTED])
    reason = f"{quoted} names {told}, too far apart for one point; make it a row for each."
    return Match(None, "ambiguous", 0.0, None, tuple(places), reason)
