import pytest

from geo.finding.learned import AGREE_KM, Learned, Told, learn
from geo.places.points import Point
from tests.geo.shipped import GEOCODER
from tests.growth import IN_STEP, grow


def tell(
    name: str,
    lat: float,
    lon: float,
    gov: str | None = None,
    spread: float = 0.0,
    country: str = "SY",
    rows: int = 3,
) -> Told:
    low, high = Point(lat=lat - spread, lon=lon), Point(lat=lat + spread, lon=lon)
    return Told(name, country, gov, low, high, rows)


HERE = tell("Khirbat Narnia", 35.5, 37.0, "Aleppo")
FAR = tell("Khirbat Narnia", 33.0, 36.0, "Daraa")


@pytest.mark.parametrize(
    ("told", "name", "country", "gov", "lat"),
    [
        pytest.param([HERE], "Khirbat Narnia", "SY", "Aleppo", 35.5, id="as told"),
        pytest.param([HERE], "khirbat  al-NARNIA", None, None, 35.5, id="spelled another way"),
        pytest.param([HERE], "Khirbat Narnia", "IQ", None, None, id="not in another country"),
        pytest.param([HERE], "Khirbat Narnia", "SY", "Homs", None, id="nor governorate"),
        pytest.param([HERE], "Narnia", "SY", None, None, id="another name"),
        pytest.param([HERE, FAR], "Khirbat Narnia", "SY", None, None, id="two places"),
        pytest.param([HERE, FAR], "Khirbat Narnia", "SY", "Daraa", 33.0, id="governorate decides"),
        pytest.param(
            [tell("Khirbat Narnia", 35.5, 37.0, spread=0.1)],
            *("Khirbat Narnia", "SY", None, None),
            id="points that disagree",
        ),
        pytest.param(
            [tell("Khirbat Narnia", 35.5, 37.0, spread=0.02)],
            *("Khirbat Narnia", "SY", None, 35.5),
            id="points that agree, of no governorate",
        ),
        pytest.param([tell("Khirbat Narnia", 35.5, 37.0)], "Khirbat Narnia", "SY", "Homs", None,
                     id="of no governorate is not in any that is asked for"),
        pytest.param(
            [HERE, tell("Khirbat Narnia", 35, 37, spread=1)],
            *("Khirbat Narnia", "SY", None, None),
            id="one that disagrees spoils the others",
        ),
        pytest.param([tell("Mosul", 36.34, 43.12, country="IQ")], "Mosul", "IQ", None, 36.335,
                     id="what the gazetteer knows stays as it is there"),
        pytest.param([tell("Mosul", 30.0, 47.0, country="IQ")], "Mosul", "IQ", None, 36.335,
                     id="a hand-kept place even against the table"),
    ],
)  # fmt: skip
def test_learns(
    told: list[Told], name: str, country: str | None, gov: str | None, lat: float | None
) -> None:
    match = GEOCODER.teach(learn(told)).match(name, country, gov)
    assert (None if match.place is None else match.place.lat) == lat, match.reason


def test_what_is_learned_is_told() -> None:
    match = GEOCODER.teach(learn([HERE])).match("Khirbat Narnia", "SY", "Aleppo")
    assert (match.kind, match.precision) == ("learned", "town")
    assert match.reason == (
        '"Khirbat Narnia" is in no gazetteer; 3 other rows of the same table told where it is.'
    )


def test_a_learned_name_comes_before_a_misspelling() -> None:
    told = tell("Mosull", 35.0, 44.0, country="IQ")
    assert GEOCODER.match("Mosull").kind == "fuzzy"
    assert GEOCODER.teach(learn([told])).match("Mosull").kind == "learned"


def test_others_are_told_by_a_learned_name() -> None:
    match = GEOCODER.teach(learn([HERE])).match("near Khirbat Narnia")
    assert (match.kind, match.precision) == ("described", "district")


def test_a_place_of_geonames_is_doubted_where_the_table_puts_it_far_away() -> None:
    told = tell("Al Qurayya", 35.0, 40.5, rows=1)
    assert GEOCODER.match("Al Qurayya town", "SY").kind == "folded"
    match = GEOCODER.teach(learn([told])).match("Al Qurayya", "SY")
    assert (match.place, match.kind) == (None, "ambiguous")
    assert len(match.candidates) == 2 and "km away" in match.reason


def test_namesakes_are_decided_by_a_lesson_at_one_of_them() -> None:
    told = tell("Rabia", 35.79, 36.03)
    assert GEOCODER.match("Rabia").kind == "ambiguous"
    assert GEOCODER.teach(learn([told])).match("Rabia").kind == "learned"
    elsewhere = tell("Rabia", 33.0, 36.5)
    assert GEOCODER.teach(learn([elsewhere])).match("Rabia").kind == "ambiguous"


def test_nothing_is_learned_from_names_that_say_nothing() -> None:
    assert len(learn([tell("-", 33, 36), tell(" ", 33, 36)])) == 0
    assert len(Learned()) == 0 and AGREE_KM < 10


def test_lessons_are_not_put_beside_each_other() -> None:
    """One name, taught and asked for in very many governorates."""

    def ask(told: list[Told]) -> None:
        learned = learn(told)
        for each in told:
            learned.find("narnia", "", "SY", each.gov)

    def make(size: int) -> list[Told]:
        return [tell("Narnia", 35.5, 37.0, f"gov {n}") for n in range(size)]

    assert grow(make, ask, 1_000) < IN_STEP
