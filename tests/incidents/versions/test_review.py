"""What a version leaves to somebody: problems by kind, names in doubt, candidates, decisions."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from geo.finding.geocoder import Geocoder
from incidents.asking.doubts import (
    Doubt,
    count_doubts,
    count_findings,
    describe_incidents,
    list_doubts,
    list_findings,
    read_findings,
)
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.placing.overrides import Override, make_override, read_overrides
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog, Version
from incidents.versions.drafts import prepare, publish
from incidents.versions.review import (
    count_problem_kinds,
    count_rows_of,
    list_candidates,
    write_findings,
    write_overrides,
)

TABLE = """date,place,country,gov,lat,lon
2021-07-01,Hit,IQ,Anbar,,
2021-07-02,Narnia,IQ,,,
2021-07-03,Narnia,IQ,,,
2021-07-04,Narnia,SY,,,
2021-07-05,Gondor,IQ,,33.3,44.4
2021-07-06,,IQ,,,
2021-07-07,Ramaddi,IQ,Anbar,,
none,Hit,IQ,Anbar,,
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return Catalog(replace(read_settings({}), snapshots=tmp_path_factory.mktemp("review")))


def bring(catalog: Catalog, *decisions: Override) -> Version:
    table = table_from_bytes(TABLE.encode(), "own.csv")
    bundle = Bundle((Brought("own", Tables(table)),), decisions, source="own")
    draft = prepare(bundle, catalog.world)
    return catalog.find(publish(draft, catalog.settings.snapshots, "upload").id)


@pytest.fixture(scope="module")
def version(catalog: Catalog) -> Iterator[Version]:
    yield bring(catalog)


def test_problems_by_kind(version: Version) -> None:
    kinds = count_problem_kinds(version.store)
    counts = {each.kind: each.count for each in kinds}
    assert kinds[0].level == "error"
    assert counts["place_not_found"] == 3
    assert counts["place_missing"] == 1
    rows = list_findings(version.store, "place_not_found")
    # The same name in two rows of one country and one of another is one line.
    assert rows[["row", "times"]].to_numpy().tolist() == [[3, 3]]
    assert "Narnia" in rows["message"][0] and not rows["message"][0].startswith("Row")
    assert count_findings(version.store, "place_not_found") == 1
    assert len(list_findings(version.store, "place_not_found", page=2)) == 0
    assert len(list_findings(version.store, "no such kind")) == 0
    everything = read_findings(version.store)
    assert everything["times"].sum() == sum(counts.values())
    assert write_findings(everything).decode("utf-8-sig").startswith('"level","kind","file",')


def test_names_in_doubt_by_rows(version: Version) -> None:
    doubts = {(each.place, each.country): each for each in list_doubts(version.store)}
    assert next(iter(doubts)) == ("Narnia", "IQ")
    assert doubts["Narnia", "IQ"].rows == 2
    assert doubts["Narnia", "SY"].rows == 1
    # Rows with coordinates of their own, and names that were found, are in no doubt.
    assert not {("Hit", "IQ"), ("Gondor", "IQ")} & set(doubts)
    fuzzy = doubts["Ramaddi", "IQ"]
    assert fuzzy.is_placed
    assert count_doubts(version.store) == (3, 4, 1)
    assert len(list_doubts(version.store, most=1)) == 1


def test_rows_of_a_decision(version: Version) -> None:
    assert count_rows_of(version.store, "Narnia", "IQ", "") == 2
    assert count_rows_of(version.store, " narnia\u00a0", "IQ", "") == 2
    assert count_rows_of(version.store, "Narnia", "", "") == 3
    # It has coordinates of its own, which win.
    assert count_rows_of(version.store, "Gondor", "IQ", "") == 0
    assert count_rows_of(version.store, "Nowhere", "", "") == 0


def test_a_decision_settles_a_name(catalog: Catalog) -> None:
    there = make_override("Narnia", "IQ", "", 34.5, 43.5, "town", "Ana", "a map", "2026-01-02")
    nowhere = make_override("Narnia", "SY", who="Ana", why="a story")
    version = bring(catalog, there, nowhere)
    assert [each.place for each in list_doubts(version.store)] == ["Ramaddi"]
    assert count_doubts(version.store) == (1, 1, 1)


def test_candidates_also_without_the_hints(catalog: Catalog) -> None:
    geocoder = Geocoder(catalog.gazetteer)
    near = list_candidates(geocoder, Doubt("Ramaddi", "IQ", "Anbar", 1, True, ""))
    assert [place.name for place in near] == ["Ramadi"]
    # The governorate may be what is wrong.
    elsewhere = list_candidates(geocoder, Doubt("Mosul", "IQ", "Basra", 1, False, ""))
    assert "Mosul" in [place.name for place in elsewhere]
    assert len({place.id for place in elsewhere}) == len(elsewhere)
    assert list_candidates(geocoder, Doubt("Narnia", "IQ", "", 1, False, "")) == []


def test_decisions_survive_their_file() -> None:
    decisions = (
        make_override("الرمادي", "IQ", "Anbar", 33.4, 43.3, "town", "Ana", "says so", "2026-01-02"),
        make_override("Narnia", who="Bo", why="a story"),
    )
    read, problems = read_overrides(table_from_bytes(write_overrides(decisions), "overrides.csv"))
    assert read == decisions
    assert problems == []


def test_decisions_run_no_formula() -> None:
    written = write_overrides([make_override("=1+1", who="@x", why="-y")]).decode()
    assert all(f",{start}" not in written and f'"{start}' not in written for start in "=@-")


def test_incidents_in_a_few_words(version: Version) -> None:
    (row,) = version.store.incidents.filter(
        version.store.incidents.place == "Hit"
    ).to_pyarrow().to_pylist()  # fmt: skip
    assert describe_incidents(version.store, [row["incident"], "none"]) == {
        row["incident"]: "1 Jul 2021 · Hit"
    }
