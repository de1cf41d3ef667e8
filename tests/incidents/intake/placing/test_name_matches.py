"""Names against the shipped gazetteer: what they teach, and what an unknown one falls back to."""

from typing import Any

import pandas as pd
import pytest

from geo.finding.geocoder import Geocoder as RealGeocoder
from geo.places.boundaries import Boundaries
from incidents.intake.placing.locating import (
    locate,
    name_governorates,
)
from tests.incidents.intake.placing.conftest import BAGHDAD, MakeFrame, at

KHIRBA = (35.5, 37.0)
TAUGHT = "Khirbat Narnia"


def teach(name: str = TAUGHT, **row: Any) -> dict[str, Any]:
    return at(KHIRBA, place=name, country="SY") | row


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        pytest.param([teach()], "learned", id="one row"),
        pytest.param([teach(), teach(lat=35.52)], "learned", id="two that agree"),
        pytest.param([teach(), teach(lat=36.0)], "area", id="two that do not"),
        pytest.param([teach(precision="site")], "learned", id="exactly"),
        pytest.param([teach(precision="district")], "area", id="the middle of a district"),
        pytest.param([teach(precision="governorate")], "area", id="the middle of a governorate"),
        pytest.param([teach("Khirba Narnia")], "area", id="another name"),
        pytest.param([teach(lat=48.85, lon=2.35)], "area", id="a point outside the country"),
        pytest.param([teach(lat=37.0, lon=35.5)], "area", id="a point that is swapped"),
        pytest.param([], "area", id="nobody"),
    ],
)
def test_rows_with_coordinates_teach_their_names(
    make_incidents: MakeFrame,
    boundaries: Boundaries,
    geocoder: RealGeocoder,
    rows: list[dict[str, Any]],
    match: str,
) -> None:
    asked = {"place": TAUGHT, "country": "SY"}
    located = locate(make_incidents(*rows, asked), "t.csv", geocoder, boundaries)
    last = located.incidents.iloc[-1]
    assert last["match"] == match
    assert (last["precision"] == "country") == (match == "area")
    if match == "learned":
        assert last["located_by"] == "gazetteer"
        assert "same table" in last["match_reason"]
        assert last["precision"] == rows[0].get("precision", "town")
        taught = located.incidents.iloc[0]
        assert (taught["located_by"], taught["match"]) == ("table", "none")
        assert taught["match_reason"] == "Coordinates from the table."


BAGHDAD_TAUGHT = at(BAGHDAD, place="Foobar")


@pytest.mark.parametrize(
    ("asked", "is_placed"),
    [
        ({}, True),
        ({"country": "IQ"}, True),
        ({"country": "IQ", "gov": "Baghdad"}, True),
        ({"country": "SY"}, False),
        ({"country": "IQ", "gov": "Basra"}, False),
        ({"gov": "Basra"}, False),
        ({"gov": "Aleppo"}, False),
    ],
)
@pytest.mark.parametrize("said", [{}, {"country": "IQ"}, {"gov": "Baghdad"}])
def test_a_name_is_taught_only_where_its_points_are(
    make_incidents: MakeFrame,
    boundaries: Boundaries,
    geocoder: RealGeocoder,
    said: dict[str, str],
    asked: dict[str, str],
    is_placed: bool,
) -> None:
    rows = (BAGHDAD_TAUGHT | said, {"place": "Foobar", **asked})
    located = locate(make_incidents(*rows), "t.csv", geocoder, boundaries)
    assert located.incidents["match"].iloc[1] == ("learned" if is_placed else "area")
    assert located.problems["kind"].tolist() == ([] if is_placed else ["place_not_found"])


def test_a_point_in_no_country_teaches_no_country(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder
) -> None:
    rows = (at((34.0, 30.0), place="Foobar"), {"place": "Foobar", "country": "SY"})
    located = locate(make_incidents(*rows), "t.csv", geocoder, boundaries)
    assert located.incidents["match"].iloc[1] == "area"


GOVERNORATE_NAMES = [
    *("Baghdad", "Aleppo", "Al-Hasakah Governorate", "Homs", "نينوى", "محافظة حلب", "Басра"),
    *("Nineveh Province", "Anbar", "Damascus", "Rural Damascus", "Karbala", "Ninevehh"),
]


@pytest.mark.parametrize("name", GOVERNORATE_NAMES)
def test_a_governorate_alone_is_never_its_town(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder, name: str
) -> None:
    rows, _ = name_governorates(make_incidents({"gov": name}), geocoder.gazetteer, "t.csv", "gov")
    row = locate(rows, "t.csv", geocoder, boundaries).incidents.iloc[0]
    assert (row["precision"], row["located_by"]) == ("governorate", "gazetteer")


def test_an_unknown_governorate_is_told_once_per_spelling_with_the_nearest(
    make_incidents: MakeFrame, geocoder: RealGeocoder
) -> None:
    given = make_incidents(
        *({"gov": gov, "country": "IQ"} for gov in ("Nineveeh Plain", "Nineveeh Plain", "Slemani")),
        {"gov": "Adana", "country": "TR"},
        {"gov": "Baghdad, Arizona"},
    )
    rows, problems = name_governorates(given, geocoder.gazetteer, "t.csv", "Province")
    assert rows["gov"].tolist()[2:] == ["Sulaymaniyah", "Adana", "Baghdad, Arizona"]
    assert problems["kind"].unique().tolist() == ["governorate_unknown"]
    assert problems["row"].tolist() == [given.index[0], given.index[4]]
    assert '"Nineveeh Plain" (2 rows)' in problems["message"].iloc[0]
    assert "nearest: Nineveh." in problems["message"].iloc[0]


def test_codes_of_governorates_are_fips_where_one_can_only_be(
    make_incidents: MakeFrame, geocoder: RealGeocoder
) -> None:
    for given, named in (
        ({"SY08": "SY", "IZ15": "IQ"}, ["Rif Dimashq", "Nineveh"]),
        ({"SY08": "SY", "IQG15": "IQ"}, ["Hasakah", "Nineveh"]),
    ):
        frame = make_incidents(*({"gov": gov, "country": code} for gov, code in given.items()))
        rows, _ = name_governorates(frame, geocoder.gazetteer, "t.csv", "gov")
        assert rows["gov"].tolist() == named


def test_every_governorate_of_the_map_is_placed(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder
) -> None:
    # The zone that UNDOF watches is on the map, but is no governorate of a table.
    known = [each for each in boundaries.governorates if each.gn_a1_code]
    rows = [{"gov": each.gov, "country": each.country} for each in known]
    located = locate(make_incidents(*rows), "t.csv", geocoder, boundaries)
    assert (located.incidents["precision"] == "governorate").all()
    assert located.problems.empty


def test_one_table_teaches_no_other(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder
) -> None:
    asked = make_incidents({"place": TAUGHT, "country": "SY"})
    locate(make_incidents(teach(), {"place": TAUGHT}), "t.csv", geocoder, boundaries)
    located = locate(asked, "u.csv", geocoder, boundaries)
    assert located.incidents["match"].tolist() == ["area"]


def test_names_that_a_table_numbers_are_one_name_and_teach_each_other(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder
) -> None:
    rows = ({"place": f"Baghdad ({n})", "country": "IQ"} for n in range(50))
    taught = (teach(f"{TAUGHT} (1)"), {"place": f"{TAUGHT} (2).", "country": "SY"})
    located = locate(make_incidents(*rows, *taught), "t.csv", geocoder, boundaries)
    assert located.incidents["match"].iloc[:50].unique().tolist() == ["exact"]
    assert located.incidents["match"].iloc[-1] == "learned"
    assert located.problems.empty


FALLEN: list[tuple[dict[str, Any], str | None, str, str]] = [
    ({"place": "Unheard-of village", "gov": "Babil", "country": "IQ"}, "Babil", "governorate", ""),
    ({"place": "Unheard-of village", "gov": "Babil"}, "Babil", "governorate", ""),
    ({"place": "Unheard-of village", "gov": "Narnia", "country": "IQ"}, "Narnia", "country", ""),
    ({"place": "Unheard-of village", "country": "SY"}, None, "country", ""),
    ({"place": "Narnia, Baghdad"}, "Baghdad", "governorate", ""),
    ({"place": "K1 base, Kirkuk"}, "Kirkuk", "governorate", ""),
    ({"place": "Narnia (Nineveh)"}, "Nineveh", "governorate", ""),
    ({"place": "Khirbat Narnia", "gov": "Aleppo"}, "Aleppo", "governorate", ""),
    ({"place": "Mosul", "gov": "Basra"}, "Basra", "governorate", "outside Basra"),
    ({"place": "Rabia", "gov": "Homs"}, "Homs", "governorate", ""),
    ({"gov": "Narnia", "country": "IQ"}, "Narnia", "country", ""),
]


@pytest.mark.parametrize(("row", "gov", "precision", "why"), FALLEN)
def test_an_unknown_place_is_in_what_the_row_names_and_stays_told(
    make_incidents: MakeFrame,
    boundaries: Boundaries,
    geocoder: RealGeocoder,
    row: dict[str, Any],
    gov: str | None,
    precision: str,
    why: str,
) -> None:
    located = locate(make_incidents(row), "t.csv", geocoder, boundaries)
    placed = located.incidents.astype("object").where(located.incidents.notna(), None).iloc[0]
    assert (placed["gov"], placed["precision"]) == (gov, precision)
    assert placed["lat"] is not None
    assert placed["match"] == "area"
    assert why in placed["match_reason"]
    if "Narnia," not in row.get("place", "") and "Narnia (" not in row.get("place", ""):
        assert set(located.problems["kind"]) <= {"place_not_found", "place_ambiguous"}
        assert len(located.problems) == 1


@pytest.mark.parametrize(
    "row",
    [
        {"place": "Narnia"},
        {"place": "Baghdad, Arizona"},
        {"place": "Baghdad, Arizona", "gov": "Baghdad", "country": "IQ"},
        {"place": "Narnia", "country": "US"},
        {"place": "Narnia", "gov": "Narnia"},
        {"place": "Narnia, Narnia"},
        {"country": "IQ"},
        {},
    ],
)
def test_what_names_nothing_known_is_drawn_nowhere(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder, row: dict[str, Any]
) -> None:
    located = locate(make_incidents(row), "t.csv", geocoder, boundaries)
    assert located.incidents["lat"].isna().all()


@pytest.mark.parametrize(
    ("row", "precision", "said"),
    [
        ({"place": "Narnia", "gov": "Nineveh", "district": "Tal Afar"}, "district", "Tal Afar"),
        ({"place": "Narnia", "gov": "Nineveh", "district": "Telafar"}, "district", "Tal Afar"),
        ({"place": "Narnia", "district": "Sinjar District"}, "district", "Sinjar"),
        ({"place": "نارنيا", "gov": "Aleppo", "district": "اعزاز"}, "district", "Azaz"),
        ({"gov": "Nineveh", "district": "Tal Afar"}, "district", "No place is named."),
        ({"place": "Mosul", "gov": "Nineveh", "district": "Tal Afar"}, "town", "Mosul"),
        ({"place": "Narnia", "gov": "Nineveh", "district": "Xyzzy"}, "governorate", "Nineveh"),
        ({"place": "Narnia", "gov": "Nineveh", "district": "n/a"}, "governorate", "Nineveh"),
        ({"place": "Narnia", "gov": "Basra", "district": "Tal Afar"}, "governorate", "Basra"),
        ({"place": "Narnia", "country": "IQ", "district": "Xyzzy"}, "country", "Iraq"),
        ({"place": "Baghdad, Arizona", "district": "Tal Afar"}, None, "Arizona"),
    ],
)
def test_a_row_whose_place_is_not_known_is_in_its_district(
    make_incidents: MakeFrame,
    boundaries: Boundaries,
    geocoder: RealGeocoder,
    row: dict[str, str],
    precision: str | None,
    said: str,
) -> None:
    rows = make_incidents(row).assign(district=pd.array([row.get("district")], dtype="str"))
    located = locate(rows, "t.csv", geocoder, boundaries)
    one = located.incidents.iloc[0]
    assert "district" not in located.incidents
    assert (None if pd.isna(one["precision"]) else one["precision"]) == precision
    assert said in one["match_reason"]
    is_known = "place" not in row or row["place"] == "Mosul"
    assert located.problems["kind"].tolist() == ([] if is_known else ["place_not_found"])


def test_a_district_decides_between_namesakes(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder
) -> None:
    """Of two bases called Imam Ali, one near Nasiriyah in Iraq, one near al-Bukamal in Syria."""
    rows = make_incidents(*({"place": "Imam Ali base"} for _ in range(3)))
    districts = pd.array([None, "Nasiriyah", "Sinjar"], dtype="str")
    located = locate(rows.assign(district=districts), "t.csv", geocoder, boundaries)
    found = located.incidents
    assert found["match"].tolist() == ["ambiguous", "described", "area"]
    chosen = found.iloc[1]
    assert (chosen["gov"], chosen["precision"]) == ("Dhi Qar", "site")
    assert (chosen["lat"], chosen["lon"]) == (30.9358, 46.0901)
    assert "near Nasiriyah, whose district the row names" in chosen["match_reason"]
    assert located.problems["kind"].tolist() == ["place_ambiguous", "place_ambiguous"]


def test_a_district_contradicts_a_point(
    make_incidents: MakeFrame, boundaries: Boundaries, geocoder: RealGeocoder
) -> None:
    basra, rutba = (30.5, 47.8), (33.43, 38.93)
    rows = make_incidents(
        at(basra, place="Narnia"), {"place": "Narnia", "gov": "Basra"}, at(rutba, gov="Anbar")
    )
    districts = pd.array(["Tal Afar", None, "Ar-Rutba"], dtype="str")
    located = locate(rows.assign(district=districts), "t.csv", geocoder, boundaries)
    assert located.problems["kind"].tolist() == ["coordinates_elsewhere", "place_not_found"]
    assert "km from Tal Afar District" in located.problems["message"].iloc[0]
    # What is in doubt teaches no name.
    assert located.incidents["match"].tolist()[:2] == ["none", "area"]
