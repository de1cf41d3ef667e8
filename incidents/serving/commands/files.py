"""Files that a command writes where it is told to: whole, or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path
from uuid import uuid4


def write_file(path: Path, pieces: Iterator[bytes]) -> None:
    """Write all or nothing: a file that is half written never has the name.

    What a process that was killed has left beside it of the same file is taken away.

    Raises
    ------
    OSError
        The file cannot be written; told by the name that was given.
    """
    for left in path.parent.glob(f".{escape(path.name)}.[0-9]*"):
        with suppress(OSError):
            _remove_if_abandoned(left)
    # A name of its own: two may write one file at a time, also within one process.
    draft = path.with_name(f".{path.name}.{os.getpid()}-{uuid4().hex}")
    try:
        with draft.open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            for piece in pieces:
                file.write(piece)
            file.flush()
            draft.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        draft.unlink(missing_ok=True)


def _remove_if_abandoned(draft: Path) -> None:
    with draft.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails while its process lives
        draft.unlink()
