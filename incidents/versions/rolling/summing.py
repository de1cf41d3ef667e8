"""Incidents are summed up, side by side: by DuckDB in whatever process has a share of the work."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from incidents.asking.rolled import joining
from incidents.asking.rolled.engines import DuckDB, Engine, Key, Rows
from incidents.asking.rolled.manifest import Piece
from incidents.asking.rolled.summaries import SUMMARIES

SUMMED = ("joint", *(each.name for each in SUMMARIES))
"""Tables that are made of incidents: those of operations once more, and the summaries."""
_MEMORY = "1500MB"
"""Memory of one share; the rest goes to the disk."""
_SHARES_A_SLOT = 4


@dataclass(frozen=True)
class Folders:
    """Where a rolled-up folder is, and where files are made before they are in it."""

    target: Path
    work: Path

    def keep(
        self, engine: Engine, table: str, rows: Rows, by: Sequence[str], order: Sequence[str]
    ) -> list[Piece]:
        """Write rows as files of a table, named as its partitions."""
        pieces = []
        for key, made in engine.write(rows, by, order, self._make_aside()):
            where = "/".join(f"{name}={value}" for name, value in zip(by, key, strict=True))
            pieces.append(self.take(f"{table}/{where}", key, made))
        return pieces

    def copy(self, table: str, path: Path) -> Piece:
        """Have a copy of a file in a table without partitions."""
        aside = self._make_aside() / f"{uuid.uuid4().hex}.parquet"
        return self.take(table, (), Path(shutil.copyfile(path, aside)))

    def _make_aside(self) -> Path:
        aside = self.work / "written"
        aside.mkdir(exist_ok=True)
        return aside

    def take(self, where: str, key: Key, made: Path) -> Piece:
        """Have a file that is written in its place."""
        path = self.target / where / f"{uuid.uuid4().hex}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        made.replace(path)
        return self.note(key, path)

    def note(self, key: Key, path: Path) -> Piece:
        """A file in its place."""
        below = str(path.relative_to(self.target))
        return Piece(below, tuple(key), count_rows(path), path.stat().st_size)


@dataclass(frozen=True)
class Share:
    """Some of `SUMMED` of the same incidents: files of these, and columns to part the answer by."""

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    by: tuple[str, ...]


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
            found[name] = folders.keep(engine, name, made, share.by, order)
    return found


def count_rows(path: Path) -> int:
    """Rows of a Parquet file, as it says itself."""
    return int(pq.read_metadata(path).num_rows)
