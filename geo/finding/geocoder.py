"""From a name as somebody wrote it to one place, or to none and the reason why."""

import re
from dataclasses import dataclass, field, replace

from geo.finding.described import (
    Find,
    FindBeside,
    find_in_gov,
    match_described,
    match_list,
    match_several,
    name_countryside,
)
from geo.finding.foreign_areas import find_foreign_area, put_country_last
from geo.finding.learned import Learned
from geo.finding.matches import (
    Match,
    quote,
    say_area,
    say_none,
    say_uncovered,
)
from geo.finding.plain_names import LITERAL, Hints, PlainNames
from geo.names.cleaning import clean_name, say_qualified
from geo.names.mentions import list_forms, part_side, rewrite_mention
from geo.names.names import MAX_NAME_LENGTH, drop_directions, fold_parts
from geo.names.nothing import says_nothing
from geo.names.phrases import is_route, list_phrases
from geo.places.countries import find_country_code
from geo.places.gazetteer import Gazetteer
from geo.places.packaged_places import COVERED
from geo.places.places import Place
from geo.places.precision import widen_precision

_AREAS = ("country", "governorate", "city", "town", "district")
_CONTAINERS = (*_AREAS[1:], "neighbourhood", "village")

_DASHES = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*|\s*:\s+")
# Brackets before those at the end tell of another name: "Hit (Anbar) and Mosul (Nineveh)".
_BRACKETED = re.compile(r"([^()]*[^\s()])\s*\(([^()]+)\)\s*")


@dataclass(frozen=True, slots=True)
class Geocoder:
    """Finds places by name: those of a gazetteer, then those that a table taught (`teach`).

    It holds nothing else and may be shared by threads.
    """

    gazetteer: Gazetteer
    learned: Learned = field(default_factory=Learned)

    @property
    def names(self) -> PlainNames:
        """The plain names that it knows."""
        return PlainNames(self.gazetteer, self.learned)

    def teach(self, learned: Learned) -> "Geocoder":
        """A geocoder of the same gazetteer that knows these names too, below its own."""
        return replace(self, learned=learned)

    def match(self, name: str | None, country: str | None = None, gov: str | None = None) -> Match:
        """Find the one place that a name means, or that a text describes.

        `country` (a name or ISO code) shuts out places elsewhere; `gov`, in any known spelling,
        decides between namesakes. A blank or unknown governorate is no hint. "Hit, Anbar, Iraq"
        brings its own hints behind the comma; "northern Aleppo" is Aleppo, less precisely; for
        "15 km west of Hit" and the like see `geo.finding.described`.
        Takes any text, raises nothing, and never picks the first of two equal candidates: it
        answers ``ambiguous`` and names them.
        """
        if name is None or says_nothing(name):
            return say_none("No place name was given.")
        if len(name) > MAX_NAME_LENGTH:
            return say_none(f"Longer than {MAX_NAME_LENGTH} characters: not the name of a place.")
        name = clean_name(name) or name
        code = None
        if country is not None and not says_nothing(country):
            code = find_country_code(country)
            if code not in COVERED:
                return say_uncovered(name, country)
        return self._match(name, self._read_hints(code, gov))

    def match_governorate(self, gov: str, country: str | None = None) -> Match:
        """Find the governorate of a row that names no place: never the town that is its seat."""
        code = None if country is None or says_nothing(country) else find_country_code(country)
        if country is not None and not says_nothing(country) and code not in COVERED:
            return say_uncovered(gov, country)
        return self.names.match_governorate(gov, code)

    def _match(self, name: str, hints: Hints) -> Match:
        found, plain = self.names.match(name, hints), rewrite_mention(name)
        if self.gazetteer.find(*fold_parts(name)) or found.kind == "learned":
            return found
        told = self.names.match_form(plain, hints) if plain == name else self._match(plain, hints)
        if told is not None and told.kind in LITERAL:
            return told
        if found.kind != "none" or found.candidates:
            return found
        return self._match_around(plain, hints) or (told or found)

    def _read_hints(self, code: str | None, gov: str | None) -> Hints:
        if gov is None or says_nothing(gov):
            return Hints(code, None)
        code = code if code is not None else self.gazetteer.find_gov_country(gov)
        return Hints(code, self.gazetteer.find_gov_name(gov, code))

    def _match_around(self, name: str, hints: Hints) -> Match | None:
        """Try what the text describes, its parts, and it without "northern"."""
        find, find_beside = self._finders(hints)
        found = self._match_in_area(name, hints)
        if found is None:
            found = match_described(name, find, find_beside)
        if found is None:
            found = self._match_at_side(name, hints)
        if found is None:
            found = self._match_parts(name, hints)
        if found is None:
            found = match_several(name, find, find_beside)
        if found is None:
            found = self._match_quarter(name, hints)
        return self.names.match_side(name, hints) if found is None else found

    def _finders(self, hints: Hints) -> tuple[Find, FindBeside]:
        def find(text: str) -> Match:
            return self._find_anchor(text, hints)

        def find_beside(text: str, place: Place) -> Match | None:
            return self.names.match_beside(text, place, hints)

        return find, find_beside

    def _match_in_area(self, name: str, hints: Hints) -> Match | None:
        """Read "Hit in Anbar" as "Hit, Anbar"."""
        for said in list_phrases(name):
            area = drop_directions(said.names[0]) or said.names[0]
            area = name_countryside(area) if said.kind == "countryside" else area
            is_area = self.is_governorate(area) or find_country_code(area) is not None
            if said.kind in ("inside", "countryside") and said.head and is_area:
                found = self._match_head(said.head.strip(" ,،"), [area], hints)
                return found if found is not None and found.kind not in ("none", "area") else None
        return None

    def _match_at_side(self, name: str, hints: Hints) -> Match | None:
        """Read "سراقب شرق إدلب" as Saraqib, east of Idlib; no preposition says so."""
        head, anchor = part_side(name) or ("", "")
        if anchor and self.is_governorate(anchor):
            inside = self._match_head(head, [anchor], hints)
            if inside is not None and inside.kind in LITERAL:
                return inside
        found = self._find_anchor(anchor, hints) if anchor else None
        if found is None or found.place is None or found.precision is None:
            return None
        find, find_beside = self._finders(hints)
        beside = find_beside(head, found.place) or find_in_gov(head, found.place, find)
        if beside is None or beside.place is not None:
            return beside
        return say_area(quote(head), found.place, widen_precision(found.precision))

    def _match_parts(self, name: str, hints: Hints) -> Match | None:
        """Try what stands before a comma, both sides of a slash, what is not in brackets."""
        ends = _DASHES.split(name)
        if len(ends) == 2 and self.is_governorate(ends[0]) != self.is_governorate(ends[1]):
            town, area = reversed(ends) if self.is_governorate(ends[0]) else ends
            found = None if is_route(name) else self._match_head(town, [area], hints)
            if found is not None and found.kind in LITERAL:
                return found
        if "/" in name:
            sides = [self.names.match(side, hints, may_guess=False) for side in name.split("/")]
            is_one_place = len({side.place.id if side.place else None for side in sides}) == 1
            return sides[0] if is_one_place and sides[0].place is not None else None
        head, *tails = (part.strip() for part in re.split(r"[,،]", name))
        if len(tails) == 1 and (said := say_qualified(head, tails[0])) is not None:
            return self._match(said, hints)
        if tails and not says_nothing(head):
            head, *tails = put_country_last([head, *tails], self.is_governorate)
            return self._match_head(head, tails, hints)
        bracketed = _BRACKETED.fullmatch(name)
        if bracketed is None:
            return None
        outside, inside = bracketed.groups()
        if (said := say_qualified(outside, inside)) is not None:
            return self._match(said, hints)
        found = self._match_head(outside, [inside], hints)
        if found is not None and found.kind in LITERAL:
            return found
        other = self._find_anchor(inside, hints)
        if other.place is None:
            return found or self._match_in_town(outside, inside, hints)
        if not _is_settled(other) or self.is_governorate(inside):
            return found
        return say_area(quote(outside), other.place, "district")

    def _match_quarter(self, name: str, hints: Hints) -> Match | None:
        """Read "Al-Hasakeh - Ghoweran" as a town and a quarter of it, where that is no place."""
        town, *quarters = _DASHES.split(name)
        if len(quarters) != 1 or is_route(name):
            return None
        return self._match_in_town(town, quarters[0], hints)

    def _match_in_town(self, town: str, quarter: str, hints: Hints) -> Match | None:
        """What lies in a town that is known; None where it may be a country or governorate."""
        if find_country_code(quarter) is not None or self.is_governorate(quarter):
            return None
        if (foreign := find_foreign_area(quarter)) is not None:
            return say_uncovered(town, foreign)
        found = self._find_anchor(town, hints)
        if found.place is None or found.place.kind not in ("city", "town"):
            return None
        return self._match_inside(quarter, found, hints)

    def _match_head(self, head: str, tails: list[str], hints: Hints) -> Match | None:
        """Look for a name where the parts behind it say: countries, governorates, a town."""
        foreign = next((area for tail in tails if (area := find_foreign_area(tail))), None)
        if foreign is not None:
            return say_uncovered(head, foreign)
        listed = match_list(head, tails, *self._finders(hints), self.gazetteer.find_gov_name)
        if listed is not None:
            return listed
        container: Match | None = None
        for tail in tails:
            tail_code = find_country_code(drop_directions(tail) or tail)
            tail_gov = self.gazetteer.find_gov_name(tail, hints.country)
            if tail_code is None and tail_gov is None:
                found = self._find_anchor(tail, hints)
                if container is not None or not _is_settled(found):
                    return None
                container = found
                continue
            if _disagree(hints.country, tail_code) or _disagree(hints.gov, tail_gov):
                return None
            hints = self._read_hints(tail_code or hints.country, tail_gov or hints.gov)
        if container is not None:
            return self._match_inside(head, container, hints)
        found = self._match(head, hints)
        if found.kind == "none" and not found.candidates:
            return self._place_in_gov(head, tails, hints) or found
        return found

    def _match_inside(self, head: str, container: Match, hints: Hints) -> Match | None:
        place = container.place
        beside = None if place is None else self.names.match_beside(head, place, hints)
        if place is None or beside is None or beside.place is not None:
            return beside
        if self._find_anchor(head, hints).place is not None:
            return None  # It says itself where it is: "Hit (Anbar), Mosul".
        return say_area(quote(head), place, "district")

    def _place_in_gov(self, head: str, tails: list[str], hints: Hints) -> Match | None:
        """Of "Karrada, Baghdad" the governorate is known: its seat lies in it, too.

        A base or an airport of unknown name may be one that is known by another.
        """
        is_site = fold_parts(head)[1] not in ("", "city", "village", "neighbourhood", "district")
        for tail in tails:
            if is_site and fold_parts(tail)[1] != "governorate":
                continue
            place = self.gazetteer.find_governorate(tail, hints.country)
            if place is not None:
                return say_area(quote(head), place, place.precision)
        return None

    def is_governorate(self, name: str) -> bool:
        """Whether a name is that of a governorate too, as those of most seats are."""
        return self.gazetteer.find_gov_name(name) is not None

    def _find_anchor(self, text: str, hints: Hints) -> Match:
        """A plain name that others are told by: as it is known, in any governorate nearby."""
        answers: list[Match] = []
        for form in (text, *list_forms(text)):
            found = self._match_plain(form, hints)
            if found.kind in LITERAL:
                return found
            answers.append(found)
            if hints.gov is not None:
                found = self._match_plain(form, Hints(hints.country, None))
                place = found.place
                if (
                    found.kind in LITERAL
                    and place is not None
                    and (place.gov == hints.gov or self.gazetteer.is_near_gov(place, hints.gov))
                ):
                    return found
        unsure = next((answer for answer in answers if answer.kind == "ambiguous"), None)
        return say_none(f"{quote(text)} is not in the gazetteer.") if unsure is None else unsure

    def _match_plain(self, text: str, hints: Hints) -> Match:
        found = self.names.match(text, hints, may_guess=False)
        if found.kind == "none" and not found.candidates:
            return self._match_parts(text, hints) or self.names.match_side(text, hints) or found
        return found


def _is_settled(match: Match) -> bool:
    return match.place is not None and match.place.kind in _CONTAINERS[1:]


def _disagree(told: str | None, found: str | None) -> bool:
    return told is not None and found is not None and told != found
