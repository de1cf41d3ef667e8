"""The names of a place, folded, and which of them are too loose to decide alone."""

from dataclasses import dataclass, replace

from geo.names.generic_words import KINDS
from geo.names.names import fold_parts, tidy
from geo.places.by_names import COMMON_NOUNS, find_weak
from geo.places.places import Place
from geo.places.precision import find_coarser

BIG_CITY = 100_000
"""A city of so many people is meant by its own name, if the namesakes are a tenth of it."""

_NAMING = ("city", "town", "village", "border crossing")
TOWN_LIKE = (*_NAMING, "neighbourhood")
"""Kinds of place that people live in, after which the district around may be named."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one place, with its folded parts and the precision that it stands for.

    A weak name (see `geo.places.by_names`) counts only where the governorate agrees.
    """

    place: Place
    text: str
    tidied: str
    is_primary: bool
    is_curated: bool
    bare: str
    word: str
    precision: str
    is_weak: bool = False


def list_names(place: Place) -> list[Name]:
    """All names of a place; those that GeoNames gives to the area around it are left out."""
    names: dict[tuple[str, str, str], Name] = {}
    for text in (*place.names, *place.aliases, *place.loose_aliases):
        bare, word = fold_parts(text)
        is_primary = text in place.names
        is_curated = place.is_curated and text not in place.loose_aliases
        # GeoNames lists names of the area around a town as names of the town.
        is_area = not is_curated and not is_primary and word in ("governorate", "district")
        # "Al Al Airport" folds to "airport", which is any; Al Madinah is a town, though.
        is_any = not word and bare in KINDS and place.kind not in TOWN_LIKE
        if bare and not is_area and not is_any:
            parts = (tidy(text), bare, word)
            precision = place.precision
            # A neighbourhood may be called a district itself.
            if word == "district" and place.kind in _NAMING:
                precision = find_coarser(precision, "district")
            name = Name(place, text, parts[0], is_primary, is_curated, bare, word, precision)
            names.setdefault(parts, name)
    return list(names.values())


def list_texts(place: Place) -> list[str]:
    """Names and code of a place in all scripts, without those too loose for it alone."""
    names = [name.text for name in mark_weak(list_names(place)) if not name.is_weak]
    return [*names, place.icao] if place.icao else names


def mark_weak(names: list[Name]) -> list[Name]:
    """The names of one place with `is_weak` set (see `geo.places.by_names`)."""
    loose = [name.bare for name in names if not name.is_curated]
    if not loose:
        return names
    own = [name.bare for name in names if name.is_primary or name.is_curated]
    weak = find_weak(own, loose)
    if names[0].place.population >= BIG_CITY:
        # Other languages have names of their own for those: Lazkiye, Necef.
        weak &= COMMON_NOUNS
    return [
        replace(name, is_weak=True) if name.bare in weak and not name.is_curated else name
        for name in names
    ]


def join_places(place: Place, city: Place) -> Place:
    """The place with the names and people of another, which is the same."""
    known = {*place.names, *place.aliases, *place.loose_aliases}
    more = tuple(text for text in (*city.names, *city.aliases) if text not in known)
    people = max(place.population, city.population)
    return replace(place, loose_aliases=place.loose_aliases + more, population=people)


def widen(name: Name) -> Name:
    """The same name, standing for the surroundings of its place."""
    return replace(name, precision="district")
