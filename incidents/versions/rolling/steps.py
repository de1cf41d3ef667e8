"""The steps of a rollup: each can be stopped at any moment, and the next run ends it right."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from incidents.asking.rolled.choosing import open_engine
from incidents.asking.rolled.manifest import Manifest, list_versions, read_manifest
from incidents.table.errors import DamagedError, TableError
from incidents.table.kept_files import hold, list_names, remove
from incidents.table.progress import Begin, begin_silently
from incidents.versions.rolling.kept import publish_rolled
from incidents.versions.rolling.preparing import Asked, take_version
from incidents.versions.rolling.run import Run
from incidents.versions.rolling.sources import BESIDE, File

WORK = ".work"
"""Folder of what is prepared but not in a version yet."""


def roll_up(asked: Asked, begin: Begin = begin_silently) -> Manifest:
    """Bring a folder up to its source: the version that it holds then.

    Files that are in it already are not read again, but to see that they are the same. Where one
    has changed or is gone, reports have come without events, or the rules are others, all is made
    anew; until then, and after a kill, the version before is there.

    Raises
    ------
    TableError
        The source cannot be read, or the engine is not there.
    OSError
        The folder cannot be written.
    """
    asked.target.mkdir(parents=True, exist_ok=True)
    with hold(asked.target):
        kept = _read_kept(asked.target)
        begin("read", None)
        files = [asked.source.hash(path) for path in asked.source.list_files()]
        if not files:
            raise TableError(f"There is no Parquet file in {asked.source.address}.")
        beside = [asked.source.hash(p) for part in BESIDE
                  for p in asked.source.list_files(part)]  # fmt: skip
        start = kept or _begin_new(asked)
        rules = hashlib.sha256(asked.rules.encode()).hexdigest()[:16]
        listed = {(each.path, each.size, each.hash) for each in (*files, *beside)}
        is_same = start.rules == rules and set(start.sources) <= listed
        new, came = (_leave_out(start, each) for each in (files, beside))
        if not new and not came and kept is not None and is_same:
            return kept
        # Reports that come by themselves are of events that are in it.
        is_more = is_same and bool(new)
        base = start if is_more else replace(_begin_new(asked), rules=rules)
        new, came = (_leave_out(base, each) for each in (files, beside))
        _clean(asked.target, [start])
        work = asked.target / WORK / _name_work(rules, came)
        for name in list_names(asked.target / WORK):
            if name != work.name:
                remove(asked.target / WORK / name)
        work.mkdir(parents=True, exist_ok=True)
        with open_engine(asked.engine, work, asked.workers) as engine:
            manifest = Run(asked.target, engine, work, base, begin).run(asked, new, came)
        publish_rolled(asked.target, manifest)
        shutil.rmtree(asked.target / WORK, ignore_errors=True)
        _clean(asked.target, [manifest, start])
        return manifest


def roll_version_up(folder: Path, target: Path, engine_name: str = "duckdb") -> Manifest:
    """Make a folder of a version that is kept already: of the same rows, as they are in it.

    Raises
    ------
    TableError
        The engine is not there.
    OSError
        The folder cannot be written.
    """
    work = target / WORK / "version"
    work.mkdir(parents=True, exist_ok=True)
    outcome = take_version(folder, work)
    base = Manifest("", folder.name, folder.name, engine_name)
    with hold(target), open_engine(engine_name, work) as engine:
        manifest = Run(target, engine, work, base).join([outcome], ())
        publish_rolled(target, manifest)
    shutil.rmtree(target / WORK, ignore_errors=True)
    return manifest


def _name_work(rules: str, beside: Sequence[File]) -> str:
    """The same for the same rules, and the same reports and claims that rows are prepared with."""
    told = "\n".join([rules, *(f"{each.path} {each.hash}" for each in beside)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _leave_out(base: Manifest, files: Sequence[File]) -> list[File]:
    """The files that are not in a version."""
    known = set(base.sources)
    return [each for each in files if (each.path, each.size, each.hash) not in known]


def _read_kept(target: Path) -> Manifest | None:
    try:
        return read_manifest(target)
    except DamagedError:
        return None


def _begin_new(asked: Asked) -> Manifest:
    return Manifest("", asked.source.address, asked.name, asked.engine)


def _clean(target: Path, manifests: Sequence[Manifest]) -> None:
    """Remove files that belong to no version: of a run that was killed, or long out of use.

    The version before the last stays with the last: who has it open still reads its files.
    """
    ids = {each.id for each in manifests}
    for version in list_versions(target):
        if version.name not in ids:
            remove(version)
    kept = {piece.path for each in manifests for piece in each.list_files()}
    for path in list(target.rglob("*.parquet")):
        if WORK not in path.parts and str(path.relative_to(target)) not in kept:
            with suppress(FileNotFoundError):
                path.unlink()
            with suppress(OSError):  # others are in it
                path.parent.rmdir()
