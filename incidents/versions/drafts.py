"""What is brought becomes one draft: mapped, checked, placed, put together; then a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from geo.finding.geocoder import Geocoder
from geo.places.boundaries import Boundaries
from geo.places.gazetteer import Gazetteer
from incidents.intake.checking.findings import find_headers
from incidents.intake.checking.totals import check_totals
from incidents.intake.checking.validation import Validated, validate
from incidents.intake.grading.grades import grade_incidents
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.placing.duplicates import find_duplicates
from incidents.intake.placing.locating import locate, name_governorates
from incidents.intake.placing.name_matches import Online
from incidents.intake.placing.overrides import (
    Override,
    apply_overrides,
    mark_overrides,
    name_govs,
    overrides_frame,
    overrides_of,
    tell_unused,
)
from incidents.intake.reading.tables import Table, Tables
from incidents.table.claims import derive_ranges
from incidents.table.columns import COLUMNS, RANGES
from incidents.table.errors import SnapshotError
from incidents.table.problems import Problem, join_problems, problems_frame
from incidents.table.progress import Tell, tell_nobody
from incidents.versions.snapshots import Snapshot, read_part, write_snapshot
from incidents.versions.sources import (
    PARTS,
    Brought,
    from_source,
    list_parts,
    note_brought,
    profile_of,
    to_source,
)

NO_DATA = ("hxl_row", "title_row")
"""Problems that tell of a row which is no row of data."""
Begin = Callable[[str, int | None], Tell]
"""Told that a stage of `incidents.table.progress` begins, and of how many rows; gives a `Tell`."""


def begin_silently(stage: str, rows: int | None = None) -> Tell:
    """For those who do not ask how far it is."""
    return tell_nobody


@dataclass(frozen=True)
class World:
    """What places are found in."""

    gazetteer: Gazetteer
    boundaries: Boundaries
    online: Online | None = None


@dataclass(frozen=True)
class Draft:
    """Tables that are checked and placed, but not kept yet.

    Attributes
    ----------
    incidents, reports, claims
        As `incidents.intake.checking.validation.Validated` has them, incidents with the match's
        columns.
    accepted
        Incidents of each dataset; they stand together, in the order of `brought`.
    read, set_aside
        Rows of incidents that were brought; those of them that are not in `incidents`.
    """

    brought: tuple[Brought, ...]
    overrides: tuple[Override, ...]
    incidents: pd.DataFrame
    reports: pd.DataFrame
    claims: pd.DataFrame
    problems: pd.DataFrame
    accepted: tuple[int, ...]
    read: int

    @property
    def set_aside(self) -> int:
        return self.read - len(self.incidents)


def prepare(
    brought: Sequence[Brought],
    world: World,
    overrides: Sequence[Override] = (),
    begin: Begin = begin_silently,
    told: Sequence[Problem] = (),
) -> Draft:
    """Check and place everything that is brought, and put it together.

    Never raises because of what a table holds. Every row read is in the draft's incidents or set
    aside, with a problem that says why. Rows of different datasets are never merged: likely
    duplicates are told. Where two datasets use the same id, the later one's gets its name in front.

    Parameters
    ----------
    overrides
        Places set by hand, for all datasets.
    told
        Problems found before, such as those of the overrides' file.
    """
    named, decided = _name_apart(brought), name_govs(overrides, world.gazetteer)
    parts, used = [], set[int]()
    for each in named:
        part, followed = _prepare_one(each, world, decided, begin)
        parts.append(part)
        used |= followed
    apart = _part_ids(parts)
    incidents = _concat([each.incidents for each in apart])
    told = [*told, *tell_unused(decided, used)]
    problems = [problems_frame(told), *(each.problems for each in apart)]
    if len(parts) > 1:
        problems.append(find_duplicates(incidents).problems)
    return Draft(
        tuple(named),
        decided,
        incidents,
        _concat([each.reports for each in apart]),
        _concat([each.claims for each in apart]),
        _join(problems, named),
        tuple(len(each.incidents) for each in parts),
        sum(each.read for each in parts),
    )


def _concat(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    # Of a single large table, no copy.
    return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)


def _join(problems: Sequence[pd.DataFrame], brought: Sequence[Brought]) -> pd.DataFrame:
    tables = [table for each in brought for table in list_parts(each).values()]
    columns = [header for table in tables for header in table.rows.columns]
    return join_problems(problems, files=[table.name for table in tables], columns=columns)


def _name_apart(brought: Sequence[Brought]) -> list[Brought]:
    """Each under a name of its own: the second "incidents" is "incidents (2)"."""
    named: list[Brought] = []
    for each in brought:
        name, number = each.name, 1
        while any(other.name == name for other in named):
            number += 1
            name = f"{each.name} ({number})"
        named.append(replace(each, name=name))
    return named


def _prepare_one(
    each: Brought, world: World, overrides: Sequence[Override], begin: Begin
) -> tuple[Validated, set[int]]:
    """One of the tables, and the positions of the decisions that its rows follow."""
    own = each.tables.incidents
    table = own if each.profile is None else apply_profile(own, each.profile)
    # Where reports stand in the table of incidents, the profile takes them out.
    tell = begin("check", len(table.rows))
    valid = validate(replace(each.tables, incidents=table), tell=tell)
    tell = begin("locate", None)
    rows = name_governorates(valid.incidents.set_index("row"), world.gazetteer)
    rows, chosen = apply_overrides(rows, overrides)
    geocoder = Geocoder(world.gazetteer)
    find_header = find_headers(table, COLUMNS)
    located = locate(
        rows, own.name, geocoder, world.boundaries, tell, world.online, find_header=find_header
    )
    marked = mark_overrides(located.incidents, chosen, overrides)
    incidents = _derive(marked, valid.reports, valid.claims)
    incidents["dataset"] = incidents["dataset"].fillna(each.name)
    incidents["grade"] = grade_incidents(incidents, valid.reports, valid.claims)
    settled = located.problems
    if len(settled):
        # Of a name on which somebody has decided, nothing is left to say.
        is_settled = settled["row"].isin(chosen.index[chosen >= 0])
        settled = settled[~(is_settled & settled["kind"].str.startswith("place_"))]
    problems = _join([valid.problems, settled, check_totals(incidents, own.name)], [each])
    # Each row of data is in one of the two: accepted, or set aside.
    # Tags that are the column names were never among the rows that were read.
    about = own.problems.loc[own.problems["kind"].isin(NO_DATA), "row"]
    read = own.read - int(own.torn["row"].isin(about).sum())
    whole = replace(valid, incidents=incidents, problems=problems, read=read, set_aside=0)
    return whole, set(chosen[chosen >= 0].unique().tolist())


def _derive(incidents: pd.DataFrame, reports: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Ranges from the claims and sources from the reports that stand for them; else the table's.

    A range is replaced whole: one claim of "up to 5" leaves no lowest number of the table.
    """
    rows = incidents.reset_index(names="row")
    if reports.empty:
        return rows
    derived = derive_ranges(reports, claims)
    own = derived.reindex(rows["incident"]).set_axis(rows.index)
    stands = own.notna()
    for low, high in ((each.low, each.high) for each in RANGES):
        stands[low] = stands[high] = stands[low] | stands[high]
    # Reports that name no publisher at all are not counted: the table may know how many.
    stands["sources"] = own["sources"].fillna(0) > 0
    for column in own.columns:
        rows[column] = rows[column].astype("Int64").mask(stands[column], own[column])
    return rows


_IDS = {"incidents": ("incident",), "reports": ("report", "incident"),
        "claims": ("claim", "report", "incident")}  # fmt: skip


def _part_ids(parts: Sequence[Validated]) -> list[Validated]:
    """The same parts; ids that an earlier part uses, too, get the name of their dataset."""
    seen: dict[str, set[str]] = {"incident": set(), "report": set(), "claim": set()}
    apart = []
    for each in parts:
        frames = {part: getattr(each, part) for part in PARTS}
        owners = {"incident": "incidents", "report": "reports", "claim": "claims"}
        taken = {
            name: seen[name] & set(frames[owners[name]][name].dropna()) if seen[name] else set()
            for name in seen
        }
        if any(taken.values()) and len(each.incidents):
            dataset = str(each.incidents["dataset"].iloc[0])
            frames = _rename_ids(frames, taken, dataset)
            each = replace(each, **frames)
        for name, part in owners.items():
            seen[name] |= set(frames[part][name].dropna()) if len(parts) > 1 else set()
        apart.append(each)
    return apart


def _rename_ids(
    frames: Mapping[str, pd.DataFrame], taken: Mapping[str, set[str]], dataset: str
) -> dict[str, pd.DataFrame]:
    renamed = {}
    for part, frame in frames.items():
        own = frame.copy()
        for name in _IDS[part]:
            own[name] = own[name].mask(own[name].isin(taken[name]), f"{dataset}/" + own[name])
        for name, kind in (("supersedes", "report"), ("response_to", "incident")):
            if name in own and taken[kind]:
                own[name] = own[name].map(
                    partial(_rename_listed, taken=taken[kind], dataset=dataset), na_action="ignore"
                )
        renamed[part] = own
    return renamed


def _rename_listed(ids: str, taken: set[str], dataset: str) -> str:
    each = (one.strip() for one in ids.split(";"))
    return ";".join(f"{dataset}/{one}" if one in taken else one for one in each)


def publish(
    draft: Draft,
    home: Path,
    source: str,
    origin: str,
    monitored: tuple[date, date] | None = None,
    begin: Begin = begin_silently,
) -> Snapshot:
    """Keep a draft as a snapshot below `home`; the same content is the same snapshot.

    Parameters
    ----------
    source
        Its name for the reader.
    origin
        ``table`` (the dashboard's own), ``import`` (by command) or ``upload`` (by a visitor, whose
        snapshot is listed to nobody else).

    Raises
    ------
    OSError
        `home` cannot be written.
    """
    tables = {"incidents": draft.incidents, "reports": draft.reports, "claims": draft.claims}
    return write_snapshot(
        home,
        tables,
        draft.problems,
        source=source,
        set_aside=draft.set_aside,
        monitored=monitored,
        begin=lambda stage: begin(stage, None),
        sources=_list_sources(draft),
        brought=tuple(note_brought(each) for each in draft.brought),
        origin=origin,
    )


def _list_sources(draft: Draft) -> dict[str, pd.DataFrame]:
    """Each table as it was brought, its problems of reading, and the overrides."""
    found: dict[str, pd.DataFrame] = {}
    start = 0
    for number, each in enumerate(draft.brought):
        own = draft.incidents.iloc[start : start + draft.accepted[number]]
        start += len(own)
        ids = own.set_index("row")["incident"]
        for part, table in list_parts(each).items():
            found[f"source_{number}_{part}"] = to_source(
                table, ids if part == "incidents" else None
            )
            if len(table.problems):
                found[f"source_{number}_{part}_problems"] = table.problems
    if draft.overrides:
        found["overrides"] = overrides_frame(draft.overrides)
    return found


def reopen(snapshot: Snapshot) -> tuple[tuple[Brought, ...], tuple[Override, ...]]:
    """What a snapshot was made from, to check and place it anew with other decisions.

    Raises
    ------
    SnapshotError
        It was made by an older version of this code, which did not keep its sources.
    """
    if not snapshot.brought:
        raise SnapshotError(
            f'Version "{snapshot.id}" does not hold the table it was made from. Bring the file '
            "again to review it."
        )
    brought = tuple(
        _reopen_one(snapshot, number, note) for number, note in enumerate(snapshot.brought)
    )
    overrides = read_part(snapshot, "overrides")
    return brought, () if overrides is None else overrides_of(overrides)


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
