"""Partitions and summaries are written side by side: by DuckDB in whatever process has a share."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from incidents.asking.rolled import joining
from incidents.asking.rolled.engines import DuckDB
from incidents.asking.rolled.manifest import Partition, Piece
from incidents.asking.rolled.placing import ORDER, PRINT
from incidents.asking.rolled.summaries import SUMMARIES

SUMMED = ("joint", *(each.name for each in SUMMARIES))
"""Tables that are made of incidents: those of operations once more, and the summaries."""
AT_ONCE = 3_000_000
"""Rows at the most whose partitions are one share."""
Key = tuple[int, int]
"""Year and cell of a partition."""
_MEMORY = "1500MB"
"""Memory of one share; the rest goes to the disk."""
_SHARES_A_SLOT = 4


@dataclass(frozen=True)
class Folders:
    """Where a rolled-up folder is, and where files are made before they are in it."""

    target: Path
    work: Path

    @property
    def aside(self) -> Path:
        """Folder of files that are being written."""
        path = self.work / "written"
        path.mkdir(exist_ok=True)
        return path

    def keep(
        self, table: str, made: Iterable[tuple[tuple[int, ...], Path]], by: Sequence[str] = ()
    ) -> list[Piece]:
        """Have written files in a table, named as its partitions."""
        pieces = []
        for key, file in made:
            where = "/".join(f"{name}={value}" for name, value in zip(by, key, strict=True))
            path = self.target / table / where / f"{uuid.uuid4().hex}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            file.replace(path)
            pieces.append(self.note(key, path))
        return pieces

    def copy(self, table: str, path: Path) -> list[Piece]:
        """Have a copy of a file in a table."""
        made = shutil.copyfile(path, self.aside / f"{uuid.uuid4().hex}.parquet")
        return self.keep(table, [((), made)])

    def note(self, key: tuple[int, ...], path: Path) -> Piece:
        """A file in its place."""
        below = str(path.relative_to(self.target))
        return Piece(below, key, count_rows(path), path.stat().st_size)


@dataclass(frozen=True)
class Joint:
    """Partitions that are written together.

    Attributes
    ----------
    new
        Files of prepared rows that have some of them.
    repeated
        Files that tell which rows of these do not count.
    kept
        Files of the partitions as they are in the table.
    """

    keys: tuple[Key, ...]
    new: tuple[Path, ...]
    repeated: tuple[Path, ...]
    kept: tuple[Piece, ...]


@dataclass(frozen=True)
class Share:
    """Some of `SUMMED` of the same incidents: files of these, and columns to part the answer by."""

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    by: tuple[str, ...]


def group_keys(rows: dict[Key, int], slots: int) -> list[tuple[Key, ...]]:
    """Neighbouring partitions, in as many groups as keep so many slots busy."""
    limit = min(AT_ONCE, sum(rows.values()) // (slots * _SHARES_A_SLOT))
    groups: list[list[Key]] = []
    count = 0
    for key in sorted(rows):
        if not groups or count + rows[key] > limit:
            groups.append([])
            count = 0
        groups[-1].append(key)
        count += rows[key]
    return [tuple(each) for each in groups]


def write_joint(folders: Folders, joint: Joint) -> tuple[list[Partition], list[Piece]]:
    """Write partitions anew, with their new rows; what is told is of these, and all files.

    A partition of which every new row came before is left as it is.
    """
    with closing(DuckDB(folders.work, 1, _MEMORY)) as engine:
        rows = joining.take_partitions(engine.read(joint.new), joint.keys)
        if joint.repeated:
            rows = joining.drop_repeated(rows, engine.read(joint.repeated))
        counted = [Partition(**each) for each in engine.rows(joining.count_partitions(rows))]
        if not counted:
            return [], []
        rows = rows.drop(PRINT)
        grown = {(each.year, each.cell) for each in counted}
        old = [folders.target / each.path for each in joint.kept if each.key in grown]
        if old:
            rows = rows.union(engine.read(old)[list(rows.columns)])
        made = engine.part(rows, ("year", "cell"), ORDER, folders.aside)
        return counted, folders.keep("incidents", made, ("year", "cell"))


def cut_shares(groups: Sequence[Sequence[Path]], by: tuple[str, ...], slots: int) -> list[Share]:
    """All of `SUMMED` of each group of files, in as many shares as keep so many slots busy."""
    wanted = -(-slots * _SHARES_A_SLOT // max(len(groups), 1))
    count = min(wanted, len(SUMMED))
    # Neighbours cost about the same: each share has some of all.
    return [
        Share(tuple(paths), SUMMED[number::count], by)
        for paths in groups
        for number in range(count)
    ]


def sum_up(folders: Folders, share: Share) -> dict[str, list[Piece]]:
    """Write the tables of one share."""
    summaries = {each.name: each for each in SUMMARIES}
    with closing(DuckDB(folders.work, 1, _MEMORY)) as engine:
        rows = engine.read(share.paths)
        found = {}
        for name in share.names:
            if name in summaries:
                made, order = summaries[name].make(rows), summaries[name].order
            else:
                made, order = joining.take_joint(rows), ("operation", "date")
            written = engine.part(made, share.by, order, folders.aside)
            found[name] = folders.keep(name, written, share.by)
    return found


def count_rows(path: Path) -> int:
    """Rows of a Parquet file, as it says itself."""
    return int(pq.read_metadata(path).num_rows)
