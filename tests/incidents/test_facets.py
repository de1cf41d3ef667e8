"""What can be chosen in a table."""

from collections.abc import Callable
from datetime import date

from incidents.facets import ANY_OF, IRAQ_AND_SYRIA, read_facets
from incidents.store import Store

MakeStore = Callable[..., Store]


def test_facets(make_store: MakeStore) -> None:
    facets = read_facets(
        make_store(
            {"date": "2021-06-27", "date_end": "2021-07-09", "lat": 33.0, "lon": 42.0,
             "country": "IQ", "killed_min": 4},
            {"date": "2021-07-08", "lat": 36.0, "lon": 44.0, "country": "SY", "killed_max": 2,
             "fighters_killed_max": 57, "wounded_min": 0},
            {"country": "SY", "type": "عبوة"},
        )
    )  # fmt: skip
    assert (facets.first, facets.last) == (date(2021, 6, 27), date(2021, 7, 9))
    assert facets.values["country"] == ["SY", "IQ"]
    assert facets.values["type"] == ["عبوة"]
    assert facets.values["weapon"] == []
    assert facets.most == {"killed": 57, "wounded": 0}
    assert facets.home == (41.5, 32.5, 44.5, 36.5)


def test_empty_table(make_store: MakeStore) -> None:
    facets = read_facets(make_store())
    assert (facets.first, facets.last) == (None, None)
    assert facets.values == {name: [] for name in ANY_OF}
    assert facets.most == {"killed": 0, "wounded": 0}
    assert facets.home == IRAQ_AND_SYRIA


def test_home_stays_on_the_globe(make_store: MakeStore) -> None:
    poles = ({"lat": 90.0, "lon": 180.0}, {"lat": -90.0, "lon": -180.0})
    assert read_facets(make_store(*poles)).home == (-180.0, -85.0, 180.0, 85.0)
