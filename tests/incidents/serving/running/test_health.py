"""Live and ready are two questions; what is wrong is said in sentences, without paths."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from incidents.serving import routes
from incidents.serving.running import health
from incidents.serving.running.health import find_disk_faults, read_state
from incidents.table.settings import Settings, read_settings
from incidents.versions.catalog import Catalog
from incidents.versions.protected import say_unused

GOOD = "date,place\n2021-07-07,Hit\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(GOOD, "utf-8")
    return path


@pytest.fixture
def catalog(shipped_settings: Settings, table: Path, tmp_path: Path) -> Catalog:
    return Catalog(replace(shipped_settings, table=table, snapshots=tmp_path / "kept"))


@pytest.fixture
def client(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    for module in (routes, health):
        monkeypatch.setattr(module, "get_catalog", lambda: catalog)
    with TestClient(Starlette(routes=routes.list_routes())) as client:
        yield client


def test_live_asks_for_nothing(client: TestClient, catalog: Catalog) -> None:
    answer = client.get("/api/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})
    assert not catalog.is_ready and answer.headers["cache-control"] == "no-store"


def test_ready_once_the_table_is_read(client: TestClient, catalog: Catalog) -> None:
    answer = client.get("/api/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "why": ["The table is being read."]}
    catalog.start().result()
    answer = client.get("/api/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "why": []})


def test_not_ready_without_any_table(client: TestClient, catalog: Catalog, table: Path) -> None:
    table.write_bytes(b"PK\0\0garbage")
    assert catalog.start().wait(20)
    answer = client.get("/api/health/ready")
    assert answer.status_code == 503 and "own.csv" in answer.json()["why"][0]
    # The server itself is well: nobody need start it anew.
    assert client.get("/api/health/live").status_code == 200


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text(""),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"\x00\x01PK garbage \xff\xfe" * 50),
    ],
    ids=["emptied", "deleted", "garbage"],
)
def test_degraded_while_the_last_good_table_is_shown(
    client: TestClient, catalog: Catalog, table: Path, spoil: Callable[[Path], None]
) -> None:
    before = catalog.current.snapshot.id
    spoil(table)
    catalog.refresh()
    catalog.refresh()
    answer = client.get("/api/health/ready")
    assert answer.status_code == 200 and answer.json()["status"] == "degraded"
    (why,) = answer.json()["why"]
    assert "The last good version of the table is shown." in why
    assert client.get("/api/health").json()["snapshot"] == before
    table.write_text(GOOD, "utf-8")
    catalog.refresh()
    catalog.refresh()
    assert client.get("/api/health/ready").json()["status"] == "ready"


def test_degraded_where_nothing_can_be_kept(catalog: Catalog, tmp_path: Path) -> None:
    catalog.start().result()
    home = catalog.settings.snapshots
    assert find_disk_faults(home) == []
    shutil.move(home, tmp_path / "away")
    home.write_text("no folder")
    state, (why,) = read_state(catalog)
    assert state == "degraded" and why.startswith("Nothing can be written to the folder")
    assert str(tmp_path) not in why


def test_little_room_is_told_before_there_is_none(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LEAST", 10**18)
    (why,) = find_disk_faults(catalog.settings.snapshots)
    assert "MB are left" in why


def test_a_rule_of_protection_that_holds_for_nothing_is_told(catalog: Catalog) -> None:
    catalog.start().result()

    def read(rules: str) -> tuple[str, list[str]]:
        protect = read_settings({"INCIDENTS_PROTECT": rules}).protect
        catalog.settings = replace(catalog.settings, protect=protect)
        return read_state(catalog)

    assert read("Own: dates=week; dates=month") == ("ready", [])
    assert read("dates=month") == ("ready", [])
    assert say_unused(catalog.settings.snapshots / "none", catalog.settings.protect) == ""
    assert read("nobody: dates=week")[0] == "degraded"
    away = say_unused(catalog.settings.snapshots / "none", catalog.settings.protect)
    assert away.endswith("Datasets that are kept: none that has a name.")
    state, (why,) = read("onw: dates=week; own: hide=actor")
    assert state == "degraded"
    assert why == (
        "INCIDENTS_PROTECT names onw, of which nothing is kept here, and protects nothing by it. "
        "Datasets that are kept: own."
    )
