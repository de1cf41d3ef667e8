"""Locating: the table's coordinates, checked, else the gazetteer's."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from geo.finding.geocoder import Geocoder as RealGeocoder
from geo.finding.learned import Learned
from geo.finding.matches import Match, say_none
from geo.finding.nominatim import OutageError
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from geo.places.places import Place
from geo.places.points import Point
from incidents.asking.store import Store, read_rows
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.datasets import World
from incidents.intake.mapping.guess import guess_profile
from incidents.intake.placing.locating import (
    MATCH_COLUMNS,
    Located,
    locate,
    name_governorates,
    tell_gazetteer_files,
)
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.problem_kinds import KINDS
from incidents.table.settings import ROOT
from incidents.versions.drafts import prepare

MakeFrame = Callable[..., pd.DataFrame]
ASAD, BAGHDAD, PARIS = (33.8, 42.44), (33.3, 44.4), (48.85, 2.35)


def make_place(name: str, kind: str, country: str, gov: str, lat: float, lon: float) -> Place:
    point = Point(lat=lat, lon=lon)
    return Place(name, name, (name,), (), kind, country, gov, point, "town", "test")


def found(place: Place, kind: Any = "exact") -> Match:
    return Match(place, kind, 100.0, "district", (place,), f"It is {place.name}.")


ASAD_BASE = make_place("Ain al-Asad", "base", "IQ", "Anbar", *ASAD)
TWINS = tuple(make_place("Khirba", "town", "IQ", gov, 36.0, 43.0) for gov in ("Erbil", "Nineveh"))
WILDS = make_place("Erewhon", "village", "IQ", "", 33.0, 44.0)
IRAQ = Match(make_place("Iraq", "country", "IQ", "", 33.0, 44.0), "exact", 100.0, "country", (), "")
ANBAR = make_place("Anbar Governorate", "governorate", "IQ", "Anbar", 33.0, 41.7)
ANSWERS = {
    "Asad": found(ASAD_BASE, "alias"),
    "عين الأسد": found(ASAD_BASE, "exact"),
    "Khirba": Match(None, "ambiguous", 0.0, None, TWINS, "It may be two."),
    "Erewhon": found(WILDS),
    "Iraq": IRAQ,
    "Anbar": found(ASAD_BASE),
}
GOVERNORATES = {"Anbar": Match(ANBAR, "exact", 100.0, "governorate", (ANBAR,), "Governorate.")}


class Geocoder:
    """Answers from a table and notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str | None, ...]] = []
        self.learned = Learned()

    def teach(self, learned: Learned) -> "Geocoder":
        self.learned = learned
        return self

    def match_governorate(self, gov: str, country: str | None = None) -> Match:
        self.asked.append((gov, country))
        return GOVERNORATES.get(gov, say_none("It is no governorate."))

    def match(self, name: str, country: str | None = None, gov: str | None = None) -> Match:
        assert all(each is None or isinstance(each, str) for each in (name, country, gov))
        self.asked.append((name, country, gov))
        return ANSWERS.get(name, say_none("It is in no table."))


@pytest.fixture(scope="module")
def boundaries() -> Boundaries:
    return Boundaries.read(ROOT / "data" / "boundaries")


@pytest.fixture
def place(make_incidents: MakeFrame, boundaries: Boundaries) -> Callable[..., Located]:
    def run(*rows: dict[str, Any]) -> Located:
        return locate(make_incidents(*rows), "t.csv", Geocoder(), boundaries)  # type: ignore[arg-type]

    return run


def at(spot: tuple[float, float], **row: Any) -> dict[str, Any]:
    return {"lat": spot[0], "lon": spot[1], **row}


CASES: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("coordinates win over the name", at(BAGHDAD, place="Asad", country="IQ", precision="site"),
     at(BAGHDAD, located_by="table", match="alias", precision="site", gov="Baghdad",
        match_reason="Coordinates from the table. It is Ain al-Asad."), []),
    ("coordinates alone", at(ASAD),
     at(ASAD, located_by="table", match=None, country="IQ", gov="Anbar",
        match_reason="Coordinates from the table."), []),
    ("coordinates of a name that is not found", at(ASAD, place="Nowhere", country="IQ"),
     at(ASAD, located_by="table", match="none", gov="Anbar",
        match_reason="Coordinates from the table."), []),
    ("governorate that is named stays", at(ASAD, gov="Babil"), at(ASAD, gov="Babil"),
     ["coordinates_elsewhere"]),
    ("outside the country, geocoded instead", at(PARIS, place="Asad", country="IQ"),
     at(ASAD, located_by="gazetteer", match="alias", precision="district"),
     ["coordinates_outside_country"]),
    ("swapped, geocoded instead", at(ASAD[::-1], place="Asad", country="IQ"),
     at(ASAD, located_by="gazetteer"), ["coordinates_swapped"]),
    ("outside and not found", at(PARIS, place="Nowhere", country="IQ"),
     at((33.0, 44.0), located_by="gazetteer", match="area", precision="country"),
     ["coordinates_outside_country", "place_not_found"]),
    ("other countries are not checked", at(PARIS, country="FR"),
     at(PARIS, located_by="table", country="FR"), []),
    ("by name", {"place": "Asad"},
     at(ASAD, located_by="gazetteer", match="alias", precision="district", country="IQ",
        gov="Anbar", match_reason="It is Ain al-Asad."), []),
    ("by Arabic name", {"place": "عين الأسد"},
     at(ASAD, place="عين الأسد", match="exact", gov="Anbar"), []),
    ("country that is named stays", {"place": "Asad", "country": "SY"},
     at(ASAD, country="SY", gov="Anbar"), []),
    ("by governorate alone, never its town", {"gov": "Anbar"},
     at((33.0, 41.7), match="exact", country="IQ", precision="governorate"), []),
    ("a place that is said to be unknown is none", {"gov": "Anbar", "place": "unknown"},
     at((33.0, 41.7), place="unknown", precision="governorate"), []),
    ("nothing is named", {"gov": "unknown", "place": "-"},
     {"lat": None, "match": None, "match_reason": "No place is named."}, ["place_missing"]),
    ("not a governorate", {"gov": "Asad"},
     {"lat": None, "located_by": None, "match_reason": "It is no governorate."},
     ["place_not_found"]),
    ("the table knows it less exactly", {"place": "Asad", "precision": "governorate"},
     at(ASAD, precision="governorate", gov="Anbar",
        match_reason="It is Ain al-Asad. The table says: known to the governorate only."), []),
    ("the table knows it to the country only", {"place": "Asad", "precision": "country"},
     at(ASAD, precision="country", country="IQ", gov=None), []),
    ("the table cannot know more than its name", {"place": "Asad", "precision": "site"},
     at(ASAD, precision="district", match_reason="It is Ain al-Asad."), []),
    ("less exactly, and swapped",
     at(ASAD[::-1], place="Asad", country="IQ", precision="governorate"),
     at(ASAD, precision="governorate", located_by="gazetteer"), ["coordinates_swapped"]),
    ("a place without governorate takes it from the map", {"place": "Erewhon"},
     {"lat": 33.0, "lon": 44.0, "gov": "Anbar"}, []),
    ("a whole country lies in no governorate", {"place": "Iraq"},
     {"lat": 33.0, "lon": 44.0, "country": "IQ", "gov": None, "precision": "country"}, []),
    ("ambiguous", {"place": "Khirba"},
     {"lat": None, "located_by": None, "match": "ambiguous", "match_reason": "It may be two."},
     ["place_ambiguous"]),
    ("not found", {"place": "Narnia", "precision": "site"},
     {"lat": None, "located_by": None, "match": "none", "match_reason": "It is in no table."},
     ["place_not_found"]),
    ("no name", {}, {"lat": None, "located_by": None, "match": None,
                     "match_reason": "No place is named."}, ["place_missing"]),
    ("half a point is none", {"lat": 33.8}, {"lat": None, "lon": None, "located_by": None},
     ["place_missing"]),
    ("half a point beside a name", {"lon": 2.0, "place": "Asad"}, at(ASAD), []),
]  # fmt: skip


@pytest.mark.parametrize(("row", "placed", "problems"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_locates(
    place: Callable[..., Located], row: dict[str, Any], placed: dict[str, Any], problems: list[str]
) -> None:
    located = place(row)
    one = located.incidents.iloc[0]
    got = {name: None if pd.isna(one[name]) else one[name] for name in placed}
    assert got == pytest.approx(placed)
    assert located.problems["kind"].tolist() == problems
    assert (located.problems["row"] == 2).all()


def test_tells_what_was_read(place: Callable[..., Located]) -> None:
    rows = (at(PARIS, country="IQ", place="Asad"), {"place": "Khirba"}, {"place": "Narnia"})
    problems = place(*rows).problems.set_index("kind")
    assert problems.loc["coordinates_outside_country", "value"] == "48.85, 2.35"
    assert "Khirba (town, Erbil) or Khirba (town, Nineveh)" in (
        problems.loc["place_ambiguous", "message"] + problems.loc["place_ambiguous", "remedy"]
    )
    assert problems.loc["place_not_found", "value"] == "Narnia"
    assert problems["row"].tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (at(PARIS, country="IQ", place="Asad"), "latitude"),
        ({"place": "Narnia"}, "city"),
        ({"place": "Khirba"}, "city"),
        ({"place": "n/a", "gov": "Narnia"}, None),
        ({}, "city"),
    ],
)
def test_problems_name_the_columns_of_the_file(
    make_incidents: MakeFrame, boundaries: Boundaries, row: dict[str, Any], column: str | None
) -> None:
    headers = {"lat": "latitude", "place": "city"}
    located = locate(make_incidents(row), "t.csv", Geocoder(), boundaries, find_header=headers.get)  # type: ignore[arg-type]
    (told,) = located.problems.itertuples()
    assert (told.column == column) if column else pd.isna(told.column)
    assert told.message.startswith(f'Row 2, column "{column}":' if column else "Row 2: ")


@pytest.mark.parametrize(
    ("header", "row", "columns"),
    [
        ("id,date,city,latitude,longitude,country", "1,2021-01-01,Narnia,43.1,36.3,IQ",
         ["city", "latitude"]),
        ("id,date,location", "1,2021-01-01,Narnia", ["location"]),
        ("id,date,governorate", "1,2021-01-01,Narnia", ["governorate"]),
        ("id,date,governorate", "1,2021-01-01,", []),
        ("event_id_cnty,event_date,event_type,sub_event_type,actor1,country,admin1,location",
         "1,2021-01-01,Battles,Armed clash,A,Iraq,Ninewa,Narnia", ["location"]),
        ("event_id_cnty,event_date,event_type,sub_event_type,actor1,country,admin1,location",
         "1,2021-01-01,Battles,Armed clash,A,Iraq,Narnia,", ["admin1"]),
    ],
)  # fmt: skip
def test_a_table_is_told_of_by_its_own_headers(
    boundaries: Boundaries, geocoder: RealGeocoder, header: str, row: str, columns: list[str]
) -> None:
    table = table_from_bytes(f"{header}\n{row}\n".encode(), "own.csv")
    profile = guess_profile(table) if "event" in header else None
    world = World(geocoder.gazetteer, boundaries)
    problems = prepare(Bundle((Brought("own", Tables(table), profile),)), world).problems
    told = problems[problems["kind"].map(lambda kind: KINDS[kind].about == "place")]
    assert told["row"].tolist() == [2] * max(1, len(columns))
    assert told["column"].dropna().tolist() == columns


def test_keeps_rows_columns_and_input(
    place: Callable[..., Located], make_incidents: MakeFrame
) -> None:
    rows = ({"place": "Asad"}, {"place": "Narnia"}, at(ASAD))
    given = make_incidents(*rows)
    placed = place(*rows).incidents
    assert placed.index.equals(given.index)
    assert list(placed.columns) == [*given.columns, *MATCH_COLUMNS]
    assert placed.dtypes[list(given.columns)].equals(given.dtypes)
    assert given["lat"].isna().tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("row", "words", "others"),
    [
        ({"place": "Asad"}, "ain asad anbar iraq انبار عراق анбар ирак", "erbil"),
        (at(ASAD, place="Asad", country="IQ"), "ain asad anbar ирак", "baghdad"),
        (at(ASAD), "anbar iraq", "asad"),
        ({"place": "Narnia", "country": "SY"}, "syria сирия", "narnia iraq"),
        ({"place": "Khirba", "gov": "Erbil", "country": "IQ"}, "erbil iraq", "khirba nineveh"),
    ],
    ids=["by name", "own coordinates and a name", "coordinates alone", "not found", "ambiguous"],
)
def test_notes_names_in_all_scripts(
    place: Callable[..., Located], row: dict[str, Any], words: str, others: str
) -> None:
    noted = place(row).incidents["names"].iloc[0].split()
    assert set(words.split()) <= set(noted)
    assert not set(others.split()) & set(noted)


def test_nowhere_has_no_names(place: Callable[..., Located]) -> None:
    assert place({"place": "Narnia"}).incidents["names"].isna().all()


def test_no_rows(place: Callable[..., Located]) -> None:
    located = place()
    assert located.incidents.empty and located.problems.empty
    assert set(MATCH_COLUMNS) <= set(located.incidents.columns)


def test_each_distinct_name_is_looked_up_once(
    make_incidents: MakeFrame, boundaries: Boundaries
) -> None:
    names = ["Asad", "Narnia", "Khirba", None]
    rows = [{"place": names[i % 4], "gov": "Anbar" if i % 8 < 4 else None} for i in range(100_000)]
    geocoder = Geocoder()
    located = locate(make_incidents(*rows), "t.csv", geocoder, boundaries)  # type: ignore[arg-type]
    # Seven names, and the governorate in which those that are not known are drawn.
    assert len(set(geocoder.asked)) == 7
    assert len(geocoder.asked) == 9
    assert located.incidents["lat"].notna().sum() == 25_000 + 12_500 + 25_000
    assert len(located.problems) == 100_000 - 37_500


KHIRBA = (35.5, 37.0)
TAUGHT = "Khirbat Narnia"


@pytest.fixture(scope="module")
def geocoder() -> RealGeocoder:
    return RealGeocoder(Gazetteer.read(ROOT / "data" / "places.csv"))


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


class Online:
    """Knows one name; notes what it is asked."""

    def __init__(self, until: int | None = None) -> None:
        self.asked: list[str] = []
        self.until = until

    def match(self, name: str, country: str | None, gov: str | None) -> Match | None:
        if len(self.asked) == self.until:
            raise OutageError("It is down.")
        self.asked.append(name)
        return found(WILDS, "online") if name == "Erewhon-on-Sea" else None


def test_the_network_is_asked_only_for_what_is_left(
    make_incidents: MakeFrame, boundaries: Boundaries
) -> None:
    names = ("Asad", "Khirba", "Narnia", "Erewhon-on-Sea", "Narnia")
    rows = [*({"place": name} for name in names), at(ASAD, place="Utopia")]
    online = Online()
    located = locate(make_incidents(*rows), "t.csv", Geocoder(), boundaries, online=online)  # type: ignore[arg-type]
    assert online.asked == ["Narnia", "Erewhon-on-Sea"]
    assert located.incidents["match"].tolist()[3] == "online"
    assert located.incidents["gov"].tolist()[3] == "Anbar"


def test_a_network_that_fails_is_told(make_incidents: MakeFrame, boundaries: Boundaries) -> None:
    names = ("Narnia", "Utopia", "Erewhon-on-Sea", "Utopia", "Asad")
    frame, online = make_incidents(*({"place": name} for name in names)), Online(until=1)
    located = locate(frame, "t.csv", Geocoder(), boundaries, online=online)  # type: ignore[arg-type]
    told = located.problems[["kind", "row", "value"]].astype("object")
    assert told.where(told.notna(), None).values.tolist() == [
        ["lookup_stopped", None, None],
        ["place_not_found", 2, "Narnia"],
        ["place_not_asked", 3, "Utopia"],
        ["place_not_asked", 4, "Erewhon-on-Sea"],
        ["place_not_asked", 5, "Utopia"],
    ]
    assert "It is down." in located.problems["message"][0]
    reasons = located.incidents["match_reason"].tolist()
    assert [reason.endswith("It is down.") for reason in reasons] == [False, *[True] * 3, False]


def test_gazetteer_files_that_cannot_be_used_are_told() -> None:
    gazetteer = Gazetteer([], notes=['The gazetteer file "x.csv" is left out: it is empty.'])
    (problem,) = tell_gazetteer_files(gazetteer)
    assert (problem.kind, problem.row) == ("gazetteer_file_unused", None)
    assert '"x.csv" is left out' in problem.message


def test_every_shipped_incident_is_placed(shipped: Any) -> None:
    store: Store = shipped.store
    assert shipped.snapshot.located == shipped.snapshot.rows > 0
    found = read_rows(store.incidents.group_by("located_by").aggregate(n=store.incidents.count()))
    assert {row["located_by"] for row in found} <= {"table", "gazetteer"}
