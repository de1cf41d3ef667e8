"""Immutable, content-addressed versions of the table, kept as Parquet."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from incidents.table.errors import SnapshotError
from incidents.table.progress import Tell, tell_nobody

ID_LENGTH = 12
ROW_GROUP = 100_000
"""Rows of a Parquet file that are read by one thread, and skipped together."""
DRAFT = ".draft-"
STALE = 6 * 3600
"""Seconds after which a draft is taken for one whose process was killed."""
BLOCK = 1 << 16
"""Rows that are hashed at a time."""


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
        facts = self.folder / "snapshot.json"
        return datetime.fromtimestamp(facts.stat().st_mtime, UTC)


def hash_tables(tables: Mapping[str, pa.Table], tell: Tell = tell_nobody) -> str:
    """Short hash of the logical content: names, order and values of columns, row by row.

    It does not depend on how the values are stored or compressed, nor on a library's version.
    """
    digest = hashlib.sha256()
    done, total = 0, sum(table.num_columns for table in tables.values())
    for name, table in tables.items():
        digest.update(f"{name} {table.num_rows}\n".encode())
        for column in table.column_names:
            tell(done, total)
            done += 1
            digest.update(f"{column}\n".encode())
            for start in range(0, table.num_rows, BLOCK):
                # Block by block: whole, a column of few long texts would fill the memory.
                texts = table.column(column).slice(start, BLOCK).cast(pa.large_string())
                block = pa.concat_arrays(texts.chunks)
                # Lengths beside the texts: no text can pass for two, nor for a missing one.
                lengths = pc.fill_null(pc.binary_length(block), -1).to_numpy()
                digest.update(lengths.astype("<i8").tobytes())
                digest.update(_join_texts(block))
    return digest.hexdigest()[:ID_LENGTH]


def _join_texts(block: pa.LargeStringArray) -> memoryview:
    """The bytes of all texts of a block, one after the other."""
    filled = pc.fill_null(block, "") if block.null_count else block
    _, offsets, texts = filled.buffers()
    bounds = np.frombuffer(offsets, dtype="<i8")[filled.offset : filled.offset + len(filled) + 1]
    return memoryview(texts or b"")[bounds[0] : bounds[-1]]


def write_snapshot(
    home: Path,
    tables: Mapping[str, pd.DataFrame],
    problems: pd.DataFrame,
    source: str,
    set_aside: int,
    monitored: tuple[date, date] | None = None,
    begin: Callable[[str], Tell] = lambda stage: tell_nobody,
    sources: Mapping[str, pd.DataFrame] | None = None,
    brought: tuple[dict[str, Any], ...] = (),
    origin: str = "table",
) -> Snapshot:
    """Keep a version of the tables below `home`; one that is there already is left as it is.

    Its incidents are in the order of their dates, then of their ids: so they are exported.
    It is written to a temporary name and renamed, so that a half-written one is never read.
    `sources` are further tables that it keeps, such as those that it was made from; they are
    content, too.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    tell = begin("hash")
    incidents = tables["incidents"].sort_values(["date", "incident"], kind="stable")
    arrow = {
        name: _to_arrow(incidents if name == "incidents" else frame)
        for name, frame in tables.items()
    }
    # Rows set aside are told by their problems: without them, two tables would pass for one.
    arrow["problems"] = _to_arrow(problems)
    # Content, too, but only where it is stated: other tables keep the ids that links name.
    stated = {} if monitored is None else {"monitored": pa.table({"day": list(monitored)})}
    kept = {name: _to_arrow(frame) for name, frame in (sources or {}).items()}
    snapshot_id = hash_tables(arrow | stated | kept, tell)
    folder = home / snapshot_id
    located = int(incidents["lat"].notna().sum())
    counts = (len(incidents), set_aside, located)
    snapshot = Snapshot(snapshot_id, source, *counts, folder, monitored, origin, brought)
    if (found := _read(folder)) is not None:
        return found
    home.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=home))
    _sweep(home, draft)
    tell = begin("write")
    try:
        for name, table in (arrow | kept).items():
            _write_table(table, draft / f"{name}.parquet", tell)
        facts = {k: v for k, v in asdict(snapshot).items() if k != "folder" and v not in (None, ())}
        if monitored is not None:
            facts["monitored"] = [day.isoformat() for day in monitored]
        (draft / "snapshot.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        # Two processes may make the same snapshot at once; the first one's is as good.
        if not folder.is_dir():
            raise
    return snapshot


def _sweep(home: Path, own: Path) -> None:
    """Remove drafts that a killed process left behind: those much older than our own."""
    began = own.stat().st_mtime
    for each in home.glob(f"{DRAFT}*"):
        with suppress(OSError):
            if each.is_dir() and began - each.stat().st_mtime > STALE:
                shutil.rmtree(each, ignore_errors=True)


def _write_table(table: pa.Table, path: Path, tell: Tell) -> None:
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        for start in range(0, max(table.num_rows, 1), ROW_GROUP):
            if table.num_rows > ROW_GROUP:
                tell(start, table.num_rows)
            writer.write_table(table.slice(start, ROW_GROUP))


def _to_arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame without pandas' own notes; its dates, which pandas holds as midnights, as days."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    for index, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(index, field.name, table.column(index).cast(pa.date32()))
    return table


def find_snapshot(home: Path, snapshot_id: str) -> Snapshot | None:
    """The kept snapshot of this id, or None. An id that is not one of ours finds nothing."""
    if re.fullmatch(rf"[0-9a-f]{{{ID_LENGTH}}}", snapshot_id) is None:
        return None
    return _read(home / snapshot_id)


def list_snapshots(home: Path) -> list[Snapshot]:
    """All that are kept, the newest first."""
    folders = home.iterdir() if home.is_dir() else ()
    found = [each for folder in folders if (each := find_snapshot(home, folder.name)) is not None]
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


def _read(folder: Path) -> Snapshot | None:
    try:
        facts = json.loads((folder / "snapshot.json").read_text("utf-8"))
        if "monitored" in facts:
            first, last = map(date.fromisoformat, facts["monitored"])
            facts["monitored"] = (first, last)
        facts["brought"] = tuple(facts.get("brought", ()))
        return Snapshot(**facts, folder=folder)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def hash_files(paths: Iterator[Path] | list[Path], code: str) -> str:
    """Hash of the bytes of files and of a version of the code: tells whether to read again."""
    digest = hashlib.sha256(code.encode())
    for path in paths:
        digest.update(f"\n{path.name}\n".encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def remember(home: Path, inputs: str, snapshot_id: str) -> None:
    """Note that these inputs gave this snapshot, so that the next start need not read again."""
    folder = home / "inputs"
    folder.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=folder)
    os.close(handle)
    Path(draft).write_text(snapshot_id, "utf-8")
    Path(draft).replace(folder / inputs)


def recall(home: Path, inputs: str) -> Snapshot | None:
    """The snapshot that these inputs gave earlier, if it is still kept."""
    try:
        return find_snapshot(home, (home / "inputs" / inputs).read_text("utf-8"))
    except (OSError, ValueError):
        return None
