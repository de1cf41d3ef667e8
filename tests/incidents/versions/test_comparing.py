"""Two versions are compared though one is found damaged meanwhile, or it is said why not."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.asking.differences import Differences
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.errors import SnapshotError
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.comparing import compare, find_kept
from incidents.versions.drafts import prepare, publish
from incidents.versions.notes import GoneError
from incidents.versions.snapshots import Snapshot


@pytest.fixture
def catalog(
    shipped_catalog: Catalog,
    shipped_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Catalog:
    monkeypatch.setattr(Catalog, "world", shipped_catalog.world)
    return Catalog(replace(shipped_settings, snapshots=tmp_path))


@pytest.fixture
def two(catalog: Catalog) -> list[Snapshot]:
    made = []
    for place in ("Hit", "Erbil"):
        table = table_from_bytes(f"id,date,place\na,2021-07-07,{place}\n".encode(), "mine.csv")
        bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
        made.append(publish(prepare(bundle, catalog.world), catalog.settings.snapshots, "upload"))
    return made


def write(found: Differences) -> bytes:
    return b"".join(found.to_csv())


def blank_unseen(path: Path) -> None:
    stat = path.stat()
    path.write_bytes(bytes(stat.st_size))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize("which", [0, 1])
def test_one_that_was_damaged_after_it_was_looked_at_is_made_anew(
    catalog: Catalog, two: list[Snapshot], which: int
) -> None:
    before, after = (find_kept(catalog, each.id).id for each in two)
    expected = compare(catalog, before, after, write)
    assert b"Erbil" in expected
    blank_unseen(two[which].folder / "incidents.parquet")
    assert compare(catalog, before, after, write) == expected


def test_one_that_cannot_be_made_anew_is_told(catalog: Catalog, two: list[Snapshot]) -> None:
    before, after = (find_kept(catalog, each.id).id for each in two)
    for path in two[0].folder.glob("*.parquet"):
        blank_unseen(path)
    with pytest.raises(GoneError, match="is damaged, and so is what it keeps"):
        compare(catalog, before, after, write)
    with pytest.raises(SnapshotError, match="is not kept here"):
        compare(catalog, after, "0" * 12, write)
