"""Real disks: one that is full, one that is for reading only; and a clock that was set back."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.asking.filters import Filters
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.serving.running.health import read_state
from incidents.table.errors import IncidentsError
from incidents.table.kept_files import hold, make_draft
from incidents.table.settings import Settings
from incidents.versions import catalog as catalogs
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.pruning import prune
from incidents.versions.snapshots import Snapshot, list_snapshots

GOOD = "date,place\n2021-07-07,Hit\n"
MORE = GOOD + "2021-07-08,Erbil\n"
Remount = Callable[[str], None]


@pytest.fixture(autouse=True)
def _world(shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gazetteer and outlines are read once for all tests, and nobody waits for a disk."""
    monkeypatch.setattr(Catalog, "world", shipped_catalog.world)
    monkeypatch.setattr(catalogs, "REFUSED_FOR", 0.0)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 60 MB; skipped where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "faults", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here: see test_full_disk.py for limits instead")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=False)


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    table = tmp_path / "own.csv"
    table.write_text(GOOD, "utf-8")
    return replace(shipped_settings, table=table, snapshots=tmp_path / "disk" / "kept")


def fill(disk: Path) -> Path:
    """Leave no byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for piece in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(piece))
    return filler


def bring(catalog: Catalog, day: int) -> Snapshot:
    table = table_from_bytes(f"date,place\n2021-07-{day:02},Hit\n".encode(), "mine.csv")
    bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
    return publish(prepare(bundle, catalog.world), catalog.settings.snapshots, "upload")


def look_again(catalog: Catalog) -> None:
    catalog.refresh()
    catalog.refresh()


def count(catalog: Catalog, version: str | None = None) -> int:
    return catalog.answer(version, lambda each: each.store.count(Filters())[0])


def list_left(home: Path) -> list[str]:
    return [path.name for path in home.rglob(".*") if path.name != ".lock"]


def test_a_full_disk_loses_nothing_and_is_told(disk: Path, settings: Settings) -> None:
    catalog = Catalog(settings)
    visitors, before = bring(catalog, 1), catalog.current.snapshot
    assert read_state(catalog) == ("ready", [])
    filler = fill(disk)
    settings.table.write_text(MORE, "utf-8")
    look_again(catalog)
    assert catalog.current.snapshot == before and count(catalog) == 1
    assert catalog.notice is not None and "the disk is full" in catalog.notice
    state, why = read_state(catalog)
    assert state == "degraded" and any("the disk is full" in each for each in why)
    with pytest.raises((IncidentsError, OSError)):
        bring(catalog, 2)
    # What is kept is answered, by a server that starts now, too.
    assert count(catalog, visitors.id) == 1
    assert count(Catalog(settings), visitors.id) == 1
    assert list_left(settings.snapshots) == []
    filler.unlink()
    look_again(catalog)
    assert count(catalog) == 2 and read_state(catalog) == ("ready", [])
    assert {each.id for each in list_snapshots(settings.snapshots)} >= {before.id, visitors.id}


def test_a_disk_for_reading_only_is_read(disk: Path, settings: Settings) -> None:
    catalog = Catalog(settings)
    visitors, before = bring(catalog, 1), catalog.current.snapshot
    count(catalog)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        for each in (catalog, Catalog(settings)):
            assert each.current.snapshot.id == before.id and count(each) == 1
            assert count(each, visitors.id) == 1
        state, (why,) = read_state(catalog)
        assert state == "degraded" and "the disk is for reading only" in why
        settings.table.write_text(MORE, "utf-8")
        look_again(catalog)
        assert catalog.current.snapshot == before
        assert catalog.notice is not None and "for reading only" in catalog.notice
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    look_again(catalog)
    assert count(catalog) == 2 and catalog.notice is None


def test_a_flipped_byte_is_found_by_its_hash_where_nothing_can_be_mended(
    disk: Path, settings: Settings
) -> None:
    visitors = bring(Catalog(settings), 1)
    path = visitors.folder / "incidents.parquet"
    before, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a failing disk does
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        with pytest.raises(IncidentsError) as told:
            count(Catalog(settings), visitors.id)
        assert "Traceback" not in str(told.value) and str(disk) not in str(told.value)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert count(Catalog(settings), visitors.id) == 1


def test_a_clock_that_was_set_back_loses_nothing(settings: Settings) -> None:
    """All that was written before is dated in the future."""
    catalog = Catalog(settings)
    visitors, before = bring(catalog, 1), catalog.current.snapshot
    home, later = settings.snapshots, time.time() + 30 * 24 * 3600
    with make_draft(home) as draft:
        left = draft.with_name(".draft-left")
        left.mkdir()
        (left / ".lock").touch()
    for path in (*home.rglob("*"), settings.table):
        os.utime(path, (later, later))
    again = Catalog(settings)
    assert again.current.snapshot.id == before.id and count(again, visitors.id) == 1
    gone, _ = prune(settings)
    assert gone == []
    with hold(home), make_draft(home):
        pass
    assert list_left(home) == []
    # A table that is saved now is older than the one before, and is taken all the same.
    settings.table.write_text(MORE, "utf-8")
    look_again(again)
    assert count(again) == 2
    assert {each.id for each in list_snapshots(home)} >= {before.id, visitors.id}
