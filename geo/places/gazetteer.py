"""All places that can be named, and the look-up of a folded name among them."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from geo.names.likeness import find_shape
from geo.names.names import find_script, fold_parts
from geo.names.russian_cases import list_nominatives
from geo.places.dropped_places import TWIN_KM, add_extra, fit_in, place_units
from geo.places.gazetteer_files import find_shipped, read_gazetteer_files
from geo.places.governorates import find_gov, list_spellings
from geo.places.packaged_places import read_airports, read_cities
from geo.places.place_names import TOWN_LIKE, Name, join_places, list_names, mark_weak, widen
from geo.places.places import Place, read_places
from geo.places.points import Point, distance_km

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

BORDER_KM = 40.0
"""So near to a governorate, a place may be said to be in it: some borders are disputed."""

_LIKE = {
    "city": ("base", "border crossing", "neighbourhood"),
    "neighbourhood": ("town", "village"),
}
_SITES = ("airport", "base", "crossing", "oilfield", "camp")
_MIN_COMPACT = 5
_VOWELED = ("latin", "cyrillic")


@dataclass
class Gazetteer:
    """Places by their folded names; built once, then only read.

    Use `Gazetteer.read`; it takes about half a second, and seconds more with large dropped files.
    `notes` are sentences on what of those could not be read.
    """

    places: list[Place]
    codes: dict[str, Place] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _by_parts: dict[tuple[str, str], list[Name]] = field(default_factory=dict, repr=False)
    _by_compact: dict[tuple[str, str], set[str]] = field(default_factory=dict, repr=False)
    _bares: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict, repr=False)
    _shapes: dict[str, set[str]] = field(default_factory=dict, repr=False)
    _spots: dict[str, list[Point]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, places_path: Path, folder: Path | None = None) -> Self:
        """Read the hand-kept table and add GeoNames' cities and the airports it lacks.

        Then what the gazetteer files of a folder add to these (see `geo.places.gazetteer_files`),
        and below all of them the places that are shipped beside the table (`find_shipped`).

        Raises
        ------
        PlacesError
            The table is unusable.
        """
        gazetteer = cls([_name_governorate(place) for place in read_places(places_path)])
        airports, iata = read_airports()
        curated = {place.icao for place in gazetteer.places}
        gazetteer._adopt(read_cities())
        gazetteer.places += [a for a in airports if a.icao not in curated]
        shipped = read_gazetteer_files(find_shipped(places_path))
        dropped = read_gazetteer_files(folder)
        find_gov = gazetteer.find_gov_name
        listed = [place for place in dropped.places if not place.is_extra]
        gazetteer.places += list(fit_in(listed, gazetteer.places, find_gov))
        taught = [place for place in dropped.places if place.is_extra]
        known = gazetteer.places
        gazetteer.places += list(add_extra(taught, shipped.places, known, find_gov))
        gazetteer._index(iata)
        units = place_units(dropped.units, gazetteer.places, find_gov, gazetteer.find)
        for place in units.values():
            if place.kind != "governorate":
                gazetteer._index_names(place)
        gazetteer.codes |= units
        gazetteer.notes = dropped.notes
        return gazetteer

    def _adopt(self, cities: list[Place]) -> None:
        """Add cities; one that the hand-kept table has already lends it its names and people."""
        owners: dict[tuple[str, str, str], list[int]] = {}
        for number, place in enumerate(self.places):
            if place.kind in TOWN_LIKE:
                for name in list_names(place):
                    owners.setdefault((place.country, name.bare, name.word), []).append(number)
        for city in cities:
            keys = [(city.country, name.bare, name.word) for name in list_names(city)]
            found = {n for key in keys for n in owners.get(key, ())}
            near = [n for n in found if distance_km(self.places[n].point, city.point) <= TWIN_KM]
            if near:
                twin = min(near, key=lambda n: distance_km(self.places[n].point, city.point))
                self.places[twin] = join_places(self.places[twin], city)
            else:
                self.places.append(city)

    def _index(self, iata: dict[str, str]) -> None:
        self.codes = {place.icao: place for place in self.places if place.icao}
        self.codes |= {code: self.codes[icao] for code, icao in iata.items()}
        for place in self.places:
            self._index_names(place)
            if place.kind != "governorate":
                self._spots.setdefault(place.gov, []).append(place.point)

    def _index_names(self, place: Place) -> None:
        for name in mark_weak(list_names(place)):
            self._by_parts.setdefault((name.bare, name.word), []).append(name)
            compact = (name.bare.replace(" ", ""), name.word)
            self._by_compact.setdefault(compact, set()).add(name.bare)
            script = find_script(name.bare) or ""
            listed = self._bares.setdefault((script, name.bare[:1]), {})
            if script in _VOWELED and place.kind != "village" and name.bare not in listed:
                self._shapes.setdefault(find_shape(name.bare), set()).add(name.bare)
            listed[name.bare] = None
            if name.word in _SITES and script == "cyrillic":
                # "Аэропорт Эрбиля" is "аэропорт Эрбиль", too.
                for form in {fold_parts(form)[0] for form in list_nominatives(name.bare)}:
                    self._by_parts.setdefault((form, name.word), []).append(name)

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
            towns = [n for w in ("city", "village") for n in self._get(bare, w)]
            # "Saddam City" is a quarter, and Saddam a man.
            return direct or [n for n in towns if n.place.kind != "neighbourhood"]
        plain = self._get(bare, "")
        found = [*direct, *(n for n in plain if n.place.kind in _KINDS_OF[word])]
        if not found and word in _SIBLINGS:
            found = self._get(bare, _SIBLINGS[word])
        if not found and word == "district":
            towns = [n for n in plain if n.place.kind in TOWN_LIKE]
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
        return list(self._bares.get((find_script(bare) or "", bare[:1]), ()))

    def list_alike(self, bare: str, consonants: int) -> list[str]:
        """Folded names that differ from `bare` in vowels alone: `geo.names.likeness.find_shape`.

        [] for names of fewer consonants, and for Arabic, which writes few vowels. Villages are
        left out: too many of them are a vowel apart.
        """
        shape = find_shape(bare)
        is_told = sum(letter.isalpha() for letter in shape) >= consonants
        return sorted(self._shapes.get(shape, ())) if is_told else []

    def find_gov_name(
        self, name: str, country: str | None = None, is_fips: bool = False
    ) -> str | None:
        """Our name of a governorate (``"Ninewa"`` is ``"Nineveh"``), or None.

        As `geo.places.governorates.find_gov` knows it, and by P-code where a list of them was
        dropped in. `country` is an ISO alpha-2 code.
        """
        found = find_gov(name, country, is_fips)
        if found is not None:
            return found.gov
        coded = self.codes.get(name.strip().upper())
        if coded is None or coded.kind != "governorate" or country not in (None, coded.country):
            return None
        return coded.gov

    def find_governorate(self, name: str, country: str | None = None) -> Place | None:
        """The governorate of that name, as `find_gov_name` tells it, as a place; or None."""
        gov = self.find_gov_name(name, country)
        if gov is None:
            return None
        found = (p for p in self.places if p.kind == "governorate" and p.gov == gov)
        return next((p for p in found if country in (None, p.country)), None)

    def find_id(self, id: str) -> Place | None:
        """The place of an id, or None."""
        return next((place for place in self.places if place.id == id), None)

    def is_near_gov(self, place: Place, gov: str) -> bool:
        """Whether a known place of the governorate lies within `BORDER_KM` of `place`."""
        return any(
            distance_km(place.point, other) <= BORDER_KM for other in self._spots.get(gov, ())
        )

    def find_gov_country(self, name: str) -> str | None:
        """ISO code of the one country that has a governorate of this name, or None."""
        place = self.find_governorate(name)
        return None if place is None else place.country


def _name_governorate(place: Place) -> Place:
    """A governorate answers to every spelling of it, with the word for one."""
    if place.kind != "governorate":
        return place
    texts = (f"{text} governorate" for text in list_spellings(place.gov))
    return replace(place, aliases=tuple(dict.fromkeys((*place.aliases, *texts))))
