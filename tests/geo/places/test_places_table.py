"""The hand-kept table itself: whole, without contradiction, and found by every name in it."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from geo.finding.geocoder import Geocoder
from geo.names.names import find_script, fold
from geo.places.gazetteer import Gazetteer
from geo.places.packaged_places import read_airports, read_cities
from geo.places.places import PLACE_COLUMNS, Place, read_places
from geo.places.points import Point, distance_km

PLACES = Path(__file__).parents[3] / "data" / "places.csv"
TABLE = read_places(PLACES)

GOVERNORATES = {
    "IQ": "Anbar;Babil;Baghdad;Basra;Dhi Qar;Diyala;Duhok;Erbil;Halabja;Karbala;Kirkuk;Maysan;"
    "Muthanna;Najaf;Nineveh;al-Qadisiyyah;Salah al-Din;Sulaymaniyah;Wasit",
    "SY": "Aleppo;Damascus;Daraa;Deir ez-Zor;Hama;Hasakah;Homs;Idlib;Latakia;Quneitra;Raqqa;"
    "Rif Dimashq;Suwayda;Tartus",
}

by_id = pytest.mark.parametrize("place", TABLE, ids=lambda place: place.id)


@pytest.fixture(scope="module")
def geocoder() -> Geocoder:
    return Geocoder(Gazetteer.read(PLACES))


def test_columns_stand_in_order() -> None:
    with PLACES.open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == list(PLACE_COLUMNS)


def test_ids_are_unique() -> None:
    assert len({place.id for place in TABLE}) == len(TABLE)


def test_every_governorate_is_a_place() -> None:
    found = {(p.country, p.gov) for p in TABLE if p.kind == "governorate"}
    expected = {(code, gov) for code, govs in GOVERNORATES.items() for gov in govs.split(";")}
    assert found == expected


@by_id
def test_a_place_is_named_in_three_scripts(place: Place) -> None:
    assert [find_script(name) for name in place.names] == ["latin", "arabic", "cyrillic"]


@by_id
def test_a_place_lies_in_a_known_governorate_and_tells_its_source(place: Place) -> None:
    assert place.kind == "country" or place.gov in GOVERNORATES[place.country].split(";")
    assert place.coordinates_from
    assert 29 <= place.lat <= 38 and 35 <= place.lon <= 49


@cache
def read_origins() -> dict[str, Point]:
    """Points of the two packages, by the words of `coordinates_from`."""
    origins = {place.coordinates_from: place.point for place in read_cities()}
    return origins | {place.coordinates_from: place.point for place in read_airports()[0]}


@pytest.mark.parametrize(
    "place",
    [p for p in TABLE if p.coordinates_from.startswith(("GeoNames", "airportsdata"))],
    ids=lambda place: place.id,
)
def test_coordinates_are_those_of_the_source(place: Place) -> None:
    source = place.coordinates_from.partition(" (")[0]
    assert distance_km(place.point, read_origins()[source]) < 0.01


def test_no_name_means_two_places_of_one_governorate() -> None:
    owners: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for place in TABLE:
        for name in (*place.names, *place.aliases):
            owners[place.country, place.gov, fold(name)].add(place.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


@by_id
def test_every_name_of_a_place_leads_to_it(geocoder: Geocoder, place: Place) -> None:
    for name in (*place.names, *place.aliases):
        match = geocoder.match(name, place.country, place.gov)
        assert match.place is not None, match.reason
        assert match.place.id == place.id, match.reason
        assert match.kind in ("exact", "alias")


@by_id
def test_the_own_names_of_a_place_never_lead_elsewhere(geocoder: Geocoder, place: Place) -> None:
    for name in place.names:
        match = geocoder.match(name)
        assert place.id in {candidate.id for candidate in match.candidates}, match.reason
