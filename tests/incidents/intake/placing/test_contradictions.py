"""Fields of a row that contradict each other are told, with both sides, and drawn as doubtful."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from incidents.intake.placing.locating import locate
from tests.geo.shipped import BOUNDARIES, GEOCODER

MakeFrame = Callable[..., pd.DataFrame]
BASRA, MOSUL, TURNED = {"lat": 30.5, "lon": 47.8}, {"lat": 36.34, "lon": 43.13}, (44.3661, 33.3152)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"place": "Mosul", "gov": "Nineveh", "country": "IQ", **BASRA}, "781 km from Mosul"),
        ({"place": "Mosul", **BASRA}, "781 km from Mosul"),
        ({"gov": "Nineveh", **BASRA}, "696 km from Nineveh"),
        ({"place": "Narnia", "gov": "Nineveh", **BASRA}, "696 km from Nineveh"),
        ({"place": "Mosul", "precision": "site", **BASRA}, "781 km from Mosul"),
        # What fits, is near, is not known, or is a namesake of few people.
        ({"place": "Mosul", "gov": "Nineveh", "country": "IQ", **MOSUL}, None),
        ({"place": "Mosul", "lat": 36.1, "lon": 43.3}, None),
        ({"gov": "Baghdad", "lat": 33.29, "lon": 44.06}, None),  # Abu Ghraib, of Anbar by the lines
        ({"place": "Narnia", **BASRA}, None),
        ({"place": "Nineveh Governorate", "lat": 35.5, "lon": 42.0}, None),
        ({"gov": "Nineveh", "precision": "country", "lat": 33.2, "lon": 42.5}, None),
        ({"gov": "Adana", "country": "TR", "lat": 37.0, "lon": 35.3}, None),
        (BASRA, None),
    ],
)
def test_a_point_far_from_what_the_row_names_is_told(
    make_incidents: MakeFrame, row: dict[str, Any], told: str | None
) -> None:
    located = locate(make_incidents(row), "t.csv", GEOCODER, BOUNDARIES)
    one = located.incidents.iloc[0]
    assert (one["lat"], one["lon"]) == (row["lat"], row["lon"])
    kinds = located.problems["kind"].tolist()
    if told is None:
        assert "coordinates_elsewhere" not in kinds
        assert "doubt" not in one["match_reason"]
    else:
        assert kinds == ["coordinates_elsewhere"]
        assert told in located.problems["message"].iloc[0]
        assert told in one["match_reason"]
        assert pd.isna(one["precision"])


@pytest.mark.parametrize(
    ("rows", "swapped"),
    [
        pytest.param([{"place": "Baghdad", "at": TURNED}], [0], id="in the sea"),
        pytest.param([{"at": TURNED}, {"at": MOSUL}], [0], id="in the sea, no name"),
        pytest.param([{"at": TURNED}, {"at": (39.0, 36.5)}], [0, 1], id="a column of them"),
        pytest.param([{"place": "Raqqa", "at": (39.01, 35.95)}, {"at": MOSUL}], [0], id="named"),
        pytest.param(
            [{"gov": "Raqqa", "at": (39.01, 35.95)}, {"at": MOSUL}], [0], id="governorate"
        ),
        pytest.param([{"at": (39.0, 36.5)}], [], id="a point in Turkey"),
        pytest.param([{"at": (37.0, 35.32), "place": "Adana"}, {"at": MOSUL}], [], id="Adana"),
        pytest.param([{"at": (46.63, 32.6), "place": "Kherson"}, {"at": MOSUL}], [], id="Kherson"),
        pytest.param([{"at": TURNED, "country": "UA"}], [], id="a country that is named"),
        pytest.param([{"at": (36.2, 37.1)}, {"at": MOSUL}], [], id="points that fit"),
    ],
)
def test_points_that_fit_only_when_swapped_are_told_without_a_country(
    make_incidents: MakeFrame, rows: list[dict[str, Any]], swapped: list[int]
) -> None:
    given = []
    for row in rows:
        spot = row.pop("at")
        lat, lon = spot.values() if isinstance(spot, dict) else spot
        given.append({**row, "lat": lat, "lon": lon})
    frame = make_incidents(*given)
    located = locate(frame, "t.csv", GEOCODER, BOUNDARIES)
    told = located.problems[located.problems["kind"] == "coordinates_swapped"]
    assert told["row"].tolist() == [frame.index[at] for at in swapped]
    for at in swapped:
        one = located.incidents.iloc[at]
        assert (one["lat"], one["lon"]) == (given[at]["lon"], given[at]["lat"])
        assert one["located_by"] == "table" and pd.isna(one["precision"])
        assert "km away" in one["match_reason"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"country": "IQ", "lat": 38.9, "lon": -77.0}, "lies 9,607 km from Iraq"),  # Washington
        ({"country": "IQ", "gov": "Anbar", "lat": 36.9, "lon": 34.0}, "lies in Turkey, 585 km"),
        ({"country": "SY", "place": "Raqqa", "lat": 33.3, "lon": 44.4}, "lies in Iraq, 337 km"),
        ({"country": "IQ", "place": "Basra", "lat": -30.5, "lon": 47.8}, "6,625 km from Iraq"),
        ({"country": "TR", "lat": 33.3, "lon": 44.4}, "lies in Iraq, 408 km from Turkey"),
        ({"country": "FR", "lat": 33.3, "lon": 44.4}, "lies in Iraq, not in France"),
        # Near a border, in the sea before it, and where nothing is drawn of the country.
        ({"country": "SY", "lat": 36.72, "lon": 37.12}, None),
        ({"country": "IQ", "lat": 29.68, "lon": 48.81}, None),
        ({"country": "FR", "lat": 48.85, "lon": 2.35}, None),
        ({"country": "CY", "lat": 34.7, "lon": 33.0}, None),
    ],
)
def test_a_point_outside_of_its_country_stays_in_doubt(
    make_incidents: MakeFrame, row: dict[str, Any], told: str | None
) -> None:
    rows = make_incidents({"precision": "town", **row})
    located = locate(rows, "t.csv", GEOCODER, BOUNDARIES, find_header={"lat": "Breite"}.get)
    one = located.incidents.iloc[0]
    assert (one["lat"], one["lon"], one["country"]) == (row["lat"], row["lon"], row["country"])
    assert one["located_by"] == "table"
    if told is None:
        assert located.problems.empty and one["precision"] == "town"
        return
    (problem,) = located.problems.itertuples()
    assert (problem.kind, problem.column) == ("coordinates_outside_country", "Breite")
    assert told in problem.message
    assert pd.isna(one["precision"]) and "in doubt" in one["match_reason"]
    assert pd.isna(one["gov"]) if "gov" not in row else one["gov"] == row["gov"]


def test_a_turned_point_is_compared_with_what_the_row_names(make_incidents: MakeFrame) -> None:
    row = {"place": "Basra", "country": "IQ", "lat": MOSUL["lon"], "lon": MOSUL["lat"]}
    rows = make_incidents(row, {**row, "lat": None, "lon": None})
    located = locate(rows, "t.csv", GEOCODER, BOUNDARIES)
    assert located.problems["kind"].tolist() == ["coordinates_swapped", "coordinates_elsewhere"]
    assert located.incidents["lat"].tolist() == [MOSUL["lat"], pytest.approx(30.5, abs=0.1)]


def test_what_contradicts_itself_teaches_no_name(make_incidents: MakeFrame) -> None:
    rows = ({"place": "Narnia", "gov": "Nineveh", **BASRA}, {"place": "Narnia", "gov": "Nineveh"})
    located = locate(make_incidents(*rows), "t.csv", GEOCODER, BOUNDARIES)
    assert located.incidents["match"].iloc[1] == "area"
