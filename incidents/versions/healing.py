"""A damaged version is set aside and made anew from what it keeps of its source."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from incidents.table.errors import DamagedError, ProfileError, SnapshotError
from incidents.table.kept_files import hold, read_clock, remove
from incidents.versions.notes import Gone, GoneError, find_gone, note_gone
from incidents.versions.snapshots import COPY, FACTS, Snapshot, is_id, read_facts
from incidents.versions.soundness import find_aside, find_sound, move_aside
from incidents.versions.sums import find_damaged

Remake = Callable[[Snapshot], Snapshot]
"""Makes a version anew from the sources of the given one, and keeps it."""


def find_healed(home: Path, snapshot_id: str, remake: Remake) -> Snapshot | None:
    """The kept version of this id, every file of it sound; made anew if it was damaged.

    None if there is none, and never was. Those who ask for the same one wait while it is made.

    Raises
    ------
    GoneError
        It is not here any more: expired, or damaged together with its sources, or made anew from
        them as another version, where a place is found otherwise by now.
    TableError, OSError
        It cannot be made anew now, such as on a full disk.
    """
    if not is_id(snapshot_id):
        return None
    with suppress(DamagedError):
        found = find_sound(home, snapshot_id)
        if found is None:
            _tell_gone(home, snapshot_id)
        if found is not None or not find_aside(home, snapshot_id):
            return found
    folder = home / snapshot_id
    with ExitStack() as held:
        # Set aside, it is still the folder that they hold who are at it.
        for each in (folder, *find_aside(home, snapshot_id)):
            with suppress(FileNotFoundError):
                held.enter_context(hold(each))
                break
        try:
            # Somebody else has been at it meanwhile, or it has expired.
            if (found := find_sound(home, snapshot_id)) is not None:
                return found
        except DamagedError:
            move_aside(folder)
        if find_gone(home, snapshot_id) is None and find_aside(home, snapshot_id):
            return _make_anew(home, snapshot_id, remake)
    _tell_gone(home, snapshot_id)
    return None


def _tell_gone(home: Path, snapshot_id: str) -> None:
    gone = find_gone(home, snapshot_id)
    if gone is not None:
        raise GoneError(snapshot_id, gone)


def _make_anew(home: Path, snapshot_id: str, remake: Remake) -> Snapshot:
    asides = find_aside(home, snapshot_id)
    source = next((found for each in asides if (found := _find_source(each)) is not None), None)
    made = None
    if source is not None:
        with suppress(SnapshotError, ProfileError):
            made = remake(source)
    if made is not None and made.id == snapshot_id:
        return made
    with suppress(DamagedError):
        # Somebody may have brought it again meanwhile.
        if (found := find_sound(home, snapshot_id)) is not None:
            return found
    today = datetime.fromtimestamp(read_clock(home), UTC).date()
    gone = Gone("damaged", today) if made is None else Gone("renewed", today, made.id)
    note_gone(home, snapshot_id, gone)
    for old in asides[1:]:
        remove(old)
    raise GoneError(snapshot_id, gone)


def _find_source(aside: Path) -> Snapshot | None:
    """The damaged snapshot, if all that it was made from is as it was written."""
    damaged = find_damaged(aside)
    if damaged is None or any(name.startswith(("source_", "overrides")) for name in damaged):
        return None
    sound = [name for name in (FACTS, COPY) if name not in damaged]
    found = next((each for name in sound if (each := read_facts(aside, name)) is not None), None)
    return found if found is not None and found.brought else None
