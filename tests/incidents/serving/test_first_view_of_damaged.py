"""What stands before the live page where files of a version are damaged, or it has expired."""

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.pruning import prune
from incidents.versions.snapshots import COPY, FACTS, Snapshot
from incidents.versions.soundness import find_sound
from tests.incidents.serving.conftest import Document, MakeClient, read

PAGES = ("/", "/timeline", "/casualties", "/data", "/incident", "/difference")
ROWS = "date,place\n2021-07-07,Hit\n2021-07-08,Erbil\n"


@pytest.fixture(autouse=True)
def _world(shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Catalog, "world", shipped_catalog.world)


@pytest.fixture(autouse=True)
def _no_traceback(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []


@pytest.fixture
def catalog(shipped_settings: Settings, tmp_path: Path) -> Catalog:
    table = tmp_path / "own.csv"
    table.write_text(ROWS + "2021-07-09,Mosul\n", "utf-8")
    catalog = Catalog(replace(shipped_settings, table=table, snapshots=tmp_path / "kept"))
    catalog.start().result()
    return catalog


@pytest.fixture
def visitors(catalog: Catalog) -> Snapshot:
    table = table_from_bytes(ROWS.encode(), "mine.csv")
    bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
    made = publish(prepare(bundle, catalog.world), catalog.settings.snapshots, "upload")
    # Looked at once: what is known of its files from here on is out of date.
    assert find_sound(catalog.settings.snapshots, made.id) == made
    return made


def blank_unseen(path: Path) -> None:
    """Size and time stay, as where a disk forgets a block."""
    stat = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3] + bytes(len(data) - len(data) // 3))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def blank_tables(folder: Path) -> None:
    for name in ("incidents", "reports", "claims", "problems"):
        blank_unseen(folder / f"{name}.parquet")


def blank_all(folder: Path) -> None:
    for path in folder.iterdir():
        blank_unseen(path)


HARMS: dict[str, Callable[[Path], object]] = {
    "one table": lambda folder: blank_unseen(folder / "incidents.parquet"),
    "tables": blank_tables,
    "a table is gone": lambda folder: (folder / "reports.parquet").unlink(),
    "facts": lambda folder: (folder / FACTS).write_bytes(b"{"),
    "databases": lambda folder: [blank_unseen(each) for each in folder.glob("*.duckdb")],
}
LOST: dict[str, Callable[[Path], object]] = {
    "everything": blank_all,
    "the source, too": lambda folder: [path.write_bytes(b"x") for path in folder.glob("*.parquet")],
    "facts and their copy": lambda folder: [(folder / each).unlink() for each in (FACTS, COPY)],
}


def tell_rows(document: Document) -> list[str]:
    return document.find("td")


@pytest.mark.parametrize("how", HARMS)
def test_the_difference_is_that_of_sound_versions(
    make_client: MakeClient, catalog: Catalog, visitors: Snapshot, how: str
) -> None:
    own = catalog.current.snapshot
    queries = (f"against={visitors.id}", f"data={visitors.id}&against={own.id}")
    before = [tell_rows(read(make_client(catalog), "/difference", each)) for each in queries]
    assert before[0][:3] == ["1", "0", "0"] and before[1][:3] == ["0", "0", "1"]
    for folder in (visitors.folder, own.folder):
        HARMS[how](folder)
        found = [tell_rows(read(make_client(catalog), "/difference", each)) for each in queries]
        assert found == before
        assert find_sound(catalog.settings.snapshots, folder.name) is not None


@pytest.mark.parametrize("how", LOST)
def test_a_version_to_compare_with_that_is_lost_is_told(
    make_client: MakeClient, catalog: Catalog, visitors: Snapshot, how: str
) -> None:
    LOST[how](visitors.folder)
    for _ in range(2):
        document = read(make_client(catalog), "/difference", f"against={visitors.id}")
        (sentence, *rest) = document.find("p", "told")
        assert "is damaged" in sentence and "Bring that table again." in sentence
        assert rest == ["Choose a version to compare with the one on screen."]


def test_one_that_expired_is_told_on_every_page(
    make_client: MakeClient, catalog: Catalog, visitors: Snapshot
) -> None:
    client = make_client(catalog)
    assert tell_rows(read(client, "/difference", f"against={visitors.id}"))
    for path in visitors.folder.iterdir():
        os.utime(path, (0, path.stat().st_mtime - 400 * 86400))
    prune(catalog.settings)
    for page in PAGES:
        document = read(client, page, f"data={visitors.id}")
        assert "was brought by a visitor and expired on" in document.find("p", "told")[0]
    told = read(client, "/difference", f"against={visitors.id}").find("p", "told")
    assert "was brought by a visitor and expired on" in told[0], "not as it was kept"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("how", HARMS)
def test_every_page_is_as_before(
    make_client: MakeClient, catalog: Catalog, visitors: Snapshot, page: str, how: str
) -> None:
    before = read(make_client(catalog), page, f"data={visitors.id}").elements
    HARMS[how](visitors.folder)
    catalog.close_removed()
    # Another process, whose answers are not kept; what it knows of the files is out of date.
    again = Catalog(catalog.settings)
    again.start().result()
    assert read(make_client(again), page, f"data={visitors.id}").elements == before


def test_the_host_s_newest_is_as_before(make_client: MakeClient, catalog: Catalog) -> None:
    before = read(make_client(catalog)).elements
    for harm in HARMS.values():
        harm(catalog.current.snapshot.folder)
        catalog.mend(catalog.current)
        assert read(make_client(catalog)).elements == before
