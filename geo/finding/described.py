"""Places that a text describes by others: beside them, some way off, between them, in them."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from geo.finding.matches import Match, quote, say_area, say_described, say_far_apart
from geo.names.compass import POINTS
from geo.names.names import drop_directions, find_script, fold_parts
from geo.names.phrases import Phrase, has_dash, is_route, list_phrases, split_names
from geo.places.countries import find_country_code
from geo.places.governorates import find_gov
from geo.places.places import Place
from geo.places.points import Point, distance_km, find_middle, move
from geo.places.precision import PRECISIONS, find_coarser, find_precision, widen_precision

Find = Callable[[str], Match]
"""Finds the place of a plain name: spelled as it is known, never guessed."""

FindBeside = Callable[[str, Place], Match | None]
"""Finds the place of a plain name close to another; None when that name is known elsewhere only.

An unknown name gives a match without a place.
"""

NameGov = Callable[[str], str | None]
"""Finds the governorate of a name, which most seats share."""

OFF_COURSE = 0.4
"""Share of a told distance that a point may lie beside: eight directions are 45 degrees wide."""

MAX_APART_KM = PRECISIONS["governorate"]
"""Names in one cell that lie further than this from their middle are not one place."""

_WIDE = ("country", "governorate")


def match_described(name: str, find: Find, find_beside: FindBeside) -> Match | None:
    """What the text says by means of other places; None when it does not, or they are unknown."""
    for phrase in list_phrases(name):
        found = _read_phrase(name, phrase, find, find_beside)
        if found is not None:
            return found
    return None


def _read_phrase(name: str, said: Phrase, find: Find, find_beside: FindBeside) -> Match | None:
    if said.kind == "between":
        return _place_between(name, said, find)
    if said.kind == "countryside":
        return _place_countryside(name, said, find)
    anchor = find(said.names[0])
    if anchor.kind == "ambiguous":
        return anchor
    if anchor.place is None:
        return _place_by_several(name, said, find, find_beside)
    if anchor.precision is None or anchor.place.kind == "country":
        return None
    if said.kind == "offset" and said.km is not None:
        return _place_off(name, said, said.km, anchor.place, anchor.precision)
    if said.head and fold_parts(said.head)[0]:
        nested = match_described(said.head, find, find_beside) if said.kind == "inside" else None
        if nested is not None:
            return nested
        beside = find_beside(said.head, anchor.place)
        if beside is None and said.kind == "direction":
            return find_in_gov(said.head, anchor.place, find)
        if beside is None or beside.place is not None:
            return beside
    if said.kind == "inside":
        return _place_inside(name, said, anchor.place, anchor.precision, find)
    how = "near" if said.direction is None else f"{said.direction} of"
    return say_described(quote(name), how, anchor.place, widen_precision(anchor.precision))


def find_in_gov(text: str, anchor: Place, find: Find) -> Match | None:
    """A place kept by hand in the governorate of another: Tal Afar, west of Mosul, is 60 km off."""
    own = find(text)
    is_there = own.place is not None and own.place.is_curated and own.place.gov == anchor.gov != ""
    return own if is_there else None


def _place_by_several(name: str, said: Phrase, find: Find, find_beside: FindBeside) -> Match | None:
    """What is said to lie near, or off, or in several places, all of them known."""
    nearby_km = 0.0 if said.kind == "inside" else PRECISIONS["district"]
    for names in split_names(said.names[0], tight=False):
        if all(find(text).kind != "none" for text in names):
            found = match_names(name, names, find, find_beside, said.km or nearby_km)
            if found is None or found.place is None or not fold_parts(said.head)[0]:
                return found
            beside = find_beside(said.head, found.place)
            return found if beside is not None and beside.place is None else beside
    return None


def _place_off(name: str, said: Phrase, km: float, place: Place, precision: str) -> Match | None:
    if place.kind in _WIDE:
        return None  # From where in it would the distance be counted?
    if said.direction is None:
        point, radius = place.point, km + PRECISIONS[precision]
        how = f"{km:.3g} km from"
    else:
        point = move(place.point, km, POINTS[said.direction])
        radius = math.hypot(PRECISIONS[precision], OFF_COURSE * km)
        how = f"{km:.3g} km {said.direction} of"
    wide = find_precision(radius)
    if wide is None:
        return None
    return say_described(quote(name), how, place, wide, _stand_in(place, point, how))


def _place_between(name: str, said: Phrase, find: Find) -> Match | None:
    ends: list[Place] = []
    for text in said.names:
        found = find(text)
        if found.place is None or found.place.kind in _WIDE:
            return found if found.kind == "ambiguous" else None
        ends.append(found.place)
    middle, radius = find_middle([end.point for end in ends])
    precision = find_precision(radius)
    if precision is None or len({end.id for end in ends}) < len(ends):
        return None
    precision = find_coarser(precision, "district")
    place = _join(ends, middle, "between")
    return say_described(quote(name), "between", ends[0], precision, place, ends[1:])


def _place_countryside(name: str, said: Phrase, find: Find) -> Match | None:
    """The countryside of a governorate's seat is the governorate's."""
    plain = drop_directions(said.names[0]) or said.names[0]
    area = find_gov(name_countryside(plain))
    whole = find(f"{plain if area is None else area.gov} governorate")
    around = whole if whole.place is not None else find(plain)
    if around.place is None or around.precision is None or around.place.kind == "country":
        return None
    precision = widen_precision(around.precision)
    return say_described(quote(name), "the countryside of", around.place, precision)


def name_countryside(name: str) -> str:
    """The countryside of a name, in its letters: that of Damascus is a governorate of its own."""
    prefix = {"arabic": "ريف", "cyrillic": "Риф"}.get(find_script(name) or "", "Rural")
    return f"{prefix} {name}"


def _place_inside(name: str, said: Phrase, place: Place, precision: str, find: Find) -> Match:
    if not said.head:
        return say_described(quote(name), "in", place, precision)
    plain = drop_directions(said.names[0])
    # "in eastern Raqqa" means the governorate where there is one of that name.
    is_wide = plain is not None and find(f"{plain} governorate").place is not None
    least = "governorate" if is_wide else "district"
    return say_area(quote(said.head), place, find_coarser(precision, least))


def match_several(name: str, find: Find, find_beside: FindBeside) -> Match | None:
    """Several names in one cell: a precision that holds them all, or ambiguous.

    Of "A / B" and "A and B" the known one stands, less precisely, where the other is unknown.
    Roads, borders and what lies between are none of their ends.
    """
    if is_route(name):
        return None
    for names in split_names(name, tight=False):
        if any(find(text).place is not None for text in names):
            return match_names(name, names, find, find_beside)
    return None


def match_names(
    name: str, names: Sequence[str], find: Find, find_beside: FindBeside, km: float = 0.0
) -> Match | None:
    """What holds all places of these names and `km` around them; None if it cannot be told."""
    matches = [find(text) for text in names]
    known = next((match.place for match in matches if match.place is not None), None)
    if known is not None:
        pairs = zip(names, matches, strict=True)
        matches = [_settle(text, match, known, find_beside) for text, match in pairs]
    return _hold(name, names, matches, km)


def match_list(
    head: str, tails: Sequence[str], find: Find, find_beside: FindBeside, find_gov: NameGov
) -> Match | None:
    """Read "Homs, Hama" as two towns: Homs lies in no governorate of the other's name."""
    towns = [tail for tail in tails if find_country_code(tail) is None]
    first = find(head).place
    if not towns or first is None or not _is_known_town(first):
        return None
    for town in towns:
        gov, place = find_gov(town), find(town).place
        if gov in (None, first.gov) or place is None or not _is_known_town(place):
            return None
    return match_names(", ".join((head, *towns)), (head, *towns), find, find_beside)


def _is_known_town(place: Place) -> bool:
    return place.is_curated and place.kind in ("city", "town")


def _settle(text: str, match: Match, other: Place, find_beside: FindBeside) -> Match:
    """An ambiguous name is the one close to the other name of the cell."""
    beside = find_beside(text, other) if match.kind == "ambiguous" else None
    return match if beside is None else beside


def _hold(
    name: str, names: Sequence[str], matches: Sequence[Match], km: float = 0.0
) -> Match | None:
    unsure = next((match for match in matches if match.kind == "ambiguous"), None)
    if unsure is not None:
        return unsure
    pairs = [(m.place, m.precision) for m in matches if m.place is not None and m.precision]
    places = list({place.id: place for place, _ in pairs}.values())
    if not places:
        return None
    precision = find_coarser(*(precision for _, precision in pairs))
    if len(pairs) < len(matches):
        unknown = next(t for t, m in zip(names, matches, strict=True) if m.place is None)
        if len(places) > 1 or places[0].kind in _WIDE or has_dash(name):
            return None
        return say_area(quote(unknown), places[0], widen_precision(precision))
    if len(places) == 1:
        return say_described(quote(name), "names of", places[0], precision)
    middle, radius = find_middle([place.point for place in places])
    if radius > MAX_APART_KM or any(place.kind == "country" for place in places):
        return say_far_apart(quote(name), places)
    wide = find_coarser(precision, find_precision(radius + km) or precision)
    place = _join(places, middle, "and")
    return say_described(quote(name), "the middle of", places[0], wide, place, places[1:])


def _join(places: Sequence[Place], point: Point, how: str) -> Place:
    """A place in the middle of others, with the names of all, for the search."""
    first = places[0]
    govs, countries = {p.gov for p in places}, {p.country for p in places}
    return replace(
        _stand_in(first, point, f"{how} {' and '.join(p.name for p in places[1:])}"),
        id=f" {how} ".join(place.id for place in places),
        name=" and ".join(place.name for place in places),
        aliases=_list_all(place.aliases for place in places),
        names=_list_all(place.names for place in places),
        gov=first.gov if len(govs) == 1 else "",
        country=first.country if len(countries) == 1 else "",
    )


def _list_all(texts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in texts for text in each))


def _stand_in(place: Place, point: Point, how: str) -> Place:
    """The place, moved: what is there has no name of its own."""
    return replace(
        place, id=f"{how} {place.id}", point=point, gov="", coordinates_from=f"{how} {place.name}"
    )


def is_beside(place: Place, other: Place, km: float) -> bool:
    """Whether two places are so near to each other, or one lies in the other's governorate."""
    if other.kind == "governorate":
        return place.gov == other.gov
    return distance_km(place.point, other.point) <= km
