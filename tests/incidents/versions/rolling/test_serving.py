"""The dashboard serves a rolled-up folder as its table, and follows it."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq
import pytest

from incidents.asking.facets import read_facets
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.asking.map.cells import read_cells, widen_window
from incidents.asking.rolled.opening import RolledEngine, open_any
from incidents.asking.store import Store, find_engine
from incidents.table.errors import SnapshotError, TableError
from incidents.table.protection import read_protections
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import reopen
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.steps import roll_up

Ask = Callable[..., Asked]


def read_rows(source: Path) -> list[dict[str, Any]]:
    """The raw events that count, each once."""
    rows = (
        row for path in sorted(source.glob("*.parquet")) for row in pq.read_table(path).to_pylist()
    )
    return list({row["incident"]: row for row in reversed(list(rows))}.values())


def sum_up(rows: Iterable[dict[str, Any]]) -> tuple[object, ...]:
    """Incidents, first and last day, killed: of the one operation the largest claims count."""
    rows = list(rows)
    single = [row for row in rows if row["operation"] is None]
    joint = [row for row in rows if row["operation"] is not None]
    low, high = (
        sum(row[name] or 0 for row in single) + max((row[name] or 0 for row in joint), default=0)
        for name in ("killed_min", "killed_max")
    )
    last = max(row["date_end"] or row["date"] for row in rows)
    unknown = sum(row["killed_min"] is None for row in rows)
    return len(rows), min(row["date"] for row in rows), last, low, high, unknown


def read_totals(store: Store, filters: Filters) -> tuple[object, ...]:
    """The same as it is answered."""
    found = store.ask(read_figures, filters)
    killed = found.killed
    return found.incidents, found.first, found.last, killed.low, killed.high, killed.unknown


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
    assert isinstance(find_engine(version.store.incidents), RolledEngine)
    rows = read_rows(source)
    assert read_totals(version.store, Filters(scope="all")) == sum_up(rows)

    shutil.copy(later, source / "c.parquet")
    second = roll_up(ask_for(source, target))
    # A change is taken up once it has settled.
    assert [catalog.refresh(), catalog.refresh()] == [False, True]
    assert catalog.current.snapshot.id == second.id
    store = catalog.current.store
    rows = read_rows(source)
    assert len(rows) == 430
    assert read_totals(store, Filters(scope="all")) == sum_up(rows)
    strikes = Filters(scope="all", type=("air strike",))
    assert read_totals(store, strikes) == sum_up(r for r in rows if r["type"] == "air strike")
    # No summary by day has both columns: figures are asked of the incidents, a number of months,
    # of which the first and the last are looked at.
    days = (date(2020, 9, 12), date(2021, 2, 17))
    within = [r for r in rows if r["date"] <= days[1] and (r["date_end"] or r["date"]) >= days[0]]
    strikes = Filters(scope="all", type=("air strike",), dataset=("feed",), dates=days)
    wanted = sum_up(r for r in within if r["type"] == "air strike")
    assert read_totals(store, strikes) == wanted
    assert store.count(strikes)[0] == wanted[0]
    assert catalog.find(first.id).store.count(Filters(scope="all"))[0] == 400

    with pytest.raises(SnapshotError):
        reopen(catalog.current.snapshot)
    protected = replace(catalog.settings, protect=read_protections("places=10km"))
    with pytest.raises(TableError, match="INCIDENTS_PROTECT"):
        Catalog(protected).current  # noqa: B018


def test_what_a_page_opens_with_is_asked_of_summaries_alone(
    raw_days: tuple[Path, Path], ask_for: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a window that is not the whole map, as the map asks for it."""
    roll_up(ask_for(raw_days[0], tmp_path / "target"))
    store = Store(tmp_path / "target", open_tables=open_any)
    asked: list[str] = []
    write = RolledEngine.write

    def note(engine: RolledEngine, expression: ibis.Table) -> str:
        asked.append(write(engine, expression))
        return asked[-1]

    monkeypatch.setattr(RolledEngine, "write", note)
    extent = store.extent
    bounds = extent.bounds
    assert bounds is not None and extent.home is not None
    store.ask(read_facets)
    store.ask(read_figures, Filters())
    middle = (bounds[0] + bounds[2]) / 2
    for zoom in (6, 8):
        window = widen_window((bounds[0], bounds[1], middle, bounds[3]), zoom)
        assert store.ask(read_cells, Filters(window=window), zoom)
    assert len(asked) > 5
    assert not [statement for statement in asked if "all_incidents" in statement]
    kept = store.incidents.get_backend().con.sql("SELECT current_setting('parquet_metadata_cache')")
    assert kept.fetchall() == [(True,)]
