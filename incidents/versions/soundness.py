"""Whether a kept version is as it was written; what is damaged is mended, or set aside."""

import json
import uuid
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from incidents.asking.rolled.manifest import is_rolled
from incidents.table.errors import DamagedError
from incidents.table.kept_files import list_names, write_whole
from incidents.versions.content import FileColumns, hash_tables
from incidents.versions.snapshots import (
    COPY,
    FACTS,
    Snapshot,
    is_id,
    know,
    read_facts,
    read_made,
    set_made,
)
from incidents.versions.sums import find_damaged, is_damage, write_sums

TABLES = ("incidents", "reports", "claims", "problems")
ASIDE = ".damaged-"
"""What the name of a folder begins with in which a damaged snapshot is set aside."""


def find_sound(home: Path, snapshot_id: str) -> Snapshot | None:
    """The same, if every file of it is as it was written; what is noted of them is mended.

    Each file is read once in a process to see that, and again if it has changed since. Where
    nothing is noted of them, as by older code, the content must give the id.

    Raises
    ------
    DamagedError
        A table of it is not as it was, or gone.
    OSError
        It cannot be told: a file may not be read, or too many are open.
    """
    if not is_id(snapshot_id) or not (home / snapshot_id).exists():
        return None
    folder = home / snapshot_id
    damaged = find_damaged(folder)
    found = _read_sound_facts(folder, damaged or set())
    if damaged == set() and found is not None:
        return know(found)
    if found is None or not _holds_its_content(found, damaged):
        raise DamagedError(f'Version "{snapshot_id}" of the table is damaged.')
    with suppress(OSError):  # the disk may be full, or for reading only
        _mend(found)
    return know(found)


def is_sound(snapshot: Snapshot) -> bool:
    """Whether it is there, and every table of it as it was written; of one that was rolled up,
    whether it is there: to read all of it takes too long.

    Raises
    ------
    OSError
        As `find_sound`.
    """
    if is_rolled(snapshot.folder):
        return True
    try:
        return find_sound(snapshot.folder.parent, snapshot.id) is not None
    except DamagedError:
        return False


def _read_sound_facts(folder: Path, damaged: set[str]) -> Snapshot | None:
    whole = [name for name in (FACTS, COPY) if name not in damaged]
    found = [snapshot for name in whole if (snapshot := read_facts(folder, name)) is not None]
    return next((each for each in found if each.id == folder.name), None)


def _holds_its_content(snapshot: Snapshot, damaged: set[str] | None) -> bool:
    """Whether the tables give the id; where only other files are damaged, they need not be read."""
    if damaged is not None and not any(name.endswith(".parquet") for name in damaged):
        return True
    paths = [snapshot.folder / f"{name}.parquet" for name in (*TABLES, *_list_kept(snapshot))]
    try:
        stamps = tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
        return _hash_files(tuple(paths), snapshot.monitored, stamps) == snapshot.id
    except pa.ArrowException:
        return False
    except OSError as error:
        if not is_damage(error):
            raise
        return False


@lru_cache(maxsize=1024)
def _hash_files(
    paths: tuple[Path, ...], days: tuple[date, date] | None, stamps: tuple[tuple[int, int], ...]
) -> str:
    """The id that these files give; read again if one has changed."""
    stated = {} if days is None else {"monitored": pa.table({"day": list(days)})}
    tables = {path.stem: FileColumns(path) for path in paths}
    own = {name: tables.pop(name) for name in TABLES}
    return hash_tables({**own, **stated, **tables})


def _list_kept(snapshot: Snapshot) -> list[str]:
    """The further tables, in the order in which they are content."""
    parts = [f"source_{number}_{part}{rest}" for number in range(len(snapshot.brought))
             for part in TABLES[:3] for rest in ("", "_problems")]  # fmt: skip
    names = [*parts, "overrides"]
    return [name for name in names if (snapshot.folder / f"{name}.parquet").is_file()]


def _mend(snapshot: Snapshot) -> None:
    """Write facts and sums anew, from what is sound of them."""
    folder, made = snapshot.folder, read_made(snapshot.folder)
    for name in (FACTS, COPY):
        write_whole(folder / name, list_facts(snapshot).encode(), makes_home=False)
    set_made(folder, made)
    tables = [path.name for path in folder.glob("*.parquet")]
    write_sums(folder, [*tables, FACTS, COPY])


def list_facts(snapshot: Snapshot) -> str:
    """What a snapshot is besides its tables, as JSON."""
    named = asdict(snapshot)
    facts = {
        k: v for k, v in named.items() if k not in ("folder", "origins") and v not in (None, ())
    }
    if snapshot.monitored is not None:
        facts["monitored"] = [day.isoformat() for day in snapshot.monitored]
    return json.dumps(facts, ensure_ascii=False)


def move_aside(folder: Path) -> Path | None:
    """Give a damaged snapshot another name, so that it is not found; None if it is gone already."""
    aside = folder.with_name(f"{ASIDE}{folder.name}-{uuid.uuid4().hex[:8]}")
    try:
        return folder.rename(aside)
    except FileNotFoundError:
        return None


def name_aside(name: str) -> str:
    """Id of the snapshot that a folder of this name was, before it was set aside."""
    return name.removeprefix(ASIDE).rpartition("-")[0]


def find_aside(home: Path, snapshot_id: str) -> list[Path]:
    """Where this snapshot was set aside, if it was found damaged; the last first."""
    dated = []
    for name in list_names(home):
        if name.startswith(f"{ASIDE}{snapshot_id}-"):
            with suppress(OSError):  # somebody else has made it anew by now
                dated.append(((home / name).stat().st_mtime_ns, home / name))
    return [path for _, path in sorted(dated, reverse=True)]
