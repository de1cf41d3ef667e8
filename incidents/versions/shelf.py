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
from incidents.table.kept_files import list_names, measure, read_clock, write_whole
from incidents.table.settings import Settings

SHELF = "brought"
"""Its name below the folder of snapshots."""
KEPT = 24 * 3600
"""Seconds that it is kept after the last change."""
SHARE, ROOM = 2, 10
"""How many of the largest tables one visitor, and all of them, may have here."""
_NOTE = "note.json"


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
        self.folder, self.largest = home / SHELF, largest

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
        own, all_ = measure(self._find(key)), measure(self.folder)
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
            if read_clock(self.folder) - path.stat().st_mtime > KEPT:
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
            now = read_clock(self.folder)
            for each in map(self.folder.joinpath, list_names(self.folder)):
                # Another server may take it away meanwhile, or its reader.
                with suppress(OSError):
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


def open_shelf(settings: Settings) -> Shelf:
    """The shelf of this host."""
    return Shelf(settings.snapshots, settings.largest)


def hash_content(data: bytes) -> str:
    """The name of a file on the shelf."""
    return hashlib.sha256(data).hexdigest()


def _find_last_change(folder: Path) -> float:
    with suppress(FileNotFoundError):
        return (folder / _NOTE).stat().st_mtime
    return folder.stat().st_mtime
