"""What each file of a version was when it was written; one that is not so any more is damaged."""

import errno
from collections.abc import Iterable
from pathlib import Path

from incidents.table.kept_files import hash_file, write_whole

SUMS = "SHA256SUMS"
"""As ``sha256sum`` writes and checks it."""


def write_sums(folder: Path, names: Iterable[str]) -> None:
    """Note what these files of a folder are.

    Raises
    ------
    OSError
        A file cannot be read, or the folder not be written.
    """
    lines = [f"{hash_file(folder / name)}  {name}\n" for name in names]
    write_whole(folder / SUMS, "".join(lines).encode(), makes_home=False)


def find_damaged(folder: Path) -> set[str] | None:
    """The files that are not what they were, or not there; None if that is noted nowhere.

    Each is read once in a process, and again if it has changed since.

    Raises
    ------
    OSError
        It cannot be told: a file may not be read, or too many are open.
    """
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return None
    except OSError as error:
        if not is_damage(error):
            raise
        return None
    noted = [line.split("  ", 1) for line in lines]
    if not noted or any(len(each) != 2 or "/" in each[1] for each in noted):
        return None
    return {name for was, name in noted if _hash(folder / name) != was}


def is_damage(error: OSError) -> bool:
    """Whether a file that cannot be read is damaged or gone; not where it may only not be read now.

    Arrow tells of a damaged file by an error without a number.
    """
    return error.errno in (None, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO)


def _hash(path: Path) -> str | None:
    try:
        return hash_file(path)
    except OSError as error:
        if not is_damage(error):
            raise
        return None
