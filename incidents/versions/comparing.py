"""What is different between two kept versions, also where one is found damaged meanwhile."""

from collections.abc import Callable
from typing import TypeVar

from incidents.asking.differences import Differences
from incidents.table.errors import DamagedError, SnapshotError
from incidents.table.kept_files import forget_hashes
from incidents.versions.catalog import Catalog
from incidents.versions.snapshots import Snapshot

Answer = TypeVar("Answer")


def find_kept(catalog: Catalog, snapshot_id: str) -> Snapshot:
    """A version by its id, made anew if it is damaged; its database is not opened.

    Raises
    ------
    SnapshotError, TableError
        As `Catalog.find`.
    """
    found = catalog.find_kept(snapshot_id)
    if found is None:
        raise SnapshotError(f'Version "{snapshot_id[:40]}" of the table is not kept here.')
    return catalog.show(found)


def compare(
    catalog: Catalog, before: str, after: str, question: Callable[[Differences], Answer]
) -> Answer:
    """What a question finds in the difference between two versions.

    It is asked once more where a file could not be read that was sound when it was looked at.

    Raises
    ------
    SnapshotError, TableError
        As `find_kept`; there is no room to compare them.
    """
    try:
        return question(_open(catalog, before, after))
    except DamagedError:
        forget_hashes()
    return question(_open(catalog, before, after))


def _open(catalog: Catalog, before: str, after: str) -> Differences:
    return Differences(find_kept(catalog, before).folder, find_kept(catalog, after).folder)
