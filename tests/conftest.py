"""What tests share: the dashboard as a server, a browser, and pages opened without one."""

import csv
import fcntl
import gc
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from incidents.serving.packed_files import FOLDER as PACKED
from incidents.table.settings import ROOT, Settings
from incidents.versions import catalog, knowledge
from incidents.versions.catalog import Catalog, get_catalog
from tests.chromium import CHROMIUM_ARGUMENTS
from tests.hostile_rows import HOSTILE, list_hostile_rows
from tests.opened import OpenPage
from tests.postgres import Server, run_server
from tests.servers import StartServer, find_free_port, run_dashboard

# To look for garbage takes a quarter of the time in which tests are collected, and finds none.
gc.disable()
# Machines are busy: no example fails by its time, and the whole run has a limit.
settings.register_profile("quick", deadline=None, max_examples=30, database=None)
settings.load_profile("quick")

FRAME = ROOT / "pages" / "_frame.py"
LONG = (
    "tests/incidents/versions/rolling/test_spark.py",
    "tests/incidents/parity/test_answers.py",
    "tests/deploy/test_two_processes.py",
    "tests/deploy/test_proxies.py",
)
SECONDS_TO_RUN = 120


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: some tests wait for servers."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What was imported and collected stays: garbage is looked for in what tests make alone."""
    gc.enable()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: else one process would go on long after the others."""
    items.sort(key=lambda item: item.path.relative_to(ROOT).as_posix() not in LONG)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the browser, found as `make test` finds it; without one the test fails, not skips."""
    found = subprocess.run(
        ["sh", ROOT / "scripts" / "find_browser.sh"], capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One browser for the whole run; each test opens its own context or page in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL for the whole run; a test makes a database of its own in it."""
    with run_server() as server:
        yield server


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Function that gives a port on which nothing listens."""
    return find_free_port


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that all processes of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def shipped_home(whole_run: Path) -> Path:
    """Snapshots of the shipped table, to be copied: to read it takes three seconds each time."""
    home, made = whole_run / "shipped", whole_run / "making"
    with (whole_run / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            assert Catalog(Settings(snapshots=made)).current.snapshot.rows
            made.rename(home)
    return home


@pytest.fixture(scope="session")
def start_server(
    tmp_path_factory: pytest.TempPathFactory, whole_run: Path, shipped_home: Path
) -> StartServer:
    """Function that runs the dashboard for the length of a `with` block and gives its address.

    `table` is the file to show (the shipped one without it) and `env` adds to the environment.
    Each server keeps its snapshots in a new folder, unless `env` names one in INCIDENTS_SNAPSHOTS.
    All keep packed scripts in one, named by their content: each would pack for six seconds. Where
    nothing is kept yet, the shipped table is found read.
    With `is_read` false, the block begins while the table is still being read. `base` is the path
    of the host that `env` has it served below.
    """

    packed = whole_run / "packed"
    packed.mkdir(exist_ok=True)

    @contextmanager
    def start(
        table: Path | None = None,
        env: Mapping[str, str] | None = None,
        is_read: bool = True,
        base: str = "",
        port: int | None = None,
    ) -> Iterator[str]:
        folder = tmp_path_factory.mktemp("server")
        settings = dict(os.environ)
        settings.pop("INCIDENTS_TABLE", None)
        settings["INCIDENTS_SNAPSHOTS"] = str(folder / "snapshots")
        if table is not None:
            settings["INCIDENTS_TABLE"] = str(table)
        settings.update(env or {})
        home = Path(settings["INCIDENTS_SNAPSHOTS"])
        home.mkdir(parents=True, exist_ok=True)
        if is_read and not settings.get("INCIDENTS_TABLE") and not any(home.iterdir()):
            shutil.copytree(shipped_home, home, dirs_exist_ok=True)
        with suppress(FileExistsError):
            (home / PACKED).symlink_to(packed)
        port = port or find_free_port()
        with run_dashboard(port, settings, folder / "log.txt", is_read, base) as address:
            yield address

    return start


@pytest.fixture(scope="session")
def hostile() -> str:
    """The text that stands in every text column of `hostile_table`."""
    return HOSTILE


@pytest.fixture(scope="session")
def hostile_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of tables, hostile text in each text cell: HA and HB share a spot, HC lies alone.

    HD is known to the governorate only, HE has hostile text where a code or a number should be,
    and HF has it for a date. The folder's name is hostile, too.
    """
    folder = tmp_path_factory.mktemp("hostile") / "<img src=x onerror=alert(1)> ![x](x.png)"
    folder.mkdir()
    for name, rows in list_hostile_rows().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture(scope="session")
def kept_snapshots(tmp_path_factory: pytest.TempPathFactory, shipped_home: Path) -> Path:
    """Folder of snapshots that the tests share, so that each table is read once."""
    home = tmp_path_factory.mktemp("snapshots")
    return shutil.copytree(shipped_home, home, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def components() -> Iterator[None]:
    """What the installed packages bring for pages is looked up once, not for each page: 0.3 s."""
    with pytest.MonkeyPatch.context() as patch:
        find = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", find)
        yield


@pytest.fixture(scope="session", autouse=True)
def shared_places() -> Iterator[None]:
    """Shipped places, outlines and profiles are read once, not for each catalog: 0.9 s."""
    shipped = Settings()

    def share(read: Callable[..., Any], *paths: Path) -> Callable[..., Any]:
        known = cache(read)
        return lambda *given: (known if given == paths else read)(*given)

    with pytest.MonkeyPatch.context() as patch:
        read = share(Gazetteer.read, shipped.places, shipped.gazetteers)
        patch.setattr(knowledge.Gazetteer, "read", read)
        patch.setattr(knowledge.Boundaries, "read", share(Boundaries.read, shipped.boundaries))
        profiles = share(knowledge.list_profiles, shipped.profiles)
        patch.setattr(knowledge, "list_profiles", profiles)
        yield


@pytest.fixture(scope="session")
def shared_catalogs() -> dict[Settings, Catalog]:
    """Catalogs of the shipped table by all settings: pages share one, as they do in a server."""
    return {}


@pytest.fixture
def open_page(
    monkeypatch: pytest.MonkeyPatch,
    kept_snapshots: Path,
    components: None,
    shared_catalogs: dict[Settings, Catalog],
) -> Iterator[OpenPage]:
    """Function that opens a page of a table (the shipped one if none is named) by its address.

    Each opening is as in a new process where a table or a folder of snapshots is named, or
    `is_fresh` is true; else the version is open already.
    """

    def find_catalog(settings: Settings, **named: Any) -> Catalog:
        if settings not in shared_catalogs:
            shared_catalogs[settings] = Catalog(settings, **named)
        return shared_catalogs[settings]

    def open_page(
        page: str = "overview",
        query: Mapping[str, str | Sequence[str]] | None = None,
        table: Path | None = None,
        snapshots: Path = kept_snapshots,
        is_fresh: bool = False,
    ) -> AppTest:
        monkeypatch.setenv("INCIDENTS_TABLE", "" if table is None else str(table))
        monkeypatch.setenv("INCIDENTS_SNAPSHOTS", str(snapshots))
        get_catalog.cache_clear()
        if table is None and snapshots == kept_snapshots and not is_fresh:
            with monkeypatch.context() as patch:
                patch.setattr(catalog, "Catalog", find_catalog)
                get_catalog()
        app = AppTest.from_file(FRAME, default_timeout=SECONDS_TO_RUN)
        if page != "overview":
            app.switch_page(f"{page}.py")
        for key, value in (query or {}).items():
            app.query_params[key] = value if isinstance(value, str) else list(value)
        return app.run()

    yield open_page
    get_catalog.cache_clear()


@pytest.fixture
def empty_table(tmp_path: Path) -> Path:
    """A table that has its header only."""
    header = (ROOT / "data" / "incidents.csv").read_text("utf-8").splitlines()[0]
    table = tmp_path / "empty.csv"
    table.write_text(header + "\n", "utf-8")
    return table


@pytest.fixture
def flat_table(tmp_path: Path) -> Path:
    """The least that a table may hold: a date and a place. One place is not to be found."""
    table = tmp_path / "flat.csv"
    table.write_text("date,place\n2021-07-07,Ain al-Asad\n2021-07-08,Nowhere at all\n", "utf-8")
    return table


@pytest.fixture
def broken_table(tmp_path: Path) -> Path:
    """A file that is no table."""
    table = tmp_path / "broken.csv"
    table.write_bytes(b"\x00\x01PK garbage \xff\xfe" * 50)
    return table
