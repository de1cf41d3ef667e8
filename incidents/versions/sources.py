"""The tables of a snapshot as they were brought: every cell, also of rows that were set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from incidents.intake.bundles import Brought
from incidents.intake.mapping.profile import read_profile, write_profile
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.tables import Table
from incidents.table.kept_files import list_names
from incidents.versions.snapshots import telling_damage

ROW, STATUS, INCIDENT, TEXT = "@row", "@status", "@incident", "@text"
"""Our columns beside those of the file: its row, what became of it, and of a torn row its text."""
ACCEPTED, SET_ASIDE = "accepted", "set aside"
OURS = (ROW, STATUS, INCIDENT, TEXT)
_MARK = "@"  # in front of ours; a name of the file that begins so gets another one in front


def to_source(table: Table, ids: pd.Series | None = None) -> pd.DataFrame:
    """A table as it was brought, with `ROW`, `STATUS`, `INCIDENT` and `TEXT`.

    Parameters
    ----------
    ids
        Id of the incident that each accepted row became, by row; None for reports and claims,
        whose status is not told.
    """
    rows = table.rows
    extra = {ROW: pd.Series(rows.index, index=rows.index, dtype="int64")}
    if ids is not None:
        is_kept = rows.index.isin(ids.index)
        status = pd.Series(SET_ASIDE, index=rows.index, dtype="str").mask(is_kept, ACCEPTED)
        extra |= {STATUS: status, INCIDENT: ids.reindex(rows.index).astype("str")}
    own = {escape(name): rows[name] for name in rows}
    source = pd.DataFrame({**extra, **own}, copy=False)
    torn = table.torn
    if not len(torn):
        return source
    told = pd.DataFrame({ROW: torn["row"].astype("int64"), TEXT: torn["text"].astype("str")})
    if ids is not None:
        told[STATUS] = SET_ASIDE
    both = pd.concat([source, told]).sort_values(ROW, kind="stable")
    return both.astype({ROW: "int64"})


def from_source(source: pd.DataFrame, note: Mapping[str, Any], problems: pd.DataFrame) -> Table:
    """The table that `to_source` wrote."""
    torn = pd.DataFrame({"row": pd.Series(dtype="int64"), "text": pd.Series(dtype="str")})
    rows = source
    if TEXT in source:
        is_torn = source[TEXT].notna()
        taken = source.loc[is_torn]
        torn = pd.DataFrame({"row": taken[ROW].to_numpy(), "text": taken[TEXT].to_numpy()})
        rows = source.loc[~is_torn]
    index = pd.Index(rows[ROW].to_numpy(), name="row")
    own = rows.drop(columns=[each for each in OURS if each in rows])
    own = own.set_axis([unescape(name) for name in own], axis=1)
    return Table(
        name=note["file"],
        rows=own.set_axis(index).astype("str"),
        read=note["read"],
        problems=problems,
        encoding=note.get("encoding"),
        separator=note.get("separator"),
        torn=torn,
        tags=note.get("tags", {}),
    )


def show_names(stored: Sequence[str]) -> list[str]:
    """The columns of `to_source` under the file's own names, and ours without their mark.

    Ours keep the mark, or get more of it, where the file has that name itself.
    """
    own = {name: unescape(name) for name in stored if name not in OURS}
    taken = set(own.values())
    shown = dict(own)
    for name in (each for each in stored if each in OURS):
        free = name.removeprefix(_MARK)
        while free in taken:
            free = _MARK + free
        shown[name] = free
        taken.add(free)
    return [shown[name] for name in stored]


def escape(name: str) -> str:
    """The name under which a snapshot keeps a column of the file."""
    return _MARK + name if name.startswith(_MARK) else name


def unescape(name: str) -> str:
    """The name that the file has for a column of a snapshot."""
    # Older snapshots hold names with one mark as they are.
    return name.removeprefix(_MARK) if name.startswith(2 * _MARK) else name


def note_brought(brought: Brought) -> dict[str, Any]:
    """What `from_source` must know besides the cells, for ``snapshot.json``."""
    files = {}
    for part, table in brought.parts.items():
        note = {"file": table.name, "read": table.read, "encoding": table.encoding}
        note |= {"separator": table.separator, "tags": dict(table.tags)}
        files[part] = {name: value for name, value in note.items() if value not in (None, {})}
    profile = None if brought.profile is None else write_profile(brought.profile)
    return {"name": brought.name, "profile": profile, "files": files}


def profile_of(note: Mapping[str, Any]) -> Profile | None:
    """The profile by which a table was read."""
    return None if note["profile"] is None else read_profile(note["profile"])


def find_source_row(folder: Path, incident: str) -> dict[str, str] | None:
    """The row of an incident as it was brought: every cell that is not empty, by the file's names.

    None if the snapshot does not keep its sources. Of a large table only one part is read.

    Raises
    ------
    DamagedError
        The file is damaged.
    """
    for name in list_names(folder):
        path = folder / name
        if not path.match("source_*_incidents.parquet"):
            continue
        with telling_damage(path):
            row = _find_row(path, incident)
        if row is not None:
            own = {unescape(name): row[name] for name in row if name not in OURS}
            return {name: text for name, text in own.items() if text}
    return None


def _find_row(path: Path, incident: str) -> dict[str, str] | None:
    with pq.ParquetFile(path) as file:
        at = pc.index(file.read(columns=[INCIDENT]).column(INCIDENT), incident).as_py()
        for number in range(file.num_row_groups if at >= 0 else 0):
            rows = file.metadata.row_group(number).num_rows
            if at < rows:
                found: dict[str, str] = file.read_row_group(number).slice(at, 1).to_pylist()[0]
                return found
            at -= rows
    return None
