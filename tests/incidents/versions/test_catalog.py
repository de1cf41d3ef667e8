"""Versions of the table: the one in use, older ones, and what happens when it breaks."""

import csv
import os
import shutil
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.finding.matches import Match
from geo.finding.nominatim import OutageError
from geo.places.places import Place
from geo.places.points import Point
from incidents.asking.store import read_rows
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.errors import SnapshotError, TableError
from incidents.table.settings import Settings
from incidents.versions import own_table
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.own_table import hash_inputs, list_inputs
from incidents.versions.snapshots import list_snapshots
from incidents.versions.watching import watch

TABLE = "date,place,country,killed\n2021-07-07,Ain al-Asad,IQ,0\n2021-07-08,Narnia,,\n"


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    table = tmp_path / "own table.csv"
    table.write_text(TABLE, "utf-8")
    return replace(shipped_settings, table=table, snapshots=tmp_path / "snapshots")


def test_reads_a_table_of_a_reader(settings: Settings) -> None:
    version = Catalog(settings).current
    assert (version.snapshot.rows, version.snapshot.located) == (2, 1)
    assert version.snapshot.source == "own table.csv"
    assert version.store.list_values("gov", 9) == ["Anbar"]


def test_is_read_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Catalog(settings).current.snapshot

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("incidents.versions.own_table.read_tables", fail)
    assert Catalog(settings).current.snapshot == first


def test_is_read_again_when_it_changes(settings: Settings) -> None:
    old = Catalog(settings).current.snapshot
    settings.table.write_text(TABLE + "2021-07-09,Erbil,IQ,1\n", "utf-8")
    catalog = Catalog(settings)
    assert catalog.current.snapshot.rows == 3
    # The old link still opens.
    assert catalog.find(old.id).snapshot == old
    assert catalog.find(old.id).store.find_incident("x") is None


BREAK = {
    "gone": lambda table: table.unlink(),
    "empty": lambda table: table.write_bytes(b""),
    "no table": lambda table: table.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00"),
    "nothing but its header": lambda table: table.write_text("date,place,country,killed\n"),
    "other columns": lambda table: table.write_text("garbage without anything\nx\n"),
    "no row that can be used": lambda table: table.write_text("date,place\nno day,Hit\n"),
}


@pytest.mark.parametrize("how", BREAK)
def test_last_good_version_stays_when_the_table_breaks(settings: Settings, how: str) -> None:
    good = Catalog(settings).current.snapshot
    BREAK[how](settings.table)
    catalog = Catalog(settings)
    assert catalog.current.snapshot == good
    assert catalog.notice is not None
    assert catalog.notice.endswith("The last good version of the table is shown.")


def test_no_good_version_is_told(settings: Settings) -> None:
    settings.table.unlink()
    with pytest.raises(TableError, match=r"own table\.csv.*INCIDENTS_TABLE"):
        _ = Catalog(settings).current


def test_a_folder_of_snapshots_that_cannot_be_written_is_told(settings: Settings) -> None:
    with pytest.raises(TableError, match='"snapshots" cannot be read or written'):
        _ = Catalog(replace(settings, snapshots=settings.table / "snapshots")).current


def test_a_version_of_another_table_is_no_good_version(settings: Settings) -> None:
    _ = Catalog(settings).current
    with pytest.raises(TableError):
        _ = Catalog(replace(settings, table=settings.table.with_name("other.csv"))).current


@pytest.mark.parametrize("name", ["0" * 12, "", "../x", "é" * 12])
def test_unknown_version(settings: Settings, name: str) -> None:
    with pytest.raises(SnapshotError):
        Catalog(settings).find(name)


def test_a_version_is_opened_once_for_all(settings: Settings) -> None:
    catalog = Catalog(settings)
    start, seen = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        seen.append(catalog.current.store)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8 and len({id(store) for store in seen}) == 1
    assert catalog.find(catalog.current.snapshot.id).store is seen[0]


def test_inputs_are_the_tables_places_and_boundaries(shipped_settings: Settings) -> None:
    names = [path.name for path in list_inputs(shipped_settings)]
    assert names[:3] == ["claims.csv", "incidents.csv", "reports.csv"]
    assert names[3:5] == ["datapackage.json", "places.csv"]
    assert {"ucdp.csv", "governorates.geojson", "neighbours.geojson", "acled.yaml"} < set(names[5:])


def test_shipped_ranges_come_from_the_claims(shipped_catalog: Catalog) -> None:
    store = shipped_catalog.current.store
    incident = next(
        row["incident"]
        for row in store.table("claims").to_pyarrow().to_pylist()
        if row["measure"] == "killed" and row["group"] == "all"
    )
    found = store.find_incident(incident)
    assert found is not None
    reported = [
        claim
        for claim in store.find_claims(incident)
        if (claim["measure"], claim["group"]) == ("killed", "all")
    ]
    assert found["killed_min"] in [claim["low"] for claim in reported]
    assert found["sources"] == len({each["family"] for each in store.find_reports(incident)})


OWN = {
    "incidents": "incident,date,place,killed_min,killed_max,wounded_min,wounded_max,sources\n"
    "A,2021,Erbil,1,2,3,4,9\nB,2021,Erbil,1,2,3,4,9\nC,2021,Erbil,1,2,3,4,9\n",
    "reports": "report,incident,publisher\nR1,A,x\nR2,A,y\nR3,B,\n",
    "claims": "claim,report,incident,measure,group,low,high\n"
    "C1,R1,A,killed,all,5,7\nC2,R3,B,wounded,all,,6\n",
}
RANGES = {
    "A": {"killed": (5, 7), "wounded": (3, 4), "sources": 2},
    "B": {"killed": (1, 2), "wounded": (None, 6), "sources": 9},
    "C": {"killed": (1, 2), "wounded": (3, 4), "sources": 9},
}


@pytest.mark.parametrize("incident", RANGES)
def test_only_a_range_that_is_claimed_replaces_the_table_s(
    settings: Settings, tmp_path: Path, incident: str
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    for name, text in OWN.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    found = Catalog(replace(settings, table=folder)).current.store.find_incident(incident)
    assert found is not None
    told = {stem: (found[f"{stem}_min"], found[f"{stem}_max"]) for stem in ("killed", "wounded")}
    assert told | {"sources": found["sources"]} == RANGES[incident]


def test_shipped_reports_stay_as_they_are(shipped_catalog: Catalog) -> None:
    store = shipped_catalog.current.store
    found = store.table("reports").to_pyarrow().to_pylist()
    with (shipped_catalog.settings.table / "reports.csv").open(encoding="utf-8") as file:
        given = {row["report"]: row for row in csv.DictReader(file)}
    for name in ("published", "says_date", "supersedes"):
        assert {each["report"]: each[name] or "" for each in found} == {
            report: row[name] for report, row in given.items()
        }
    assert "2021-06" in {each["published"] for each in found}
    problems = store.table("problems").to_pyarrow().to_pylist()
    assert [each["message"] for each in problems if each["file"] != "incidents.csv"] == []


def test_shipped_table_has_no_errors(shipped_catalog: Catalog) -> None:
    problems = shipped_catalog.current.store.table("problems").to_pyarrow().to_pylist()
    assert [each["message"] for each in problems if each["level"] == "error"] == []
    assert shipped_catalog.notice is None


def test_shipped_table_says_when_it_was_monitored(shipped_catalog: Catalog) -> None:
    version = shipped_catalog.current
    assert version.snapshot.monitored == (date(2021, 1, 1), date(2021, 7, 31))
    days = version.store.incidents.aggregate(
        first=version.store.incidents.date.min(), last=version.store.incidents.date.max()
    )
    (row,) = days.to_pyarrow().to_pylist()
    assert version.snapshot.monitored[0] <= row["first"] <= row["last"]
    assert row["last"] <= version.snapshot.monitored[1]


def test_a_monitored_period_beside_a_file_is_read_and_read_again(settings: Settings) -> None:
    plain = Catalog(settings).current.snapshot
    package = settings.table.with_name("own table.datapackage.json")
    package.write_text('{"temporal": {"start": "2021-07-01", "end": "2021-07-31"}}', "utf-8")
    stated = Catalog(settings).current.snapshot
    assert stated.monitored == (date(2021, 7, 1), date(2021, 7, 31))
    package.write_text('{"temporal": {"start": "soon"}}', "utf-8")
    version = Catalog(settings).current
    assert version.snapshot.monitored is None
    problems = version.store.table("problems").to_pyarrow().to_pylist()
    (found,) = [each for each in problems if each["kind"] == "monitoring_unclear"]
    assert found["message"].startswith("own table.datapackage.json: the period in which")
    package.unlink()
    assert Catalog(settings).current.snapshot.id == plain.id


def change(settings: Settings, text: str) -> None:
    """Write the table anew, at another time even on a disk that counts whole seconds."""
    settings.table.write_text(text, "utf-8")
    stat = settings.table.stat()
    os.utime(settings.table, (stat.st_atime, stat.st_mtime + 2))


def test_a_file_that_changes_gives_a_new_version(settings: Settings) -> None:
    catalog = Catalog(settings)
    old = catalog.current.snapshot
    assert not catalog.refresh(), "nothing has changed"
    change(settings, TABLE + "2021-07-09,Erbil,IQ,1\n")
    assert not catalog.refresh(), "it may still be being written"
    assert catalog.refresh()
    assert catalog.current.snapshot.rows == 3 and catalog.notice is None
    assert catalog.find(old.id).snapshot == old
    assert not catalog.refresh()


def test_a_gazetteer_file_dropped_in_gives_a_new_version(settings: Settings) -> None:
    folder = settings.snapshots.parent / "gazetteers"
    folder.mkdir()
    catalog = Catalog(replace(settings, gazetteers=folder))
    assert catalog.current.snapshot.located == 1
    (folder / "own.csv").write_text("name,lat,lon\nNarnia,33.5,43.5\n", "utf-8")
    (folder / "bad.csv").write_text("town\nHit\n", "utf-8")
    assert not catalog.refresh() and catalog.refresh()
    assert catalog.current.snapshot.located == 2
    problems = catalog.current.store.table("problems").to_pyarrow().to_pylist()
    assert [each["kind"] for each in problems] == ["gazetteer_file_unused"]
    assert '"bad.csv" is left out' in problems[0]["message"]


def test_with_nominatim_the_same_files_are_another_version(settings: Settings) -> None:
    asking = replace(settings, nominatim="a test")
    assert hash_inputs(asking) != hash_inputs(settings)
    assert hash_inputs(asking) != hash_inputs(replace(asking, nominatim_server="http://other"))
    assert Catalog(settings).online is None
    assert Catalog(asking).world.online is not None


class Online:
    """Stands for Nominatim: knows every place, unless it is down."""

    def __init__(self, is_down: bool = False) -> None:
        self.is_down, self.asked = is_down, 0

    def match(self, name: str, country: str | None, gov: str | None) -> Match:
        if self.is_down:
            raise OutageError("It is down.")
        self.asked += 1
        point = Point(lat=33.3, lon=44.4)
        place = Place("N", name, (name,), (), "town", "IQ", "Baghdad", point, "town", "test")
        return Match(place, "online", 0.5, "town", (place,), "It says so.")

    def is_back(self) -> bool:
        return not self.is_down


def open_catalog(settings: Settings, online: Online) -> Catalog:
    catalog = Catalog(replace(settings, nominatim="a@example.org"))
    catalog.online = online  # type: ignore[assignment]
    return catalog


def test_after_an_outage_the_names_that_are_left_are_asked_for(settings: Settings) -> None:
    online = Online(is_down=True)
    catalog = open_catalog(settings, online)
    before = catalog.current
    assert before.snapshot.located == 1
    kinds = [row["kind"] for row in read_rows(before.store.table("problems"))]
    assert kinds == ["lookup_stopped", "place_not_asked"]
    assert not catalog.refresh()
    online.is_down = False
    assert catalog.refresh()
    assert catalog.current.snapshot.located == 2 and catalog.current != before
    assert not catalog.refresh() and online.asked == 1


def test_a_start_after_an_outage_asks_too(settings: Settings) -> None:
    assert open_catalog(settings, Online(is_down=True)).current.snapshot.located == 1
    online = Online()
    assert open_catalog(settings, online).current.snapshot.located == 2
    assert open_catalog(settings, online).current.snapshot.located == 2
    assert online.asked == 1, "the version of which nothing was left is remembered"


def test_a_file_that_breaks_leaves_the_last_good_version_and_a_notice(settings: Settings) -> None:
    catalog = Catalog(settings)
    good = catalog.current.snapshot
    for text in ("", "%PDF-1.7"):
        change(settings, text)
        assert not catalog.refresh() and not catalog.refresh()
        assert catalog.current.snapshot == good
        assert catalog.notice is not None and "last good version" in catalog.notice
    change(settings, TABLE)
    catalog.refresh()
    catalog.refresh()
    assert catalog.notice is None and catalog.current.snapshot == good


def test_a_file_that_is_gone_leaves_the_last_good_version(settings: Settings) -> None:
    catalog = Catalog(settings)
    good = catalog.current.snapshot
    settings.table.unlink()
    catalog.refresh()
    catalog.refresh()
    assert catalog.current.snapshot == good
    assert catalog.notice is not None and "There is no table" in catalog.notice


def test_the_watch_outlives_what_it_finds(settings: Settings) -> None:
    catalog, stop = Catalog(settings), threading.Event()
    good = catalog.current.snapshot
    watcher = threading.Thread(target=watch, args=(catalog, stop, 0.01))
    watcher.start()
    change(settings, TABLE + "2021-07-09,Erbil,IQ,1\n")
    for _ in range(1000):
        if catalog.current.snapshot != good:
            break
        stop.wait(0.02)
    stop.set()
    watcher.join()
    assert catalog.current.snapshot.rows == 3


def test_places_set_by_hand_beside_the_table_count(settings: Settings) -> None:
    beside = settings.table.with_suffix(".overrides.csv")
    beside.write_text("place,lat,lon,precision,who,why\nNarnia,34,43,town,AB,a joke\n", "utf-8")
    version = Catalog(settings).current
    assert version.snapshot.located == 2
    row = version.store.incidents.filter(version.store.incidents.place == "Narnia")
    assert read_rows(row)[0]["located_by"] == "override"


def test_what_a_visitor_brings_changes_nobody_elses_view(settings: Settings) -> None:
    catalog = Catalog(settings)
    before = catalog.current.snapshot
    table = table_from_bytes(b"date,place\n2021-07-07,Erbil\n", "mine.csv")
    bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
    kept = publish(prepare(bundle, catalog.world), settings.snapshots, "upload")
    version = catalog.find(kept.id)
    assert version.snapshot.origin == "upload" and version.snapshot.rows == 1
    assert catalog.current.snapshot == before
    assert catalog.find(version.snapshot.id).snapshot == version.snapshot


def save_while_it_is_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, when: str, texts: list[str]
) -> None:
    """Have somebody save the table each time that it is read, before or after its bytes are."""
    read = own_table.read_tables

    def save() -> None:
        if texts:
            change(settings, texts.pop(0))

    def read_and_save(path: Path) -> Tables:
        if when == "before":
            save()
        tables = read(path)
        if when == "after":
            save()
        return tables

    monkeypatch.setattr(own_table, "read_tables", read_and_save)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_save_while_the_table_is_read_never_maps_the_old_files_to_the_new(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    newer = TABLE + "2021-07-09,Erbil,IQ,1\n"
    with monkeypatch.context() as patch:
        save_while_it_is_read(settings, patch, when, [newer])
        assert Catalog(settings).current.snapshot.rows == 3
    change(settings, TABLE)
    assert Catalog(settings).current.snapshot.rows == 2
    change(settings, newer)
    assert Catalog(settings).current.snapshot.rows == 3


def test_outlines_saved_while_the_table_is_read_count(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = replace(settings, boundaries=tmp_path / "boundaries", profiles=tmp_path / "profiles")
    shutil.copytree(settings.boundaries, own.boundaries)
    shutil.copytree(settings.profiles, own.profiles)
    catalog = Catalog(own)
    first = catalog.boundaries, catalog.profiles
    assert (catalog.boundaries, catalog.profiles) == first
    for path in (own.boundaries / "governorates.geojson", own.profiles / "acled.yaml"):
        stat = path.stat()
        os.utime(path, (stat.st_atime, stat.st_mtime + 2))
    assert catalog.boundaries is not first[0] and catalog.profiles is not first[1]


def test_a_table_that_never_rests_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{TABLE}2021-07-09,Erbil,IQ,{number}\n" for number in range(9)]
    save_while_it_is_read(settings, monkeypatch, "after", texts)
    with pytest.raises(TableError, match=r"own table\.csv changes again and again"):
        _ = Catalog(settings).current
    assert list_snapshots(settings.snapshots) == []


def test_code_that_is_replaced_below_a_process_is_not_what_it_runs(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = hash_inputs(settings)
    monkeypatch.setattr(own_table, "ROOT", tmp_path)
    assert hash_inputs(settings) == before
