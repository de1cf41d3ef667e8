"""What visitors have brought and not published: kept a day on disk, for whoever has its key."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from incidents.table.errors import TableError, say_cause
from incidents.table.kept_files import write_whole
from incidents.table.settings import Settings

FOLDER = "brought"
"""Its name below the folder of snapshots."""
KEPT = 24 * 3600
"""Seconds that it is kept after the last change."""
SHARE, ROOM = 2, 10
"""How many of the largest tables one visitor, and all of them, may have here."""
_NOTE, _CLOCK = "note.json", ".clock"


def make_key() -> str:
    """A key that nobody guesses; the browser that it is for keeps it, nobody else."""
    return secrets.token_urlsafe(32)


class Shelf:
    """Files and choices of visitors, each visitor's under a key of his own. Safe from many threads.

    Parameters
    ----------
    home
        Folder of the snapshots.
    largest
        Bytes of the largest table that a visitor may bring.
    """

    def __init__(self, home: Path, largest: int) -> None:
        self.folder, self.largest = home / FOLDER, largest

    def keep_file(self, key: str, data: bytes) -> None:
        """Keep a file, by its content.

        Raises
        ------
        TableError
            There is no room, or the disk cannot be written; says why.
        """
        path = self._find(key) / hash_content(data)
        if path.is_file():
            return
        own, all_ = _measure(self._find(key)), _measure(self.folder)
        if own + len(data) > SHARE * self.largest or all_ + len(data) > ROOM * self.largest:
            raise TableError("there is no room left for files that are not published")
        self._write(path, data)

    def keep_note(self, key: str, note: Mapping[str, Any]) -> None:
        """Keep what is said of the files, in place of what was said before.

        Raises
        ------
        TableError
            The disk cannot be written; says why.
        """
        self._write(self._find(key) / _NOTE, json.dumps(note, ensure_ascii=False).encode())

    def read_note(self, key: str) -> dict[str, Any] | None:
        """What was said last; None if it is gone, too old, or damaged."""
        path = self._find(key) / _NOTE
        try:
            if self._read_clock() - path.stat().st_mtime > KEPT:
                return None
            note = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return note if isinstance(note, dict) else None

    def read_file(self, key: str, content: str) -> bytes | None:
        """A file by the hash of its content; None if it is gone or damaged."""
        try:
            data = (self._find(key) / Path(content).name).read_bytes()
        except OSError:
            return None
        return data if hash_content(data) == content else None

    def clear(self, key: str) -> None:
        """Let go of everything under a key."""
        shutil.rmtree(self._find(key), ignore_errors=True)

    def sweep(self) -> None:
        """Let go of what was not changed for a day."""
        with suppress(OSError):
            now = self._read_clock()
            for each in self.folder.iterdir():
                if each.is_dir() and now - _find_last_change(each) > KEPT:
                    shutil.rmtree(each, ignore_errors=True)

    def _find(self, key: str) -> Path:
        # A key may be anything that a browser says; and who sees the folder learns none.
        return self.folder / hash_content(key.encode("utf-8", "replace"))

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(path, data)
        except OSError as error:
            raise TableError(say_cause(error)) from error

    def _read_clock(self) -> float:
        """The time by the disk's own clock, by which the files are dated, too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        clock = self.folder / _CLOCK
        clock.touch()
        return clock.stat().st_mtime


def open_shelf(settings: Settings) -> Shelf:
    """The shelf of this host."""
    return Shelf(settings.snapshots, settings.largest)


def hash_content(data: bytes) -> str:
    """The name of a file on the shelf."""
    return hashlib.sha256(data).hexdigest()


def _measure(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            size += path.stat().st_size if path.is_file() else 0
    return size


def _find_last_change(folder: Path) -> float:
    note = folder / _NOTE
    return (note if note.is_file() else folder).stat().st_mtime
