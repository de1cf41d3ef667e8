"""What the live layer draws in a window."""

from collections.abc import Callable
from typing import Any

import pytest

from incidents.asking.filters import Filters
from incidents.asking.map import features as map_features
from incidents.asking.map.features import count_harmed, read_map, say_toll, show_incident
from incidents.asking.store import Store

MakeStore = Callable[..., Store]
SPOTS = {
    "Asad": (33.8, 42.4),
    "Erbil": (36.2, 44.0),
    "Fiji": (-17.0, 179.5),
    "Samoa": (-14.0, -172.0),
    "Date line": (0.0, 180.0),
    "Null Island": (0.0, 0.0),
    "Unplaced": (None, None),
}
WINDOWS: list[tuple[str, tuple[float, float, float, float] | None, str]] = [
    ("no window", None, "Asad,Date line,Erbil,Fiji,Null Island,Samoa"),
    ("Iraq", (38.0, 29.0, 49.0, 38.0), "Asad,Erbil"),
    ("one spot", (42.4, 33.8, 42.4, 33.8), "Asad"),
    ("empty sea", (-40.0, 20.0, -30.0, 30.0), ""),
    ("across the antimeridian", (170.0, -30.0, -170.0, 10.0), "Date line,Fiji,Samoa"),
    ("the same, past 180", (170.0, -30.0, 190.0, 10.0), "Date line,Fiji,Samoa"),
    ("the same, past -180", (-190.0, -30.0, -170.0, 10.0), "Date line,Fiji,Samoa"),
    ("one world further", (398.0, 29.0, 409.0, 38.0), "Asad,Erbil"),
    ("up to 180", (170.0, -30.0, 180.0, 10.0), "Date line,Fiji"),
    ("the whole globe", (-180.0, -90.0, 180.0, 90.0),
     "Asad,Date line,Erbil,Fiji,Null Island,Samoa"),
    ("wider than the globe", (-400.0, -90.0, 400.0, 90.0),
     "Asad,Date line,Erbil,Fiji,Null Island,Samoa"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(make_store: MakeStore) -> Store:
    return make_store(
        *({"incident": name, "lat": lat, "lon": lon} for name, (lat, lon) in SPOTS.items())
    )


@pytest.mark.parametrize(("bbox", "names"), [case[1:] for case in WINDOWS],
                         ids=[case[0] for case in WINDOWS])  # fmt: skip
def test_window(store: Store, bbox: Any, names: str) -> None:
    answer = read_map(store, Filters(window=bbox))
    found = [feature["properties"]["incident"] for feature in answer["features"]]
    assert sorted(found) == [name for name in names.split(",") if name]
    assert (answer["total"], answer["unplaced"], answer["cells"]) == (7, 1, False)


def test_totals_are_those_of_the_filters_not_of_the_window(make_store: MakeStore) -> None:
    store = make_store(
        {"gov": "Anbar", "lat": 33.0, "lon": 42.0}, {"gov": "Anbar"}, {"gov": "Homs"}
    )
    answer = read_map(store, Filters(gov=("Anbar",), window=(0, 0, 1, 1)))
    assert (answer["total"], answer["unplaced"], answer["features"]) == (2, 1, [])


def test_empty_selection(make_store: MakeStore) -> None:
    answer = read_map(make_store(), Filters())
    assert answer == {"type": "FeatureCollection", "view": "incidents", "total": 0, "unplaced": 0,
                      "cells": False, "features": []}  # fmt: skip


@pytest.mark.parametrize(("most", "has_cells"), [(2, True), (3, False)])
def test_beyond_the_most_cells_are_sent(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch, most: int, has_cells: bool
) -> None:
    monkeypatch.setattr(map_features, "MOST_FEATURES", most)
    spot = {"lat": 33.0, "lon": 42.0}
    answer = read_map(make_store(spot, spot, spot), Filters())
    assert answer["cells"] is has_cells
    assert sum(each["properties"].get("n", 1) for each in answer["features"]) == 3
    assert len(answer["features"]) == (1 if has_cells else 3)


def test_properties(make_store: MakeStore) -> None:
    store = make_store(
        {"date_end": "2021-07-08", "type": "rocket attack", "place": "<b>Asad", "country": "IQ",
         "gov": "Anbar", "precision": "site", "lat": 33.8, "lon": 42.4, "killed_min": 0,
         "killed_max": 0, "wounded_min": 2, "wounded_max": 3, "origin": "Baghdadi",
         "origin_lat": 33.9, "origin_lon": 42.6}
    )  # fmt: skip
    assert read_map(store, Filters())["features"] == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [42.4, 33.8]},
            "properties": {
                "incident": "A", "date": "2021-07-07", "day": "7–8 Jul 2021",
                "type": "rocket attack", "place": "<b>Asad", "country": "IQ", "gov": "Anbar",
                "precision": "site", "known_to": "Place known to the site", "harmed": 3,
                "toll": "killed 0, wounded 2–3", "origin": [42.6, 33.9],
                "origin_name": "Baghdadi",
            },
        }
    ]  # fmt: skip


def test_properties_of_a_bare_incident(make_store: MakeStore) -> None:
    store = make_store({"lat": 33.8, "lon": 42.4, "origin": "somewhere"})
    properties = read_map(store, Filters())["features"][0]["properties"]
    assert properties["day"] == "7 Jul 2021"
    # Never said to be known to the town: nobody says so.
    assert properties["precision"] is None
    assert properties["known_to"] == "How exactly the place is known is not stated"
    assert (properties["harmed"], properties["toll"]) == (None, "toll unknown")
    assert "origin" not in properties


TOLLS = [
    ((None, None, None, None), "toll unknown", None),
    ((0, 0, None, None), "killed 0, wounded unknown", 0),
    ((4, None, None, None), "killed 4 or more, wounded unknown", 4),
    ((1, 2, 3, 4), "killed 1–2, wounded 3–4", 6),
    ((None, None, None, 5), "killed unknown, wounded up to 5", 5),
]


@pytest.mark.parametrize(("numbers", "words", "harmed"), TOLLS, ids=[case[1] for case in TOLLS])
def test_toll(numbers: tuple[int | None, ...], words: str, harmed: int | None) -> None:
    names = ("killed_min", "killed_max", "wounded_min", "wounded_max")
    row = dict(zip(names, numbers, strict=True))
    assert say_toll(row) == words
    assert count_harmed(row) == harmed


def test_one_incident_is_told_as_among_others(store: Store) -> None:
    row = store.find_incident("Erbil")
    assert row is not None
    alone = show_incident(row)
    among = read_map(store, Filters(window=(43.0, 36.0, 45.0, 37.0)))
    assert alone["features"] == among["features"]
    assert (alone["total"], alone["unplaced"], alone["cells"]) == (1, 0, False)
    assert {*alone} == {*among}
