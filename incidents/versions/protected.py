"""The reading of a version for everybody but editors: a folder of its own, coarse tables only.

Whatever asks a version asks this folder: nothing finer is in it, so nothing finer can leave.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from incidents.table.errors import IncidentsError, TableError, say_cause
from incidents.table.kept_files import list_names, make_draft, write_whole
from incidents.table.protection import Protections, choose_protections, find_unused, say_protections
from incidents.table.sentences import list_some
from incidents.versions.coarsening import RULE, Coarsener
from incidents.versions.keeping import to_arrow, write_table
from incidents.versions.shared.registry import want
from incidents.versions.snapshots import FACTS, Snapshot, list_snapshots, telling_damage

FOLDER, SALT = "protected", "salt"
_TABLES = ("incidents", "reports", "claims", "problems")
_making = threading.Lock()
_is_exact: ContextVar[bool] = ContextVar("is_exact", default=False)


def is_exact() -> bool:
    """Whether who is answered now may see tables as they are."""
    return _is_exact.get()


@contextmanager
def seeing(exact: bool) -> Iterator[None]:
    """Answer somebody who may, or may not, see tables as they are."""
    token = _is_exact.set(exact)
    try:
        yield
    finally:
        _is_exact.reset(token)


def see(exact: bool) -> None:
    """The same for all that this thread does from now on."""
    _is_exact.set(exact)


def protect(
    snapshot: Snapshot,
    protections: Protections,
    boundaries: Boundaries,
    find_gazetteer: Callable[[], Gazetteer],
) -> Snapshot:
    """The reading of a version for those who may not see it as it is; made if it is not there.

    The version itself where nothing of it is coarsened.

    Raises
    ------
    DamagedError
        A table of the version cannot be read.
    TableError
        The reading cannot be written.
    """
    if not protections:
        return snapshot
    chosen = choose_protections(protections, _list_datasets(snapshot.folder))
    if not chosen:
        return snapshot
    home = snapshot.folder.parent / FOLDER
    words = f"{RULE} {sorted(chosen.items())!r}"
    folder = home / f"{snapshot.id}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
    try:
        if not folder.is_dir():
            # A million rows take half a minute: once, however many ask.
            with _making:
                if not folder.is_dir():
                    coarsener = Coarsener(chosen, boundaries, find_gazetteer(), _find_salt(home))
                    _make(snapshot, folder, coarsener)
    except OSError as error:
        raise TableError(f"This version cannot be prepared: {say_cause(error)}.") from error
    return replace(snapshot, folder=folder, brought=(), protection=say_protections(chosen))


def say_unused(home: Path, protections: Protections) -> str:
    """That rules name datasets that no kept version has, as a misspelt one does; else ""."""
    datasets: list[str] = []
    unused = find_unused(protections, datasets)
    for snapshot in list_snapshots(home) if unused else ():
        # What one version does not tell, another may.
        with suppress(IncidentsError):
            datasets += _list_datasets(snapshot.folder)
            unused = find_unused(protections, datasets)
        if not unused:
            break
    if not unused:
        return ""
    there = list_some(list(dict.fromkeys(filter(None, datasets)))) or "none that has a name"
    return (
        f"INCIDENTS_PROTECT names {list_some(unused)}, of which nothing is kept here, and protects "
        f"nothing by it. Datasets that are kept: {there}."
    )


def discard_protected(folder: Path) -> None:
    """Take a reading away that is damaged: it is made anew when it is asked for."""
    if folder.parent.name == FOLDER:
        shutil.rmtree(folder, ignore_errors=True)


@lru_cache(maxsize=1024)
def _list_datasets(folder: Path) -> list[str]:
    path = folder / "incidents.parquet"
    with telling_damage(path):
        column = pq.read_table(path, columns=["dataset"]).column("dataset")
    return [name or "" for name in column.unique().to_pylist()]


def _find_salt(home: Path) -> bytes:
    path = home / SALT
    if not path.is_file():
        want(home.parent, path)
    if not path.is_file():
        write_whole(path, secrets.token_bytes(32))
    return path.read_bytes()


def _make(snapshot: Snapshot, folder: Path, coarsener: Coarsener) -> None:
    tables = {name: _read(snapshot.folder / f"{name}.parquet") for name in _TABLES}
    coarse = coarsener.coarsen(tables)
    with make_draft(folder.parent) as draft:
        new = draft / folder.name
        new.mkdir()
        for name, frame in coarse.items():
            schema = pq.read_schema(snapshot.folder / f"{name}.parquet")
            write_table(to_arrow(frame[schema.names]).cast(schema), new / f"{name}.parquet")
        # Nothing but when the version was made.
        (new / FACTS).touch()
        shutil.copystat(snapshot.folder / FACTS, new / FACTS)
        with suppress(FileExistsError):
            # Another server may have made it meanwhile: the same.
            new.rename(folder)
    _sweep(folder.parent, snapshot.folder.parent)


def _sweep(home: Path, versions: Path) -> None:
    """Take away the readings of versions that are gone."""
    for name in list_names(home):
        whose = name.partition("-")[0]
        if "-" in name and not name.startswith(".") and not (versions / whose).is_dir():
            shutil.rmtree(home / name, ignore_errors=True)


def _read(path: Path) -> pd.DataFrame:
    with telling_damage(path):
        frame: pd.DataFrame = pq.read_table(path).to_pandas(types_mapper=_find_dtype)
    return frame


def _find_dtype(kind: pa.DataType) -> object:
    return pd.Int64Dtype() if pa.types.is_integer(kind) else None
