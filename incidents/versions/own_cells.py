"""The own columns of a version: found in its tables as they were brought, by one written rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from incidents.intake.own_columns import (
    MOST_COLUMNS,
    MOST_WORDS,
    clean_value,
    has_few_values,
    list_own,
    name_own,
    read_day_values,
    read_number,
)
from incidents.intake.reading.tables import Table
from incidents.table.columns import fold_name
from incidents.table.errors import ProfileError
from incidents.table.own_columns import OwnColumn, OwnKind, OwnTable
from incidents.table.problems import problems_frame
from incidents.versions.snapshots import (
    COPY,
    Snapshot,
    find_part,
    read_facts,
    read_part,
    telling_damage,
)
from incidents.versions.sources import INCIDENT, escape, from_source, profile_of

_MOST_RAW = 2 * MOST_WORDS
"""Different cells, as they are, from which on a column has not few values."""
_LOOKED_AT = 200
"""Columns of a table that are looked at without having been chosen."""
_SAMPLE = 20_000
"""Rows of which a column is given up that has too many values in them."""


@dataclass(frozen=True)
class _Source:
    """One of the tables that a version was made from; `headers` are its own columns."""

    path: Path
    incidents: pa.ChunkedArray
    headers: Sequence[str]
    chosen: Mapping[str, OwnKind]

    @cached_property
    def file(self) -> pq.ParquetFile:
        return pq.ParquetFile(self.path)

    @cached_property
    def positions(self) -> pa.Array:
        """The row of each incident of the version; null where it is of another table."""
        ids = self.file.read(columns=[INCIDENT]).column(INCIDENT).combine_chunks()
        kept = self.incidents.combine_chunks().cast(ids.type)
        return pc.index_in(kept, value_set=ids, skip_nulls=True)

    def has_many(self, header: str) -> bool:
        """Whether its first rows alone have too many different cells to choose from."""
        name = escape(header)
        batches = self.file.iter_batches(_SAMPLE, columns=[name])
        first = next(batches, None)
        return first is not None and len(pc.unique(first.column(name))) > _MOST_RAW

    def read(self, header: str) -> pa.Array:
        """The cells of a column, one for each incident of the version."""
        name = escape(header)
        # Where names have dots, more than the one asked for may be read.
        cells = self.file.read(columns=[name]).column(name).cast(pa.large_string())
        return cells.combine_chunks().take(self.positions)


@dataclass(frozen=True)
class _Wanted:
    """A column that several tables may have, and what was chosen for it, if anything."""

    parts: tuple[tuple[_Source, str], ...]
    kind: OwnKind | None

    @property
    def label(self) -> str:
        return self.parts[0][1]


def find_own(folder: Path) -> OwnTable | None:
    """The own columns of the version in this folder; None if it has none.

    Columns of the same name in several of its tables are one, unless other kinds were chosen for
    them. A version that does not keep its sources has none.

    Raises
    ------
    DamagedError, TableError
        A file cannot be read.
    """
    snapshot = read_facts(folder) or read_facts(folder, COPY)
    if snapshot is None or not snapshot.brought:
        return None
    sources = list(_list_sources(snapshot))
    if not any(source.headers for source in sources):
        return None
    found: list[tuple[_Wanted, OwnKind, pa.Array]] = []
    room = MOST_COLUMNS
    with telling_damage(folder / "source"):
        for wanted in _group(sources):
            if wanted.kind is None and room == 0:
                continue
            cells = _read(wanted)
            if cells is not None:
                room -= wanted.kind is None
                found.append((wanted, wanted.kind or "facet", cells))
    if not found:
        return None
    names = name_own(wanted.label for wanted, _, _ in found)
    columns = [
        OwnColumn(name, wanted.label, kind)
        for name, (wanted, kind, _) in zip(names, found, strict=True)
    ]
    return OwnTable(columns, pa.table([cells for _, _, cells in found], names))


def _list_sources(snapshot: Snapshot) -> Iterator[_Source]:
    incidents = None
    for number, note in enumerate(snapshot.brought):
        name = f"source_{number}_incidents"
        path = find_part(snapshot, name)
        if path is None:
            continue
        table = _read_head(snapshot, name, path, note)
        try:
            profile = profile_of(note)
        except ProfileError:
            # Of a mapping that this code no longer reads, nobody knows what it left over.
            continue
        chosen = {} if profile is None else profile.own
        headers = [each for each in list_own(table, profile) if each not in chosen]
        headers = [*(each for each in chosen if each in table.rows), *headers[:_LOOKED_AT]]
        if headers and incidents is None:
            kept = find_part(snapshot, "incidents")
            incidents = pq.read_table(kept, columns=["incident"]).column("incident")
        if headers:
            yield _Source(path, incidents, headers, chosen)


def _read_head(snapshot: Snapshot, name: str, path: Path, note: Mapping[str, Any]) -> Table:
    """The table that was brought, without its rows."""
    with telling_damage(path):
        head = pq.read_schema(path).empty_table().to_pandas()
    problems = read_part(snapshot, f"{name}_problems")
    told = problems_frame([]) if problems is None else problems
    return from_source(head, note["files"]["incidents"], told)


def _group(sources: Sequence[_Source]) -> list[_Wanted]:
    """Columns of one name and choice together, in the order of the tables."""
    groups: dict[tuple[str, OwnKind | None], list[tuple[_Source, str]]] = {}
    for source in sources:
        for header in source.headers:
            key = (fold_name(header) or header, source.chosen.get(header))
            groups.setdefault(key, []).append((source, header))
    return [_Wanted(tuple(parts), kind) for (_, kind), parts in groups.items()]


def _read(wanted: _Wanted) -> pa.Array | None:
    """The cells of a column in its type; None where nobody chose it and its values are many."""
    if wanted.kind is None and any(source.has_many(header) for source, header in wanted.parts):
        return None
    cells = pc.coalesce(*(source.read(header) for source, header in wanted.parts))
    encoded = cells.dictionary_encode()
    if wanted.kind is None and len(encoded.dictionary) > _MOST_RAW:
        return None
    values = [clean_value(text) for text in encoded.dictionary.to_pylist()]
    if wanted.kind is None:
        texts = pa.array(values, pa.string()).take(encoded.indices)
        known = {value for value in values if value is not None}
        filled = len(texts) - texts.null_count
        return texts if has_few_values(sorted(known), filled, len(texts)) else None
    return _TYPED[wanted.kind](values).take(encoded.indices)


def _type_texts(values: Sequence[str | None]) -> pa.Array:
    return pa.array(values, pa.string())


def _type_numbers(values: Sequence[str | None]) -> pa.Array:
    numbers = [read_number(value) for value in values]
    is_whole = all(number is None or number.is_integer() for number in numbers)
    array = pa.array(numbers, pa.float64())
    return array.cast(pa.int64()) if is_whole else array


def _type_days(values: Sequence[str | None]) -> pa.Array:
    days = read_day_values(values)
    return pa.array([None if pd.isna(day) else day.date() for day in days], pa.date32())


_TYPED: Mapping[OwnKind, Callable[[Sequence[str | None]], pa.Array]] = {
    "facet": _type_texts,
    "number": _type_numbers,
    "date": _type_days,
    "text": _type_texts,
}
