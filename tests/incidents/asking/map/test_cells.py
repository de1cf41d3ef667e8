"""Cells of the map: nothing is lost or counted twice, whatever the zoom."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.mercator import to_y
from incidents.asking.figures import count_figures
from incidents.asking.filters import Filters
from incidents.asking.map.cells import count_cells, find_cells, read_cells, tell_cells, widen_window
from incidents.asking.store import Store

ROWS: tuple[dict[str, Any], ...] = (
    {"lat": 33.30, "lon": 44.40, "killed_min": 1, "killed_max": 2},
    {"lat": 33.31, "lon": 44.41, "wounded_min": 4},
    {"lat": 36.20, "lon": 44.00},
    {"lat": -89.9, "lon": -180.0, "killed_min": 0, "killed_max": 0},
    {"lat": 89.9, "lon": 180.0},
    {"lat": 32.9, "lon": 41.9, "precision": "governorate", "gov": "Anbar", "country": "IQ"},
    {"lat": 32.9, "lon": 41.9, "precision": "governorate", "gov": "Anbar", "country": "IQ"},
    {"lat": 33.0, "lon": 43.0, "precision": "country", "country": "IQ"},
)


@pytest.fixture(scope="module")
def store(make_store: Any) -> Store:
    return make_store(*ROWS)


def read(store: Store, zoom: int) -> list[dict[str, Any]]:
    return [each["properties"] for each in tell_cells(count_cells(store.incidents, zoom), zoom)]


@pytest.mark.parametrize("zoom", [0, 3, 6, 9, 12, 16, 18])
def test_counts_add_up_at_every_zoom(store: Store, zoom: int) -> None:
    assert sum(cell["n"] for cell in read(store, zoom)) == len(ROWS)


@pytest.mark.parametrize("zoom", [0, 6, 12, 18])
def test_tolls_add_up_on_the_shipped_table(shipped: Any, zoom: int) -> None:
    """Without the parts of operations, which count once in each cell and once in the figures."""
    incidents = shipped.store.incidents
    single = incidents.filter(incidents.operation.isnull())
    lows = sum(cell["killed"][0] or 0 for cell in _numbers(single, zoom))
    highs = sum(cell["killed"][1] or 0 for cell in _numbers(single, zoom))
    killed = count_figures(single).killed
    assert (lows, highs) == (killed.low, killed.high)


def _numbers(incidents: Any, zoom: int) -> list[dict[str, Any]]:
    return [each["properties"] for each in tell_cells(count_cells(incidents, zoom), zoom)]


@pytest.mark.parametrize(("zoom", "together"), [(6, True), (14, False)])
def test_close_incidents_share_a_cell_until_one_zooms_in(
    store: Store, zoom: int, together: bool
) -> None:
    counts = sorted(cell["n"] for cell in read(store, zoom) if "gov" not in cell)
    assert (2 in counts) is together


def test_areas_are_no_cells(store: Store) -> None:
    areas = {
        (each["precision"], each["gov"]): each["n"] for each in read(store, 6) if "gov" in each
    }
    assert areas == {("governorate", "Anbar"): 2, ("country", None): 1}


def test_unknown_is_said_and_not_zero(store: Store) -> None:
    tolls = {cell["toll"] for cell in read(store, 6) if cell["n"] == 2 and "gov" not in cell}
    assert tolls == {"killed 1–2 (1 unknown), wounded 4 or more (1 unknown)"}
    areas = {cell["toll"] for cell in read(store, 6) if "gov" in cell}
    assert areas == {"killed unknown, wounded unknown"}


def find_spot(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    """Column and row of a point, in cells."""
    cells = 2**zoom * 4
    return (lon + 180) / 360 * cells, to_y(lat) * cells


@given(
    st.floats(-180, 179), st.floats(-84, 83), st.floats(0.001, 90), st.floats(0.001, 40),
    st.integers(0, 16),
)  # fmt: skip
def test_a_window_ends_just_beyond_whole_cells_and_is_known_by_that(
    west: float, south: float, wide: float, high: float, zoom: int
) -> None:
    bounds = (west, south, (west + wide + 180) % 360 - 180, min(84.0, south + high))
    window = widen_window(bounds, zoom)
    assert window[1] < bounds[1] and window[3] > bounds[3]
    for lat, side in ((window[1], -1), (window[3], 1)):
        if abs(lat) < 90:
            row = find_spot(0, lat - side * 0.000005, zoom)[1]
            assert row == pytest.approx(round(row), abs=2**zoom * 1e-6)
    if window[0] == -180 and window[2] == 180:
        return
    span = (window[2] - window[0]) % 360
    assert wide < span <= wide * 1.2 + 2 * 90 / 2**zoom + 0.001
    assert (bounds[0] - window[0]) % 360 < span and (window[2] - bounds[2]) % 360 < span
    for lon, side in ((window[0], -1), (window[2], 1)):
        column = find_spot(lon - side * 0.000005, 0, zoom)[0]
        assert column == pytest.approx(round(column), abs=2**zoom * 1e-6)


@pytest.mark.parametrize("bounds", [(-180.0, -80.0, 180.0, 84.0), (-170.0, 0.0, 170.0, 84.9)])
def test_a_window_of_all_the_world_holds_its_poles(bounds: Any) -> None:
    west, _, east, north = widen_window(bounds, 1)
    assert (west, east, north) == (-180, 180, 90)


@pytest.mark.parametrize("zoom", [3, 6, 9])
@given(west=st.floats(40, 45), south=st.floats(31, 36), wide=st.floats(0.01, 8))
def test_the_whole_cells_of_a_window_hold_what_lies_in_it(
    shipped: Any, zoom: int, west: float, south: float, wide: float
) -> None:
    window = widen_window((west, south, west + wide, south + wide / 2), zoom)
    assert find_cells(window, zoom) is not None
    store, filters = shipped.store, Filters(window=window)
    assert read_cells(store, filters, zoom).incidents == store.count(filters)[1]


@pytest.mark.parametrize(
    "window",
    [
        (40.0, 30.0, 45.0, 36.0),  # 45 degrees are the border of a cell at each zoom
        (40.0, 30.0, 45.00002, 36.0),
        (-180.0, -90.0, 45.0, 90.0),
        (170.0, 30.0, -170.0, 36.0),
    ],
)
def test_any_other_window_is_asked_for_as_it_is(window: Any) -> None:
    assert find_cells(window, 8) is None
    assert find_cells((-180.0, -90.0, 45.00001, 90.0), 8) == (0, 639, 0, 1023)
