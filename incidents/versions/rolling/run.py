"""One rollup under way: its rows are prepared, joined to those that are there, and summed up."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from operator import xor
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from incidents.asking.differences import IDS
from incidents.asking.rolled import joining
from incidents.asking.rolled.engines import Engine, Rows
from incidents.asking.rolled.manifest import Manifest, Partition, Piece
from incidents.table.progress import Begin, begin_silently
from incidents.versions.rolling.preparing import (
    Asked,
    Outcome,
    get_ready,
    learn_names,
    prepare_unit,
    tell_lost,
)
from incidents.versions.rolling.preparing import list_names as list_place_names
from incidents.versions.rolling.repeats import tell_repeated
from incidents.versions.rolling.sources import File, Unit
from incidents.versions.rolling.summing import (
    SUMMED,
    Folders,
    Joint,
    Key,
    count_rows,
    cut_shares,
    group_keys,
    sum_up,
    write_joint,
)

SMALL = 2_000_000
"""Rows of incidents that are soon summed up."""


class Run:
    """One rollup under way."""

    def __init__(
        self, target: Path, engine: Engine, work: Path, base: Manifest,
        begin: Begin = begin_silently,
    ) -> None:  # fmt: skip
        self._target, self._engine, self._work = target, engine, work
        self._folders = Folders(target, work)
        self._base, self._begin = base, begin
        self._lost: list[pd.DataFrame] = []

    def run(self, asked: Asked, files: Sequence[File], beside: Sequence[File]) -> Manifest:
        """The version with these files besides those that are in it."""
        units = [unit for file in files for unit in asked.source.cut(file)]
        came = tuple((each.path, each.size, each.hash) for each in (*files, *beside))
        return self.join(self._prepare(asked, units, beside), came)

    def join(self, outcomes: Sequence[Outcome], came: tuple[tuple[str, int, str], ...]) -> Manifest:
        """The version with these prepared rows besides those that are in it."""
        self._begin("join", None)
        repeated = {part: self._find_repeated(part, outcomes) for part in IDS}
        partitions, incidents = self._join_incidents(outcomes, repeated["incidents"])
        pieces = {"incidents": incidents, **self._write_beside(outcomes, repeated)}
        years = {key[0] for key in partitions}
        pieces |= self._sum_up(incidents, years)
        kept = {(each.year, each.cell): each for each in self._base.partitions}
        merged = {**kept, **{key: _merge(kept.get(key), each) for key, each in partitions.items()}}
        return replace(
            self._base,
            engine=self._engine.name,
            sources=tuple(dict.fromkeys((*self._base.sources, *came))),
            partitions=tuple(merged[key] for key in sorted(merged)),
            pieces=pieces,
            read=self._base.read + sum(each.read for each in outcomes),
            others=self._count_others(pieces["whole"]),
        )

    def _prepare(
        self, asked: Asked, units: Sequence[Unit], beside: Sequence[File]
    ) -> list[Outcome]:
        task = get_ready(asked, self._work, units[0], beside)
        tell = self._begin("names", None)
        names = []
        for found in self._engine.work(list_place_names, task, units):
            names.append(found)
            tell(len(names), len(units))
        world = replace(task.world, geocoder=learn_names(task, names))
        task = replace(task, world=world)
        tell = self._begin("prepare", None)
        outcomes = []
        for outcome in self._engine.work(prepare_unit, task, units):
            outcomes.append(outcome)
            tell(len(outcomes), len(units))
        self._lost = list(tell_lost(task, outcomes))
        order = {unit.name: number for number, unit in enumerate(units)}
        return sorted(outcomes, key=lambda each: order[each.unit])

    def _read_new(self, part: str, outcomes: Iterable[Outcome]) -> Rows:
        return self._engine.read([each.path(self._work, part) for each in outcomes])

    def _count_prepared(self, part: str, outcomes: Iterable[Outcome]) -> int:
        return sum(count_rows(each.path(self._work, part)) for each in outcomes)

    def _read_kept(self, part: str) -> Rows | None:
        pieces = self._base.pieces.get(part, ())
        return self._engine.read(self._paths(pieces)) if pieces else None

    def _paths(self, pieces: Iterable[Piece]) -> list[Path]:
        return [self._target / each.path for each in pieces]

    def _find_repeated(self, part: str, outcomes: Sequence[Outcome]) -> list[Path]:
        """The rows that do not count, as a file; it may be none."""
        if not self._count_prepared(part, outcomes):
            return []
        new, kept = self._read_new(part, outcomes), self._read_kept(part)
        folder = self._work / "repeated"
        folder.mkdir(exist_ok=True)
        return self._engine.write(joining.find_repeated(part, new, kept), (), folder)

    def _drop(self, new: Rows, repeated: Sequence[Path]) -> Rows:
        return joining.drop_repeated(new, self._engine.read(repeated)) if repeated else new

    def _join_incidents(
        self, outcomes: Sequence[Outcome], repeated: Sequence[Path]
    ) -> tuple[dict[Key, Partition], tuple[Piece, ...]]:
        """Partitions with new rows are written anew, all others stay as they are."""
        before = self._base.pieces.get("incidents", ())
        rows: Counter[Key] = Counter()
        for outcome in outcomes:
            for year, cell, count in outcome.partitions:
                rows[year, cell] += count
        joints = []
        for group in group_keys(rows, self._engine.slots):
            keys = set(group)
            own = tuple(
                each.path(self._work, "incidents")
                for each in outcomes
                if any((year, cell) in keys for year, cell, _ in each.partitions)
            )
            old = tuple(each for each in before if each.key in keys)
            joints.append(Joint(group, own, tuple(repeated), old))
        tell = self._begin("partitions", None)
        partitions: dict[Key, Partition] = {}
        written: list[Piece] = []
        done = self._engine.work(write_joint, self._folders, joints)
        for number, (counted, pieces) in enumerate(done):
            partitions |= {(each.year, each.cell): each for each in counted}
            written += pieces
            tell(number + 1, len(joints))
        written += [each for each in before if each.key not in partitions]
        return partitions, tuple(sorted(written, key=lambda each: (each.key, each.path)))

    def _write_beside(
        self, outcomes: Sequence[Outcome], repeated: dict[str, list[Path]]
    ) -> dict[str, tuple[Piece, ...]]:
        """Reports, claims and problems: a file more for each run."""
        found = {}
        for part, order in (("reports", "incident"), ("claims", "incident"), ("problems", "file")):
            if self._count_prepared(part, outcomes):
                rows = self._drop(self._read_new(part, outcomes), repeated.get(part, []))
                made = self._engine.write(rows, (order, "row"), self._folders.aside)
                new = self._folders.keep(part, [((), each) for each in made])
            else:  # one of them says what the columns are
                new = self._folders.copy(part, outcomes[0].path(self._work, part))
            found[part] = (*self._base.pieces.get(part, ()), *new)
        told = [each for part, paths in repeated.items() for each in tell_repeated(part, paths)]
        for problems in (*told, *self._lost):
            path = self._target / "problems" / f"{uuid.uuid4().hex}.parquet"
            path.parent.mkdir(exist_ok=True)
            problems.to_parquet(path, index=False)
            piece = self._folders.note((), path)
            found["problems"] = (*found["problems"], piece)
        return found

    def _sum_up(self, incidents: Sequence[Piece], years: set[int]) -> dict[str, tuple[Piece, ...]]:
        """What is made of the incidents of the years with new rows.

        Of a table that is soon summed up, it is one file each.
        """
        is_small = sum(each.rows for each in incidents) <= SMALL
        kept = self._base.pieces
        if is_small or any(each.key == () for name in SUMMED for each in kept.get(name, ())):
            years = {each.key[0] for each in incidents}
        found = {
            name: [each for each in kept.get(name, ()) if each.key and each.key[0] not in years]
            for name in SUMMED
        }
        groups = [years] if is_small else [{year} for year in sorted(years)]
        own = [self._paths(each for each in incidents if each.key[0] in group) for group in groups]
        shares = cut_shares(own, () if is_small else ("year",), self._engine.slots)
        tell = self._begin("summaries", None)
        for number, made in enumerate(self._engine.work(sum_up, self._folders, shares)):
            for name, pieces in made.items():
                found[name] += pieces
            tell(number + 1, len(shares))
        return {name: tuple(sorted(each, key=lambda p: p.key)) for name, each in found.items()}

    def _count_others(self, whole: Iterable[Piece]) -> int:
        files = (pq.read_table(path, columns=["others"]) for path in self._paths(whole))
        return sum(int(pc.sum(each.column("others")).as_py() or 0) for each in files)


def _merge(before: Partition | None, new: Partition) -> Partition:
    if before is None:
        return new
    return replace(
        new,
        rows=before.rows + new.rows,
        located=before.located + new.located,
        print=reduce(xor, (before.print, new.print)),
    )
