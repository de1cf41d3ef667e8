"""A rolled-up folder as a version: what the catalog knows of it."""

from __future__ import annotations

from pathlib import Path

from incidents.asking.rolled.manifest import MANIFEST, Manifest, read_manifest, write_manifest
from incidents.table.errors import TableError
from incidents.versions.snapshots import COPY, FACTS, Snapshot, is_id, read_facts
from incidents.versions.soundness import list_facts


def publish_rolled(target: Path, manifest: Manifest) -> None:
    """Make this the version of a rolled-up folder.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    snapshot = Snapshot(
        manifest.id, manifest.name, manifest.rows, manifest.read - manifest.rows,
        manifest.located, target / manifest.id,
    )  # fmt: skip
    facts = list_facts(snapshot)
    write_manifest(target, manifest, {FACTS: facts, COPY: facts})


def find_rolled(table: Path, snapshot_id: str | None = None) -> Snapshot | None:
    """The version of a rolled-up folder: the newest, or the one of this id; None if there is none.

    Raises
    ------
    DamagedError, TableError
        The folder cannot be read.
    """
    if not (table / MANIFEST).is_file() or not (snapshot_id is None or is_id(snapshot_id)):
        return None
    if snapshot_id is None:
        manifest = read_manifest(table)
        snapshot_id = "" if manifest is None else manifest.id
    return read_facts(table / snapshot_id)


def insist_on_rolled(table: Path) -> Snapshot:
    """The newest version of a rolled-up folder.

    Raises
    ------
    DamagedError, TableError
        The folder cannot be read.
    """
    found = find_rolled(table)
    if found is None:
        raise TableError(f'The rolled-up folder "{table.name}" lacks its newest version.')
    return found
