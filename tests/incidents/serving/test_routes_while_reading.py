"""What the routes and the catalog answer while a table is read: how far it is, at once."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from incidents.intake import datasets
from incidents.serving import routes
from incidents.table.errors import TableError
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog

TABLE = "date,place\n2021-07-07,Ain al-Asad\n2021-07-08,Erbil\n"


class Held:
    """Reading that stops before the check until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_reached, self.may_go_on = threading.Event(), threading.Event()
        validate = datasets.validate

        def hold(*args: object, **kwargs: object) -> object:
            self.is_reached.set()
            self.may_go_on.wait(60)
            return validate(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(datasets, "validate", hold)


@pytest.fixture
def catalog(shipped_settings: Settings, tmp_path: Path) -> Catalog:
    table = tmp_path / "own.csv"
    table.write_text(TABLE, "utf-8")
    return Catalog(replace(shipped_settings, table=table, snapshots=tmp_path / "kept"))


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    held = Held(monkeypatch)
    yield held
    held.may_go_on.set()


@pytest.fixture
def client(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(routes, "get_catalog", lambda: catalog)
    monkeypatch.setattr(routes, "PATIENCE", 0.0)
    with TestClient(Starlette(routes=list(routes.list_routes()))) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/api/health", "/api/map", "/api/incidents.csv"])
def test_tells_how_far_the_reading_is(
    client: TestClient, catalog: Catalog, held: Held, path: str
) -> None:
    catalog.start()
    assert held.is_reached.wait(60)
    answer = client.get(path)
    told = answer.json()
    assert (answer.status_code, told["status"]) == (503, "reading")
    assert (told["stage"], told["rows"]) == ("Checking", 2)
    assert told["message"].startswith("Checking, 2 rows")
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["cache-control"] == "no-store"
    held.may_go_on.set()
    catalog.start().result(60)
    assert client.get(path).status_code == 200


def test_a_kept_version_is_not_kept_waiting(
    client: TestClient, catalog: Catalog, held: Held
) -> None:
    held.may_go_on.set()
    kept = Catalog(catalog.settings).current.snapshot
    catalog.settings.table.write_text(TABLE + "2021-07-09,Mosul\n", "utf-8")
    held.may_go_on.clear()
    held.is_reached.clear()
    catalog.start()
    assert held.is_reached.wait(60)
    answer = client.get("/api/health", params={"data": kept.id})
    assert (answer.status_code, answer.json()["rows"]) == (200, 2)


def test_waits_a_little_for_a_short_reading(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "PATIENCE", 60.0)
    assert client.get("/api/map").json()["total"] == 2


def test_a_table_that_cannot_be_read_is_told(client: TestClient, catalog: Catalog) -> None:
    catalog.settings.table.write_bytes(b"")
    with pytest.raises(TableError):
        catalog.start().result(60)
    routes_answer = client.get("/api/health")
    assert routes_answer.status_code == 503


def test_is_read_once_for_all_who_ask(catalog: Catalog, held: Held) -> None:
    first = catalog.start()
    assert catalog.start() is first
    held.may_go_on.set()
    assert first.result(60).snapshot.rows == 2
    assert catalog.start() is first
    assert catalog.progress.now() is None


def test_a_failed_reading_is_tried_again(catalog: Catalog) -> None:
    catalog.settings.table.write_bytes(b"")
    with pytest.raises(TableError):
        catalog.start().result(60)
    catalog.settings.table.write_text(TABLE, "utf-8")
    assert catalog.start().result(60).snapshot.rows == 2


def test_what_cannot_be_read_is_told_and_not_read_over_and_over(
    client: TestClient, catalog: Catalog
) -> None:
    catalog.settings.table.write_bytes(b"")
    failed = catalog.start()
    with pytest.raises(TableError):
        failed.result(60)
    for _ in range(3):
        answer = client.get("/api/health")
        assert (answer.status_code, "reading" in answer.text) == (503, False)
        assert catalog.settings.table.name in answer.text
    assert catalog.start() is failed
