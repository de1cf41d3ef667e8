"""Points in one cell, in every usual writing."""

import pandas as pd
import pytest

from incidents.intake.checking.points import find_within, read_points

BAGHDAD = (33.3152, 44.3661)
WRITINGS = {
    "a pair of degrees": (
        *("33.3152, 44.3661", "33.3152,44.3661", "(33.3152; 44.3661)", "33.3152 44.3661"),
        *("33,3152; 44,3661", "33.3152° N, 44.3661° E", "33.3152N 44.3661E", "E 44.3661 N 33.3152"),
        *(
            "44.3661, 33.3152",
            "٣٣٫٣١٥٢، ٤٤٫٣٦٦١",
            "\u200f33.3152, 44.3661",
            "33.3152 с.ш., 44.3661 в.д.",
        ),
        *("331855N 0442158E", "33.3152/44.3661", "33.3152 - 44.3661", "33.3152 & 44.3661"),
        *("LatLng(33.3152, 44.3661)", "33.3152_44.3661"),
        *("33.3152,44.3661,0", "~33.3152, 44.3661", "33.3152, 44.3661 (approx)"),
    ),
    "degrees, minutes and seconds": (
        *("33°18′54.7″N 44°21′58″E", "N33 18 54.7 E44 21 58", "33 18 54.7, 44 21 58"),
        *("33°18.912'N, 44°21.966'E", "33:18:54.7 N; 44:21:58 E", "44°21′58″E 33°18′54.7″N"),
        *("33.18.54, 44.21.58", "33.18.54 44.21.58", "33d18m54s 44d21m58s", "33°18.9' 44°21.97'"),
    ),
    "latitude and longitude in one cell": (
        *("lat=33.3152&lon=44.3661", "X: 44.3661 Y: 33.3152", "N: 33.3152, E: 44.3661"),
        *("lat: 33.3152, lon: 44.3661", "Longitude 44.3661 Latitude 33.3152"),
        *("широта 33,3152 долгота 44,3661", "خط العرض 33.3152 خط الطول 44.3661"),
    ),
    "ISO 6709": ("+33.3152+044.3661/", "+33.3152+044.3661+035/", "+33.3152+044.3661"),
    "WKT": (
        *("POINT(44.3661,33.3152)",),
        *("POINT (44.3661 33.3152)", "point(44.3661 33.3152)", "POINT Z (44.3661 33.3152 30)"),
        *("SRID=4326;POINT(44.3661 33.3152)", "SRID=3857;POINT(4938811.66 3937216.62)"),
    ),
    "WKB": ("0101000020E6100000C39D0B23BD2E464012A5BDC117A84040",),
    "GeoJSON": (
        *('{"type":"Point","coordinates":[44.3661,33.3152]}', '{"lat":33.3152,"lng":44.3661}'),
        *('{"type":"Feature","geometry":{"type":"Point","coordinates":[44.3661,33.3152]}}',),
    ),
    "a list": ("[44.3661, 33.3152]", "[33.3152, 44.3661]"),
    "MGRS": (
        *("Grid: 38SMB4099486410", "38S MB 40994-86410"),
        *("38SMB4099486410", "38S MB 40994 86410", "38smb 4099 8641", "MGRS: 38SMB4099486410"),
    ),
    "UTM": (
        *("38S 440994 3686410", "38 S 440994mE 3686410mN", "zone 38N 440994E 3686410N"),
        *("Zone 38, 440994E, 3686410N",),
        *("440994 E 3686410 N zone 38N", "UTM 38S 440994, 3686410", "38 440994 3686410"),
    ),
    "Web Mercator metres": ("4938811.66, 3937216.62", "4938811.66 3937216.62"),
    "a link to a map": (
        *("https://www.google.com/maps/@33.3152,44.3661,15z", "geo:33.3152,44.3661"),
        *("https://www.google.com/maps/place/X/@33.2,44.1,10z/data=!3d33.3152!4d44.3661",),
        *("https://maps.google.com/?q=33.3152,44.3661",),
        *("https://www.openstreetmap.org/#map=12/33.3152/44.3661",),
        *("https://wikimapia.org/#lang=en&lat=33.315200&lon=44.366100&z=12",),
    ),
}


@pytest.mark.parametrize(("how", "text"), [(how, t) for how, ts in WRITINGS.items() for t in ts])
def test_writings(how: str, text: str) -> None:
    point = read_points(pd.Series([text], dtype="str")).iloc[0]
    assert (point["lat"], point["lon"]) == pytest.approx(BAGHDAD, abs=3e-3)
    if not text.startswith("331855"):
        assert point["how"] == how


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "Baghdad",
            "33.3152",
            "3/4",
            "33, 44",
            "2021-07-07",
            "07.08.2021 12.30",
            "12.5, 300.7",
            "440994 3686410",
            "10-12 15-20",
        ),
        *(
            "38SMB409",
            "99SMB4099486410",
            "38S 40994 86410",
            "POINT EMPTY",
            "POINT (x y)",
            "{}",
            "[1]",
        ),
        *(
            "N33.3 S44.4",
            "33.3152N",
            "1,200",
            "5-7",
            "4938811, 12",
            "+964 770 123 4567",
            "01010000",
        ),
    ],
)
def test_what_is_no_point(text: str) -> None:
    point = read_points(pd.Series([text], dtype="str")).iloc[0]
    assert pd.isna(point["lat"]) and pd.isna(point["lon"]) and point["how"] == ""


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("38SMB", "governorate"),
        ("38SMB48", "district"),
        ("38SMB4086", "town"),
        ("38SMB409864", "site"),
    ],
)
def test_digits_say_how_exact_a_reference_is(text: str, precision: str) -> None:
    point = read_points(pd.Series([text], dtype="str")).iloc[0]
    assert point["precision"] == precision
    assert (point["lat"], point["lon"]) == pytest.approx(BAGHDAD, abs=0.6)


def test_an_area_is_a_point_inside_it_known_to_its_size() -> None:
    text = "POLYGON((44.3 33.2, 44.5 33.2, 44.5 33.4, 44.3 33.4, 44.3 33.2))"
    point = read_points(pd.Series([text], dtype="str")).iloc[0]
    assert (point["lat"], point["lon"], point["precision"]) == (
        pytest.approx(33.3),
        pytest.approx(44.4),
        "district",
    )


def test_the_column_tells_which_number_is_the_latitude() -> None:
    texts = pd.Series(["36.2, 37.1", "44.3661, 33.3152", "43.1, 36.3"], dtype="str")
    assert read_points(texts)["lat"].tolist() == [37.1, 33.3152, 36.3]
    assert read_points(texts[:1])["lat"].tolist() == [36.2]


@pytest.mark.parametrize(
    "text",
    [
        "Baghdad (MGRS 38SMB4099486410)",
        "Baghdad, 38S MB 40994 86410, 12 killed",
        "near 33.3152, 44.3661 in the city",
    ],
)
def test_points_among_other_words(text: str) -> None:
    point = find_within(text)
    assert point is not None and (point.lat, point.lon) == pytest.approx(BAGHDAD, abs=1e-3)


@pytest.mark.parametrize(
    "text", ["10-12 15-20", "Route 38 Tampa 12 34", "3 of 4, 5.55 7.77", "km 4.25, 1.25", "Hit"]
)
def test_words_without_a_point(text: str) -> None:
    assert find_within(text) is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("MB4099486410", "38SMB4099486410"),
        ("mb 44 85", "38SMB4485"),
        ("LF3054", "38SLF3054"),
        ("NV67", "38RNV67"),
        ("DA 1212", "37SDA1212"),
        ("YF1234", "36SYF1234"),
        ("TP1234", "39RTP1234"),
    ],
)
def test_a_square_without_its_zone_is_the_one_that_lies_here(text: str, whole: str) -> None:
    found = read_points(pd.Series([text, whole], dtype="str"), is_named=True)
    assert found.loc[0, ["lat", "lon"]].tolist() == pytest.approx(
        found.loc[1, ["lat", "lon"]].tolist(), abs=1e-4
    )
    assert found["precision"].nunique() == 1
    assert found["how"].tolist() == ["MGRS without its zone, in Iraq, Syria or around", "MGRS"]


@pytest.mark.parametrize("text", ["WD1234", "AB1234", "MB123", "MB 12 345", "IO1234", "IED 2021"])
def test_a_square_that_lies_elsewhere_or_is_none(text: str) -> None:
    assert read_points(pd.Series([text], dtype="str"), is_named=True)["lat"].isna().all()


def test_two_letters_and_digits_may_be_any_code() -> None:
    assert read_points(pd.Series(["MB4485"], dtype="str"))["lat"].isna().all()
