"""Cells of the map: nothing is lost or counted twice, whatever the zoom."""

from typing import Any

import pytest

from incidents.asking.figures import count_figures
from incidents.asking.map.cells import count_cells, tell_cells
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
