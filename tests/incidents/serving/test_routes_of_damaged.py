"""What the routes answer when files of a version are damaged: the same, or a sentence."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from incidents.asking.facets import read_facets
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.serving import routes
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish

TABLE = "date,place\n2021-07-07,Ain al-Asad\n2021-07-08,Erbil\n"
PATHS = ("/api/health", "/api/map", "/api/figures", "/api/incidents.csv")
Damage = Callable[[Path], object]


def blank(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def each(folder: Path, pattern: str, harm: Damage) -> None:
    for path in folder.glob(pattern):
        harm(path)


HARMS: dict[str, Damage] = {
    "tables": lambda folder: each(folder, "*.parquet", blank),
    "facts": lambda folder: each(folder, "snapshot*.json", blank),
    "database": lambda folder: each(folder, "*.duckdb", blank),
    "everything": lambda folder: each(folder, "*", Path.unlink),
}


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    table = tmp_path / "own.csv"
    table.write_text(TABLE, "utf-8")
    return replace(shipped_settings, table=table, snapshots=tmp_path / "kept")


@pytest.fixture
def serve(
    settings: Settings, shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], tuple[TestClient, Catalog]]]:
    """Function that starts anew on the same disk."""
    monkeypatch.setattr(Catalog, "world", shipped_catalog.world)
    clients = []

    def serve() -> tuple[TestClient, Catalog]:
        catalog = Catalog(settings)
        monkeypatch.setattr(routes, "get_catalog", lambda: catalog)
        client = TestClient(Starlette(routes=list(routes.list_routes())))
        clients.append(client)
        catalog.start().wait(60)
        return client, catalog

    yield serve
    for client in clients:
        client.close()


@pytest.mark.parametrize("how", HARMS)
@pytest.mark.parametrize("is_restarted", [True, False], ids=["at a start", "while it runs"])
def test_the_host_s_table_is_answered_as_before(
    serve: Callable[[], tuple[TestClient, Catalog]], how: str, is_restarted: bool
) -> None:
    client, catalog = serve()
    before = {path: client.get(path).content for path in PATHS}
    HARMS[how](catalog.current.snapshot.folder)
    if is_restarted:
        client, catalog = serve()
    # What is kept of answers must not hide what the files say.
    catalog.answer(None, lambda version: read_facets(version.store))
    catalog.refresh()
    assert {path: client.get(path).content for path in PATHS} == before


@pytest.mark.parametrize("how", ["tables", "everything"])
def test_what_a_visitor_brought_is_told_to_be_damaged(
    serve: Callable[[], tuple[TestClient, Catalog]], how: str
) -> None:
    client, catalog = serve()
    table = table_from_bytes(b"date,place\n2021-07-07,Hit\n", "mine.csv")
    bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
    version = publish(prepare(bundle, catalog.world), catalog.settings.snapshots, "upload")
    assert client.get("/api/map", params={"data": version.id}).status_code == 200
    HARMS[how](version.folder)
    for _ in range(2):
        answer = client.get("/api/map", params={"data": version.id})
        assert answer.status_code == 404
        assert answer.text.startswith(f'Version "{version.id}" is damaged, and so is what it keeps')
    assert client.get("/api/map").status_code == 200


@pytest.mark.parametrize("how", ["tables", "everything"])
def test_without_table_and_version_there_is_a_sentence(
    serve: Callable[[], tuple[TestClient, Catalog]], settings: Settings, how: str
) -> None:
    _, catalog = serve()
    HARMS[how](catalog.current.snapshot.folder)
    settings.table.unlink()
    client, _ = serve()
    for path in PATHS:
        answer = client.get(path)
        assert (answer.status_code, answer.text) == (
            503,
            'There is no table "own.csv". Check the setting INCIDENTS_TABLE.',
        )
