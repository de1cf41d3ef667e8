"""Files that are kept are whole, and what a killed process leaves behind is taken away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from incidents.table.kept_files import (
    DRAFT,
    STALE,
    find_scratch,
    hash_file,
    make_draft,
    write_whole,
)

HOLD = """
import sys
from pathlib import Path
from incidents.table.kept_files import make_draft
with make_draft(Path(sys.argv[1])) as draft:
    print(draft, flush=True)
    sys.stdin.read()
"""


def list_names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_draft_is_gone_when_it_is_done(home: Path) -> None:
    with make_draft(home) as draft:
        (draft / "new").write_text("x")
        (draft / "new").rename(home / "kept")
        (draft / "rest").write_text("x")
    assert list_names(home) == ["kept"]


def test_a_draft_is_gone_when_it_fails(home: Path) -> None:
    with pytest.raises(OSError, match="disk full"), make_draft(home):
        raise OSError("disk full")
    assert list_names(home) == []


def test_drafts_of_others_stay_until_their_process_ends(home: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        draft = Path(holder.stdout.readline().decode().strip())
        # However old it looks: its process still writes.
        os.utime(draft, (0, 0))
        with make_draft(home):
            assert draft.is_dir()
        holder.kill()
        holder.wait()
        assert draft.is_dir()
        with make_draft(home):
            assert not draft.exists()


@pytest.mark.parametrize(("seconds", "is_left"), [(STALE - 60, True), (STALE + 60, False)])
@pytest.mark.parametrize("kind", ["folder", "file"])
def test_drafts_of_older_code_go_when_they_are_old(
    home: Path, kind: str, seconds: int, is_left: bool
) -> None:
    home.mkdir()
    old = home / f"{DRAFT}old"
    if kind == "folder":
        old.mkdir()
    else:
        old.touch()
    stat = old.stat()
    os.utime(old, (stat.st_atime, stat.st_mtime - seconds))
    with make_draft(home):
        assert old.exists() is is_left


def test_a_file_is_replaced_whole(home: Path) -> None:
    write_whole(home / "note", b"one")
    with (home / "note").open("rb") as reader:
        write_whole(home / "note", b"two")
        assert (reader.read(), (home / "note").read_bytes()) == (b"one", b"two")
    assert list_names(home) == ["note"]


def test_the_hash_of_a_file_follows_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    first = hash_file(path)
    assert first == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
    stat = path.stat()
    write_whole(path, b"two")
    # Another file, though of the same length and time.
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert hash_file(path) != first


def test_a_process_has_one_scratch_for_a_folder(home: Path) -> None:
    scratch = find_scratch(home)
    assert find_scratch(home) == scratch and scratch.is_dir()
    with make_draft(home):
        assert scratch.is_dir()
