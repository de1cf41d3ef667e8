"""Versions that every engine holds, and a store of each engine for each of them."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from incidents.asking.store import Store
from incidents.versions.catalog import Catalog
from tests.incidents.own_tables import ANALYST, CHOSEN, keep_tables
from tests.incidents.parity.engines import ENGINES, Open, open_in_duckdb
from tests.incidents.parity.tables import make_odd_version

VERSIONS = ("shipped", "own")


@pytest.fixture(scope="module")
def folders(shipped_catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each of them."""
    return {
        "odd": make_odd_version(tmp_path_factory.mktemp("odd")),
        "shipped": shipped_catalog.current.snapshot.folder,
        "own": keep_tables(shipped_catalog, ANALYST, chosen=CHOSEN).folder,
    }


@pytest.fixture(scope="module", params=ENGINES)
def open_there(request: pytest.FixtureRequest) -> Iterator[Open]:
    """What has one engine after the other hold a version."""
    with ExitStack() as stack:
        yield ENGINES[request.param](request, stack)


Pair = tuple[Store, Store]


@pytest.fixture(scope="module", params=VERSIONS)
def pair(request: pytest.FixtureRequest, open_there: Open, folders: dict[str, Path]) -> Pair:
    """A version of a table as people have it, as DuckDB answers it and as the engine does."""
    if getattr(open_there, "is_slow", False):
        pytest.skip("Spark takes a minute; all in which engines could differ is in the odd version")
    folder = folders[request.param]
    return open_in_duckdb(folder), open_there(folder)


@pytest.fixture(scope="module")
def odd(open_there: Open, folders: dict[str, Path]) -> Pair:
    """The version that holds everything in which engines could differ."""
    return open_in_duckdb(folders["odd"]), open_there(folders["odd"])
