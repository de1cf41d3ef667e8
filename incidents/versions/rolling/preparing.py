"""The rows of one unit are mapped, checked, placed and graded: by the code of every other table."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.finding.known_names import KnownNames
from incidents.asking.rolled.placing import PARTS, write_prepared
from incidents.intake.bundles import Brought, choose_profile
from incidents.intake.checking.findings import match_headers
from incidents.intake.datasets import World, prepare_dataset
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.parquet import to_text
from incidents.intake.reading.sizes import HOST
from incidents.intake.reading.tables import Table, Tables
from incidents.table.columns import COLUMNS, REPORT_COLUMNS, VOICE_COLUMNS
from incidents.table.problems import problems_at
from incidents.table.progress import begin_silently
from incidents.table.voices import mark_voices
from incidents.versions.keeping import to_arrow
from incidents.versions.rolling.sources import BESIDE, Beside, File, Source, Unit

NAMED = ("place", "country", "gov")
"""Columns that say where an incident was, in words."""
_SUFFIX = r"^(i[0-9a-f]{12})-\d+$"


@dataclass(frozen=True)
class Asked:
    """What is to be rolled up, and by which rules.

    Attributes
    ----------
    rules
        All that decides on how a row is read, as a text: where it is another, all is made anew.
    """

    source: Source
    target: Path
    engine: str
    world: World
    name: str
    profiles: tuple[Profile, ...] = ()
    profile: Profile | None = None
    rules: str = ""
    workers: int | None = None


@dataclass(frozen=True)
class Task:
    """What all units share.

    Attributes
    ----------
    name
        Of the dataset, which each of its rows keeps.
    world
        With the names that are known already.
    has_ids
        Whether the rows have ids of their own; else these are made from what a row says.
    beside
        Reports and claims that come with the incidents.
    folder
        Where prepared rows go.
    """

    source: Source
    name: str
    world: World
    folder: Path
    profile: Profile | None = None
    has_ids: bool = True
    beside: tuple[Beside, ...] = ()

    def map(self, table: Table) -> Table:
        """The table under our column names, or aliases of them."""
        return table if self.profile is None else apply_profile(table, self.profile)


@dataclass(frozen=True)
class Outcome:
    """What became of a unit: rows read, and year, cell and number of those accepted."""

    unit: str
    read: int
    partitions: tuple[tuple[int, int, int], ...]

    def path(self, folder: Path, part: str) -> Path:
        """The file with its prepared rows."""
        return folder / part / f"{self.unit}.parquet"


def get_ready(asked: Asked, folder: Path, first: Unit, came: Sequence[File]) -> Task:
    """What all units share, seen from the columns of the first one.

    `came` are the files of reports and claims that came with them.
    """
    source = asked.source
    table = source.read_text(first)
    profile = choose_profile(table, asked.profiles, asked.profile)
    task = Task(source, asked.name, asked.world, folder, profile)
    headers = match_headers(task.map(table), COLUMNS).names
    beside = []
    for part in BESIDE:
        paths = tuple(each.path for each in came if each.path.startswith(f"{part}/"))
        for path in paths[:1]:
            unit = source.cut(File(path, 0, ""))[0]
            found = match_headers(source.read_text(unit), REPORT_COLUMNS).names
            beside.append(Beside(part, found.get("incident", "incident"), paths))
    return replace(task, has_ids="incident" in headers, beside=tuple(beside))


def list_name_headers(table: Table, profile: Profile | None) -> list[str]:
    """The headers from which `NAMED` are filled."""
    if profile is None:
        names = match_headers(table, COLUMNS).names
        return [names[name] for name in NAMED if name in names]
    rules = [profile.columns[name] for name in NAMED if name in profile.columns]
    found = dict.fromkeys(header for rule in rules for header in rule.list_headers())
    return [header for header in found if header in table.rows.columns]


def list_names(task: Task, unit: Unit) -> pa.Table:
    """Each distinct way in which rows of a unit say where they were."""
    headers = list_name_headers(task.source.read_headers(unit.file), task.profile)
    rows = task.source.read(unit, headers)
    # Each file has dictionaries of its own.
    plain = [
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for column in rows.columns
    ]
    return pa.table(plain, names=rows.column_names).group_by(headers).aggregate([])


def learn_names(task: Task, found: Iterable[pa.Table]) -> KnownNames:
    """Look up the distinct names of all units, each once."""
    tables = list(found)
    joined = pa.concat_tables(tables, promote_options="permissive")
    distinct = joined.group_by(joined.column_names).aggregate([])
    mapped = task.map(to_text(distinct, task.name, HOST))
    rows = mapped.rows[[name for name in mapped.rows.columns if name != "date"]]
    # A name is the same on any day; without one, nothing would be looked at.
    table = replace(mapped, rows=rows.assign(date="2021-07-07"))
    known = KnownNames(task.world.gazetteer)
    world = replace(task.world, geocoder=known)
    prepare_dataset(Brought(task.name, Tables(table)), world, (), begin_silently)
    return known


def prepare_unit(task: Task, unit: Unit) -> Outcome:
    """Prepare the rows of a unit and write them; what was written before is left as it is.

    The files are written aside and renamed, the outcome last: a unit is there whole or not at all.
    """
    done = task.folder / f"{unit.name}.json"
    if done.is_file():
        return read_outcome(done)
    table = task.source.read_text(unit)
    beside = _read_beside(task, table) if task.beside else {}
    brought = Brought(task.name, Tables(table, **beside), task.profile)
    dataset = prepare_dataset(brought, task.world, (), begin_silently)
    tables = {part: to_arrow(getattr(dataset, part)) for part in PARTS}
    for part in PARTS[:3]:
        named = pa.array([unit.file.path] * len(tables[part]), pa.string())
        tables[part] = tables[part].append_column("file", named)
    if not task.has_ids:
        tables["incidents"] = _name_by_content(tables["incidents"])
    outcome = _write(Outcome(unit.name, dataset.read, ()), tables, task.folder)
    told = done.with_name(f".{unit.name}-{uuid.uuid4().hex[:8]}.json")
    told.write_text(json.dumps(asdict(outcome)), "utf-8")
    told.replace(done)
    return outcome


def take_version(version: Path, folder: Path) -> Outcome:
    """The rows of a version, which are prepared already."""
    tables = {part: pq.read_table(version / f"{part}.parquet") for part in PARTS}
    reports = tables["reports"]
    if not {each.name for each in VOICE_COLUMNS} <= set(reports.column_names):
        tables["reports"] = pa.Table.from_pandas(mark_voices(reports.to_pandas()))
    for part in PARTS[:3]:
        table = tables[part]
        if "row" not in table.column_names:
            table = table.append_column("row", pa.array(range(len(table)), pa.int64()))
        named = pa.array([version.name] * len(table), pa.string())
        tables[part] = table.append_column("file", named)
    return _write(Outcome(version.name, len(tables["incidents"]), ()), tables, folder)


def _write(outcome: Outcome, tables: dict[str, pa.Table], folder: Path) -> Outcome:
    word = uuid.uuid4().hex[:8]
    aside = {part: folder / part / f".{outcome.unit}-{word}.parquet" for part in PARTS}
    for path in aside.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    partitions = write_prepared(tables, aside)
    for part, path in aside.items():
        path.rename(outcome.path(folder, part))
    return replace(outcome, partitions=tuple(partitions))


def read_outcome(path: Path) -> Outcome:
    """What became of a unit, as it was written."""
    facts = json.loads(path.read_text("utf-8"))
    facts["partitions"] = tuple(map(tuple, facts["partitions"]))
    return Outcome(**facts)


def _read_beside(task: Task, table: Table) -> dict[str, Table | None]:
    mapped = task.map(table).rows
    headers = match_headers(replace(table, rows=mapped), COLUMNS).names
    if "incident" not in headers:
        return {}
    ids = pa.array(mapped[headers["incident"]], pa.string(), from_pandas=True)
    return {each.part: task.source.read_beside(each, ids) for each in task.beside}


def tell_lost(task: Task, outcomes: Iterable[Outcome]) -> Iterator[pd.DataFrame]:
    """A problem for each report or claim whose incident did not come with it."""
    if not task.beside:
        return
    files = [outcome.path(task.folder, "incidents") for outcome in outcomes]
    ids = pa.concat_tables(pq.read_table(path, columns=["incident"]) for path in files)
    for each in task.beside:
        for path, lost in task.source.find_lost(each, ids.column("incident")):
            rows, values = (lost.column(name).to_pylist() for name in ("row", "incident"))
            yield problems_at("incident_unknown", path, rows, each.header, values)


def _name_by_content(incidents: pa.Table) -> pa.Table:
    """Rows that say exactly the same have the same id, in whatever files they come."""
    column = incidents.schema.get_field_index("incident")
    ids = pc.replace_substring_regex(incidents.column(column), _SUFFIX, r"\1")
    return incidents.set_column(column, "incident", ids)
