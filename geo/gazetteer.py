"""All places that can be named, and the look-up of a folded name among them."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from geo.by_names import find_weak
from geo.countries import find_country_code
from geo.names import find_script, fold, fold_parts, tidy
from geo.packaged_places import COUNTRIES, read_airports, read_cities
from geo.places import Place, PlacesError, read_places
from geo.points import distance_km

__all__ = ["COUNTRIES", "Gazetteer", "Name", "Place", "PlacesError", "find_country_code"]

# The kinds of place that a class word of geo.generic_words may be said of.
_KINDS_OF = {
    "embassy": ("embassy",),
    "airport": ("airport", "base"),
    "base": ("base", "airport"),
    "oilfield": ("oil field",),
    "crossing": ("border crossing",),
    "camp": ("camp", "base"),
    "governorate": ("governorate",),
    "district": ("district",),
    "neighbourhood": ("neighbourhood", "district"),
    "city": ("city", "town", "village"),
    "village": ("village", "town"),
}
_SIBLINGS = {"airport": "base", "base": "airport", "district": "neighbourhood"}
_SETTLEMENTS = ("city", "town", "village")
TWIN_KM = 15.0
"""So near to each other, two settlements of one name are one."""

_ADOPTING = (*_SETTLEMENTS, "neighbourhood", "border crossing")

BORDER_KM = 40.0
"""So near to a governorate, a place may be said to be in it: some borders are disputed."""

_LIKE = {
    "city": ("base", "border crossing", "neighbourhood"),
    "neighbourhood": ("town", "village"),
}
_MIN_COMPACT = 5


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one place, with its folded parts and the precision that it stands for.

    A weak name (see `geo.by_names`) counts only where the governorate agrees.
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


@dataclass
class Gazetteer:
    """Places by their folded names; built once, then only read.

    Use `Gazetteer.read`; it takes about half a second.
    """

    places: list[Place]
    codes: dict[str, Place] = field(default_factory=dict)
    _by_parts: dict[tuple[str, str], list[Name]] = field(default_factory=dict, repr=False)
    _by_compact: dict[tuple[str, str], set[str]] = field(default_factory=dict, repr=False)
    _govs: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    _bares: dict[tuple[str, str], list[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, places_path: Path) -> Self:
        """Read the hand-kept table and add GeoNames' cities and the airports it lacks.

        Raises
        ------
        PlacesError
            The table is unusable.
        """
        gazetteer = cls(read_places(places_path))
        gazetteer._index_govs()
        airports, iata = read_airports()
        curated = {place.icao for place in gazetteer.places}
        gazetteer._adopt(read_cities())
        gazetteer.places += [a for a in airports if a.icao not in curated]
        gazetteer._index(iata)
        return gazetteer

    def _adopt(self, cities: list[Place]) -> None:
        """Add cities; one that the hand-kept table has already lends it its names and people."""
        owners: dict[tuple[str, str, str], list[int]] = {}
        for number, place in enumerate(self.places):
            if place.kind in _ADOPTING:
                for name in _list_names(place):
                    owners.setdefault((place.country, name.bare, name.word), []).append(number)
        for city in cities:
            keys = [(city.country, name.bare, name.word) for name in _list_names(city)]
            found = {n for key in keys for n in owners.get(key, ())}
            near = [n for n in found if distance_km(self.places[n].point, city.point) <= TWIN_KM]
            if near:
                twin = min(near, key=lambda n: distance_km(self.places[n].point, city.point))
                self.places[twin] = _join(self.places[twin], city)
            else:
                self.places.append(city)

    def _index(self, iata: dict[str, str]) -> None:
        self.codes = {place.icao: place for place in self.places if place.icao}
        self.codes |= {code: self.codes[icao] for code, icao in iata.items()}
        bares: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in (n for place in self.places for n in _mark_weak(_list_names(place))):
            self._by_parts.setdefault((name.bare, name.word), []).append(name)
            compact = (name.bare.replace(" ", ""), name.word)
            self._by_compact.setdefault(compact, set()).add(name.bare)
            bares[find_script(name.bare) or "", name.bare[:1]].add(name.bare)
        self._bares = {key: sorted(found) for key, found in bares.items()}

    def _index_govs(self) -> None:
        for place in (p for p in self.places if p.kind == "governorate"):
            known = self._govs.setdefault(place.country, {})
            for text in (place.gov, *place.names, *place.aliases):
                known[fold_parts(text)[0].replace(" ", "")] = place.gov

    def find(self, bare: str, word: str) -> list[Name]:
        """Names equal to a folded name, or [] when none is.

        A generic word in the question (`word`) must fit: it is in the name too, or the place is
        of that kind. "Foo district" falls back to the town of that name, at district precision.
        """
        found = self._find_fitting(bare, word)
        if not found and len(bare.replace(" ", "")) >= _MIN_COMPACT:
            found = self._find_compact(bare.replace(" ", ""), word)
        return found

    def _find_fitting(self, bare: str, word: str) -> list[Name]:
        direct = self._by_parts.get((bare, word), [])
        if not word:
            return direct or [n for w in ("city", "village") for n in self._get(bare, w)]
        plain = self._get(bare, "")
        found = [*direct, *(n for n in plain if n.place.kind in _KINDS_OF[word])]
        if not found and word in _SIBLINGS:
            found = self._get(bare, _SIBLINGS[word])
        if not found and word == "district":
            towns = [n for n in plain if n.place.kind in _SETTLEMENTS]
            found = [widen(name) for name in towns]
        if not found:
            found = [n for n in plain if n.place.kind in _LIKE.get(word, ())]
        return found

    def _get(self, bare: str, word: str) -> list[Name]:
        return self._by_parts.get((bare, word), [])

    def _find_compact(self, compact: str, word: str) -> list[Name]:
        bares = self._by_compact.get((compact, word), set()) | self._by_compact.get(
            (compact, ""), set()
        )
        return [name for bare in sorted(bares) for name in self._find_fitting(bare, word)]

    def list_similar_beginnings(self, bare: str) -> list[str]:
        """Folded names of the script and first letter of `bare`, as candidates for likeness."""
        return self._bares.get((find_script(bare) or "", bare[:1]), [])

    def find_country_code(self, name: str) -> str | None:
        """See `geo.countries.find_country_code`."""
        return find_country_code(name)

    def find_gov_name(self, name: str, country: str | None = None) -> str | None:
        """English name of a governorate (``"Ninewa"`` is ``"Nineveh"``), or None.

        `country` is an ISO alpha-2 code; without it, a name of two countries gives None.
        """
        key = fold_parts(name)[0].replace(" ", "")
        codes = [country] if country is not None else list(self._govs)
        found = {gov for code in codes if (gov := self._govs.get(code, {}).get(key)) is not None}
        return found.pop() if len(found) == 1 else None

    def is_near_gov(self, place: Place, gov: str) -> bool:
        """Whether a known place of the governorate lies within `BORDER_KM` of `place`."""
        others = (p for p in self.places if p.gov == gov and p.kind != "governorate")
        return any(distance_km(place.point, other.point) <= BORDER_KM for other in others)

    def find_gov_country(self, name: str) -> str | None:
        """ISO code of the one country that has a governorate of this name, or None."""
        codes = [code for code in self._govs if self.find_gov_name(name, code) is not None]
        return codes[0] if len(codes) == 1 else None


def _list_names(place: Place) -> list[Name]:
    names: dict[tuple[str, str, str], Name] = {}
    for text in (*place.names, *place.aliases, *place.loose_aliases):
        bare, word = fold_parts(text)
        is_primary = text in place.names
        is_curated = place.is_curated and text not in place.loose_aliases
        # GeoNames lists names of the area around a town as names of the town.
        is_area = not is_curated and not is_primary and word in ("governorate", "district")
        if bare and not is_area:
            parts = (tidy(text), bare, word)
            name = Name(place, text, parts[0], is_primary, is_curated, bare, word, place.precision)
            names.setdefault(parts, name)
    return list(names.values())


def list_texts(place: Place) -> list[str]:
    """Names and code of a place in all scripts, without those too loose for it alone."""
    names = [name.text for name in _mark_weak(_list_names(place)) if not name.is_weak]
    return [*names, place.icao] if place.icao else names


def _mark_weak(names: list[Name]) -> list[Name]:
    loose = [name.bare for name in names if not name.is_curated]
    if not loose:
        return names
    own = [name.bare for name in names if name.is_primary or name.is_curated]
    weak = find_weak(own, loose)
    return [
        replace(name, is_weak=True) if name.bare in weak and not name.is_curated else name
        for name in names
    ]


def _join(place: Place, city: Place) -> Place:
    known = {*place.names, *place.aliases, *place.loose_aliases}
    more = tuple(text for text in (*city.names, *city.aliases) if text not in known)
    people = max(place.population, city.population)
    return replace(place, loose_aliases=place.loose_aliases + more, population=people)


def widen(name: Name) -> Name:
    """The same name, standing for the surroundings of its place."""
    return replace(name, precision="district")


def is_blank(text: str | None) -> bool:
    """Whether a cell says nothing: empty, a dash, or a word for "not known"."""
    return text is None or fold(text) in _NOTHING


_NOTHING = frozenset(
    ("", "unknown", "none", "n a", "na", "nan", "null", "неизвестно", "нет", fold("غير معروف"))
)
