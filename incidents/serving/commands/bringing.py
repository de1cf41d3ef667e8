"""Files that are named on the command line become what is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from incidents.intake.mapping.guess import guess_profile
from incidents.intake.mapping.profile import Profile, read_profile
from incidents.intake.mapping.recognise import recognise
from incidents.intake.placing.overrides import Override, merge_overrides, read_overrides
from incidents.intake.reading.files import read_table
from incidents.intake.reading.tables import Table, Tables
from incidents.table.errors import ProfileError, TableError
from incidents.table.problems import Problem
from incidents.versions.monitoring import read_name
from incidents.versions.own_table import bring_own, find_overrides
from incidents.versions.preview import find_role
from incidents.versions.sources import Brought


@dataclass(frozen=True)
class Bundle:
    """All that is brought at once: tables, places set by hand, and what is wrong with these."""

    brought: tuple[Brought, ...]
    overrides: tuple[Override, ...]
    told: tuple[Problem, ...]


def bring_files(
    paths: Sequence[Path], profiles: Sequence[Profile], profile: Profile | None = None
) -> Bundle:
    """Read files and folders; what each file holds is seen from its columns.

    Reports and claims go with the first table of incidents. Without `profile`, the layout of each
    table is recognised, else guessed.

    Raises
    ------
    TableError
        A file cannot be read, or there is no table of incidents among them.
    """
    brought: list[Brought] = []
    beside: dict[str, Table] = {}
    overrides: tuple[Override, ...] = ()
    told: list[Problem] = []
    for path in paths:
        if path.is_dir():
            own, found, problems = bring_own(path, profiles)
            brought.append(replace(own, profile=_choose(own.tables.incidents, profiles, profile)))
        else:
            table = read_table(path)
            role = find_role(table)
            found, problems = (), []
            if role == "overrides":
                found, problems = read_overrides(table)
            elif role == "incidents":
                mapping = _choose(table, profiles, profile)
                brought.append(Brought(read_name(path), Tables(table), mapping))
                if find_overrides(path).is_file():
                    found, problems = read_overrides(read_table(find_overrides(path)))
            elif role in beside:
                raise TableError(f"{path.name} is a second table of {role}. Name only one.")
            else:
                beside[role] = table
        overrides = merge_overrides(overrides, found)
        told += problems
    if not brought:
        names = ", ".join(path.name for path in paths)
        raise TableError(f"There is no table of incidents here: {names}. Name one, too.")
    if beside:
        first = brought[0]
        brought[0] = replace(first, tables=replace(first.tables, **beside))
    return Bundle(tuple(brought), overrides, tuple(told))


def _choose(table: Table, profiles: Sequence[Profile], given: Profile | None) -> Profile | None:
    found = given or recognise(table.rows.columns, profiles) or guess_profile(table, profiles)
    return None if found.is_own else found


def find_profile(name: str, profiles: Sequence[Profile]) -> Profile:
    """The profile of this name, or in the file of this path.

    Raises
    ------
    ProfileError
        There is none, or the file holds none.
    """
    known = {each.name: each for each in profiles}
    if name in known:
        return known[name]
    path = Path(name)
    try:
        return read_profile(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise ProfileError(
            f"{path.name} is not text in UTF-8. Save the profile as UTF-8."
        ) from None
    except OSError:
        raise ProfileError(
            f'There is no profile "{name}". Name a file with one, or one of: {", ".join(known)}.'
        ) from None
    except ProfileError as error:
        raise ProfileError(f"{path.name}: {error}") from None


def bring_overrides(path: Path) -> tuple[tuple[Override, ...], list[Problem]]:
    """The places set by hand in a file, and its rows that cannot be used.

    Raises
    ------
    TableError
        The file cannot be read, or it has no column of places.
    """
    return read_overrides(read_table(path))
