"""What is brought becomes one draft: its datasets put together; then a snapshot, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.datasets import World, prepare_dataset
from incidents.intake.placing.duplicates import find_duplicates
from incidents.intake.placing.overrides import (
    name_govs,
    overrides_frame,
    overrides_of,
    tell_unused_decisions,
)
from incidents.intake.reading.tables import FreeNames, Table, Tables
from incidents.table.errors import SnapshotError
from incidents.table.problems import join_problems, problems_frame
from incidents.table.progress import Begin, begin_silently
from incidents.versions.ids_apart import keep_ids_apart
from incidents.versions.keeping import MakeRoom, write_snapshot
from incidents.versions.origins import Origin
from incidents.versions.snapshots import Snapshot, add_origin, know, read_part
from incidents.versions.sources import from_source, note_brought, profile_of, to_source


@dataclass(frozen=True)
class Draft:
    """A bundle that is checked and placed, but not kept yet.

    Attributes
    ----------
    bundle
        What it was made from, each dataset under a name of its own.
    incidents, reports, claims
        As `incidents.intake.datasets.Dataset` has them.
    accepted
        Incidents of each dataset; they stand together, in the order of the bundle.
    read, set_aside
        Rows of incidents that were brought; those of them that are not in `incidents`.
    """

    bundle: Bundle
    incidents: pd.DataFrame
    reports: pd.DataFrame
    claims: pd.DataFrame
    problems: pd.DataFrame
    accepted: tuple[int, ...]
    read: int

    @property
    def set_aside(self) -> int:
        return self.read - len(self.incidents)


def prepare(bundle: Bundle, world: World, begin: Begin = begin_silently) -> Draft:
    """Check and place everything that is brought, and put it together.

    Never raises because of what a table holds. Every row read is in the draft's incidents or set
    aside, with a problem that says why. Rows of different datasets are never merged: likely
    duplicates are told. Where two datasets use the same id, the later one's gets its name in front.
    """
    decided = name_govs(bundle.overrides, world.gazetteer)
    bundle = replace(bundle, brought=_name_apart(bundle.brought), overrides=decided)
    datasets = [prepare_dataset(each, world, decided, begin) for each in bundle.brought]
    apart = keep_ids_apart(datasets)
    incidents = _concat([each.incidents for each in apart])
    used = set[int]().union(*(each.followed for each in datasets))
    told = problems_frame([*bundle.told, *tell_unused_decisions(decided, used)])
    problems = [told, *(each.problems for each in apart)]
    if len(datasets) > 1:
        problems.append(find_duplicates(incidents).problems)
    return Draft(
        bundle,
        incidents,
        _concat([each.reports for each in apart]),
        _concat([each.claims for each in apart]),
        _join(problems, bundle),
        tuple(len(each.incidents) for each in datasets),
        sum(each.read for each in datasets),
    )


def _concat(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    # Of a single large table, no copy.
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _join(problems: Sequence[pd.DataFrame], bundle: Bundle) -> pd.DataFrame:
    tables = [table for each in bundle.brought for table in each.parts.values()]
    columns = [header for table in tables for header in table.rows.columns]
    return join_problems(problems, files=[table.name for table in tables], columns=columns)


def _name_apart(brought: Sequence[Brought]) -> tuple[Brought, ...]:
    """Each under a name of its own: the second "incidents" is "incidents (2)"."""
    free = FreeNames(())
    return tuple(replace(each, name=free.take(each.name)) for each in brought)


def publish(
    draft: Draft,
    home: Path,
    origin: str,
    begin: Begin = begin_silently,
    make_room: MakeRoom | None = None,
) -> Snapshot:
    """Keep a draft as a snapshot below `home`; the same content is the same snapshot.

    Parameters
    ----------
    origin
        Who makes it, see `incidents.versions.origins.Origin`.
    make_room
        See `incidents.versions.keeping.write_snapshot`; None where it is kept in any case.

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    tables = {"incidents": draft.incidents, "reports": draft.reports, "claims": draft.claims}
    snapshot = write_snapshot(
        home,
        tables,
        draft.problems,
        source=draft.bundle.source,
        set_aside=draft.set_aside,
        monitored=draft.bundle.monitored,
        begin=lambda stage: begin(stage, None),
        sources=_list_sources(draft),
        brought=tuple(note_brought(each) for each in draft.bundle.brought),
        origin=origin,
        make_room=make_room,
    )
    # It may have been there already, made by somebody else.
    return add_origin(snapshot, Origin(origin, draft.bundle.source))


def _list_sources(draft: Draft) -> dict[str, pd.DataFrame]:
    """Each table as it was brought, its problems of reading, and the overrides."""
    found: dict[str, pd.DataFrame] = {}
    start = 0
    for number, each in enumerate(draft.bundle.brought):
        own = draft.incidents.iloc[start : start + draft.accepted[number]]
        start += len(own)
        ids = own.set_index("row")["incident"]
        for part, table in each.parts.items():
            found[f"source_{number}_{part}"] = to_source(
                table, ids if part == "incidents" else None
            )
            if len(table.problems):
                found[f"source_{number}_{part}_problems"] = table.problems
    chosen = [
        {"dataset": each.name, "column": column, "kind": kind}
        for each in draft.bundle.brought
        for column, kind in (each.profile.own if each.profile else {}).items()
    ]
    if chosen:
        # Content, too: the same rows with other columns to ask by are another version.
        found["own"] = pd.DataFrame(chosen, dtype="str")
    if draft.bundle.overrides:
        found["overrides"] = overrides_frame(draft.bundle.overrides)
    return found


def reopen(snapshot: Snapshot) -> Bundle:
    """What a snapshot was made from, to check and place it anew with other decisions.

    Raises
    ------
    SnapshotError
        It was made by an older version of this code, which did not keep its sources.
    """
    if snapshot.protection:
        raise SnapshotError(f"{snapshot.protection} Only an editor may go on from what it is.")
    if not snapshot.brought:
        raise SnapshotError(
            f'Version "{snapshot.id}" does not hold the table it was made from. Bring the file '
            "again to review it."
        )
    brought = tuple(
        _reopen_one(snapshot, number, note) for number, note in enumerate(snapshot.brought)
    )
    overrides = read_part(snapshot, "overrides")
    decided = () if overrides is None else overrides_of(overrides)
    return Bundle(brought, decided, source=snapshot.source, monitored=snapshot.monitored)


def make_anew(damaged: Snapshot, world: World) -> Snapshot:
    """Keep a version of what a damaged one was made from, made by the same.

    Raises
    ------
    SnapshotError
        As `reopen`.
    OSError
        It cannot be written.
    """
    made = publish(prepare(reopen(damaged), world), damaged.folder.parent, damaged.origin)
    for each in know(damaged).origins:
        made = add_origin(made, each)
    return made


def _reopen_one(snapshot: Snapshot, number: int, note: Mapping[str, Any]) -> Brought:
    tables: dict[str, Table] = {}
    for part, facts in note["files"].items():
        name = f"source_{number}_{part}"
        source, problems = read_part(snapshot, name), read_part(snapshot, f"{name}_problems")
        if source is None:
            raise SnapshotError(f'Version "{snapshot.id}" is damaged: a part of it is missing.')
        told = problems_frame([]) if problems is None else problems
        tables[part] = from_source(source, facts, told)
    return Brought(note["name"], Tables(**tables), profile_of(note))
