"""Points in governorates and countries."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.places.boundaries import BORDER_TOLERANCE_KM, Boundaries, BoundariesError

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "data" / "boundaries"
NAN = math.nan

# lat, lon, governorate, country
POINTS = {
    "Ain al-Asad": (33.7856, 42.4412, "Anbar", "IQ"),
    "Green Zone": (33.3064, 44.3869, "Baghdad", "IQ"),
    "Baghdad airport": (33.2625, 44.2346, "Baghdad", "IQ"),
    "Erbil": (36.1912, 44.0094, "Erbil", "IQ"),
    "al-Qaim, at the border": (34.3925, 40.9894, "Anbar", "IQ"),
    "al-Bukamal, at the border": (34.4522, 40.9186, "Deir ez-Zor", "SY"),
    "Halabja has no outline": (35.1778, 45.9861, "Sulaymaniyah", "IQ"),
    "Basra": (30.5085, 47.7804, "Basra", "IQ"),
    "Damascus": (33.5102, 36.2913, "Damascus", "SY"),
    "Douma": (33.5718, 36.4027, "Rif Dimashq", "SY"),
    "al-Tanf": (33.5060, 38.6180, "Homs", "SY"),
    "old Quneitra": (33.1260, 35.8246, "UNDOF zone", "SY"),
    "Amman": (31.9539, 35.9106, None, "JO"),
    "Tehran": (35.6892, 51.3890, None, "IR"),
    "Kuwait": (29.3697, 47.9783, None, "KW"),
    "Beirut": (33.8886, 35.4955, None, "LB"),
    "Gaza": (31.5, 34.46, None, "PS"),
    "Diyarbakir": (37.9144, 40.2306, None, "TR"),
    "Mediterranean": (34.8, 34.8, None, None),
    "Ankara, in the coarser part": (39.9334, 32.8597, None, "TR"),
    "Kabul, beyond the window": (34.5553, 69.2075, None, None),
    "swapped": (42.4412, 33.7856, None, None),
    "null island": (0.0, 0.0, None, None),
    "far": (1e300, -1e300, None, None),
    "infinite": (math.inf, 44.0, None, None),
    "no latitude": (NAN, 44.0, None, None),
    "no longitude": (33.0, NAN, None, None),
}
CASES = pytest.mark.parametrize(("lat", "lon", "gov", "country"), POINTS.values(), ids=POINTS)
LATS, LONS, GOVS, COUNTRIES = (list(column) for column in zip(*POINTS.values(), strict=True))


@pytest.fixture(scope="module")
def boundaries() -> Boundaries:
    return Boundaries.read(FOLDER)


@CASES
def test_find_governorate(
    boundaries: Boundaries, lat: float, lon: float, gov: str | None, country: str | None
) -> None:
    found = boundaries.find_governorate(lat, lon)
    if gov is None:
        assert found is None
    else:
        assert found is not None
        assert (found.gov, found.country) == (gov, country)


@CASES
def test_find_countries_one_by_one(
    boundaries: Boundaries, lat: float, lon: float, gov: str | None, country: str | None
) -> None:
    (found,) = boundaries.find_countries([lat], [lon])
    assert (None if pd.isna(found) else found) == country


def test_a_governorate_has_names_a_code_and_a_label(boundaries: Boundaries) -> None:
    found = boundaries.find_governorate(36.34, 43.13)
    assert found is not None
    assert (found.gov, found.name_ar, found.name_ru) == ("Nineveh", "نينوى", "Найнава")
    assert found.gn_a1_code == "IQ.15"
    assert boundaries.find_governorate(found.label_lat, found.label_lon) == found


def test_countries_are_listed_ours_first(boundaries: Boundaries) -> None:
    assert boundaries.countries[:2] == ("IQ", "SY")
    assert len(boundaries.governorates) == 33


def test_many_points_give_what_one_gives(boundaries: Boundaries) -> None:
    govs = boundaries.find_governorates(LATS, LONS)
    countries = boundaries.find_countries(LATS, LONS)
    assert [None if pd.isna(gov) else gov for gov in govs] == GOVS
    assert [None if pd.isna(country) else country for country in countries] == COUNTRIES


def test_many_random_points_give_what_one_gives(boundaries: Boundaries) -> None:
    random = np.random.default_rng(7)
    lats, lons = random.uniform(29, 38, 300), random.uniform(35, 49, 300)
    expected = [boundaries.find_governorate(*point) for point in zip(lats, lons, strict=True)]
    govs = boundaries.find_governorates(lats, lons)
    assert [each and each.gov for each in expected] == [None if pd.isna(g) else g for g in govs]


def test_a_point_on_a_shared_border_is_in_the_first_governorate(boundaries: Boundaries) -> None:
    collection = json.loads((FOLDER / "governorates.geojson").read_text(encoding="utf-8"))
    outlines = {each["properties"]["gov"]: each["geometry"] for each in collection["features"]}
    anbar, baghdad = (
        {tuple(vertex) for vertex in outlines[gov]["coordinates"][0]}
        for gov in ("Anbar", "Baghdad")
    )
    lon, lat = sorted(anbar & baghdad)[0]
    found = boundaries.find_governorate(lat, lon)
    assert found is not None
    assert found.gov == "Anbar"
    assert boundaries.find_governorates([lat], [lon]).tolist() == ["Anbar"]


def test_many_points_keep_the_index(boundaries: Boundaries) -> None:
    table = pd.DataFrame({"lat": [33.3064, NAN], "lon": [44.3869, 44.0]}, index=[10, 7])
    table["gov"] = boundaries.find_governorates(table["lat"], table["lon"])
    assert table["gov"].dtype == "str"
    assert table.loc[10, "gov"] == "Baghdad"
    assert pd.isna(table.loc[7, "gov"])


def test_no_points_give_no_names(boundaries: Boundaries) -> None:
    assert boundaries.find_governorates([], []).empty
    assert boundaries.is_inside_many([], [], "IQ").size == 0


# lat, lon, country, tolerance in km, inside
INSIDE = {
    "well inside": (33.3, 44.4, "IQ", 5, True),
    "inside, no tolerance": (33.3, 44.4, "IQ", 0, True),
    "the other country": (33.3, 44.4, "SY", 5, False),
    "a neighbour": (31.9539, 35.9106, "JO", 5, True),
    "Kobani, drawn in Turkey": (36.8910, 38.3536, "SY", 5, True),
    "Kobani, no tolerance": (36.8910, 38.3536, "SY", 0, False),
    "Arwad, an island": (34.8561, 35.8584, "SY", 5, True),
    "Arwad, less tolerance": (34.8561, 35.8584, "SY", 1, False),
    "al-Qaim is near Syria": (34.3925, 40.9894, "SY", 10, True),
    "al-Qaim is not in Syria": (34.3925, 40.9894, "SY", 0, False),
    "far outside": (36.0, 51.0, "IQ", 5, False),
    "far outside, far tolerance": (35.6892, 51.3890, "IQ", 1000, True),
    "swapped": (44.4, 33.3, "IQ", 5, False),
    "a country not drawn here": (48.85, 2.35, "FR", 5, False),
    "no country": (33.3, 44.4, "", 5, False),
    "not a number": (NAN, 44.4, "IQ", 5, False),
    "a pole": (90.0, 44.4, "IQ", 5, False),
}


@pytest.mark.parametrize(
    ("lat", "lon", "country", "tolerance_km", "inside"), INSIDE.values(), ids=INSIDE
)
def test_is_inside(
    boundaries: Boundaries, lat: float, lon: float, country: str, tolerance_km: float, inside: bool
) -> None:
    assert boundaries.is_inside(lat, lon, country, tolerance_km=tolerance_km) is inside


@pytest.mark.parametrize(
    ("km", "inside"), [(4.9, True), (5.1, False)], ids=["just within", "just beyond"]
)
def test_the_tolerance_is_in_km_to_the_east_too(
    boundaries: Boundaries, km: float, inside: bool
) -> None:
    # East of the coast of Latakia is land, west is sea; the coast runs north to south here.
    lat = 35.4
    east = np.arange(35.5, 36.2, 0.0002)
    coast = east[(boundaries.find_countries(np.full(len(east), lat), east) == "SY").argmax()]
    lons = coast - np.array([km]) / (111.195 * math.cos(math.radians(lat)))
    nearest = boundaries.is_inside(lat, float(lons[0]), "SY", tolerance_km=5)
    assert nearest is inside


def test_the_tolerance_holds_beyond_the_outermost_points(boundaries: Boundaries) -> None:
    collection = json.loads((FOLDER / "governorates.geojson").read_text(encoding="utf-8"))
    (anbar,) = (e["geometry"] for e in collection["features"] if e["properties"]["gov"] == "Anbar")
    west = min(anbar["coordinates"][0])
    assert boundaries.is_inside(west[1], west[0] - 0.04, "IQ")
    (basra,) = (e["geometry"] for e in collection["features"] if e["properties"]["gov"] == "Basra")
    east = max(basra["coordinates"][0])
    assert boundaries.is_inside(east[1], east[0] + 0.04, "IQ")
    (duhok,) = (e["geometry"] for e in collection["features"] if e["properties"]["gov"] == "Duhok")
    north = max(duhok["coordinates"][0], key=lambda vertex: vertex[1])
    assert boundaries.is_inside(north[1] + 0.04, north[0], "IQ")


def test_is_inside_many_takes_a_country_for_each(boundaries: Boundaries) -> None:
    countries = pd.Series(["IQ", "SY", None, "IQ", "FR"], dtype="str")
    lats, lons = [33.3, 33.3, 33.3, NAN, 33.3], [44.4] * 5
    inside = boundaries.is_inside_many(lats, lons, countries)
    assert inside.tolist() == [True, False, False, False, False]


def test_is_inside_many_takes_one_country_for_all(boundaries: Boundaries) -> None:
    inside = boundaries.is_inside_many(LATS, LONS, "IQ", tolerance_km=0)
    assert inside.tolist() == [country == "IQ" for country in COUNTRIES]


def test_missing_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(BoundariesError, match=r"governorates\.geojson cannot be read"):
        Boundaries.read(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"features": [{}]}', '{"features": [{"properties": {}, "geometry": {}}]}'],
    ids=["empty", "a list", "no features", "no geometry", "an empty geometry"],
)
def test_a_broken_file_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "governorates.geojson").write_text(text)
    with pytest.raises(BoundariesError, match="is not GeoJSON"):
        Boundaries.read(tmp_path)


def test_a_missing_property_is_said(tmp_path: Path) -> None:
    for name in ("governorates", "neighbours"):
        collection = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))
        collection["features"][0]["properties"].pop("country")
        (tmp_path / f"{name}.geojson").write_text(json.dumps(collection))
    with pytest.raises(BoundariesError, match="country"):
        Boundaries.read(tmp_path)


@pytest.mark.parametrize("page", ["method.md", "decisions/0002-boundaries.md"])
def test_every_page_tells_the_tolerance_that_is_used(page: str) -> None:
    told = re.findall(r"(\d+) km beyond its border", (ROOT / "docs" / page).read_text("utf-8"))
    assert told == [f"{BORDER_TOLERANCE_KM:.0f}"]


@pytest.mark.parametrize(("lat", "lon", "inside"), [(33.0, 35.8, True), (33.0, 35.4, False)],
                         ids=["Golan Heights", "Galilee"])  # fmt: skip
def test_as_far_beyond_a_border_is_inside(
    boundaries: Boundaries, lat: float, lon: float, inside: bool
) -> None:
    assert boundaries.is_inside(lat, lon, "SY") is inside
