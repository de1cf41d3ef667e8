"""Likely duplicates: same day, type and place in two tables; what is vague never matches."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks.hostile_tables import datasets_at_one_place, two_datasets_at_one_place
from geo.places.points import Point, distance_km
from incidents.intake.placing import duplicates
from incidents.intake.placing.duplicates import MOST_OTHERS, NEAR_KM, PAIR_COLUMNS, find_duplicates
from incidents.table.problems import PROBLEM_COLUMNS
from tests.growth import IN_STEP, grow

MakeFrame = Callable[..., pd.DataFrame]
Row = Mapping[str, Any]
STRIKE = {"type": "air strike", "country": "IQ", "gov": "Anbar", "place": "Hit"}
POINT = {"lat": 33.6, "lon": 42.8, "precision": "town"}


@pytest.fixture(scope="session")
def make(make_incidents: MakeFrame) -> MakeFrame:
    """Incidents of the datasets "one" and "two" in turn, each with its row in its file."""

    def make(*rows: Row) -> pd.DataFrame:
        sets = [{"dataset": ("one", "two")[at % 2], **row} for at, row in enumerate(rows)]
        return make_incidents(*sets).reset_index()

    return make


PAIRS = [
    ("the same place by name", STRIKE, {}, {}),
    ("the name is written otherwise", STRIKE, {}, {"place": "al-HIT"}),
    ("points within 5 km", POINT | {"type": "x"}, {}, {"lat": 33.64, "precision": "site"}),
    ("other names, points within 5 km", STRIKE | POINT, {}, {"place": "Heet", "gov": None}),
    ("the same name, far points", STRIKE | POINT, {}, {"lat": 34.0}),
    ("a last day that is the first", STRIKE, {}, {"date_end": "2021-07-07"}),
    ("the day is said to be one", STRIKE, {"date_precision": "day"}, {}),
    ("tolls and actors differ", STRIKE, {"killed_max": 1}, {"killed_max": 9, "actor": "x"}),
]
APART = [
    ("another day", STRIKE, {}, {"date": "2021-07-08"}),
    ("another type", STRIKE, {}, {"type": "rocket attack"}),
    ("no type", STRIKE, {"type": None}, {"type": None}),
    ("a type that says nothing", STRIKE, {"type": "other"}, {"type": "other"}),
    ("another governorate", STRIKE, {}, {"gov": "Basra"}),
    ("no governorate", STRIKE, {"gov": None}, {"gov": None}),
    ("another country", STRIKE, {}, {"country": "SY"}),
    ("no place", STRIKE, {"place": None}, {"place": None}),
    ("a place without letters", STRIKE, {"place": "?"}, {"place": "?"}),
    ("the same dataset", STRIKE, {"dataset": "one"}, {"dataset": "one"}),
    ("no dataset", STRIKE, {"dataset": None}, {}),
    ("no dataset in either", STRIKE, {"dataset": None}, {"dataset": None}),
    ("vague days", STRIKE, {"date_precision": "month"}, {"date_precision": "month"}),
    ("several days", STRIKE, {"date_end": "2021-07-09"}, {"date_end": "2021-07-09"}),
    ("points 6 km apart", POINT | {"type": "x"}, {}, {"lat": 33.655}),
    ("points of districts", POINT | {"type": "x"}, {}, {"precision": "district"}),
    ("points of unknown precision", POINT | {"type": "x"}, {}, {"precision": None}),
]


@pytest.mark.parametrize(
    ("both", "first", "second"), [c[1:] for c in PAIRS], ids=[c[0] for c in PAIRS]
)
def test_likely_duplicates(make: MakeFrame, both: Row, first: Row, second: Row) -> None:
    found = find_duplicates(make({**both, **first}, {**both, **second}))
    assert found.pairs[list(PAIR_COLUMNS[:4])].values.tolist() == [["one", "A", "two", "B"]]
    assert found.problems["row"].tolist() == [2, 3]


@pytest.mark.parametrize(
    ("both", "first", "second"), [c[1:] for c in APART], ids=[c[0] for c in APART]
)
def test_no_duplicates(make: MakeFrame, both: Row, first: Row, second: Row) -> None:
    found = find_duplicates(make({**both, **first}, {**both, **second}))
    assert (len(found.pairs), len(found.problems)) == (0, 0)
    assert list(found.pairs) == list(PAIR_COLUMNS)
    assert list(found.problems) == list(PROBLEM_COLUMNS)


def test_an_empty_table(make_incidents: MakeFrame) -> None:
    assert len(find_duplicates(make_incidents().reset_index()).pairs) == 0


def test_both_rows_name_the_other_table_and_its_incident(make: MakeFrame) -> None:
    told = find_duplicates(make(STRIKE, STRIKE, {**STRIKE, "dataset": "two"})).problems
    assert told["message"].tolist() == [
        'Row 2: same day, type and place as "B" of two; 1 more row fits, too.',
        'Row 3: same day, type and place as "A" of one.',
        'Row 4: same day, type and place as "A" of one.',
    ]
    assert told["file"].tolist() == ["one", "two", "two"]
    assert set(told["level"]) == {"note"} and set(told["kind"]) == {"possible_duplicate"}


def test_nothing_is_merged_or_changed(make: MakeFrame) -> None:
    incidents = make(STRIKE, STRIKE)
    before = incidents.copy()
    find_duplicates(incidents)
    pd.testing.assert_frame_equal(incidents, before)


def test_the_nearest_is_named_first(make: MakeFrame) -> None:
    near = {"dataset": "two", "lat": 33.61}
    rows = make(STRIKE | POINT, {**STRIKE, **POINT, "lat": 33.63}, {**STRIKE, **POINT, **near})
    found = find_duplicates(rows)
    assert found.pairs.loc[found.pairs["distance_km"].idxmin(), "other_incident"] == "C"
    assert 'as "C" of two' in found.problems["message"][0]
    expected = distance_km(Point(lat=33.6, lon=42.8), Point(lat=33.61, lon=42.8))
    assert found.pairs["distance_km"].min() == pytest.approx(expected)


def test_three_tables_are_compared_two_by_two(make: MakeFrame) -> None:
    found = find_duplicates(make(STRIKE, STRIKE, {**STRIKE, "dataset": "three"}))
    pairs = found.pairs[["dataset", "other_dataset"]].values.tolist()
    assert pairs == [["one", "two"], ["one", "three"], ["two", "three"]]


def test_a_row_has_a_bounded_number_of_others(make: MakeFrame) -> None:
    rows = [{**STRIKE, "dataset": "two"} for _ in range(60)]
    found = find_duplicates(make({**STRIKE, "dataset": "one"}, *rows))
    assert len(found.pairs) == MOST_OTHERS


@pytest.mark.parametrize("lat", [0.0, 33.3, 64.0])
def test_near_points_are_found_as_by_comparing_all(
    make: MakeFrame, monkeypatch: pytest.MonkeyPatch, lat: float
) -> None:
    monkeypatch.setattr(duplicates, "_BLOCK", 7)
    monkeypatch.setattr(duplicates, "MOST_OTHERS", 1000)
    random = np.random.default_rng(7)
    points = [
        {"lat": lat + dy, "lon": 44.0 + dx, "precision": "site", "type": "air strike"}
        for dy, dx in random.uniform(-0.15, 0.15, size=(120, 2))
    ]
    rows = make(*points)
    found = find_duplicates(rows).pairs
    one, two = (rows[rows["dataset"] == name] for name in ("one", "two"))
    expected = {
        (a.incident, b.incident)
        for a in one.itertuples()
        for b in two.itertuples()
        if distance_km(Point(a.lat, a.lon), Point(b.lat, b.lon)) <= NEAR_KM
    }
    assert len(expected) > 50
    assert set(zip(found["incident"], found["other_incident"], strict=True)) == expected


@pytest.mark.parametrize("make", [datasets_at_one_place, two_datasets_at_one_place])
def test_rows_are_not_put_beside_each_other(make: MakeFrame) -> None:
    assert grow(make, find_duplicates, 500) < IN_STEP
