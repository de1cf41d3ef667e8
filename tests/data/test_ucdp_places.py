"""The places of UCDP GED that are shipped: attributed, and below every other place."""

import csv
from pathlib import Path

import pytest

from geo.finding.geocoder import Geocoder
from geo.places.places import KINDS_OF_PLACE
from geo.places.points import Point, distance_km
from tests.geo.shipped import GAZETTEER

DATA = Path(__file__).parents[2] / "data"


def read_rows() -> list[dict[str, str]]:
    with (DATA / "places" / "ucdp.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_line_is_a_place_of_a_governorate() -> None:
    rows = read_rows()
    assert GAZETTEER.notes == []
    assert len(rows) == 1272
    govs = {(place.country, place.gov) for place in GAZETTEER.places if place.kind == "governorate"}
    for row in rows:
        assert row["name"] and row["kind"] in KINDS_OF_PLACE and row["precision"] == "town"
        assert (row["country"], row["gov"]) in govs


def test_it_is_attributed() -> None:
    texts = [
        (DATA / "README.md").read_text("utf-8"),
        (DATA.parent / "README.md").read_text("utf-8"),
    ]
    texts.append((DATA.parent / "incidents/telling/pages/about.html").read_text("utf-8"))
    assert all("UCDP" in text and "CC BY 4.0" in text for text in texts)


@pytest.mark.parametrize(
    ("name", "gov", "is_extra"),
    [
        ("Aajaja", "Hasakah", True),
        ("Aajaja village", "Hasakah", True),
        ("Aajaja", "Homs", None),
        ("Abu Hardub", "Deir ez-Zor", True),
        ("Rabia", "Nineveh", False),
        ("Rabia", "Hama", True),
        ("Arbin", "Rif Dimashq", False),
        ("Mosul", None, False),
        ("Narnia", "Homs", None),
    ],
)
def test_they_are_asked_below_all_others(name: str, gov: str | None, is_extra: bool | None) -> None:
    place = Geocoder(GAZETTEER).match(name, None, gov).place
    assert (place and place.is_extra) == is_extra


def test_none_stands_beside_a_place_of_its_name() -> None:
    known = [place for place in GAZETTEER.places if not place.is_extra]
    for place in (each for each in GAZETTEER.places if each.is_extra):
        twins = [p for p in known if set(p.names) & set(place.names) and p.kind != "governorate"]
        points = [Point(lat=twin.lat, lon=twin.lon) for twin in twins]
        assert all(distance_km(place.point, point) > 5 for point in points), place.name
