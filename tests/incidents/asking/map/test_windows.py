"""The window that holds what is filtered."""

from typing import Any

import pytest

from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters
from incidents.asking.map.features import read_map
from incidents.asking.map.playback_cells import read_extent
from incidents.asking.map.windows import find_around, read_window
from incidents.table.columns import IN_DOUBT
from incidents.telling.words.map import count_seen, say_status

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


WASHINGTON = {"lat": 38.9, "lon": -77.0, "country": "IQ", "type": "far"}
DOUBTED = {"lat": 48.85, "lon": 2.35, "match_reason": f"Coordinates, {IN_DOUBT} 3,000 km from Hit."}


def test_a_point_far_away_in_doubt_is_told_and_does_not_widen_the_first_window(
    make_store: Any,
) -> None:
    paris = {"lat": 48.85, "lon": 2.35, "type": "a"}
    home = {"lat": 33.0, "lon": 42.0, "country": "IQ"}
    store = make_store(home, home | {"lat": 36.0}, WASHINGTON, DOUBTED, {"country": "IQ"})
    assert read_facets(store).home == (41.5, 32.5, 42.5, 36.5)
    assert read_window(store, Filters()) == (42.0, 33.0, 42.0, 36.0)
    extent = read_extent(store.select(Filters()))
    assert (extent["placed"], extent["west"], extent["east"]) == (4, 42.0, 42.0)
    answer = read_map(store, Filters())
    assert (
        say_status(answer, count_seen(answer, lambda lon, lat: True))
    ) == "4 of 5 incidents on screen · 1 cannot be placed · 2 far from here, in doubt"
    # Alone it is shown; what contradicts nothing is no outlier; nor is what is near.
    assert read_window(store, Filters(type=("far",))) == (-77.0, 38.9, -77.0, 38.9)
    other = make_store(home, paris, DOUBTED | {"lat": 36.0, "lon": 39.0})
    assert read_facets(other).home == (1.85, 32.5, 42.5, 49.35)
    assert "far" not in read_map(other, Filters())


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
