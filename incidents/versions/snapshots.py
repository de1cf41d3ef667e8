"""Immutable, content-addressed versions of the table, kept as Parquet."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from incidents.table.errors import SnapshotError
from incidents.versions.content import ID_LENGTH

FACTS, COPY = "snapshot.json", "snapshot.copy.json"
"""What a snapshot is besides its tables, twice: what it was made from is useless without."""


@dataclass(frozen=True)
class Snapshot:
    """One version of the validated, located table.

    Attributes
    ----------
    id
        Short hash of the content of its tables: the same content has the same id anywhere.
    source
        Name of the file or folder it was read from, without its path.
    rows, set_aside, located
        Incidents in it; rows of the source that are not; incidents that have coordinates.
    folder
        Where its Parquet files are.
    monitored
        First and last day on which incidents were looked for; None where the table does not say.
    origin
        Who made it first: ``table`` (the dashboard, of its own table), ``import`` (the command) or
        ``upload`` (a visitor; it is listed to nobody else).
    brought
        What each of its datasets was made from, see `incidents.versions.sources`; nothing where
        an older version of this code made it.
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

    @property
    def made(self) -> datetime:
        """When it was kept here first, UTC."""
        return datetime.fromtimestamp(read_made(self.folder) / 1e9, UTC)


def find_snapshot(home: Path, snapshot_id: str) -> Snapshot | None:
    """The kept snapshot of this id, or None. An id that is not one of ours finds nothing."""
    return read_facts(home / snapshot_id) if is_id(snapshot_id) else None


def read_facts(folder: Path, name: str = FACTS) -> Snapshot | None:
    """The snapshot of a folder, by one of the files that tell it; None if that is no such file."""
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


def is_id(text: str) -> bool:
    """Whether this may be the id of a snapshot."""
    return re.fullmatch(rf"[0-9a-f]{{{ID_LENGTH}}}", text) is not None


def list_snapshots(home: Path) -> list[Snapshot]:
    """All that are kept, the newest first; their files may be damaged."""
    folders = [each for each in home.iterdir() if is_id(each.name)] if home.is_dir() else []
    told = (read_facts(folder) or read_facts(folder, COPY) for folder in folders)
    found = [each for each in told if each is not None]
    return sorted(found, key=lambda each: (each.made, each.id), reverse=True)


def find_part(snapshot: Snapshot, name: str) -> Path | None:
    """The Parquet file of one of the tables that a snapshot keeps; None if it has no such table.

    Raises
    ------
    SnapshotError
        The file is damaged.
    """
    path = snapshot.folder / f"{name}.parquet"
    if not path.is_file():
        return None
    try:
        pq.read_metadata(path)
    except (pa.ArrowException, OSError) as error:
        raise SnapshotError(
            f'Version "{snapshot.id}" is damaged: its table "{name}" cannot be read.'
        ) from error
    return path


def read_part(snapshot: Snapshot, name: str) -> pd.DataFrame | None:
    """One of the further tables that a snapshot keeps; None if it has no such table.

    Raises
    ------
    SnapshotError
        Its file is damaged.
    """
    path = find_part(snapshot, name)
    if path is None:
        return None
    frame: pd.DataFrame = pq.read_table(path).to_pandas(types_mapper=_find_dtype)
    return frame


def _find_dtype(kind: pa.DataType) -> Any:
    return pd.Int64Dtype() if pa.types.is_integer(kind) else None
