"""`push`: what a folder of snapshots holds goes into the store of several servers."""

from __future__ import annotations

from argparse import Namespace

from incidents.serving.commands.screen import Screen
from incidents.table.errors import DamagedError, SettingsError
from incidents.versions.catalog import Catalog
from incidents.versions.snapshots import Snapshot, list_snapshots
from incidents.versions.soundness import find_sound

SOME_DAMAGED = 1


def push(given: Namespace, catalog: Catalog, screen: Screen) -> int:
    """Publish all versions that the store does not have, the oldest first, and small things.

    Stopped in the middle, it goes on from there when it is called again.

    Raises
    ------
    SettingsError
        No store is set.
    TableError
        The store does not answer, or a version cannot be read.
    """
    store, home = catalog.shared, catalog.settings.snapshots
    if store is None:
        raise SettingsError("There is no store to put them into: set INCIDENTS_STORE.")
    store.prepare()
    there = {each.id for each in store.list_stored()}
    sent, damaged = [], []
    for snapshot in reversed(list_snapshots(home)):
        if snapshot.id in there:
            continue
        try:
            find_sound(home, snapshot.id)
            if store.push(snapshot.folder, _Teller(screen, snapshot).tell):
                sent.append(snapshot.id)
        except DamagedError as error:
            screen.tell(str(error))
            damaged.append(snapshot.id)
    small = store.small.send_all()
    if given.json:
        screen.say_json({"sent": sent, "there": sorted(there), "damaged": damaged, "small": small})
    else:
        screen.say(
            f"Versions put into the store: {len(sent):,}; there already: {len(there):,};"
            f" links and notes that went with them: {small:,}."
        )
    return SOME_DAMAGED if damaged else 0


class _Teller:
    """Says every tenth of the way how far a version is."""

    def __init__(self, screen: Screen, snapshot: Snapshot) -> None:
        self._screen, self._snapshot, self._told = screen, snapshot, 0

    def tell(self, done: int, total: int) -> None:
        part = 10 * done // max(total, 1)
        # First its files, then its rows: each from the beginning.
        if part < self._told:
            self._told = 0
        if part > self._told:
            self._told = part
            self._screen.tell(f"{self._snapshot.id}: {done:,} of {total:,}")
