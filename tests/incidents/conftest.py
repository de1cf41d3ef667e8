"""What the tests of the query side share: tables of a few rows, and the shipped table."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from incidents.asking.store import Store
from incidents.table.columns import CLAIM_COLUMNS, COLUMNS, REPORT_COLUMNS, Column
from incidents.table.problems import problems_frame
from incidents.table.settings import ROOT, Settings
from incidents.versions.catalog import Catalog, Version
from incidents.versions.keeping import write_snapshot

TYPES = {"date": "datetime64[s]", "number": "float64", "count": "Int64"}
Row = Mapping[str, Any]
MakeFrame = Callable[..., pd.DataFrame]
MakeStore = Callable[..., Store]


def frame_of(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> pd.DataFrame:
    """All columns, typed as the validator types them; what a row does not name is missing."""
    frame = pd.DataFrame(
        {column.name: [row.get(column.name) for row in rows] for column in columns},
        index=pd.RangeIndex(2, len(rows) + 2, name="row"),
    )
    return frame.astype({each.name: TYPES.get(each.type, "str") for each in columns})


@pytest.fixture(scope="session")
def make_incidents() -> MakeFrame:
    """Incidents of rows that name only what matters; ids are A, B, C and dates 7 July 2021."""

    def make(*rows: Row) -> pd.DataFrame:
        named = [
            {"incident": chr(65 + i) if i < 26 else f"A{i}", "date": "2021-07-07", **row}
            for i, row in enumerate(rows)
        ]
        return frame_of(COLUMNS, tuple(named))

    return make


@pytest.fixture(scope="session")
def make_store(
    make_incidents: MakeFrame, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeStore]:
    """A store of a few incidents, written as a snapshot and opened."""

    def make(*rows: Row, reports: tuple[Row, ...] = (), claims: tuple[Row, ...] = ()) -> Store:
        why = pd.array([row.get("match_reason") for row in rows], dtype="str")
        tables = {
            "incidents": make_incidents(*rows).assign(
                located_by=None, match=None, match_reason=why
            ),
            "reports": frame_of(REPORT_COLUMNS, reports),
            "claims": frame_of(CLAIM_COLUMNS, claims),
        }
        home = tmp_path_factory.mktemp("snapshots")
        return Store(write_snapshot(home, tables, problems_frame([]), "test.csv", 0).folder)

    yield make


@pytest.fixture(scope="session")
def shipped_settings(tmp_path_factory: pytest.TempPathFactory, shipped_home: Path) -> Settings:
    """The shipped tables, with a folder of snapshots of their own, in which they are read."""
    data = ROOT / "data"
    snapshots = tmp_path_factory.mktemp("shipped")
    shutil.copytree(shipped_home, snapshots, dirs_exist_ok=True)
    return Settings(data, data / "places.csv", data / "boundaries", snapshots)


@pytest.fixture(scope="session")
def shipped_catalog(shipped_settings: Settings) -> Catalog:
    """The catalog of the shipped table."""
    return Catalog(shipped_settings)


@pytest.fixture(scope="session")
def shipped(shipped_catalog: Catalog) -> Version:
    """The shipped table, validated, located and open."""
    return shipped_catalog.current


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder of snapshots."""
    return tmp_path / "snapshots"
