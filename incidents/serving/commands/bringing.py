"""Files that are named on the command line become what is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from incidents.intake.bundles import Beside, Bundle
from incidents.intake.mapping.profile import read_profile
from incidents.intake.mapping.rules import Profile
from incidents.intake.reading.files import read_tables
from incidents.table.errors import ProfileError, TableError
from incidents.versions.own_table import bring_own


def bring_files(
    paths: Sequence[Path], profiles: Sequence[Profile], profile: Profile | None = None
) -> Bundle:
    """Read files and folders; what each file holds is seen from its columns.

    Reports and claims go with the first table of incidents. Without `profile`, the layout of each
    table is recognised, else guessed. The source's name lists the tables.

    Raises
    ------
    TableError
        A file cannot be read, there is no table of incidents among them, or a second table of
        reports or claims.
    """
    beside, bundles = Beside(), list[Bundle]()
    for path in paths:
        tables = read_tables(path)
        if path.is_dir() or not beside.take(tables.incidents):
            bundles.append(bring_own(path, profiles, profile, tables))
    if not bundles:
        names = ", ".join(path.name for path in paths)
        raise TableError(f"There is no table of incidents here: {names}. Name one, too.")
    bundle, *others = bundles
    for each in others:
        bundle = bundle.join(each)
    names = ", ".join(each.tables.incidents.name for each in bundle.brought)
    return beside.join(replace(bundle, source=names))


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
