"""The host's own table becomes a version: recalled if its files are known, else read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from incidents.asking.rolled.manifest import is_rolled
from incidents.intake.placing.locating import tell_gazetteer_files
from incidents.table.errors import DamagedError, TableError, say_cause
from incidents.table.progress import Begin
from incidents.table.settings import Settings
from incidents.versions.drafts import Draft, prepare, publish
from incidents.versions.knowledge import Knowledge
from incidents.versions.notes import recall, remember, remember_last
from incidents.versions.own_table import bring_own, hash_inputs, stamp_inputs
from incidents.versions.rolling.kept import insist_on_rolled
from incidents.versions.snapshots import Snapshot
from incidents.versions.soundness import find_sound

TRIES = 3
"""How often a table is read that changes while it is read."""


def keep_own(
    settings: Settings,
    known: Knowledge,
    find_last: Callable[[], Snapshot | None],
    begin: Begin,
) -> tuple[Snapshot, bool]:
    """The version of the host's table as it is now; made if its files have not given one before.

    And whether names are left that could not be asked for in an outage of the network: such a
    version is not remembered, so that the next start asks.

    What is remembered of the files is of exactly those that were read: a table that is saved while
    it is read is read again.

    Parameters
    ----------
    find_last
        Gives the last good version: a new table without any row that can be used is a broken one.

    Raises
    ------
    TableError, OSError
        A file cannot be read, or the version not be written.
    """
    home, name = settings.snapshots, settings.table.name
    if is_rolled(settings.table):
        return insist_on_rolled(settings.table), False
    for _ in range(TRIES):
        inputs = (hash_inputs(settings), stamp_inputs(settings))
        snapshot = _recall_sound(home, inputs[0])
        if snapshot is not None:
            has_unasked = False
            break
        draft = _read(settings, known, begin)
        if inputs != (hash_inputs(settings), stamp_inputs(settings)):
            continue
        last = find_last()
        if draft.incidents.empty and last is not None and last.rows:
            raise TableError(_say_unusable(name, draft))
        snapshot = publish(draft, home, "table", begin)
        has_unasked = bool((draft.problems["kind"] == "lookup_stopped").any())
        if not has_unasked:
            remember(home, inputs[0], snapshot.id)
        break
    else:
        raise TableError(f"{name} changes again and again while it is read.")
    remember_last(home, settings.table, snapshot.id)
    return snapshot, has_unasked


def _recall_sound(home: Path, inputs: str) -> Snapshot | None:
    found = recall(home, inputs)
    try:
        return None if found is None else find_sound(home, found.id)
    except DamagedError:
        # The table is there to make it anew.
        return None


def _read(settings: Settings, known: Knowledge, begin: Begin) -> Draft:
    begin("read", None)
    bundle = bring_own(settings.table, known.profiles)
    world = known.world
    told = (*bundle.told, *tell_gazetteer_files(world.gazetteer))
    return prepare(replace(bundle, told=told), world, begin)


def _say_unusable(name: str, draft: Draft) -> str:
    """Why nothing of a table can be used: the first thing that is wrong."""
    errors = draft.problems[draft.problems["level"] == "error"]
    first = errors.iloc[0] if len(errors) else None
    why = "" if first is None else f" {first['message']} {first['remedy']}"
    return f"{name} holds no row that can be used.{why}"


def say_failure(error: OSError) -> str:
    """Which file or folder failed, by its name alone: a reader may see it."""
    name = Path(str(error.filename)).name if error.filename else "A file"
    return f'"{name}" cannot be read or written: {say_cause(error)}.'
