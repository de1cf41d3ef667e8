"""Plain names: as they are known, as the table taught them, or nearly so."""

from dataclasses import dataclass, field

from geo.finding.candidates import KNOWN_TOWN, Candidate, Spot, choose, gather_spots
from geo.finding.described import is_beside
from geo.finding.foreign_areas import find_foreign_area
from geo.finding.learned import Learned
from geo.finding.matches import (
    Match,
    quote,
    say_ambiguous,
    say_doubted,
    say_found,
    say_fuzzy,
    say_governorate,
    say_learned,
    say_none,
    say_similar,
    say_weak,
)
from geo.names.likeness import MIN_LENGTH, find_similar
from geo.names.mentions import list_forms, list_mentioned
from geo.names.names import MAX_NAME_LENGTH, drop_directions, find_script, fold_parts, tidy
from geo.places.by_names import is_any_with_article
from geo.places.countries import find_country_code, name_country
from geo.places.gazetteer import Gazetteer
from geo.places.packaged_places import find_city_elsewhere
from geo.places.place_names import Name, widen
from geo.places.places import Place
from geo.places.precision import is_at_least

BESIDE_KM = 40.0
"""Within so many km of a place, a name is looked for that is said to lie near or in it."""

_WELL_KNOWN = 50_000
# The last letter of what, or who, is of a place.
_OF = ("i", "ي", "и")
_MIN_CONSONANTS = 3
_MIN_CONSONANTS_ANYWHERE = 4
LITERAL = ("exact", "alias", "folded", "learned")
"""Kinds of match of a name as it is known."""
_AREAS = ("country", "governorate", "city", "town", "district")


@dataclass(frozen=True, slots=True)
class Hints:
    """Where a name is to be looked for: country code and governorate, None when not told."""

    country: str | None
    gov: str | None


@dataclass(frozen=True, slots=True)
class PlainNames:
    """Finds plain names among those of a gazetteer, then among those that a table taught."""

    gazetteer: Gazetteer
    learned: Learned = field(default_factory=Learned)

    def match(self, name: str, hints: Hints, may_guess: bool = True) -> Match:
        """The place of a name; misspellings count only if it may be guessed."""
        code = name.strip()
        codes = self.gazetteer.codes
        by_code = codes.get(code.upper() if any(c.isdigit() for c in code) else code)
        if by_code is not None and hints.country in (None, by_code.country):
            return say_found(quote(name), "alias", by_code, by_code.precision, code)
        bare, word = fold_parts(name)
        if is_any_with_article(name) and hints.gov is None:
            return say_none(f"{quote(name)} may be any; name the governorate if it is a town.")
        names = self.gazetteer.find(bare, word)
        found = self._match_names(name, word, names, hints)
        taught = self.learned.find(bare, word, hints.country, hints.gov)
        if found.place is not None:
            if taught is None or not taught.contradicts(found.place):
                return found
            return say_doubted(quote(name), found.place, taught.place)
        if taught is not None and (found.kind != "ambiguous" or taught.agrees(found.candidates)):
            return say_learned(quote(name), taught.place, taught.rows)
        if names or not may_guess:
            return found
        return _doubt_cities(name, self._match_fuzzily(name, bare, word, hints), hints)

    def match_governorate(self, gov: str, country: str | None) -> Match:
        """The governorate of a name, misspellings too; no other kind of place."""
        place = self.gazetteer.find_governorate(gov, country)
        if place is not None:
            return say_governorate(quote(gov), place)
        # With the word, what is nearly so is looked for among governorates.
        found = self.match(f"{gov} governorate", Hints(country, None))
        if found.place is not None and found.place.kind == "governorate":
            return found
        return say_none(f"{quote(gov[:MAX_NAME_LENGTH])} is no governorate known here.")

    def match_form(self, name: str, hints: Hints) -> Match | None:
        """What a declined Russian name, or an Arabic one behind its preposition, is a form of."""
        if find_foreign_area(name) is not None:
            return None
        found: dict[str, Match] = {}
        for form in list_forms(name):
            match = self._match_form(form, hints)
            if match is not None and match.place is not None:
                found.setdefault(match.place.id, match)
        return (
            next(iter(found.values())) if len(found) == 1 else self._match_alike_form(name, hints)
        )

    def _match_alike_form(self, name: str, hints: Hints) -> Match | None:
        """A case form of a name whose vowels are spelled otherwise: "Серакибе" is Саракиб."""
        found: dict[str, Match] = {}
        for form in list_mentioned(name):
            bare, word = fold_parts(form)
            if find_script(form) != "cyrillic" or self.gazetteer.find(bare, word):
                continue
            match = self._match_alike(form, bare, word, hints)
            match = None if match is None else _doubt_cities(form, match, hints)
            if match is not None and match.place is not None:
                found.setdefault(match.place.id, match)
        return next(iter(found.values())) if len(found) == 1 else None

    def _match_form(self, form: str, hints: Hints) -> Match | None:
        """A form counts where it is literally the name of a place that people write of."""
        match = self.match(form, hints, may_guess=False)
        place = match.place
        if place is None or match.kind not in LITERAL or find_country_code(form) is not None:
            return None
        is_known = place.is_curated or place.population >= KNOWN_TOWN or hints.gov == place.gov
        return match if is_known else None

    def match_side(self, name: str, hints: Hints) -> Match | None:
        wider = drop_directions(name)
        if wider is None:
            return None
        found = self.match(wider, hints, may_guess=False)
        place = found.place
        if place is None or not place.is_curated:
            return None
        if place.kind not in _AREAS:
            return None
        is_wide = not is_at_least(place.precision, "district")
        precision = place.precision if is_wide else "district"
        return say_found(quote(name), "folded", place, precision, place.name)

    def match_beside(self, text: str, place: Place, hints: Hints) -> Match | None:
        """See `geo.finding.described.FindBeside`."""
        names = [n for n in self.gazetteer.find(*fold_parts(text)) if not n.is_weak]
        spots = gather_spots([Candidate(n, tidy(text)) for n in names], hints.country)
        near = [s for s in spots if is_beside(s.best.name.place, place, BESIDE_KM)]
        if len(near) == 1:
            best = near[0].best
            found = best.name
            return say_found(quote(text), best.kind, found.place, found.precision, found.text)
        if near:
            return say_ambiguous(quote(text), near)
        return None if spots else say_none(f"{quote(text)} is not in the gazetteer.")

    def _match_names(self, name: str, word: str, names: list[Name], hints: Hints) -> Match:
        candidates = [Candidate(n, tidy(name)) for n in names]
        if not names:
            return say_none(f"{quote(name)} is not in the gazetteer.")
        if not gather_spots(candidates, hints.country):
            return say_none(f"{quote(name)} is not known in {name_country(hints.country or '')}.")
        strong = [c for c in candidates if not c.name.is_weak and not c.name.place.is_extra]
        extra = [c for c in candidates if c.name.place.is_extra and not c.name.is_weak]
        if any(_is_of_town(c.name, hints.country) for c in candidates):
            extra = []  # What events teach outranks no town kept by hand, in any governorate.
        if not any(self._is_in(c.name.place, hints.gov) for c in strong):
            strong += [c for c in extra if self._is_in(c.name.place, hints.gov)]
        if not any(self._is_in(c.name.place, hints.gov) for c in strong):
            # A loose name counts where the governorate agrees, and nothing is called so there.
            strong += [c for c in candidates if c.name.is_weak and c.name.place.gov == hints.gov]
        spots = gather_spots(strong, hints.country)
        if not spots:
            return say_weak(quote(name), gather_spots(candidates, hints.country), hints.gov)
        return self._answer(name, word, spots, hints.gov)

    def _is_in(self, place: Place, gov: str | None) -> bool:
        """Whether a place is said to lie in the governorate; some files do not say."""
        if gov is None or place.gov == gov:
            return True
        return not place.gov and self.gazetteer.is_near_gov(place, gov)

    def _answer(self, name: str, word: str, spots: list[Spot], gov: str | None) -> Match:
        inside = [s for s in spots if any(self._is_in(m.name.place, gov) for m in s.members)]
        best = choose(inside or spots)
        if best is None:
            return say_ambiguous(quote(name), inside or spots)
        found, place = best.best.name, best.best.name.place
        if word == "village" and found.word != word and gov is None and place.kind != "village":
            reason = f"{quote(name)} may be any village of that name, not only {place.describe()}."
            return say_none(f"{reason[:-1]}; name the governorate.", (place,))
        if inside:
            # A loose name of GeoNames often is a neighbour's.
            found = widen(found) if found.is_weak and found.precision == "town" else found
            return say_found(quote(name), best.best.kind, place, found.precision, found.text)
        if gov is None or not (place.is_curated and self.gazetteer.is_near_gov(place, gov)):
            reason = f"{quote(name)} is only known as {place.describe()}, outside {gov}."
            return say_none(reason, (place,))
        return say_found(quote(name), best.best.kind, place, found.precision, found.text, gov)

    def _match_fuzzily(self, name: str, bare: str, word: str, hints: Hints) -> Match:
        unknown = say_none(f"{quote(name)} is not in the gazetteer.")
        if bare[-1:] in _OF and self.gazetteer.find(bare[:-1], word):
            return unknown  # "Tikriti" is a man of Tikrit, or what is of it.
        if sum(character.isalpha() for character in bare) < MIN_LENGTH:
            alike = None if hints.gov is None else self._match_alike(name, bare, word, hints)
            return alike or unknown
        similar = find_similar(bare, self.gazetteer.list_similar_beginnings(bare))
        for edits in sorted({edits for _, edits in similar}):
            texts = [text for text, distance in similar if distance == edits]
            names = [n for text in texts for n in self.gazetteer.find(text, word)]
            likely = [Candidate(n, tidy(name)) for n in names if _is_likely(n, word, hints.gov)]
            spots = gather_spots(likely, hints.country)
            if len(spots) > 1:
                return say_ambiguous(quote(name), spots)
            if spots:
                return say_fuzzy(quote(name), spots[0].best.name, edits, len(bare))
        return self._match_alike(name, bare, word, hints) or unknown

    def _match_alike(self, name: str, bare: str, word: str, hints: Hints) -> Match | None:
        """By the consonants alone: transliterations differ in vowels most."""
        if word == "village":
            return None  # There are too many of them.
        least = _MIN_CONSONANTS if hints.gov is not None else _MIN_CONSONANTS_ANYWHERE
        names = [
            n
            for text in self.gazetteer.list_alike(bare, least)
            for n in self.gazetteer.find(text, word)
        ]
        likely = [
            Candidate(n, tidy(name))
            for n in names
            if n.place.kind in _AREAS and _is_likely(n, word, hints.gov)
        ]
        spots = gather_spots(likely, hints.country)
        if len(spots) > 1:
            return say_ambiguous(quote(name), spots)
        return say_similar(quote(name), spots[0].best.name) if spots else None


def _is_of_town(name: Name, country: str | None) -> bool:
    """Whether it is a name of a city kept by hand, or the own name of a town of the country."""
    kind = name.place.kind if name.is_curated else ""
    is_here = country in (None, name.place.country)
    return kind == "city" or (kind == "town" and name.is_primary and is_here)


def _doubt_cities(name: str, found: Match, hints: Hints) -> Match:
    """A guess, unless the name is that of a city elsewhere and no row says that it lies here."""
    if found.place is None or hints.country or hints.gov:
        return found
    city = find_city_elsewhere(name)
    return found if city is None else say_none(f"{quote(name)} is a city elsewhere ({city}).")


def _is_likely(name: Name, word: str, gov: str | None) -> bool:
    """Whether a misspelling of this name is likelier than a place that is not in the gazetteer.

    Most villages are in no table, and many are a letter apart (measured: without this rule four
    in five fuzzy matches of village names were wrong).
    """
    if name.is_weak:
        return False
    if gov is not None:
        return name.place.gov == gov
    # By-names are many: "hummus" is near "Humus", and Soleimani a man.
    is_known = name.place.is_curated or name.place.population >= _WELL_KNOWN
    return is_known and name.is_primary and word != "village"
