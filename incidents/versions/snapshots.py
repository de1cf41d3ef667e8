"""Immutable, content-addressed versions of the table, kept as Parquet."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from incidents.table.errors import DamagedError, TableError, say_cause
from incidents.table.kept_files import list_names
from incidents.versions.content import ID_LENGTH
from incidents.versions.origins import Origin, choose_shown, list_origins, note_origin
from incidents.versions.sums import is_damage

FACTS, COPY = "snapshot.json", "snapshot.copy.json"
"""What a snapshot is besides its tables, twice: what it was made from is useless without."""


@dataclass(frozen=True)
class Snapshot:
    """One version of the validated, located table.

    Attributes
    ----------
    id
        Short hash of the content of its tables: the same content has the same id anywhere.
    source, origin
        Name of the file or folder it was read from, without its path, and who made it, see
        `incidents.versions.origins`: of several, those that it goes by.
    rows, set_aside, located
        Incidents in it; rows of the source that are not; incidents that have coordinates.
    folder
        Where its Parquet files are.
    monitored
        First and last day on which incidents were looked for; None where the table does not say.
    brought
        What each of its datasets was made from, see `incidents.versions.sources`; nothing where
        an older version of this code made it.
    origins
        Everybody who made it, the first one first, see `know`.
    protection
        What is coarser in this reading of it, in a sentence, see `incidents.versions.protected`.
    """

    id: str
    source: str
    rows: int
    set_aside: int
    located: int
    folder: Path
    monitored: tuple[date, date] | None = None
    origin: str = "table"
    brought: tuple[dict[str, Any], ...] = ()
    origins: tuple[Origin, ...] = ()
    protection: str = ""

    @property
    def listed(self) -> datetime | None:
        """Since when, UTC, everybody finds it: the host made it last then. None for a visitor's."""
        return max((each.at for each in self.origins if each.by != "upload"), default=None)

    @property
    def made(self) -> datetime:
        """When it was kept here first, UTC."""
        return datetime.fromtimestamp(read_made(self.folder) / 1e9, UTC)


def find_snapshot(home: Path, snapshot_id: str) -> Snapshot | None:
    """The kept snapshot of this id, or None. An id that is not one of ours finds nothing."""
    found = read_facts(home / snapshot_id) if is_id(snapshot_id) else None
    return None if found is None else know(found)


def know(snapshot: Snapshot) -> Snapshot:
    """The same with everybody who made it, under the name that it goes by."""
    first = Origin(snapshot.origin, snapshot.source, snapshot.made)
    first = snapshot.origins[0] if snapshot.origins else first
    origins = list_origins(snapshot.folder.parent, snapshot.id, first)
    shown = choose_shown(origins)
    return replace(snapshot, source=shown.source, origin=shown.by, origins=origins)


def add_origin(snapshot: Snapshot, origin: Origin) -> Snapshot:
    """Note that this one made it, too; the version as it is known then.

    Raises
    ------
    OSError
        The folder of snapshots cannot be written.
    """
    if origin not in know(snapshot).origins:
        note_origin(snapshot.folder.parent, snapshot.id, origin)
    return know(snapshot)


def read_facts(folder: Path, name: str = FACTS) -> Snapshot | None:
    """The snapshot as one of the files of its folder tells it; None if that is no such file."""
    try:
        facts = json.loads((folder / name).read_text("utf-8"))
        if "monitored" in facts:
            first, last = map(date.fromisoformat, facts["monitored"])
            facts["monitored"] = (first, last)
        facts["brought"] = tuple(facts.get("brought", ()))
        return Snapshot(**facts, folder=folder)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def read_made(folder: Path) -> int:
    """When a snapshot was kept first, in nanoseconds; of the future if it is gone by now."""
    found = [2**62]
    for name in (FACTS, COPY):
        with suppress(OSError):
            found.append((folder / name).stat().st_mtime_ns)
    return min(found)


def set_made(folder: Path, made: int) -> None:
    """Have `read_made` tell this, of a snapshot whose facts are written anew."""
    for name in (FACTS, COPY):
        os.utime(folder / name, ns=(made, made))


def is_id(text: str) -> bool:
    """Whether this may be the id of a snapshot."""
    return re.fullmatch(rf"[0-9a-f]{{{ID_LENGTH}}}", text) is not None


def list_snapshots(home: Path) -> list[Snapshot]:
    """All that are kept, the newest first; their files may be damaged."""
    folders = [home / name for name in list_names(home) if is_id(name)]
    told = (read_facts(folder) or read_facts(folder, COPY) for folder in folders)
    found = [know(each) for each in told if each is not None]
    return sorted(found, key=lambda each: (each.made, each.id), reverse=True)


def find_part(snapshot: Snapshot, name: str) -> Path | None:
    """The Parquet file of one of the tables that a snapshot keeps; None if it has no such table.

    Raises
    ------
    DamagedError
        The file is damaged.
    """
    path = snapshot.folder / f"{name}.parquet"
    if not path.is_file():
        return None
    with telling_damage(path):
        pq.read_metadata(path)
    return path


def read_part(snapshot: Snapshot, name: str) -> pd.DataFrame | None:
    """One of the further tables that a snapshot keeps; None if it has no such table.

    Raises
    ------
    DamagedError
        Its file is damaged.
    """
    path = find_part(snapshot, name)
    if path is None:
        return None
    with telling_damage(path):
        frame: pd.DataFrame = pq.read_table(path).to_pandas(types_mapper=_find_dtype)
    return frame


@contextmanager
def telling_damage(path: Path) -> Iterator[None]:
    """What goes wrong while a table of a snapshot is read from its file becomes a sentence.

    Raises
    ------
    DamagedError
        It is not as it was written, or gone by now.
    TableError
        It may not be read now, such as where too many files are open.
    """
    name, table = f'Version "{path.parent.name}"', f'its table "{path.stem}" cannot be read'
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and not is_damage(error):
            raise TableError(f"{name}: {table} now, {say_cause(error)}.") from error
        raise DamagedError(f"{name} is damaged: {table}.") from error


def _find_dtype(kind: pa.DataType) -> Any:
    return pd.Int64Dtype() if pa.types.is_integer(kind) else None
