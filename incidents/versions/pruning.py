"""Which versions that visitors published have to go, and how they go: the longest unopened first.

What the host made, imported or named is never among them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from incidents.table.errors import TableError
from incidents.table.kept_files import hold, list_names, measure, read_clock, remove
from incidents.table.settings import Settings
from incidents.versions import origins
from incidents.versions.notes import (
    Gone,
    find_gone,
    forget_gone,
    list_gone,
    list_noted,
    note_gone,
)
from incidents.versions.opened import read_opened
from incidents.versions.origins import Origin, is_visitors
from incidents.versions.shared.registry import find_store
from incidents.versions.snapshots import COPY, is_id, read_facts
from incidents.versions.soundness import ASIDE, name_aside

DAY = 24 * 3600
EXPIRED = ".expired-"
"""What the name of a folder begins with that is being taken away."""
MOST_NOTES = 10_000
"""Versions of which is remembered why they are gone, the last ones."""


@dataclass(frozen=True)
class Held:
    """A version that visitors alone have made.

    Attributes
    ----------
    opened
        When somebody opened it last, in seconds since 1970.
    size
        Bytes on the disk.
    """

    id: str
    folder: Path
    opened: float
    size: int


@dataclass(frozen=True)
class Going:
    """One that has to go, and why: ``unopened``, or there are more than the ``number`` or ``size``
    that may be kept."""

    held: Held
    why: str


@dataclass(frozen=True)
class Room:
    """What a new version needs: how many it is, and how many bytes."""

    number: int = 0
    size: int = 0


def choose_going(
    held: Sequence[Held], settings: Settings, now: float, need: Room = Room()
) -> list[Going]:
    """Which of them have to go, the longest unopened first.

    One that somebody opened within a day stays, whatever is needed: who publishes a thousand
    tables takes nobody's away that is in use.
    """
    days, number = settings.versions_days, need.number + len(held)
    size = need.size + sum(each.size for each in held)
    going: list[Going] = []
    for each in sorted(held, key=lambda each: (each.opened, each.id)):
        unopened = now - each.opened
        reasons = (
            (
                "unopened",
                days is not None and unopened > days * DAY,
            ),
            ("number", _is_above(number, settings.versions)),
            ("size", _is_above(size, settings.versions_size)),
        )
        why = next((name for name, holds in reasons if holds), None)
        if why is None or unopened <= DAY:
            break
        going.append(Going(each, why))
        number, size = number - 1, size - each.size
    return going


def _is_above(value: float, limit: int | None) -> bool:
    return limit is not None and value > limit


def list_held(settings: Settings) -> list[Held]:
    """The versions below the folder of snapshots that visitors alone have made.

    Left out are those that the host names (`INCIDENTS_KEEP`), those that its tables gave as far as
    any note says, and those of which it cannot be told who made them.
    """
    home = settings.snapshots
    safe = {*settings.keep, *_list_instead(home, settings.keep), *list_noted(home)}
    store = find_store(home)
    stored = {} if store is None else {each.id: each for each in store.list_stored()}
    held = []
    for snapshot_id, folder in _list_folders(home):
        other = stored.pop(snapshot_id, None)
        if snapshot_id not in safe and _is_visitors(home, snapshot_id, folder):
            opened = max(read_opened(folder), 0.0 if other is None else other.opened)
            held.append(Held(snapshot_id, folder, opened, measure(folder)))
    # Of what is left, other servers alone have copies.
    held += [
        Held(each.id, home / each.id, each.opened, each.size)
        for each in stored.values()
        if not each.is_hosts and each.id not in safe
    ]
    return held


def _list_instead(home: Path, ids: Sequence[str]) -> set[str]:
    """What was made anew in place of these."""
    found = (find_gone(home, each) for each in ids)
    return {each.instead for each in found if each is not None and each.instead is not None}


def _list_folders(home: Path) -> Iterator[tuple[str, Path]]:
    """Those of versions, also of damaged ones that were set aside."""
    for name in list_names(home):
        snapshot_id = name_aside(name) if name.startswith(ASIDE) else name
        if is_id(snapshot_id):
            yield snapshot_id, home / name


def _is_visitors(home: Path, snapshot_id: str, folder: Path) -> bool:
    found = read_facts(folder) or read_facts(folder, COPY)
    if found is None or found.id != snapshot_id:
        return False
    return is_visitors(home, snapshot_id, Origin(found.origin, found.source))


def find_going(settings: Settings, need: Room = Room()) -> tuple[list[Going], list[Held]]:
    """Those that have to go now, and those that stay. Nothing is changed.

    Raises
    ------
    OSError
        The folder of snapshots cannot be read.
    """
    held = list_held(settings)
    going = choose_going(held, settings, read_clock(settings.snapshots), need)
    gone = {each.held for each in going}
    return going, [each for each in held if each not in gone]


def prune(settings: Settings, need: Room = Room()) -> tuple[list[Going], list[Held]]:
    """Take away those that have to go, and say so to who asks for them; what `find_going` gives.

    Safe where several servers and commands do it on one folder, and where one is killed in the
    middle: what it left is taken away by the next. Whoever reads a version goes on reading it.

    Raises
    ------
    OSError
        The folder of snapshots cannot be read or written.
    """
    home = settings.snapshots
    home.mkdir(parents=True, exist_ok=True)
    with hold(home):
        _finish(home)
        going, left = find_going(settings, need)
        gone = Gone("expired", datetime.fromtimestamp(read_clock(home), UTC).date())
        return [each for each in going if _take_away(home, each.held, gone)], left


def _finish(home: Path) -> None:
    """What a process has left that was killed here; and no more notes than are wanted."""
    names = list_names(home)
    for name in names:
        if name.startswith(EXPIRED):
            remove(home / name)
    noted = list_gone(home)
    there = {each for each in noted if each in names and _is_expired(home, each)}
    for snapshot_id in {*there, *noted[MOST_NOTES:]}:
        forget_gone(home, snapshot_id)


def _is_expired(home: Path, snapshot_id: str) -> bool:
    gone = find_gone(home, snapshot_id)
    return gone is not None and gone.why == "expired"


def _take_away(home: Path, held: Held, gone: Gone) -> bool:
    """Whether it went: not where somebody has opened it meanwhile, or taken it away."""
    # The note first: whoever does not find the version finds the reason.
    is_told = find_gone(home, held.id) is not None
    if not is_told:
        note_gone(home, held.id, gone)
    store = find_store(home)
    if store is not None and not store.discard(held.id, held.opened + 1):
        if not is_told:
            forget_gone(home, held.id)
        return False
    aside = home / f"{EXPIRED}{held.folder.name}-{uuid.uuid4().hex[:8]}"
    try:
        held.folder.rename(aside)
    except FileNotFoundError:
        return store is not None
    if store is None and read_opened(aside) != held.opened:
        # Since it was chosen. From here on nobody can note it any more.
        with suppress(OSError):
            aside.rename(held.folder)
            if not is_told:
                forget_gone(home, held.id)
            return False
    if not (home / held.id).exists():
        remove(home / origins.ORIGINS / held.id)
    remove(aside)
    return True


def make_room(settings: Settings, new: Path) -> None:
    """Let go of versions that visitors published, as far as one more needs their room.

    Parameters
    ----------
    new
        Folder of the one that is to be kept, not yet in its place.

    Raises
    ------
    TableError
        There is no room for it: says why, and what to do.
    OSError
        As `prune`.
    """
    need = Room(1, measure(new))
    if settings.versions_size is not None and need.size > settings.versions_size:
        raise TableError(
            f"This version takes {_say_size(need.size)}; what visitors publish here may take "
            f"{_say_size(settings.versions_size)} together. Leave out rows or columns, or ask "
            "whoever runs this page to import the table."
        )
    _, left = prune(settings, need)
    size = sum(each.size for each in left) + need.size
    if _is_above(len(left) + 1, settings.versions) or _is_above(size, settings.versions_size):
        raise TableError(
            f"There is no room for another version: {len(left):,} that visitors published are "
            f"kept here, {_say_size(size - need.size)}, each of them opened within a day. Try "
            "again tomorrow, or ask whoever runs this page to import the table or to keep more "
            "(INCIDENTS_VERSIONS, INCIDENTS_VERSIONS_SIZE)."
        )


def _say_size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def say_limits(settings: Settings) -> str:
    """How long a version is kept that a visitor publishes, for who does."""
    ends = []
    if settings.versions_days is not None:
        ends.append(f"when nobody has opened it for {settings.versions_days:,} days")
    if settings.versions is not None or settings.versions_size is not None:
        ends.append("when others that were opened later need its room")
    return f"It expires {', or '.join(ends)}." if ends else "It does not expire."
