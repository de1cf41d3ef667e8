"""Places of dropped gazetteer files, fitted in below those that are shipped."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import shapely
from shapely import STRtree

from geo.names.likeness import find_shape
from geo.names.names import fold_parts
from geo.places.admin_lists import AdminUnit
from geo.places.place_names import Name
from geo.places.places import Place
from geo.places.points import Point, distance_km, find_middle

TWIN_KM = 15.0
"""So near to each other, two settlements of one name are one."""

FindGov = Callable[[str, str | None], str | None]
FindNames = Callable[[str, str], list[Name]]

_SETTLEMENTS = ("city", "town", "village")
_NO_TWINS = ("district", "airport", "base", "camp", "oil field", "border crossing")
"""What is called after a town is not the town: Nasib's crossing is 3 km away."""
_ALIKE_KM = 5.0
_SAME_UNIT_KM = 15.0
_COMMUNITY = 4


def fit_in(dropped: Iterable[Place], known: Sequence[Place], find_gov: FindGov) -> Iterator[Place]:
    """Those of the dropped places that are not known yet, with country and governorate filled.

    A settlement is known if its id is, or if one of its own names is that of a place nearby.
    Anything else that bears the name of a settlement is left out: who writes the name means
    the settlement.
    """
    ids = {place.id for place in known}
    names: dict[str, list[Place]] = defaultdict(list)
    for place in known:
        for text in (*place.names, *place.aliases) if place.is_curated else place.names:
            names[fold_parts(text)[0]].append(place)
    others: list[Place] = []
    find_country = _find_countries(known)
    for place in dropped:
        if place.id in ids:
            continue
        if place.kind not in (*_SETTLEMENTS, "district"):
            others.append(place)
            continue
        bares = {fold_parts(text)[0] for text in place.names}
        if place.kind == "district" or not _is_known(place, bares, names):
            ids.add(place.id)
            for bare in bares:
                names[bare].append(place)
            yield _fill(place, find_country, find_gov)
    for place in others:
        if not any(fold_parts(text)[0] in names for text in place.names):
            yield _fill(place, find_country, find_gov)


def add_extra(
    taught: Iterable[Place], shipped: Iterable[Place], known: Sequence[Place], find_gov: FindGov
) -> Iterator[Place]:
    """Places of events tables that are not known yet; never fitted in before others.

    What the host's tables taught stays where it is known in another spelling ("Marea", "Mâréaa"):
    they write it so. Of those that are shipped, what differs in vowels alone is left out.
    See `Place.is_extra`.
    """
    own, shapes = list(taught), defaultdict[str, list[Place]](list)
    for place in known:
        for text in (*place.names, *place.aliases, *place.loose_aliases):
            shapes[find_shape(fold_parts(text)[0])].append(place)
    ids = {place.id for place in own}
    for place in fit_in([*own, *shipped], known, find_gov):
        alike = (twin for text in place.names for twin in shapes[find_shape(fold_parts(text)[0])])
        is_told = any(distance_km(twin.point, place.point) <= _ALIKE_KM for twin in alike)
        if place.id in ids or not is_told:
            yield replace(place, is_extra=True)


def _is_known(place: Place, bares: set[str], names: dict[str, list[Place]]) -> bool:
    twins = (twin for bare in bares for twin in names.get(bare, ()))
    return any(
        twin.kind not in _NO_TWINS and distance_km(twin.point, place.point) <= TWIN_KM
        for twin in twins
    )


def _find_countries(known: Sequence[Place]) -> Callable[[Point], str]:
    """Finds the country of the known place that is nearest, in degrees."""
    # A file may name the country of none of its places: not each is put beside all.
    tree = cache(lambda: STRtree(shapely.points([(p.point.lon, p.point.lat) for p in known])))
    return lambda point: known[int(tree().nearest(shapely.Point(point.lon, point.lat)))].country


def _fill(place: Place, find_country: Callable[[Point], str], find_gov: FindGov) -> Place:
    country = place.country or find_country(place.point)
    gov = find_gov(place.gov, country) if place.gov else None
    names = place.names
    if place.kind == "district":
        # The town of that name is meant by the name alone.
        names = tuple(t if fold_parts(t)[1] else f"{t} district" for t in names)
    return replace(place, country=country, gov=gov or "", names=names)


def place_units(
    units: Iterable[AdminUnit], known: Sequence[Place], find_gov: FindGov, find: FindNames
) -> dict[str, Place]:
    """The place of each P-code that can be told; governorates first.

    A unit without a point is where the gazetteer knows the district, or the town it is named
    after, in the governorate around it. Of a unit that nobody knows the governorate is left.
    """
    governorates = {(p.country, p.gov): p for p in known if p.kind == "governorate"}
    placed: dict[str, Place] = {}
    govs: dict[str, str] = {}
    for unit in units:
        if unit.level == 1:
            named = (find_gov(name, unit.country) for name in unit.names)
            gov = next((each for each in named if each is not None), None)
            if gov is not None and (unit.country, gov) in governorates:
                govs[unit.code] = gov
                placed[unit.code] = governorates[unit.country, gov]
            continue
        gov = govs[unit.code] = govs.get(unit.parent, "")
        place = _place_unit(unit, gov, find) or governorates.get((unit.country, gov))
        if place is not None:
            placed[unit.code] = place
    return placed


def _place_unit(unit: AdminUnit, gov: str, find: FindNames) -> Place | None:
    is_district = unit.level < _COMMUNITY
    point = unit.point
    if point is None and gov and is_district:
        found = [
            name.place
            for text in unit.names
            for name in find(fold_parts(text)[0], "district")
            if name.place.gov == gov and name.place.country == unit.country and not name.is_weak
        ]
        if found and find_middle([place.point for place in found])[1] <= _SAME_UNIT_KM:
            point = found[0].point
    if point is None or not unit.names:
        return None
    names = unit.names
    if is_district:
        names = tuple(t if fold_parts(t)[1] else f"{t} district" for t in names)
    return Place(
        id=unit.code,
        name=names[0],
        names=names,
        aliases=(),
        kind="district" if is_district else "village",
        country=unit.country,
        gov=gov,
        point=point,
        precision="district" if is_district else "town",
        coordinates_from=f"P-code {unit.code}",
    )
