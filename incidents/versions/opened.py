"""When somebody opened a version last: a file beside its tables, by the time of its last touch."""

from contextlib import suppress
from pathlib import Path

from incidents.versions.shared.registry import find_store
from incidents.versions.snapshots import read_made

OPENED = "opened"


def note_opened(folder: Path) -> bool:
    """Note that somebody opens it now; False where it is gone.

    A disk that is full or for reading only is no reason not to open it.
    """
    store = find_store(folder.parent)
    if store is not None:
        store.note_opened(folder.name)
    try:
        (folder / OPENED).touch()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def read_opened(folder: Path) -> float:
    """Seconds since 1970, by the disk's clock; where nobody has opened it, when it was made."""
    opened = 0.0
    with suppress(OSError):
        opened = (folder / OPENED).stat().st_mtime
    return opened or read_made(folder) / 1e9
