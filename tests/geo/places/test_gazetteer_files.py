"""Files that a host drops into data/gazetteers, from the file to the geocoder's answer."""

from pathlib import Path

import pytest

from geo.finding.geocoder import Geocoder
from geo.places.dropped_places import fit_in
from geo.places.gazetteer import Gazetteer
from geo.places.gazetteer_files import list_gazetteer_files, read_gazetteer_files
from geo.places.places import Place
from geo.places.points import Point
from tests.growth import IN_STEP, grow

PLACES = Path(__file__).parents[3] / "data" / "places.csv"


def make_line(name: str, lat: str, lon: str, **told: str) -> str:
    """A line of a GeoNames dump."""
    row = [""] * 19
    row[0], row[1], row[2], row[4], row[5] = told.get("id", "99000001"), name, name, lat, lon
    row[3], row[6], row[7] = told.get("others", ""), told.get("f", "P"), told.get("code", "PPL")
    row[8], row[10], row[14] = told.get("cc", "SY"), told.get("gov", "09"), told.get("people", "0")
    return "\t".join(row)


DUMP = [
    make_line("Khirbat Nārniyā", "36.5", "37.5", others="Khirbat Narnia,خربة نارنيا,khrbt narnya"),
    make_line("Tall Nārniyā", "36.1", "37.1", f="T", code="HLL", id="2"),
    make_line("Tall Abyaḑ", "34.0", "37.0", f="T", code="HLL", id="3"),
    make_line("Narnia Dam", "36.2", "38.1", f="S", code="DAM", id="4"),
    make_line("Nahr Narnia", "36.2", "38.1", f="H", code="STM", id="5"),
    make_line("Kharab Narnia", "36.2", "38.1", code="PPLQ", id="6"),
    make_line("Narnia-sur-Mer", "36.2", "38.1", cc="FR", id="7"),
    make_line("Nāḩiyat Narnia", "36.6", "37.6", f="A", code="ADM3", id="8"),
    make_line("Aleppo", "36.20124", "37.16117", id="170063", people="1602264"),
    make_line("Bad", "north", "37", id="9"),
    "half a line\t1",
]
PCODES = [
    "ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,ADM3_EN,ADM3_PCODE",
    "#adm1+name,#adm1+name+ar,#adm1+code,#adm2+name,#adm2+name+ar,#adm2+code,#adm3+name,#adm3+code",
    "Aleppo,حلب,SY02,Al Bab,الباب,SY0202,Tadef,SY020203",
    "Aleppo,حلب,SY02,Al Bab,الباب,SY0202,Atlantis,SY020298",
    "Aleppo,حلب,SY02,Al Bab,الباب,SY0202,Narnia,SY020299",
    "Damascus,دمشق,SY01,Damascus,دمشق,SY0101,,",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("gazetteers")
    (tmp_path / "README.md").write_text("not a gazetteer")
    (tmp_path / ".hidden.csv").write_text("nothing")
    (tmp_path / "own.csv").write_text(
        "Name;Latitude;Longitude;Country;Governorate;Kind;Other names;name_ar\n"
        "Camp Aslan;36,7;37,2;Syria;Aleppo;base;Aslan's How;معسكر أصلان\n"
        "Cair Paravel;33.5;44.2;;;;;\n"
        "Calormen;33.9;44.9;Narnia;;;;\nNowhere;0;0;;;;;\n;33;44;;;;;\n",
        encoding="utf-8-sig",
    )
    (tmp_path / "SY.txt").write_text("\n".join(DUMP) + "\n", encoding="utf-8")
    (tmp_path / "pcodes.csv").write_text("\n".join(PCODES) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def geocoder(folder: Path) -> Geocoder:
    return Geocoder(Gazetteer.read(PLACES, folder))


@pytest.mark.parametrize(
    ("name", "country", "gov", "place", "precision"),
    [
        pytest.param("Camp Aslan", None, None, "own-2", "site", id="own file"),
        pytest.param("معسكر أصلان", "SY", "Aleppo", "own-2", "site", id="its Arabic name"),
        pytest.param("Aslan's How", None, None, "own-2", "site", id="its other name"),
        pytest.param("Cair Paravel", "IQ", None, "own-3", "town", id="country by what is around"),
        pytest.param("Cair Paravel", "IQ", "Baghdad", "own-3", "town", id="no governorate told"),
        pytest.param("Cair Paravel", "IQ", "Basra", None, None, id="too far for a governorate"),
        pytest.param("Khirbat Narnia", "SY", "Aleppo", "GN-99000001", "town", id="GeoNames"),
        pytest.param("Khirbat Narnia village", "SY", None, "GN-99000001", "town", id="a village"),
        pytest.param("خربة نارنيا", None, None, "GN-99000001", "town", id="its Arabic name there"),
        pytest.param("khrbt narnya", None, None, None, None, id="letters that are no name"),
        pytest.param("Tall Narniya", "SY", None, "GN-2", "district", id="a hill is wide"),
        pytest.param("Tall Abyad", "SY", None, "P-TALL-ABYAD", "town", id="a town before a hill"),
        pytest.param("Narnia Dam", "SY", None, "GN-4", "site", id="a dam"),
        pytest.param("Nahr Narnia", "SY", None, None, None, id="streams are long"),
        pytest.param("Kharab Narnia", "SY", None, None, None, id="left places are not meant"),
        pytest.param("Narnia district", "SY", "Aleppo", "SY020299", "district", id="a district"),
        pytest.param("Aleppo", "SY", None, "P-ALEPPO", "town", id="what is shipped stays"),
        pytest.param("SY02", None, None, "P-ALEPPO-GOVERNORATE", "governorate", id="P-code 1"),
        pytest.param("SY0202", None, None, "SY0202", "district", id="P-code of a district"),
        pytest.param("sy0202", "SY", None, "SY0202", "district", id="in small letters"),
        pytest.param("SY020203", None, None, "SY020203", "district", id="P-code of level 3"),
        pytest.param("SY020298", None, None, "P-ALEPPO-GOVERNORATE", "governorate", id="unknown"),
        pytest.param("SY020299", None, None, "SY020299", "district", id="by a dropped district"),
        pytest.param("SY0101", None, None, "SY0101", "district", id="the town is the district"),
        pytest.param("SY99", None, None, None, None, id="no such P-code"),
        pytest.param("Al Bab", "SY", "SY02", "P-AL-BAB", "town", id="a P-code as governorate"),
    ],
)  # fmt: skip
def test_finds(
    geocoder: Geocoder,
    name: str,
    country: str | None,
    gov: str | None,
    place: str | None,
    precision: str | None,
) -> None:
    match = geocoder.match(name, country, gov)
    assert (match.place.id if match.place else None, match.precision) == (place, precision)


def test_lines_that_cannot_be_used_are_counted(folder: Path) -> None:
    notes = read_gazetteer_files(folder).notes
    assert notes == [
        '2 lines of the gazetteer file "SY.txt" are left out: '
        "they have no name, or no point on Earth in lat and lon.",
        '3 lines of the gazetteer file "own.csv" are left out: '
        "they have no name, or no point on Earth in lat and lon.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.csv", b"town,lat\nHit,33", "it has no column for lon."),
        ("x.csv", b"", "it has no column for name and lat and lon."),
        ("x.csv", "name,lat,lon\nбаза,33,44".encode("cp1251"), "it is not UTF-8."),
        ("x.csv", b"ADM1_PCODE,ADM1_EN\nTR01,Adana", "no P-code of Iraq or Syria."),
        ("x.csv", b'name,lat,lon\n"' + b"x" * 200_000, "it cannot be read."),
        ("x.xlsx", b"PK", "it ends in none of .csv, .tsv, .txt."),
        ("x.csv", b"name,lat,lon\nA\0B,33,44\n", None),
    ],
    ids=["column", "empty", "encoding", "codes", "torn", "ending", "zero byte"],
)
def test_a_bad_file_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, why: str | None
) -> None:
    (tmp_path / name).write_bytes(content)
    gazetteer = Gazetteer.read(PLACES, tmp_path)
    assert len(gazetteer.notes) == (why is not None)
    if why is not None:
        assert gazetteer.notes[0].startswith(f'The gazetteer file "{name}" is left out: ')
        assert why in gazetteer.notes[0]
    assert Geocoder(gazetteer).match("Mosul").place is not None


def test_only_gazetteer_files_count(folder: Path, tmp_path: Path) -> None:
    assert [p.name for p in list_gazetteer_files(folder)] == ["SY.txt", "own.csv", "pcodes.csv"]
    assert list_gazetteer_files(tmp_path / "nowhere") == list_gazetteer_files(None) == []


def test_a_weak_name_gives_way_to_a_place_of_that_name(tmp_path: Path) -> None:
    line = make_line("Abū Ḩardūb", "34.88", "40.62", gov="07")
    (tmp_path / "SY.txt").write_text(line + "\n", encoding="utf-8")
    match = Geocoder(Gazetteer.read(PLACES, tmp_path)).match("Abu Hardub", "SY", "Deir ez-Zor")
    assert match.place is not None and match.place.id == "GN-99000001"


def test_places_of_no_country_are_not_put_beside_all_known_ones() -> None:
    """The country is that of the nearest known place."""

    def place(number: int, country: str, away: float) -> Place:
        name = f"Narnia {number}{country}"
        point = Point(lat=30 + number % 97 / 20, lon=40 + number // 97 / 20 + away)
        return Place(name, name, (name,), (), "village", country, "", point, "town", "x")

    def make(size: int) -> tuple[list[Place], list[Place]]:
        known = [place(n, ("IQ", "SY")[n % 2], 0.0) for n in range(size)]
        return [place(n, "", 0.001) for n in range(size)], known

    def fit(given: tuple[list[Place], list[Place]]) -> list[Place]:
        return list(fit_in(*given, lambda name, country: None))

    assert [each.country for each in fit(make(200))] == ["IQ", "SY"] * 100
    assert grow(make, fit, 500) < IN_STEP
