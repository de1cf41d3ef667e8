"""What tests of versions share: a host's own table, and tables that are published beside it."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.pruning import make_room
from incidents.versions.snapshots import Snapshot
from tests.incidents.versions.expiring import age

Bring = Callable[..., Snapshot]
TABLE = "date,place,country,killed\n2021-07-07,Ain al-Asad,IQ,0\n2021-07-08,Narnia,,\n"


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a table of two rows, one of them placed, whose file may be changed."""
    table = tmp_path / "own table.csv"
    table.write_text(TABLE, "utf-8")
    return replace(shipped_settings, table=table, snapshots=tmp_path / "snapshots")


def change(settings: Settings, text: str) -> None:
    """Write the table anew, at another time even on a disk that counts whole seconds."""
    settings.table.write_text(text, "utf-8")
    stat = settings.table.stat()
    os.utime(settings.table, (stat.st_atime, stat.st_mtime + 2))


@pytest.fixture
def shared_world(shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gazetteer and outlines are read once for all tests."""
    monkeypatch.setattr(Catalog, "world", shipped_catalog.world)


@pytest.fixture
def bring(shipped_catalog: Catalog, settings: Settings) -> Bring:
    """Function that publishes a table of one row, whose place tells it from others."""

    def bring(
        place: str, by: str = "upload", days: float = 0, room: Settings | None = None
    ) -> Snapshot:
        table = table_from_bytes(f"date,place\n2021-07-07,{place}\n".encode(), "table.csv")
        bundle = Bundle((Brought("table", Tables(table)),), source=f"{by}.csv")
        draft = prepare(bundle, shipped_catalog.world)
        making = None if room is None else lambda new: make_room(room, new)
        made = publish(draft, settings.snapshots, by, make_room=making)
        if days:
            age(made, days)
        return made

    return bring
