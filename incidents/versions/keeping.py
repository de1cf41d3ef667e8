"""A version is written: whole or not at all, and never twice."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from incidents.table.errors import DamagedError
from incidents.table.kept_files import make_draft, remove, sync, tell_written
from incidents.table.progress import Tell, tell_nobody
from incidents.versions.content import hash_tables
from incidents.versions.notes import forget_gone
from incidents.versions.opened import note_opened
from incidents.versions.snapshots import COPY, FACTS, Snapshot, know, read_made, set_made
from incidents.versions.soundness import find_aside, find_sound, list_facts, move_aside
from incidents.versions.sums import write_sums

MakeRoom = Callable[[Path], None]
ROW_GROUP = 100_000
"""Rows of a Parquet file that are read by one thread, and skipped together."""


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
    make_room: MakeRoom | None = None,
) -> Snapshot:
    """Keep a version of the tables below `home`; one that is there already is left as it is.

    Its incidents are in the order of their dates, then of their ids: so they are exported.
    It is written to a temporary name and renamed, so that a half-written one is never read.
    `sources` are further tables that it keeps, such as those that it was made from; they are
    content, too.

    Parameters
    ----------
    make_room
        Called with the folder that is written before it gets its name, unless the version is there
        already; what it raises keeps the version from being kept.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    tell = begin("hash")
    incidents = tables["incidents"].sort_values(["date", "incident"], kind="stable")
    arrow = {
        name: to_arrow(incidents if name == "incidents" else frame)
        for name, frame in tables.items()
    }
    # Rows set aside are told by their problems: without them, two tables would pass for one.
    arrow["problems"] = to_arrow(problems)
    # Content, too, but only where it is stated: other tables keep the ids that links name.
    stated = {} if monitored is None else {"monitored": pa.table({"day": list(monitored)})}
    kept = {name: to_arrow(frame) for name, frame in (sources or {}).items()}
    snapshot_id = hash_tables(arrow | stated | kept, tell)
    folder = home / snapshot_id
    located = int(incidents["lat"].notna().sum())
    counts = (len(incidents), set_aside, located)
    snapshot = Snapshot(snapshot_id, source, *counts, folder, monitored, origin, brought)
    try:
        found = find_sound(home, snapshot_id)
        # Noted as opened, it does not expire now; unless it just has.
        if found is not None and note_opened(folder):
            return found
    except DamagedError:
        move_aside(folder)
    damaged = find_aside(home, snapshot_id)
    with make_draft(home) as draft:
        new = draft / snapshot_id
        _write_files(new, arrow | kept, list_facts(snapshot), begin("write"))
        if damaged:
            # Made anew, it is as old as it was.
            set_made(new, min(map(read_made, (new, *damaged))))
        if make_room is not None:
            make_room(new)
        try:
            new.rename(folder)
        except OSError:
            # Two processes may make the same snapshot at once; the first one's is as good.
            if find_sound(home, snapshot_id) is None:
                raise
    forget_gone(home, snapshot_id)
    if damaged:
        note_opened(folder)  # so old, it would else expire now
    for aside in find_aside(home, snapshot_id):
        remove(aside)
    tell_written(folder)
    return know(snapshot)


def _write_files(folder: Path, tables: Mapping[str, pa.Table], facts: str, tell: Tell) -> None:
    """All files of a snapshot; a disk that loses power next still has them."""
    folder.mkdir()
    for name, table in tables.items():
        write_table(table, folder / f"{name}.parquet", tell)
    (folder / FACTS).write_text(facts, "utf-8")
    shutil.copy2(folder / FACTS, folder / COPY)  # with its time
    names = [path.name for path in folder.iterdir()]
    for name in names:
        sync(folder / name)
    write_sums(folder, names)


def write_table(table: pa.Table, path: Path, tell: Tell = tell_nobody) -> None:
    """A table as the Parquet file of a version, in pieces of `ROW_GROUP` rows."""
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        for start in range(0, max(table.num_rows, 1), ROW_GROUP):
            if table.num_rows > ROW_GROUP:
                tell(start, table.num_rows)
            writer.write_table(table.slice(start, ROW_GROUP))


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame without pandas' own notes; its dates, which pandas holds as midnights, as days."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    for index, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(index, field.name, table.column(index).cast(pa.date32()))
    return table
