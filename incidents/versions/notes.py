"""Short notes beside the versions: what gave which, which was the last good one, which are gone."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from incidents.table.errors import SnapshotError
from incidents.table.kept_files import list_names, write_whole
from incidents.table.sentences import say_date
from incidents.versions.snapshots import Snapshot, find_snapshot

INPUTS, GONE = "inputs", "gone"
"""Folders of the notes below that of the snapshots."""
_LAST = "last-"
MOST_LAST = 5
"""Good versions of one table that are remembered, the newest first."""


def remember(home: Path, inputs: str, snapshot_id: str) -> None:
    """Note that these inputs gave this snapshot, so that the next start need not read again."""
    _write(home, inputs, [snapshot_id])


def recall(home: Path, inputs: str) -> Snapshot | None:
    """The snapshot that these inputs gave earlier, if it is still kept.

    A note that is not as it was written is not believed: the table is read again.
    """
    ids = read_note(home, inputs)
    return find_snapshot(home, ids[0]) if ids else None


def remember_last(home: Path, table: Path, snapshot_id: str) -> None:
    """Note that this is the newest good version of the host's table."""
    before = recall_last(home, table)
    if before[:1] != [snapshot_id]:
        ids = [snapshot_id, *(each for each in before if each != snapshot_id)]
        _write(home, _name_last(table), ids[:MOST_LAST])


def recall_last(home: Path, table: Path) -> list[str]:
    """Ids of the last good versions of the host's table, the newest first."""
    name = _name_last(table)
    if ids := read_note(home, name):
        return ids
    # As older code noted it, without a check.
    with suppress(OSError, ValueError):
        found = find_snapshot(home, (home / INPUTS / name).read_text("utf-8").strip())
        if found is not None and found.origin == "table":
            return [found.id]
    return []


def list_noted(home: Path) -> set[str]:
    """Ids of all versions that the host's tables gave, as far as notes say so.

    Raises
    ------
    OSError
        The notes may not be read.
    """
    return {each for name in list_names(home / INPUTS) for each in read_note(home, name)}


def is_last(home: Path, path: Path) -> bool:
    """Whether a file notes the last good versions of a table."""
    return path.parent == home / INPUTS and path.name.startswith(_LAST)


def _name_last(table: Path) -> str:
    return _LAST + hashlib.sha256(str(table.resolve()).encode()).hexdigest()


def _write(home: Path, name: str, ids: Sequence[str]) -> None:
    words = " ".join(ids)
    write_whole(home / INPUTS / name, f"{words} {_check(name, words)}".encode())


def read_note(home: Path, name: str) -> list[str]:
    """The ids that a note names, the newest first.

    Nothing if there is no such note, or it is not whole, or it was written for another name.
    """
    try:
        words, _, check = (home / INPUTS / name).read_text("utf-8").rpartition(" ")
    except (OSError, ValueError):
        return []
    return words.split() if check == _check(name, words) else []


def _check(name: str, words: str) -> str:
    return hashlib.sha256(f"{name} {words}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Gone:
    """Why a version is not here any more.

    Attributes
    ----------
    why
        ``expired``, ``damaged``, or ``renewed``: made anew from its table, as another version.
    day
        Since when.
    instead
        The version that was made anew.
    """

    why: str
    day: date
    instead: str | None = None

    def say(self, snapshot_id: str) -> str:
        """The sentence for who asks for it."""
        name, day = f'Version "{snapshot_id}"', say_date(self.day)
        if self.why == "renewed":
            return (
                f"{name} was damaged; on {day} it was made anew from the table that it held, as "
                f'version "{self.instead}".'
            )
        if self.why == "damaged":
            return (
                f"{name} is damaged, and so is what it keeps of the table that it was made from, "
                f"since {day} or earlier. Bring that table again."
            )
        return (
            f"{name} was brought by a visitor and expired on {day}: nobody had opened it for long, "
            "or there was no more room. Bring the table again."
        )


def note_gone(home: Path, snapshot_id: str, gone: Gone) -> None:
    """Remember why a version is not here any more, for whoever has a link to it."""
    facts = asdict(gone) | {"day": gone.day.isoformat()}
    write_whole(home / GONE / snapshot_id, json.dumps(facts).encode())


def find_gone(home: Path, snapshot_id: str) -> Gone | None:
    """Why a version is not here any more; None if that is not known, as of one that never was."""
    try:
        facts = json.loads((home / GONE / snapshot_id).read_text("utf-8"))
        return Gone(facts["why"], date.fromisoformat(facts["day"]), facts["instead"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def list_gone(home: Path) -> list[str]:
    """Ids of the versions of which is noted why they are gone, the last noted first."""
    dated = []
    for name in list_names(home / GONE):
        with suppress(OSError):
            dated.append(((home / GONE / name).stat().st_mtime_ns, name))
    return [name for _, name in sorted(dated, reverse=True)]


def forget_gone(home: Path, snapshot_id: str) -> None:
    """A version is here again."""
    with suppress(OSError):
        (home / GONE / snapshot_id).unlink()


class GoneError(SnapshotError):
    """A version that is not here any more; says why, and which one stands for it, if any does."""

    def __init__(self, snapshot_id: str, gone: Gone) -> None:
        super().__init__(gone.say(snapshot_id))
        self.instead = gone.instead
