"""The geocoder's answers, each with the sentence that explains it."""

from dataclasses import dataclass
from typing import Literal

from geo.candidates import Spot
from geo.gazetteer import Name
from geo.names import MAX_NAME_LENGTH
from geo.places import Place

MatchKind = Literal["exact", "alias", "folded", "fuzzy", "ambiguous", "none"]
"""Kinds of answer, surest first; the last two hold no place."""

SCORES: dict[str, float] = {"exact": 100.0, "alias": 98.0, "folded": 95.0}
"""Scores of what is equal; a fuzzy match scores at most `MAX_FUZZY_SCORE`."""

MAX_FUZZY_SCORE = 90.0
_LOST_OUTSIDE_GOV = 15.0
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Match:
    """What the geocoder answers.

    `score` is 0 to 100 and orders answers; it is no probability. `precision` is that of the
    match, which may be coarser than the place's own. `candidates` holds the place itself, or the
    places that the geocoder will not choose. `reason` is one English sentence; it quotes the name
    as given, so escape it like any text of a reader.
    """

    place: Place | None
    kind: MatchKind
    score: float
    precision: str | None
    candidates: tuple[Place, ...]
    reason: str


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
    return say_none(
        f"{quote(name)} was not looked for: the gazetteer covers Iraq and Syria, not {shown}."
    )


def say_ambiguous(quoted: str, spots: list[Spot]) -> Match:
    """No place, because these are equally good."""
    places = tuple(spot.best.name.place for spot in spots)
    told = " or ".join(place.describe() for place in places[:_LISTED])
    more = f" or {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    what = "country" if len({place.country for place in places}) > 1 else "governorate"
    reason = f"{quoted} may be {told}{more}; name the {what} to decide."
    return Match(None, "ambiguous", 0.0, None, places, reason)


def say_weak(quoted: str, spots: list[Spot], gov: str | None) -> Match:
    """No place, because the name is too loose for these alone (see `geo.by_names`)."""
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
    if precision != place.precision:
        reason += f", which stands for its surroundings ({precision})"
    score = SCORES[kind]
    if other_gov is not None:
        reason += f", though {other_gov} was named"
        score -= _LOST_OUTSIDE_GOV
    return Match(place, kind, score, precision, (place,), f"{reason}.")


def say_fuzzy(quoted: str, name: Name, edits: int, length: int) -> Match:
    """A place whose name is so many letters away from what was given."""
    letters = "letter" if edits == 1 else "letters"
    reason = f'{quoted} is {edits} {letters} away from "{name.text}" of {name.place.describe()}.'
    score = round(MAX_FUZZY_SCORE * (1 - edits / max(length, 1)), 1)
    return Match(name.place, "fuzzy", score, name.precision, (name.place,), reason)
