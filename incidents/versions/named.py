"""The version that a link names, or the next best."""

from contextlib import suppress

from incidents.table.errors import SnapshotError, TableError
from incidents.versions.catalog import Catalog, Version
from incidents.versions.notes import GoneError


def find_or_newest(catalog: Catalog, snapshot_id: str) -> tuple[Version, str | None]:
    """The version that a link names; else the newest, and a sentence that says so.

    Where an expired version says which one took its place, that one.

    Raises
    ------
    TableError
        It is not kept here, and there is no other.
    """
    try:
        return catalog.find(snapshot_id), None
    except GoneError as error:
        if error.instead is not None:
            with suppress(SnapshotError):
                return catalog.find(error.instead), f"{error} That one is shown."
        return catalog.current, f"{error} The newest version is shown instead."
    except (SnapshotError, TableError) as error:
        return catalog.current, f"{error} The newest version is shown instead."
