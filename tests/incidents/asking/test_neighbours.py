"""What is close to an incident, where there are many."""

from collections.abc import Callable
from typing import Any

import pytest

from geo.places.points import Point, distance_km
from incidents.asking.neighbours import find_neighbours
from incidents.asking.store import Store, read_rows

MakeStore = Callable[..., Store]
HERE = {"lat": 33.3, "lon": 44.4}


def near(store: Store, incident: str = "HERE", **limits: Any) -> list[tuple[str, int]]:
    row = store.find_incident(incident)
    assert row is not None
    return [(each.row["incident"], each.days) for each in find_neighbours(store, row, **limits)]


def crowd(number: int, **keys: Any) -> list[dict[str, Any]]:
    """So many incidents, all of them a week before and as near as can be."""
    return [{"incident": f"CROWD{n}", "date": "2021-06-30", **HERE, **keys} for n in range(number)]


def test_the_same_day_is_told_among_many(make_store: MakeStore) -> None:
    store = make_store(
        *crowd(700),
        {"incident": "HERE", **HERE},
        {"incident": "SAME", "lat": 33.4, "lon": 44.4},
        {"incident": "NEXT", "date": "2021-07-08", **HERE},
    )
    assert near(store)[:2] == [("SAME", 0), ("NEXT", 1)]
    assert len(near(store)) == 8


def test_the_other_half_of_an_operation_is_told_among_many(make_store: MakeStore) -> None:
    store = make_store(
        *crowd(700),
        {"incident": "HERE", "operation": "O", **HERE},
        {"incident": "SAME", **HERE},
        # In another country, and without a place.
        {"incident": "HALF", "operation": "O", "lat": 36.0, "lon": 37.0},
        {"incident": "LOOSE", "operation": "O"},
    )
    assert near(store)[:3] == [("HALF", 0), ("LOOSE", 0), ("SAME", 0)]


def test_of_many_parts_the_nearest_are_told(make_store: MakeStore) -> None:
    days = [f"2021-07-{day:02}" for day in (27, 17, 9, 3, 8)]
    parts = [{"incident": f"P{day}", "operation": "O", "date": day, **HERE} for day in days]
    store = make_store(*parts, {"incident": "HERE", "operation": "O", **HERE})
    assert near(store, most=3) == [("P2021-07-08", 1), ("P2021-07-09", 2), ("P2021-07-03", -4)]


FAR = [
    ("the last day", {"date": "2021-07-21", **HERE}, True),
    ("a day later", {"date": "2021-07-22", **HERE}, False),
    ("the first day", {"date": "2021-06-23", **HERE}, True),
    ("49 km", {"lat": 33.74, "lon": 44.4}, True),
    ("51 km", {"lat": 33.76, "lon": 44.4}, False),
    ("in the box, not in the circle", {"lat": 33.7, "lon": 44.85}, False),
    ("without a place", {}, False),
    ("of another operation", {"operation": "X", "lat": 36.0, "lon": 37.0}, False),
]


@pytest.mark.parametrize(("row", "is_near"), [case[1:] for case in FAR], ids=[c[0] for c in FAR])
def test_days_and_km(make_store: MakeStore, row: dict[str, Any], is_near: bool) -> None:
    store = make_store({"incident": "HERE", **HERE}, {"incident": "OTHER", **row})
    assert bool(near(store)) is is_near


def test_across_the_antimeridian(make_store: MakeStore) -> None:
    store = make_store(
        {"incident": "HERE", "lat": -17.0, "lon": 179.9},
        {"incident": "EAST", "lat": -17.0, "lon": -179.9},
    )
    assert near(store) == [("EAST", 0)]


def test_without_a_place_only_its_operation_is_looked_at(make_store: MakeStore) -> None:
    store = make_store(
        {"incident": "HERE", "operation": "O"}, {"incident": "A", "operation": "O"}, {**HERE}
    )
    assert near(store) == [("A", 0)]
    assert near(make_store({"incident": "HERE"}, {}, {})) == []


def test_shipped_neighbours_are_those_on_the_globe(shipped: Any) -> None:
    rows = read_rows(shipped.store.incidents)
    for row in rows[::9]:
        here = Point(lat=row["lat"], lon=row["lon"])
        expected = {
            each["incident"]
            for each in rows
            if each["incident"] != row["incident"]
            and abs((each["date"] - row["date"]).days) <= 14
            and distance_km(here, Point(lat=each["lat"], lon=each["lon"])) <= 50
        }
        found = find_neighbours(shipped.store, {**row, "operation": None}, most=100)
        assert {each.row["incident"] for each in found} == expected
