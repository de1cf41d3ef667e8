"""The dashboard serves a rolled-up folder as its table, and follows it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.asking.rolled.opening import RolledEngine
from incidents.asking.store import find_engine
from incidents.table.errors import SnapshotError, TableError
from incidents.table.protection import read_protections
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import reopen
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.steps import roll_up

Ask = Callable[..., Asked]


def test_serves_and_follows_it(
    raw_days: tuple[Path, Path], ask_for: Ask, shipped_settings: Settings, tmp_path: Path
) -> None:
    events, later = raw_days
    source, target = tmp_path / "source", tmp_path / "target"
    shutil.copytree(events, source)
    first = roll_up(ask_for(source, target))
    catalog = Catalog(replace(shipped_settings, table=target, snapshots=tmp_path / "snapshots"))
    version = catalog.current
    assert (version.snapshot.id, version.snapshot.rows) == (first.id, 400)
    assert version.store.ask(read_figures, Filters(scope="all")).incidents == 400
    assert isinstance(find_engine(version.store.incidents), RolledEngine)

    shutil.copy(later, source / "c.parquet")
    second = roll_up(ask_for(source, target))
    # A change is taken up once it has settled.
    assert [catalog.refresh(), catalog.refresh()] == [False, True]
    assert catalog.current.snapshot.id == second.id
    assert catalog.current.store.ask(read_figures, Filters(scope="all")).incidents == 430
    assert catalog.find(first.id).store.count(Filters(scope="all"))[0] == 400

    with pytest.raises(SnapshotError):
        reopen(catalog.current.snapshot)
    protected = replace(catalog.settings, protect=read_protections("places=10km"))
    with pytest.raises(TableError, match="INCIDENTS_PROTECT"):
        Catalog(protected).current  # noqa: B018
