"""Two servers, visitors and commands on one folder of versions: nothing is lost, nobody fails."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import httpx2
import pytest

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.kept_files import sweep_drafts
from incidents.table.settings import ROOT, Settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.pruning import make_room, prune
from incidents.versions.snapshots import Snapshot, list_snapshots
from incidents.versions.soundness import find_sound
from tests.waiting import wait_for

DAY = 24 * 3600
VERSIONS = 6
"""Most that are kept of those that visitors publish."""
StartServer = Callable[..., AbstractContextManager[str]]


@dataclass
class Readers:
    """Ask the same of all servers, again and again, and note what is no answer."""

    servers: Sequence[str]
    paths: Sequence[str]
    failed: list[str] = field(default_factory=list)
    answered: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def read(self, server: str) -> None:
        """Until told to stop."""
        with httpx2.Client(base_url=server, timeout=20, trust_env=False) as client:
            while not self._stop.wait(0.3):
                for path in self.paths:
                    self._note(server + path, client.get(path))

    def _note(self, url: str, answer: httpx2.Response) -> None:
        self.answered += 1
        is_told = answer.status_code == 404 and "expired on" in answer.text
        if answer.status_code not in (200, 304) and not is_told:
            self.failed.append(f"{answer.status_code} {url}: {answer.text[:200]}")

    def __enter__(self) -> "Readers":
        self._pool = ThreadPoolExecutor(len(self.servers))
        self._reading = [self._pool.submit(self.read, each) for each in self.servers]
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for each in self._reading:
            each.result()
        self._pool.shutdown()


@pytest.fixture
def settings(shipped_settings: Settings, tmp_path: Path) -> Settings:
    return replace(shipped_settings, snapshots=tmp_path / "kept", versions=VERSIONS)


@pytest.fixture
def bring(shipped_catalog: Catalog, settings: Settings) -> Callable[[int], Snapshot]:
    """Function that publishes a table of one row as the page does for a visitor."""

    def bring(day: int) -> Snapshot:
        table = table_from_bytes(f"date,place\n2021-07-{day:02},Hit\n".encode(), "mine.csv")
        bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
        draft = prepare(bundle, shipped_catalog.world)
        room = partial(make_room, settings)
        return publish(draft, settings.snapshots, "upload", make_room=room)

    return bring


def age(snapshot: Snapshot, days: int) -> None:
    for path in snapshot.folder.iterdir():
        then = path.stat().st_mtime - days * DAY
        os.utime(path, (then, then))


def write_table(path: Path, rows: int) -> None:
    lines = [f"2021-06-{row + 1:02},Erbil,{path.stem} {row}\n" for row in range(rows)]
    new = path.with_suffix(".new")
    new.write_text("date,place,summary\n" + "".join(lines), "utf-8")
    new.replace(path)


@pytest.fixture
def servers(start_server: StartServer, settings: Settings, tmp_path: Path) -> Iterator[list[str]]:
    """Addresses of two, started at once, each with a table of its own."""
    tables = [tmp_path / f"{name}.csv" for name in ("first", "second")]
    given = {
        "INCIDENTS_SNAPSHOTS": str(settings.snapshots),
        "INCIDENTS_VERSIONS": str(VERSIONS),
    }
    for table in tables:
        write_table(table, 2)
    starting = [start_server(table, given) for table in tables]
    with ThreadPoolExecutor(2) as pool:
        addresses = list(pool.map(lambda each: each.__enter__(), starting))
    yield addresses
    for each in starting:
        each.__exit__(None, None, None)


def start_prune(settings: Settings) -> subprocess.Popen[bytes]:
    given = {"INCIDENTS_SNAPSHOTS": str(settings.snapshots), "INCIDENTS_VERSIONS": str(VERSIONS)}
    command = [sys.executable, "-m", "incidents", "prune"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | given, stdout=subprocess.DEVNULL)


def ask_both(servers: Sequence[str], path: str) -> list[httpx2.Response]:
    """At the same moment."""
    ask = partial(httpx2.get, timeout=20, trust_env=False)
    with ThreadPoolExecutor(len(servers)) as pool:
        return list(pool.map(lambda server: ask(server + path), servers))


def list_new(servers: Sequence[str]) -> list[int]:
    return [each.json()["rows"] for each in ask_both(servers, "/api/health")]


def test_nothing_is_lost_and_nobody_fails(
    bring: Callable[[int], Snapshot], settings: Settings, tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    home = settings.snapshots
    old, *fresh = (bring(day) for day in range(1, 4))
    age(old, 400)
    servers = request.getfixturevalue("servers")
    # One of them took it away as it started; both say so.
    for answer in ask_both(servers, f"/api/figures?data={old.id}"):
        assert answer.status_code == 404 and "expired on" in answer.text
    damaged, other = fresh
    csv = f"/api/incidents.csv?data={damaged.id}"
    expected = ask_both(servers, csv)[0].content
    pages = ("/?", f"/difference?against={other.id}&", "/api/map?", "/api/figures?")
    paths = [f"{page}data={each.id}" for page in pages for each in fresh]
    paths += ["/", "/api/health", "/api/facets", csv, f"/api/figures?data={old.id}"]
    with Readers(servers, paths) as readers:
        # Both publish: their tables change. A visitor does, too, until room is needed.
        for name in ("first", "second"):
            write_table(tmp_path / f"{name}.csv", 3)
        later = [bring(day) for day in range(11, 15)]
        # Both heal: what each of them reads next is damaged.
        for table in ("incidents.parquet", "reports.parquet"):
            (damaged.folder / table).write_bytes(b"PAR1 no more")
            answers = ask_both(servers, csv)
            assert [(each.status_code, each.content) for each in answers] == [(200, expected)] * 2
        # A command prunes, and so do a visitor who publishes and another process.
        for each in later[:2]:
            age(each, 2)
        with start_prune(settings) as pruning:
            last = bring(20)
            prune(replace(settings, versions=VERSIONS - 1))
            assert pruning.wait(60) == 0
        wait_for(lambda: list_new(servers) == [3, 3])
    assert readers.failed == [] and readers.answered > 50
    kept = {each.id: each for each in list_snapshots(home)}
    gone = {each.id for each in (old, *later[:2])} - set(kept)
    assert gone >= {old.id, later[0].id}
    assert {each.id for each in (*fresh, *later[2:], last)} <= set(kept)
    hosts = [each for each in kept.values() if each.origin == "table"]
    assert sorted((each.source, each.rows) for each in hosts) == [
        (f"{name}.csv", rows) for name in ("first", "second") for rows in (2, 3)
    ]
    assert all(find_sound(home, each) is not None for each in kept)
    sweep_drafts(home)
    left = [each.name for each in home.iterdir() if each.name.startswith((".expired", ".damaged"))]
    assert left == []
