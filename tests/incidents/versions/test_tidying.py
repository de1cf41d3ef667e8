"""A server that starts takes away what nobody will finish or fetch."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.table.kept_files import make_draft, sweep_drafts
from incidents.table.settings import Settings, read_settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.notes import GoneError
from incidents.versions.shelf import KEPT, make_key, open_shelf
from incidents.versions.tidying import tidy

# A process that is killed while it writes.
KILLED = """
import os, sys
from pathlib import Path
from incidents.table.kept_files import make_draft
with make_draft(Path(sys.argv[1])) as draft:
    (draft / "half").write_text("x")
    os._exit(9)
"""


def kill_in(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert list(folder.glob(".draft-*")) != []


def tidy_once(settings: Settings) -> None:
    stop = threading.Event()
    stop.set()
    tidy(Catalog(settings), stop)


def test_drafts_of_ended_processes_go_wherever_they_are(tmp_path: Path) -> None:
    home = tmp_path / "snapshots"
    for folder in (home, home / "inputs", home / "brought" / "abc", home / "0123456789ab"):
        kill_in(folder)
    with make_draft(home / "inputs") as own:
        tidy_once(read_settings({"INCIDENTS_SNAPSHOTS": str(home)}))
        assert list(home.rglob(".draft-*")) == [own]


def test_what_was_brought_too_long_ago_goes_and_the_rest_stays(tmp_path: Path) -> None:
    settings = read_settings({"INCIDENTS_SNAPSHOTS": str(tmp_path)})
    shelf, old, new = open_shelf(settings), make_key(), make_key()
    shelf.keep_note(old, {"desk": {}})
    for path in tmp_path.rglob("note.json"):
        os.utime(path, (0, path.stat().st_mtime - KEPT - 60))
    shelf.keep_note(new, {"desk": {}})
    tidy_once(settings)
    assert shelf.read_note(new) == {"desk": {}}
    assert len(list(tmp_path.rglob("note.json"))) == 1


def test_there_may_be_nothing_yet(tmp_path: Path) -> None:
    tidy_once(read_settings({"INCIDENTS_SNAPSHOTS": str(tmp_path / "none")}))


def test_it_goes_on_where_the_disk_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(settings: Settings) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("incidents.versions.tidying.prune", fail)
    tidy_once(read_settings({"INCIDENTS_SNAPSHOTS": str(tmp_path)}))
    assert "Expired versions cannot be taken away" in capsys.readouterr().out


def test_expired_versions_go_as_the_server_starts(
    shipped_settings: Settings, shipped_catalog: Catalog, tmp_path: Path
) -> None:
    settings = replace(shipped_settings, snapshots=tmp_path, versions_days=9)
    table = table_from_bytes(b"date,place\n2021-07-07,Hit\n", "mine.csv")
    bundle = Bundle((Brought("mine", Tables(table)),), source="mine.csv")
    made = publish(prepare(bundle, shipped_catalog.world), tmp_path, "upload")
    tidy_once(settings)
    assert made.folder.is_dir()
    for path in made.folder.iterdir():
        os.utime(path, (0, path.stat().st_mtime - 10 * 86400))
    tidy_once(settings)
    assert not made.folder.exists()
    with pytest.raises(GoneError):
        Catalog(settings).find(made.id)


def test_drafts_that_go_meanwhile_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers start on one folder."""
    gone = tmp_path / "0123456789ab"
    kill_in(gone)
    kill_in(tmp_path)
    walk = os.walk

    def walk_slowly(top: Path) -> Iterator[Any]:
        for each in walk(top):
            shutil.rmtree(gone, ignore_errors=True)
            yield each

    monkeypatch.setattr(os, "walk", walk_slowly)
    sweep_drafts(tmp_path)
    assert list(tmp_path.iterdir()) == []
