"""From a name as somebody wrote it to one place, or to none and the reason why."""

import re
from dataclasses import dataclass

from geo.candidates import Candidate, Spot, choose, gather_spots
from geo.countries import find_country_code, name_country
from geo.gazetteer import COUNTRIES, Gazetteer, Name, is_blank
from geo.likeness import MIN_LENGTH, find_similar
from geo.matches import (
    Match,
    MatchKind,
    quote,
    say_ambiguous,
    say_found,
    say_fuzzy,
    say_none,
    say_uncovered,
    say_weak,
)
from geo.names import MAX_NAME_LENGTH, drop_directions, fold_parts, tidy
from geo.precision import is_at_least

__all__ = ["Geocoder", "Match", "MatchKind"]

_WELL_KNOWN = 50_000
_AREAS = ("country", "governorate", "city", "town", "district")


@dataclass(frozen=True, slots=True)
class _Hints:
    """Where a name is to be looked for: country code and governorate, None when not told."""

    country: str | None
    gov: str | None


@dataclass(frozen=True, slots=True)
class Geocoder:
    """Finds places of a gazetteer by name; holds nothing else and may be shared by threads."""

    gazetteer: Gazetteer

    def match(self, name: str | None, country: str | None = None, gov: str | None = None) -> Match:
        """Find the one place that a name means.

        `country` (a name or ISO code) shuts out places elsewhere; `gov`, in any known spelling,
        decides between namesakes. A blank or unknown governorate is no hint. "Hit, Anbar, Iraq"
        brings its own hints behind the comma; "northern Aleppo" is Aleppo, less precisely.
        Takes any text, raises nothing, and never picks the first of two equal candidates: it
        answers ``ambiguous`` and names them.
        """
        if name is None or is_blank(name):
            return say_none("No place name was given.")
        if len(name) > MAX_NAME_LENGTH:
            return say_none(f"Longer than {MAX_NAME_LENGTH} characters: not the name of a place.")
        code = None
        if country is not None and not is_blank(country):
            code = find_country_code(country)
            if code not in COUNTRIES:
                return say_uncovered(name, country)
        found = self._match_within(name, self._read_hints(code, gov))
        if found.kind == "none" and not found.candidates:
            found = self._match_around(name, code, gov) or found
        return found

    def _read_hints(self, code: str | None, gov: str | None) -> _Hints:
        if gov is None or is_blank(gov):
            return _Hints(code, None)
        code = code if code is not None else self.gazetteer.find_gov_country(gov)
        return _Hints(code, self.gazetteer.find_gov_name(gov, code))

    def _match_around(self, name: str, code: str | None, gov: str | None) -> Match | None:
        """Try what stands before a comma, either side of a slash, and without "northern"."""
        if "/" in name:
            sides = [self._match_within(n, self._read_hints(code, gov)) for n in name.split("/")]
            is_one_place = len({side.place.id if side.place else None for side in sides}) == 1
            return sides[0] if is_one_place else None
        head, *tails = (part.strip() for part in re.split(r"[,،]", name))
        if tails and not is_blank(head):
            return self._match_head(head, tails, code, gov)
        wider = drop_directions(name)
        if wider is None:
            return None
        found = self._match_within(wider, self._read_hints(code, gov))
        place = found.place
        if place is None or found.kind == "fuzzy" or not place.is_curated:
            return None
        if place.kind not in _AREAS:
            return None
        is_wide = not is_at_least(place.precision, "district")
        precision = place.precision if is_wide else "district"
        return say_found(quote(name), "folded", place, precision, place.name)

    def _match_head(
        self, head: str, tails: list[str], code: str | None, gov: str | None
    ) -> Match | None:
        for tail in tails:
            tail_code = find_country_code(drop_directions(tail) or tail)
            tail_gov = self.gazetteer.find_gov_name(tail, code)
            if tail_code is None and tail_gov is None:
                return None
            if tail_code is not None and tail_code not in COUNTRIES:
                return say_uncovered(head, name_country(tail_code))
            known = self._read_hints(code, gov)
            if _disagree(known.country, tail_code) or _disagree(known.gov, tail_gov):
                return None
            code, gov = tail_code or code, gov if tail_gov is None else tail_gov
        found = self._match_within(head, self._read_hints(code, gov))
        return found if found.kind != "none" else self._match_around(head, code, gov) or found

    def _match_within(self, name: str, hints: _Hints) -> Match:
        by_code = self.gazetteer.codes.get(name.strip())
        if by_code is not None and hints.country in (None, by_code.country):
            return say_found(quote(name), "alias", by_code, by_code.precision, by_code.icao)
        bare, word = fold_parts(name)
        names = self.gazetteer.find(bare, word)
        if not names:
            return self._match_fuzzily(name, bare, word, hints)
        candidates = [Candidate(n, tidy(name)) for n in names]
        if not gather_spots(candidates, hints.country):
            return say_none(f"{quote(name)} is not known in {name_country(hints.country or '')}.")
        strong = [c for c in candidates if not c.name.is_weak or c.name.place.gov == hints.gov]
        spots = gather_spots(strong, hints.country)
        if not spots:
            return say_weak(quote(name), gather_spots(candidates, hints.country), hints.gov)
        return self._answer(name, word, spots, hints.gov)

    def _answer(self, name: str, word: str, spots: list[Spot], gov: str | None) -> Match:
        inside = spots if gov is None else [spot for spot in spots if spot.is_in(gov)]
        best = choose(inside or spots)
        if best is None:
            return say_ambiguous(quote(name), inside or spots)
        found, place = best.best.name, best.best.name.place
        if word == "village" and found.word != word and gov is None and place.kind != "village":
            reason = f"{quote(name)} may be any village of that name, not only {place.describe()}."
            return say_none(f"{reason[:-1]}; name the governorate.", (place,))
        if inside:
            return say_found(quote(name), best.best.kind, place, found.precision, found.text)
        if gov is None or not (place.is_curated and self.gazetteer.is_near_gov(place, gov)):
            reason = f"{quote(name)} is only known as {place.describe()}, outside {gov}."
            return say_none(reason, (place,))
        return say_found(quote(name), best.best.kind, place, found.precision, found.text, gov)

    def _match_fuzzily(self, name: str, bare: str, word: str, hints: _Hints) -> Match:
        unknown = say_none(f"{quote(name)} is not in the gazetteer.")
        if sum(character.isalpha() for character in bare) < MIN_LENGTH:
            return unknown
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
        return unknown


def _disagree(told: str | None, found: str | None) -> bool:
    return told is not None and found is not None and told != found


def _is_likely(name: Name, word: str, gov: str | None) -> bool:
    """Whether a misspelling of this name is likelier than a place that is not in the gazetteer.

    Most villages are in no table, and many are a letter apart (measured: without this rule four
    in five fuzzy matches of village names were wrong).
    """
    if name.is_weak:
        return False
    if gov is not None:
        return name.place.gov == gov
    is_known = name.place.is_curated or name.place.population >= _WELL_KNOWN
    return is_known and word != "village"
