"""Locating: the table's coordinates, checked, else the gazetteer's."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from geo.finding.geocoder import Geocoder as RealGeocoder
from geo.finding.matches import Match
from geo.finding.nominatim import OutageError
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from incidents.asking.store import Store, read_rows
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.datasets import World
from incidents.intake.mapping.guess import guess_profile
from incidents.intake.placing.locating import (
    MATCH_COLUMNS,
    Located,
    locate,
    tell_gazetteer_files,
)
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.problem_kinds import KINDS
from incidents.versions.drafts import prepare
from tests.incidents.intake.placing.answering import WILDS, Geocoder, found
from tests.incidents.intake.placing.conftest import ASAD, BAGHDAD, PARIS, MakeFrame, at


@pytest.fixture
def place(make_incidents: MakeFrame, boundaries: Boundaries) -> Callable[..., Located]:
    def run(*rows: dict[str, Any]) -> Located:
        return locate(make_incidents(*rows), "t.csv", Geocoder(), boundaries)  # type: ignore[arg-type]

    return run


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
    ("outside the country, in doubt", at(PARIS, place="Asad", country="IQ", precision="site"),
     at(PARIS, located_by="table", match="alias", precision=None, country="IQ", gov=None),
     ["coordinates_outside_country"]),
    ("swapped, turned", at(ASAD[::-1], place="Asad", country="IQ", precision="site"),
     at(ASAD, located_by="table", precision=None), ["coordinates_swapped"]),
    ("outside, and known to the governorate", at(PARIS, gov="Anbar", country="IQ",
     precision="governorate"), at(PARIS, precision="governorate", gov="Anbar"),
     ["coordinates_outside_country"]),
    ("outside and not found", at(PARIS, place="Nowhere", country="IQ"),
     at(PARIS, located_by="table", match="none"), ["coordinates_outside_country"]),
    ("a country that is not drawn", at(PARIS, country="FR"),
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
     at(ASAD, precision="governorate", located_by="table"), ["coordinates_swapped"]),
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
         ["latitude"]),
        ("id,date,city,country,coordinates", '1,2021-01-01,Narnia,IQ,"48.85, 2.35"',
         ["coordinates"]),
        ("id,date,city,country,geometry", "1,2021-01-01,Mosul,IQ,POINT(47.8 30.5)", ["geometry"]),
        ("id,date,place,country", "1,2021-01-01,38SMB4099486410,SY", ["place"]),
        ("id,date,city,country,lat deg,lat min,lon deg,lon min",
         "1,2021-01-01,Mosul,IQ,30,30,47,48", ["lat deg"]),
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
    profile = guess_profile(table) if "event" in header or "deg" in header else None
    world = World(geocoder.gazetteer, boundaries)
    problems = prepare(Bundle((Brought("own", Tables(table), profile),)), world).problems
    about = problems["kind"].map(lambda kind: KINDS[kind].about == "place")
    told = problems[about & problems["row"].notna()]
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
