import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.points import EARTH_RADIUS_KM, Point, distance_km, find_middle, move, read_point

BAGHDAD = Point(lat=33.34058, lon=44.40088)
AIN_AL_ASAD = Point(lat=33.7856, lon=42.4412)

points = st.builds(Point, lat=st.floats(-90, 90), lon=st.floats(-180, 180))


@pytest.mark.parametrize(
    ("a", "b", "expected_km", "within_km"),
    [
        pytest.param(BAGHDAD, BAGHDAD, 0, 0, id="the same point"),
        pytest.param(BAGHDAD, AIN_AL_ASAD, 187.9, 1, id="Baghdad to Ain al-Asad"),
        pytest.param(Point(0, 0), Point(1, 0), 111.195, 0.01, id="one degree of latitude"),
        pytest.param(Point(60, 0), Point(60, 1), 55.6, 0.1, id="a degree of longitude is shorter"),
        pytest.param(Point(0, 179.5), Point(0, -179.5), 111.195, 0.01, id="over the date line"),
        pytest.param(Point(0, 0), Point(0, 180), math.pi * EARTH_RADIUS_KM, 0.001, id="antipodes"),
        pytest.param(Point(90, 10), Point(90, -100), 0, 0.001, id="the pole has every longitude"),
    ],
)
def test_distance(a: Point, b: Point, expected_km: float, within_km: float) -> None:
    assert distance_km(a, b) == pytest.approx(expected_km, abs=within_km)


@given(points, points)
def test_distance_is_symmetric_and_bounded(a: Point, b: Point) -> None:
    distance = distance_km(a, b)
    assert distance == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= distance <= math.pi * EARTH_RADIUS_KM + 1e-6


def test_distance_from_no_number_is_no_number() -> None:
    assert math.isnan(distance_km(BAGHDAD, Point(lat=math.nan, lon=44.0)))


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        pytest.param(BAGHDAD, True, id="Baghdad"),
        pytest.param(Point(lat=0, lon=0), True, id="zero is a value"),
        pytest.param(Point(lat=-90, lon=180), True, id="the edge"),
        pytest.param(Point(lat=90.01, lon=0), False, id="beyond the pole"),
        pytest.param(Point(lat=0, lon=-180.01), False, id="beyond the date line"),
        pytest.param(Point(lat=math.nan, lon=0), False, id="no number"),
        pytest.param(Point(lat=0, lon=math.inf), False, id="infinite"),
    ],
)
def test_is_on_earth(point: Point, expected: bool) -> None:
    assert point.is_on_earth is expected


def test_a_point_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        BAGHDAD.lat = 0.0  # type: ignore[misc]


@pytest.mark.parametrize("bearing", [0, 45, 90, 180, 225, 315])
@pytest.mark.parametrize("km", [0.5, 15, 200])
def test_moves_as_far_as_told(km: float, bearing: float) -> None:
    there = move(BAGHDAD, km, bearing)
    assert distance_km(BAGHDAD, there) == pytest.approx(km)
    assert (there.lat > BAGHDAD.lat) == (bearing in (0, 45, 315)) or bearing == 90
    assert (there.lon > BAGHDAD.lon) == (bearing in (45, 90)) or bearing in (0, 180)


def test_the_middle_holds_all_points() -> None:
    middle, radius = find_middle([BAGHDAD, AIN_AL_ASAD, BAGHDAD])
    assert distance_km(middle, BAGHDAD) <= radius
    assert distance_km(middle, AIN_AL_ASAD) <= radius < 95
    assert find_middle([BAGHDAD]) == (BAGHDAD, 0)


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        ("33.5", "44", Point(lat=33.5, lon=44)),
        (" 33,5 ", "44,1", Point(lat=33.5, lon=44.1)),
        ("0", "44", Point(lat=0, lon=44)),
        *((lat, lon, None) for lat, lon in (("", "44"), ("0", "0"), ("99", "44"), ("nan", "44"))),
    ],
)
def test_reads_points(lat: str, lon: str, point: Point | None) -> None:
    assert read_point(lat, lon) == point
