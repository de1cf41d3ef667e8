"""Names as tables and texts write them, with what must not be found beside them."""

from pathlib import Path

import pytest

from geo.finding.geocoder import Geocoder
from geo.places.gazetteer import Gazetteer
from geo.places.precision import is_at_least

GEOCODER = Geocoder(Gazetteer.read(Path(__file__).parents[3] / "data" / "places.csv"))

CLEANED = {
    (
        "P-BAGHDAD",
        "town",
    ): "Baghdad (1)|Baghdad #3|Baghdad.|«Baghdad»|\u200fBaghdad\u200b",
    ("P-BAQUBAH", "town"): "Ba'aqubah (2)",
    ("P-MOSUL", "town"): "الموصــل|المَوْصِل|\u202bالموصل\u202c|(Mosul)|Mosul, city center",
    ("P-MOSUL", "district"): (
        "Mosul, west|Mosul (East)|Mosul, outskirts|Mosul - west|Mosul (Old City)|"
        "Mosul - Narnia quarter|Narnia (Mosul)"
    ),
    ("P-TAL-AFAR", "district"): "Tal Afar, north of",
    ("P-HASAKAH", "district"): "Al-Hasakeh - Ghoweran|الحسكة - غويران",
    ("P-ALEPPO-GOVERNORATE", "governorate"): "Al Fardous (Aleppo)|Narnia, Aleppo",
    ("P-BAGHDAD-GOVERNORATE", "governorate"): "Karrada, Baghdad|Karrada (Baghdad)",
    ("5 km south of P-MOSUL", "district"): (
        "c. 5 km S of Mosul|ca. 5 km south of Mosul|~5 km S of Mosul|c.5km S of Mosul"
    ),
}


@pytest.mark.parametrize(
    ("name", "place", "precision"),
    [
        (name, place, precision)
        for (place, precision), names in CLEANED.items()
        for name in names.split("|")
    ],
)
def test_finds(name: str, place: str, precision: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is not None, match.reason
    assert (match.place.id, match.precision) == (place, precision)


@pytest.mark.parametrize(
    "name",
    [
        *("Narnia", "Narnia (1)", "Narnia - Mosul", "Narnia, west", "c. 5 km S of Narnia", "(1)"),
        *("Baghdad, Arizona", "Baghdad (Arizona)", "Baghdad - Arizona", "Mosul (Turkey)"),
        *("Aleppo, Pennsylvania", "Baghdad, AZ", "Mosul, Iraq - Turkey", "north", "Mosul - Turkey"),
        *("As Sukhnah - Narnia road", "Hit (Canada)"),
    ],
)
def test_finds_nothing(name: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is None, match.reason


@pytest.mark.parametrize("name", ["K1 base, Kirkuk", "T-4, Homs", "Green Zone (Baghdad)"])
def test_is_no_finer_than_is_told(name: str) -> None:
    match = GEOCODER.match(name)
    assert match.place is None or not is_at_least(match.precision, "site") or match.kind != "area"
