"""A geocoder that answers from a small table and notes what it is asked."""

from typing import Any

from geo.finding.learned import Learned
from geo.finding.matches import Match, say_none
from geo.places.places import Place
from geo.places.points import Point
from tests.incidents.intake.placing.conftest import ASAD


def make_place(name: str, kind: str, country: str, gov: str, lat: float, lon: float) -> Place:
    point = Point(lat=lat, lon=lon)
    return Place(name, name, (name,), (), kind, country, gov, point, "town", "test")


def found(place: Place, kind: Any = "exact") -> Match:
    return Match(place, kind, 100.0, "district", (place,), f"It is {place.name}.")


ASAD_BASE = make_place("Ain al-Asad", "base", "IQ", "Anbar", *ASAD)
TWINS = tuple(make_place("Khirba", "town", "IQ", gov, 36.0, 43.0) for gov in ("Erbil", "Nineveh"))
WILDS = make_place("Erewhon", "village", "IQ", "", 33.0, 44.0)
IRAQ = Match(make_place("Iraq", "country", "IQ", "", 33.0, 44.0), "exact", 100.0, "country", (), "")
ANBAR = make_place("Anbar Governorate", "governorate", "IQ", "Anbar", 33.0, 41.7)
ANSWERS = {
    "Asad": found(ASAD_BASE, "alias"),
    "عين الأسد": found(ASAD_BASE, "exact"),
    "Khirba": Match(None, "ambiguous", 0.0, None, TWINS, "It may be two."),
    "Erewhon": found(WILDS),
    "Iraq": IRAQ,
    "Anbar": found(ASAD_BASE),
}
GOVERNORATES = {"Anbar": Match(ANBAR, "exact", 100.0, "governorate", (ANBAR,), "Governorate.")}


class Geocoder:
    """Answers from a table and notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str | None, ...]] = []
        self.learned = Learned()

    def teach(self, learned: Learned) -> "Geocoder":
        self.learned = learned
        return self

    def match_governorate(self, gov: str, country: str | None = None) -> Match:
        self.asked.append((gov, country))
        return GOVERNORATES.get(gov, say_none("It is no governorate."))

    def match(self, name: str, country: str | None = None, gov: str | None = None) -> Match:
        assert all(each is None or isinstance(each, str) for each in (name, country, gov))
        self.asked.append((name, country, gov))
        return ANSWERS.get(name, say_none("It is in no table."))
