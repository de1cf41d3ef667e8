"""What is brought and not published: found by its key alone, for a day, as far as there is room."""

import os
from pathlib import Path

import pytest

from incidents.table.errors import TableError
from incidents.versions.shelf import KEPT, SHELF, Shelf, hash_content, make_key

DATA = b"date,place\n2021-07-07,Hit\n"
NOTE = {"desk": {"files": [["data.csv", hash_content(DATA)]]}}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, 1000)


def fill(shelf: Shelf) -> str:
    key = make_key()
    shelf.keep_file(key, DATA)
    shelf.keep_note(key, NOTE)
    return key


def age(shelf: Shelf, seconds: float) -> None:
    """Date everything back."""
    for path in shelf.folder.rglob("*"):
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


def test_is_found_by_its_key(shelf: Shelf) -> None:
    key = fill(shelf)
    again = Shelf(shelf.folder.parent, 1000)
    assert again.read_note(key) == NOTE
    assert again.read_file(key, hash_content(DATA)) == DATA


@pytest.mark.parametrize(
    "key", ["", ".", "..", "../..", "note.json", "x" * 5000, "\x00", "\ud800", "a/b"]
)
def test_no_other_key_finds_it(shelf: Shelf, key: str) -> None:
    own = fill(shelf)
    for each in (key, own[:-1], own + "=", own.swapcase()):
        assert shelf.read_note(each) is None
        assert shelf.read_file(each, hash_content(DATA)) is None
        shelf.clear(each)
    assert shelf.read_note(own) == NOTE


def test_no_key_can_be_read_from_the_folder(shelf: Shelf) -> None:
    key = fill(shelf)
    names = "".join(path.name for path in shelf.folder.rglob("*"))
    assert key not in names
    (folder,) = [path for path in shelf.folder.iterdir() if path.is_dir()]
    assert folder.stat().st_mode & 0o077 == 0


def test_two_keys_are_two_readers(shelf: Shelf) -> None:
    one, other = fill(shelf), make_key()
    shelf.keep_note(other, {"desk": {}})
    shelf.clear(one)
    assert shelf.read_note(one) is None and shelf.read_note(other) == {"desk": {}}


@pytest.mark.parametrize(
    ("name", "content"), [("note.json", b"{"), ("note.json", b"[]"), (hash_content(DATA), b"date")]
)
def test_what_is_damaged_is_gone(shelf: Shelf, name: str, content: bytes) -> None:
    key = fill(shelf)
    (path,) = shelf.folder.rglob(name)
    path.write_bytes(content)
    is_note = name == "note.json"
    assert (shelf.read_note(key) is None) == is_note
    assert (shelf.read_file(key, hash_content(DATA)) is None) != is_note


@pytest.mark.parametrize("content", ["note.json", "../../x", "", "0" * 64])
def test_no_other_file_is_read(shelf: Shelf, content: str) -> None:
    (shelf.folder.parent / "x").write_bytes(DATA)
    assert shelf.read_file(fill(shelf), content) is None


@pytest.mark.parametrize(("seconds", "is_kept"), [(KEPT - 60, True), (KEPT + 60, False)])
def test_is_kept_for_a_day_after_the_last_change(
    shelf: Shelf, seconds: float, is_kept: bool
) -> None:
    key = fill(shelf)
    age(shelf, seconds)
    assert (shelf.read_note(key) is not None) == is_kept
    shelf.sweep()
    assert any(shelf.folder.rglob("note.json")) == is_kept


def test_who_goes_on_keeps_it(shelf: Shelf) -> None:
    key = fill(shelf)
    age(shelf, KEPT + 60)
    shelf.keep_note(key, NOTE)
    shelf.sweep()
    assert shelf.read_note(key) == NOTE
    assert shelf.read_file(key, hash_content(DATA)) == DATA


def test_files_without_a_word_on_them_go_too(shelf: Shelf) -> None:
    shelf.keep_file(make_key(), DATA)
    age(shelf, KEPT + 60)
    shelf.sweep()
    assert [path.name for path in shelf.folder.iterdir()] == []


def test_one_reader_and_all_of_them_have_so_much_room(shelf: Shelf) -> None:
    first = make_key()
    for number in range(2):
        shelf.keep_file(first, bytes([number]) * 1000)
    with pytest.raises(TableError, match="no room left"):
        shelf.keep_file(first, b"x")
    # What is there already takes no more.
    shelf.keep_file(first, b"\x00" * 1000)
    for number in range(8):
        shelf.keep_file(make_key(), bytes([number]) * 1000)
    with pytest.raises(TableError, match="no room left"):
        shelf.keep_file(make_key(), b"x")
    shelf.clear(first)
    shelf.keep_file(make_key(), b"x")


def test_a_disk_that_cannot_be_written_is_told_and_leaves_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(TableError, match="the disk is full"):
        shelf.keep_file(make_key(), DATA)
    assert [path for path in shelf.folder.rglob("*") if path.is_file()] == []


def test_is_no_version(shelf: Shelf) -> None:
    from incidents.versions.snapshots import list_snapshots

    fill(shelf)
    assert list_snapshots(shelf.folder.parent) == []
    assert shelf.folder.name == SHELF
