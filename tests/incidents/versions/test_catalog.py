"""Versions of the table: the one in use, older ones, and the last good one where it is broken."""

import threading
from dataclasses import replace

import pytest

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.errors import SnapshotError, TableError
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from tests.incidents.versions.conftest import TABLE


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
