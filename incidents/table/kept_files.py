"""Files that are kept: made beside where they belong, then renamed, so that they are whole."""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from pathlib import Path

DRAFT = ".draft-"
"""What the name of a folder begins with in which something is being made."""
STALE = 6 * 3600
"""Seconds after which a draft without a lock, as older code made them, is taken for abandoned."""
_LOCK = ".lock"
_scratch: dict[Path, Path] = {}
_scratching = threading.Lock()
Told = Callable[[Path], None]
_followers: dict[Path, Told] = {}
_at_exit = ExitStack()
atexit.register(_at_exit.close)


@contextmanager
def make_draft(home: Path, makes_home: bool = True) -> Iterator[Path]:
    """A new folder below `home` to make something in; what is not renamed out of it is removed.

    It is locked as long as its process lives. Drafts whose process has ended are removed here;
    those of other processes that still write are not.

    Parameters
    ----------
    makes_home
        Whether `home` is made if it is not there. Not where another may take it away for good.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    if makes_home:
        home.mkdir(parents=True, exist_ok=True)
    folder, lock = _begin(home)
    try:
        _sweep(home, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep_drafts(home: Path) -> None:
    """Remove the drafts below `home`, in any folder of it, whose process has ended."""
    if not home.is_dir():
        return
    with suppress(OSError), make_draft(home) as own:
        # Other processes take folders away meanwhile: what is gone is left out.
        for folder, names, _ in os.walk(home):
            if any(name.startswith(DRAFT) for name in names):
                _sweep(Path(folder), own)


def find_scratch(home: Path) -> Path:
    """A draft below `home` that lasts as long as this process: for what does not fit into memory.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    with _scratching:
        found = _scratch.get(home)
        if found is None or not found.is_dir():
            found = _scratch[home] = _at_exit.enter_context(make_draft(home))
        return found


def follow(home: Path, told: Told) -> None:
    """Have a function be told of all that is written for good below `home`."""
    _followers[home] = told


def tell_written(path: Path) -> None:
    """Tell who follows that a file or folder has its name now."""
    for home, told in list(_followers.items()):
        if path.is_relative_to(home):
            told(path)


def write_whole(path: Path, data: bytes, makes_home: bool = True) -> None:
    """Write a file in one step: whoever reads it meanwhile has the old one, or the new one.

    Its folder is made if it is not there, see `make_draft`.

    Raises
    ------
    OSError
        The folder cannot be written; an old file stays as it is.
    """
    with make_draft(path.parent, makes_home) as draft:
        new = draft / path.name
        new.write_bytes(data)
        sync(new)
        new.replace(path)
    tell_written(path)


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Be the only one, of all threads and processes, who works on a folder; waits for the others.

    Raises
    ------
    OSError
        It is not there.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def sync(path: Path) -> None:
    """Have the disk keep what was written to a file, also if the power fails next."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_clock(home: Path) -> float:
    """The time by the disk's own clock, by which the files below `home` are dated, too.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=home) as new:
        return os.fstat(new.fileno()).st_mtime


def try_writing(home: Path) -> None:
    """Write a little below `home`, and keep nothing of it.

    Raises
    ------
    OSError
        It cannot be written, or the disk has no room at all.
    """
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=home) as new:
        new.write(bytes(4096))
        new.flush()


def can_write(home: Path) -> bool:
    """Whether the disk takes a little more below `home`."""
    try:
        try_writing(home)
    except OSError:
        return False
    return True


def measure(folder: Path) -> int:
    """Bytes of all files below a folder; what goes meanwhile counts nothing."""
    size = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += Path(path, name).stat().st_size
    return size


def list_names(folder: Path) -> list[str]:
    """What is in a folder, in order; nothing if it is not there, or by now.

    Raises
    ------
    OSError
        It may not be read: that is not nothing.
    """
    try:
        return sorted(each.name for each in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def hash_file(path: Path) -> str:
    """SHA-256 of a file; it is read once in a process, and again if it has changed since.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    stat = path.stat()
    return _hash(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=1 << 14)
def _hash(path: Path, *stamp: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_hashes() -> None:
    """Have every file read again that is hashed next, whatever its time says."""
    _hash.cache_clear()


def _begin(home: Path) -> tuple[Path, int]:
    """A folder and the handle that locks it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=DRAFT, dir=home))
        with suppress(FileNotFoundError):
            lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
            if _is_ours(lock) and (folder / _LOCK).exists():
                return folder, lock
            # Another process looked between the two steps, and takes it away.
            os.close(lock)


def _is_ours(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sweep(home: Path, own: Path) -> None:
    """Remove drafts that were left behind by a process that is no more."""
    now = own.stat().st_mtime
    for name in list_names(home):
        if name.startswith(DRAFT) and home / name != own:
            with suppress(OSError):
                _remove_if_abandoned(home / name, now)


def _remove_if_abandoned(draft: Path, now: float) -> None:
    if not (draft / _LOCK).is_file():
        if now - draft.stat().st_mtime > STALE:
            remove(draft)
        return
    lock = os.open(draft / _LOCK, os.O_RDWR)
    try:
        if _is_ours(lock):
            remove(draft)
    finally:
        os.close(lock)


def remove(path: Path) -> None:
    """Take away a folder with all that is in it, or a file; what cannot be taken away stays."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
