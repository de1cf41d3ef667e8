"""The window that holds what is filtered."""

from typing import Any

import pytest

from incidents.asking.filters import Filters
from incidents.asking.map.windows import find_around, read_window

SITE = {"lat": 33.0, "lon": 42.0, "precision": "site"}


def test_holds_every_placed_incident_of_the_filters(make_store: Any) -> None:
    store = make_store(
        SITE | {"type": "a"}, SITE | {"lat": 36.0, "lon": 44.0, "type": "a"}, {"type": "a"},
        SITE | {"lat": 10.0, "lon": 10.0, "type": "b"},
    )  # fmt: skip
    west, south, east, north = read_window(store, Filters(type=("a",))) or (0, 0, 0, 0)
    assert 41.9 < west < 42.0 and 44.0 < east < 44.1
    assert 32.9 < south < 33.0 and 36.0 < north < 36.1


@pytest.mark.parametrize("row", [{}, {"precision": "site"}])
def test_of_nothing_placed_there_is_none(make_store: Any, row: dict[str, Any]) -> None:
    assert read_window(make_store(row), Filters()) is None


@pytest.mark.parametrize(
    ("precision", "degrees"), [(None, 0.0), ("site", 0.01), ("governorate", 0.67)]
)
def test_reaches_as_far_as_the_place_may_lie_away(
    make_store: Any, precision: str | None, degrees: float
) -> None:
    store = make_store(SITE | {"precision": precision})
    west, south, east, north = read_window(store, Filters()) or (0, 0, 0, 0)
    assert north - 33.0 == 33.0 - south == pytest.approx(degrees, abs=0.01)
    # A degree of longitude is shorter than one of latitude.
    assert east - 42.0 == pytest.approx(degrees / 0.839, abs=0.01)
    assert west == pytest.approx(84.0 - east)


def test_stays_on_the_map_at_the_poles(make_store: Any) -> None:
    row = {"lat": 89.0, "lon": 179.0, "precision": "country"}
    assert (read_window(make_store(row), Filters()) or ())[2:] == (180.0, 85.0)


AROUND = [
    ("a site", {}, (41.68, 32.73, 42.32, 33.27)),
    ("a governorate", {"precision": "governorate"}, (41.2, 32.33, 42.8, 33.67)),
    (
        "with its launch site",
        {"origin_lat": 33.5, "origin_lon": 42.5},
        (41.68, 32.73, 42.82, 33.77),
    ),
    ("half a launch site", {"origin_lat": 33.5}, (41.68, 32.73, 42.32, 33.27)),
]  # fmt: skip


@pytest.mark.parametrize(("more", "window"), [case[1:] for case in AROUND],
                         ids=[case[0] for case in AROUND])  # fmt: skip
def test_around_one_incident(more: dict[str, Any], window: tuple[float, ...]) -> None:
    row = SITE | {"origin_lat": None, "origin_lon": None} | more
    assert find_around(row) == pytest.approx(window, abs=0.01)
