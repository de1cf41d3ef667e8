"""From a name as somebody wrote it to one place, or to none and the reason why."""

import re
from dataclasses import dataclass
from typing import Literal

from geo.candidates import Candidate, Spot, choose, gather_spots
from geo.countries import find_country_code, name_country
from geo.gazetteer import COUNTRIES, Gazetteer, is_blank
from geo.likeness import MIN_LENGTH, find_similar
from geo.names import MAX_NAME_LENGTH, fold_parts, tidy
from geo.places import Place

MatchKind = Literal["exact", "alias", "folded", "fuzzy", "ambiguous", "none"]

_SCORES = {"exact": 100.0, "alias": 98.0, "folded": 95.0}
_MAX_FUZZY_SCORE = 90.0
_LOST_OUTSIDE_GOV = 15.0
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Match:
    """What the geocoder answers.

    `score` is 0 to 100 and orders answers; it is no probability. `precision` is that of the
    match, which may be coarser than the place's own. `candidates` holds the place itself, or the
    places between which the geocoder will not choose. `reason` is one English sentence; it quotes
    the name as given, so escape it like any text of a reader.
    """

    place: Place | None
    kind: MatchKind
    score: float
    precision: str | None
    candidates: tuple[Place, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Geocoder:
    """Finds places of a gazetteer by name; holds nothing else and may be shared by threads."""

    gazetteer: Gazetteer

    def match(self, name: str | None, country: str | None = None, gov: str | None = None) -> Match:
        """Find the one place that a name means.

        `country` (a name or ISO code) shuts out places elsewhere; `gov`, in any known spelling,
        decides between namesakes. A blank hint is no hint. "Hit, Anbar, Iraq" reads its own hints
        from behind the comma. Takes any text, raises nothing, and never picks the first of two
        equal candidates: it answers ``ambiguous`` and names them.
        """
        if name is None or is_blank(name):
            return _say_none("No place name was given.")
        if len(name) > MAX_NAME_LENGTH:
            return _say_none(f"Longer than {MAX_NAME_LENGTH} characters: not the name of a place.")
        code = None if country is None or is_blank(country) else find_country_code(country)
        if country is not None and not is_blank(country) and code not in COUNTRIES:
            return _say_uncovered(name, country)
        hint = None if gov is None or is_blank(gov) else gov
        found = self._match_within(name, code, hint)
        return self._match_head(name, code, hint, found) if found.kind == "none" else found

    def _match_head(self, name: str, code: str | None, gov: str | None, missed: Match) -> Match:
        """Read what stands behind a comma as country and governorate and try what is before."""
        head, *tails = (part.strip() for part in re.split(r"[,،]", name))
        if not tails or is_blank(head):
            return missed
        for tail in tails:
            tail_code, tail_gov = find_country_code(tail), self.gazetteer.find_gov_name(tail, code)
            if tail_code is None and tail_gov is None:
                return missed
            if tail_code is not None and tail_code != (code or tail_code):
                return missed
            code, gov = code or tail_code, gov or tail_gov
        if code is not None and code not in COUNTRIES:
            return _say_uncovered(name, name_country(code))
        return self._match_within(head, code, gov)

    def _match_within(self, name: str, code: str | None, gov_text: str | None) -> Match:
        gov = None if gov_text is None else self.gazetteer.find_gov_name(gov_text, code)
        if gov_text is not None and code is None:
            code = self.gazetteer.find_gov_country(gov_text)
        by_code = self.gazetteer.codes.get(name.strip())
        if by_code is not None and code in (None, by_code.country):
            reason = f'Code "{name.strip()}" of {by_code.describe()}.'
            return Match(by_code, "alias", 98.0, by_code.precision, (by_code,), reason)
        bare, word = fold_parts(name)
        text = tidy(name)
        candidates = [Candidate(n, text) for n in self.gazetteer.find(bare, word)]
        if candidates:
            return self._answer(name, gather_spots(candidates, code), code, gov)
        return self._match_fuzzily(name, bare, word, code, gov)

    def _answer(self, name: str, spots: list[Spot], code: str | None, gov: str | None) -> Match:
        quoted = _quote(name)
        if not spots:
            return _say_none(f"{quoted} is known, but not in {name_country(code or '')}.")
        inside = [spot for spot in spots if gov is None or spot.is_in(gov)]
        best = choose(inside or spots)
        if best is None:
            return _say_ambiguous(quoted, inside or spots)
        name_found, place = best.best.name, best.best.name.place
        if not inside and not place.is_curated:
            reason = f"{quoted} is only known as {place.describe()}, outside {gov}."
            return Match(None, "none", 0.0, None, (place,), reason)
        kind, score = best.best.kind, _SCORES[best.best.kind]
        reason = _tell_reason(quoted, best.best)
        if not inside:
            reason = f"{reason[:-1]}, though {gov} was named."
            score -= _LOST_OUTSIDE_GOV
        return Match(place, kind, score, name_found.precision, (place,), reason)

    def _match_fuzzily(
        self, name: str, bare: str, word: str, code: str | None, gov: str | None
    ) -> Match:
        quoted = _quote(name)
        unknown = _say_none(f"{quoted} is not in the gazetteer.")
        if sum(character.isalpha() for character in bare) < MIN_LENGTH:
            return unknown
        similar = find_similar(bare, self.gazetteer.list_similar_beginnings(bare))
        for edits in sorted({edits for _, edits in similar}):
            names = [n for t, e in similar if e == edits for n in self.gazetteer.find(t, word)]
            spots = gather_spots([Candidate(n, tidy(name)) for n in names], code)
            spots = [spot for spot in spots if gov is None or spot.is_in(gov)]
            if len(spots) > 1:
                return _say_ambiguous(quoted, spots)
            if spots:
                return _say_fuzzy(quoted, spots[0], edits, len(bare))
        return unknown


def _quote(name: str) -> str:
    shown = " ".join(name.split())
    return f'"{shown}"'


def _say_none(reason: str) -> Match:
    return Match(None, "none", 0.0, None, (), reason)


def _say_uncovered(name: str, country: str) -> Match:
    shown = country.strip()[:MAX_NAME_LENGTH]
    reason = f"{_quote(name)} was not looked for: the gazetteer covers Iraq and Syria, not {shown}."
    return _say_none(reason)


def _say_ambiguous(quoted: str, spots: list[Spot]) -> Match:
    places = tuple(spot.best.name.place for spot in spots)
    told = " or ".join(place.describe() for place in places[:_LISTED])
    more = f" or {len(places) - _LISTED} more" if len(places) > _LISTED else ""
    reason = f"{quoted} may be {told}{more}; name the governorate to decide."
    return Match(None, "ambiguous", 0.0, None, places, reason)


def _say_fuzzy(quoted: str, spot: Spot, edits: int, length: int) -> Match:
    name = spot.best.name
    place = name.place
    letters = "letter" if edits == 1 else "letters"
    reason = f'{quoted} is {edits} {letters} away from "{name.text}" of {place.describe()}.'
    score = round(_MAX_FUZZY_SCORE * (1 - edits / max(length, 1)), 1)
    return Match(place, "fuzzy", score, name.precision, (place,), reason)


def _tell_reason(quoted: str, candidate: Candidate) -> str:
    name, place = candidate.name, candidate.name.place
    if candidate.kind == "exact":
        return f"Name {quoted} of {place.describe()}."
    if candidate.kind == "alias":
        return f"Alias {quoted} of {place.describe()}."
    widened = " (its main town stands for it)" if name.precision != place.precision else ""
    return f'{quoted} is spelled like "{name.text}" of {place.describe()}{widened}.'
