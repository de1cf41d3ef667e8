"""What the tests of a shared store share: an empty database, and servers on it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.shared.following import follow_store
from incidents.versions.shared.store import SharedStore
from tests.postgres import Server

HEAD = "date,place,lat,lon,killed_min\n"
MakeServer = Callable[..., Catalog]


def shared_of(catalog: Catalog) -> SharedStore:
    assert catalog.shared is not None
    return catalog.shared


@pytest.fixture
def address(postgres: Server, request: pytest.FixtureRequest) -> str:
    """An empty database."""
    return postgres.make_database(request.node.name[:50].replace("[", "_").replace("]", ""))


@pytest.fixture
def make_server(address: str, shipped_settings: Settings, tmp_path: Path) -> Iterator[MakeServer]:
    """A catalog on the database, with a folder of its own, that follows the others."""
    stop = threading.Event()
    threads: list[threading.Thread] = []
    made: list[Catalog] = []

    def make(name: str, follows: bool = True, **changed: Any) -> Catalog:
        table = tmp_path / f"{name}.csv"
        table.write_text(f"{HEAD}2021-07-07,Baghdad {name},33.3,44.4,2\n", "utf-8")
        chosen = {"table": table, "snapshots": tmp_path / name, "store": address, **changed}
        catalog = Catalog(replace(shipped_settings, **chosen))
        made.append(catalog)
        if follows:
            thread = threading.Thread(target=follow_store, args=(shared_of(catalog), stop))
            thread.start()
            threads.append(thread)
        return catalog

    yield make
    stop.set()
    for thread in threads:
        thread.join()
    for catalog in made:
        shared_of(catalog).database.close()


@contextmanager
def away(postgres: Server) -> Iterator[None]:
    postgres.kill()
    try:
        yield
    finally:
        postgres.start()
