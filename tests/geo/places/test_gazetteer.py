import json
from pathlib import Path

import pytest

from geo.names.names import find_script
from geo.places.countries import COUNTRY_NAMES, find_country_code
from geo.places.gazetteer import Gazetteer
from geo.places.packaged_places import read_airports, read_cities
from geo.places.places import PLACE_COLUMNS, PlacesError, read_places

PLACES = Path(__file__).parents[3] / "data" / "places.csv"
LINE = "P-X,X,,,,town,IQ,Anbar,33.5,43.5,town,,nowhere"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.read(PLACES)


@pytest.mark.parametrize(
    ("name", "country", "gov"),
    [
        pytest.param("Ninewa", "IQ", "Nineveh", id="another spelling"),
        pytest.param("Ninawa", "IQ", "Nineveh", id="one more"),
        pytest.param("نینوى", "IQ", "Nineveh", id="Persian letters"),
        pytest.param("محافظة نينوى", None, "Nineveh", id="Arabic with its generic word"),
        pytest.param("провинция Ниневия", None, "Nineveh", id="Russian"),
        pytest.param("Deir-ez-Zor", "SY", "Deir ez-Zor", id="hyphens"),
        pytest.param("Dayr az Zawr Governorate", "SY", "Deir ez-Zor", id="transliterated"),
        pytest.param("Al Hasakah", "SY", "Hasakah", id="article"),
        pytest.param("Basra", "IQ", "Basra", id="also a city"),
        pytest.param("al-Qādisīyah province", "IQ", "al-Qadisiyyah", id="marks"),
        pytest.param("Rural Damascus", "SY", "Rif Dimashq", id="not the city's"),
        pytest.param("Damascus", "SY", "Damascus", id="the city's"),
        pytest.param("Anbar", "SY", None, id="of the other country"),
        pytest.param("Anbar", "TR", None, id="of a country without places"),
        pytest.param("Narnia", None, None, id="nowhere"),
        pytest.param("", "IQ", None, id="empty"),
    ],
)
def test_find_gov_name(
    gazetteer: Gazetteer, name: str, country: str | None, gov: str | None
) -> None:
    assert gazetteer.find_gov_name(name, country) == gov


def test_find_gov_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.find_gov_country("Ninewa") == "IQ"
    assert gazetteer.find_gov_country("Homs") == "SY"
    assert gazetteer.find_gov_country("Narnia") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("Iraq", "IQ"), ("العراق", "IQ"), ("Ирак", "IQ"), ("iq", "IQ"), ("IRQ", "IQ")),
        *(("Syrian Arab Republic", "SY"), ("سورية", "SY"), ("Сирия", "SY"), ("SY", "SY")),
        *(("Türkiye", "TR"), ("الأردن", "JO"), ("Иран", "IR")),
        *(("UAE", "AE"), ("Украина", "UA"), ("أوكرانيا", "UA"), ("USA", "US"), ("США", "US")),
        *(("Oman", "OM"), ("Amman", None), ("South Sudan", "SS"), ("Sudan", "SD")),
        *(("Narnia", None), ("", None), ("🎉", None), ("Baghdad", None)),
    ],
)
def test_find_country_code(name: str, code: str | None) -> None:
    assert find_country_code(name) == code


def test_every_neighbour_on_the_map_has_a_name() -> None:
    path = PLACES.parent / "boundaries" / "neighbours.geojson"
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        known = feature["properties"]
        assert find_country_code(known["name"]) == known["country"]


@pytest.mark.parametrize("script", ["latin", "arabic", "cyrillic"])
def test_every_country_is_named_in_three_scripts(script: str) -> None:
    for names in COUNTRY_NAMES.values():
        assert script in {find_script(name) for name in names.split(";")}, names


def test_no_country_is_named_like_a_governorate(gazetteer: Gazetteer) -> None:
    names = [name for names in COUNTRY_NAMES.values() for name in names.split(";")]
    assert [name for name in names if gazetteer.find_gov_name(name) is not None] == []


def test_no_country_name_means_two_countries() -> None:
    for code, names in COUNTRY_NAMES.items():
        assert {find_country_code(name) for name in names.split(";")} == {code}


def test_a_place_of_both_tables_is_one_place(gazetteer: Gazetteer) -> None:
    mosul = [p for p in gazetteer.places if "Mosul" in (*p.names, *p.aliases)]
    assert [p.id for p in mosul if p.kind == "city" and p.is_curated] == ["P-MOSUL"]
    assert "GN-99072" not in {p.id for p in gazetteer.places}
    assert next(p.population for p in mosul if p.id == "P-MOSUL") > 1_000_000


def test_every_airport_is_known_by_its_code(gazetteer: Gazetteer) -> None:
    airports, iata = read_airports()
    assert {airport.icao for airport in airports} <= gazetteer.codes.keys()
    assert gazetteer.codes["ORAA"].id == "P-AIN-AL-ASAD"
    assert gazetteer.codes["BGW"].id == "P-BAGHDAD-AIRPORT"
    assert "ORAA" in iata.values()


def test_cities_are_those_of_the_package() -> None:
    cities = read_cities()
    assert {city.country for city in cities} == {"IQ", "SY"}
    assert len(cities) > 400
    assert all(city.gov and city.point.is_on_earth for city in cities)
    raqqa = next(city for city in cities if city.id == "GN-172955")
    assert (raqqa.gov, raqqa.kind) == ("Raqqa", "city")
    assert raqqa.population > 100_000


@pytest.mark.parametrize(
    ("bare", "word", "ids"),
    [
        pytest.param("basra", "", ["P-BASRA-CITY"], id="the city"),
        pytest.param("basra", "governorate", ["P-BASRA"], id="the governorate"),
        pytest.param("basra", "airport", ["P-BASRA-AIRPORT"], id="the airport"),
        pytest.param("basra", "oilfield", [], id="nothing of that kind"),
        pytest.param("narnia", "", [], id="nothing"),
        pytest.param("tallafar", "", ["P-TAL-AFAR"], id="without its space"),
    ],
)
def test_find(gazetteer: Gazetteer, bare: str, word: str, ids: list[str]) -> None:
    found = [name.place.id for name in gazetteer.find(bare, word) if name.place.is_curated]
    assert sorted(set(found)) == ids


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(["place,name", "P-X,X"], "lacks the column name_ar", id="columns"),
        pytest.param(
            [",".join(PLACE_COLUMNS), LINE.replace("33.5", "north")], "Line 2", id="no number"
        ),
        pytest.param(
            [",".join(PLACE_COLUMNS), LINE, LINE.replace("33.5", "99")], "Line 3", id="no point"
        ),
        pytest.param(
            [",".join(PLACE_COLUMNS), LINE.replace("town", "moon", 1)], 'kind "moon"', id="kind"
        ),
    ],
)
def test_a_broken_table_is_told_in_a_sentence(
    tmp_path: Path, lines: list[str], message: str
) -> None:
    path = tmp_path / "places.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PlacesError, match=message):
        read_places(path)


def test_zero_is_a_coordinate(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text(",".join(PLACE_COLUMNS) + "\n" + LINE.replace("33.5", "0"), encoding="utf-8")
    assert read_places(path)[0].lat == 0
