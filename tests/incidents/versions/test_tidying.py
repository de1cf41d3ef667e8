"""A server that starts takes away what nobody will finish or fetch."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from incidents.table.kept_files import make_draft
from incidents.table.settings import Settings, read_settings
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
    tidy(settings, stop)


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
