"""The dashboard's own table: its files, when they change, and what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from geo.places.gazetteer_files import find_shipped, list_gazetteer_files
from incidents.asking.rolled.manifest import MANIFEST, is_rolled
from incidents.intake.bundles import Brought, Bundle, choose_profile
from incidents.intake.mapping.rules import Profile
from incidents.intake.placing.overrides import OVERRIDES, read_overrides
from incidents.intake.reading.files import read_table, read_tables
from incidents.intake.reading.tables import Tables
from incidents.table.errors import TableError
from incidents.table.settings import ROOT, Settings
from incidents.versions.content import hash_files
from incidents.versions.monitoring import find_package, read_monitored, read_name

Stamps = tuple[tuple[str, int, int], ...]
"""Path, time of the last change and size of each file."""


def bring_own(
    path: Path,
    profiles: Sequence[Profile],
    given: Profile | None = None,
    read: Tables | None = None,
) -> Bundle:
    """A table of the disk with what is beside it: places set by hand, and its description.

    Parameters
    ----------
    given
        Its profile; None where that is told by its columns.
    read
        Its tables, if they are read already.

    Raises
    ------
    TableError
        A file cannot be read.
    """
    tables = read_tables(path) if read is None else read
    profile = choose_profile(tables.incidents, profiles, given)
    brought = Brought(read_name(path), tables, profile)
    monitored, unclear = read_monitored(path)
    beside = find_overrides(path)
    overrides, told = read_overrides(read_table(beside)) if beside.is_file() else ((), [])
    return Bundle((brought,), overrides, (*unclear, *told), path.name, monitored)


def find_overrides(table: Path) -> Path:
    """Where the places set by hand are: in the table's folder, or beside a file by its name."""
    return table / OVERRIDES if table.is_dir() else table.with_suffix(f".{OVERRIDES}")


def list_inputs(settings: Settings) -> list[Path]:
    """The files that a snapshot is made from: tables, what is beside them, gazetteer, boundaries.

    Raises
    ------
    TableError
        The table is not there.
    """
    table = settings.table
    if is_rolled(table):
        return [table / MANIFEST]
    if table.is_dir():
        tables = sorted(p for p in table.glob("*.csv") if p.name != settings.places.name)
        beside = [find_package(table)]
    elif table.is_file():
        tables, beside = [table], [find_package(table), find_overrides(table)]
    else:
        raise TableError(f'There is no table "{table.name}". Check the setting INCIDENTS_TABLE.')
    return [
        *tables,
        *(path for path in beside if path.is_file()),
        *_list_rules(settings),
    ]


def _list_rules(settings: Settings) -> list[Path]:
    return [
        settings.places,
        *list_gazetteer_files(find_shipped(settings.places)),
        *list_gazetteer_files(settings.gazetteers),
        *sorted(settings.boundaries.glob("*.geojson")),
        *sorted(settings.profiles.glob("*.yaml")),
    ]


def stamp_inputs(settings: Settings) -> Stamps:
    """When these files were last changed, and how large they are; nothing if one is not there."""
    try:
        files = [(str(path), path.stat()) for path in list_inputs(settings)]
    except (TableError, OSError):
        return ()
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)


@cache
def hash_code() -> str:
    """Hash of the code that makes snapshots: after an update the table is read again.

    Of the code as it runs: files that are replaced below a running process are not it.
    """
    return hash_files(_list_code(("geo", "incidents")), "")


_RULES = (
    *("geo/names", "geo/places", "geo/finding", "incidents/table", "incidents/intake"),
    *("incidents/asking/rolled", "incidents/versions/rolling", "incidents/versions/keeping.py"),
    # Summaries are made by the words of these.
    *(f"incidents/asking/{name}.py" for name in ("conditions", "derived", "extents", "figures")),
)
"""Rooms and modules by which a row of a rolled-up folder is read and summed up."""


def _list_code(places: Sequence[str]) -> list[Path]:
    """Code and what it reads of its own below these, each folder or file."""
    found = [path for each in places for path in (ROOT / each, *(ROOT / each).rglob("*.*"))]
    return sorted(path for path in found if path.suffix in (".py", ".toml", ".csv"))


def hash_rules(settings: Settings) -> str:
    """Hash of that by which any row is read: the code of it, gazetteers, outlines, profiles."""
    rules = [path for path in _list_rules(settings) if path.is_file()]
    return hash_files([*_list_code(_RULES), *rules], "")


def hash_inputs(settings: Settings) -> str:
    """Hash of these files and of the code.

    Raises
    ------
    TableError, OSError
        A file is not there or cannot be read.
    """
    # What Nominatim says is in no file: with it, the same files are another version.
    code = hash_code() + (settings.nominatim_server if settings.nominatim else "")
    return hash_files(list_inputs(settings), code)
