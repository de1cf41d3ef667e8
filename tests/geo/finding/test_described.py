"""What a text says of a place by means of others, through the geocoder and the shipped places."""

import pytest

from geo.names.compass import POINTS, find_direction
from geo.names.russian_cases import list_nominatives
from geo.places.points import Point, distance_km
from geo.places.precision import PRECISIONS
from tests.geo.shipped import GEOCODER

MOSUL, HIT, ALEPPO = (Point(lat=36.34, lon=43.12), Point(lat=33.64, lon=42.83), Point(36.20, 37.16))
NORTH_OF_MOSUL = Point(lat=36.474, lon=43.12)
HIT_TO_RAMADI = Point(lat=33.53, lon=43.07)
MOSUL_TO_ERBIL = Point(lat=36.26, lon=43.56)
HOMS_TO_HAMA = Point(lat=34.93, lon=36.74)


@pytest.mark.parametrize(
    ("name", "kind", "precision", "point"),
    [
        pytest.param(name, *answer, id=name)
        for answer, names in {
            ("described", "district", MOSUL): (
                *(
                    "near Mosul",
                    "Mosul area",
                    "outskirts of Mosul",
                    "قرب الموصل",
                    "near the city of Mosul",
                ),
                *("рядом с Мосулом", "в районе Мосула", "под Мосулом", "Musul yakınlarında"),
                *("west of Mosul", "إلى الغرب من الموصل", "западнее Мосула", "near Mosul, Iraq"),
                *("near Mosul, Nineveh governorate", "a village near Mosul"),
            ),
            ("described", "town", Point(lat=33.26, lon=44.23)): (
                *("coalition camp near Baghdad Airport", "outside Baghdad airport"),
            ),
            ("described", "district", NORTH_OF_MOSUL): (
                *("15 km north of Mosul", "Mosul, 15 km N", "15 كم شمال الموصل"),
                *(
                    "в 15 км к северу от Мосула",
                    "15 км севернее Мосула",
                    "Musul'un 15 km kuzeyinde",
                ),
            ),
            ("described", "governorate", HIT_TO_RAMADI): (
                *(
                    "between Hit and Ramadi",
                    "Hit–Ramadi road",
                    "Hit-Ramadi highway",
                    "Hit and Ramadi",
                ),
                *("الطريق بين هيت والرمادي", "بين هيت والرمادي", "дорога Хит – Рамади"),
                *("Hit / Ramadi", "Hit; Ramadi", "هيت والرمادي", "from Hit to Ramadi"),
                *("near Hit and Ramadi", "in Hit and Ramadi", "Hit (Anbar) and Ramadi (Anbar)"),
                *("10 km north of Hit and Ramadi", "village near Hit, Ramadi", "Hit, Ramadi"),
            ),
            ("described", "governorate", MOSUL_TO_ERBIL): (
                *("между Мосулом и Эрбилем", "from Mosul to Erbil", "из Мосула в Эрбиль"),
                *("من الموصل إلى أربيل", "north of Mosul and Erbil", "Mosul, Erbil, Iraq"),
                *("Mosul (Nineveh) and Erbil (Erbil)", "Mosul (Nineveh), Erbil"),
            ),
            ("described", "governorate", HOMS_TO_HAMA): (
                *("Homs, Hama", "Hama, Homs", "Homs; Hama", "Homs/Hama", "Homs & Hama"),
                *("حمص، حماة", "Хомс, Хама", "Homs, Hama, Syria", "Homs (Hama)"),
                *("near Homs and Hama", "near Homs, Hama", "north of Homs and Hama"),
            ),
            ("described", "town", MOSUL): (
                *("in Mosul", "في الموصل", "в Мосуле", "downtown Mosul", "Mosul city centre"),
                *("center of Mosul", "Mosul's town center", "وسط مدينة الموصل", "в центре Мосула"),
            ),
            ("exact", "town", MOSUL): ("Iraq, Mosul", "Iraq, Nineveh, Mosul", "Mosul, Iraq"),
            ("described", "governorate", Point(lat=36.10, lon=37.52)): (
                *("northern Aleppo countryside", "ريف حلب الشمالي"),
            ),
            ("area", "district", MOSUL): (
                *("Narnia quarter, Mosul", "Narnia in Mosul", "Narnia (Mosul)", "Narnia and Mosul"),
                *("حي الزهور في الموصل",),
            ),
            ("area", "governorate", Point(lat=36.10, lon=37.52)): (
                *("Narnia village, Aleppo Governorate", "Narnia in Aleppo governorate"),
            ),
            ("exact", "town", HIT): (
                *("Hit, Anbar governorate", "Hit (Anbar)", "Hit, محافظة الأنبار", "Hit in Anbar"),
            ),
        }.items()
        for name in names
    ],
)
def test_places(name: str, kind: str, precision: str, point: Point) -> None:
    match = GEOCODER.match(name)
    assert match.place is not None, match.reason
    assert (match.kind, match.precision) == (kind, precision), match.reason
    assert distance_km(match.place.point, point) < 3
    assert match.candidates


@pytest.mark.parametrize(
    ("name", "precision"),
    [
        *((name, "governorate") for name in (
            *("Idlib, Aleppo", "Aleppo, Idlib", "Daraa, Suwayda", "Damascus, Daraa"),
            *("Najaf, Hillah", "Hillah, Karbala", "Mosul, Duhok", "Tartus, Latakia"),
            "Fallujah, Baghdad",
        )),
        *((name, "town") for name in ("Taji, Baghdad", "Hit, Anbar", "Fallujah, Anbar")),
    ],
)  # fmt: skip
def test_two_towns_are_a_list_and_a_governorate_is_a_hint(name: str, precision: str) -> None:
    match = GEOCODER.match(name)
    assert (match.place is not None, match.precision) == (True, precision), match.reason
    assert len(match.candidates) == (2 if precision == "governorate" else 1)


@pytest.mark.parametrize("gov", ["Homs", "Hama"])
def test_a_list_stays_one_where_the_row_names_a_governorate(gov: str) -> None:
    match = GEOCODER.match("Homs, Hama", "SY", gov)
    assert (match.kind, match.precision) == ("described", "governorate")


@pytest.mark.parametrize(
    ("name", "area"),
    [
        *(("Damascus, Texas", "Texas"), ("Baghdad, Arizona", "Arizona"), ("Hit, Canada", "Canada")),
        *(("Damascus, Washington County, Maryland", "Maryland"), ("Damascus, MD", "Maryland")),
        ("Damascus (Virginia)", "Virginia"),
        *(("Homs, Hama, Turkey", "Turkey"), ("Mosul, eastern Turkey", "Turkey")),
    ],
)
def test_namesakes_elsewhere_are_not_taken_for_ours(name: str, area: str) -> None:
    match = GEOCODER.match(name)
    assert (match.place, match.kind) == (None, "none")
    assert match.reason.endswith(f"covers Iraq and Syria, not {area}.")


@pytest.mark.parametrize(
    "name",
    [
        *("near Narnia", "15 km north of Narnia", "between Narnia and Mosul", "Narnia–Mosul road"),
        *(
            "Narnia, Atlantis",
            "Narnia, Iraq",
            "near Iraq",
            "south of Syria",
            "500 km north of Mosul",
        ),
        *("from Narnia to Erbil", "near Homs and Narnia", "Syria, Virginia"),
        *("15 km north of Anbar governorate", "Iraq-Syria border", "Deir ez Zor/Homs border"),
        *("between Mosul and Mosul", "Narnia / Atlantis", "Harasta near Mosul"),
    ],
)
def test_says_nothing_where_a_name_is_unknown_or_too_wide(name: str) -> None:
    match = GEOCODER.match(name)
    assert (match.place, match.kind) == (None, "none"), match.reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("near Rabia", '"Rabia" may be'),
        ("Mosul; Damascus", "too far apart for one point; make it a row for each."),
        ("Baghdad, Hama", "too far apart for one point; make it a row for each."),
        ("Hit (Anbar) and Mosul (Nineveh)", "too far apart for one point"),
        ("Rabia subdistrict", '"Rabia subdistrict" may be'),
    ],
)
def test_does_not_choose(name: str, reason: str) -> None:
    match = GEOCODER.match(name)
    assert (match.place, match.kind) == (None, "ambiguous")
    assert reason in match.reason
    assert len(match.candidates) == 2


def test_the_other_place_decides_between_namesakes() -> None:
    match = GEOCODER.match("Rabia area in Nineveh")
    assert match.place is not None and match.place.country == "IQ"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "10-20 km south of Hit",
            '"10-20 km south of Hit" is read as 15 km south of Hit (town, Anbar, Iraq); '
            "precision district, a circle of 20 km.",
        ),
        (
            "Narnia in Mosul",
            '"Narnia" is not in the gazetteer; placed with Mosul (city, Nineveh, Iraq) (district).',
        ),
    ],
)
def test_reasons_say_why_in_words(name: str, reason: str) -> None:
    assert GEOCODER.match(name).reason == reason


@pytest.mark.parametrize("km", [1, 5, 12, 30, 60, 150, 290])
def test_the_circle_holds_what_the_distance_leaves_open(km: int) -> None:
    match = GEOCODER.match(f"{km} km south of Mosul")
    assert match.place is not None and match.precision is not None
    assert distance_km(match.place.point, MOSUL) == pytest.approx(km, abs=1)
    assert PRECISIONS[match.precision] >= 0.4 * km


def test_the_place_is_found_by_the_names_of_both_ends() -> None:
    place = GEOCODER.match("Hit–Ramadi road").place
    assert place is not None
    assert {"Hit", "Ramadi"} <= {*place.names, *place.aliases}


def test_a_governorate_decides_but_shuts_no_neighbour_out() -> None:
    assert GEOCODER.match("near Hit", "IQ", "Anbar").place is not None
    assert GEOCODER.match("near Hit", "IQ", "Basra").place is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        *(
            ("north", "north"),
            ("northwestern", "north-west"),
            ("NW", "north-west"),
            ("S.E.", "south-east"),
        ),
        *(("شمال غرب", "north-west"), ("الجنوب الشرقي", "south-east"), ("غربي", "west")),
        *(("северо-восточнее", "north-east"), ("югу", "south"), ("южнее", "south")),
        *(("kuzeybatı", "north-west"), ("güneyinde", "south"), ("up", None), ("north south", None)),
    ],
)
def test_directions(text: str, direction: str | None) -> None:
    assert find_direction(text) == direction
    assert direction is None or direction in POINTS


@pytest.mark.parametrize(
    ("declined", "name"),
    [
        *(("Мосулом", "Мосул"), ("Эрбиля", "Эрбиль"), ("Басры", "Басра"), ("Ракку", "Ракка")),
        *(("Фаллуджей", "Фаллуджа"), ("Латакии", "Латакия"), ("Дейр-эз-Зора", "Дейр-эз-Зор")),
    ],
)
def test_russian_names_are_led_back(declined: str, name: str) -> None:
    assert name in list_nominatives(declined)


def test_other_letters_have_no_cases() -> None:
    assert list_nominatives("Mosul") == list_nominatives("الموصل") == list_nominatives("") == []
