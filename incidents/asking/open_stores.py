"""Versions that are open: as many as memory allows, each opened by one while others go on."""

from __future__ import annotations

import threading
from pathlib import Path
from weakref import WeakValueDictionary

from cachetools import LRUCache

from incidents.asking.answers import Answers
from incidents.asking.database import discard_database
from incidents.asking.own_tables import FindOwn
from incidents.asking.rolled.opening import open_any
from incidents.asking.store import OpenTables, Store

MOST_MEMORY = 600_000_000
"""Bytes of memory that open versions take together, about; the host's own is not counted."""


class OpenStores:
    """Opens versions and keeps them open; safe from many threads.

    Where they take too much memory, the one that nobody has asked for longest is let go: it is
    closed as soon as nobody reads it any more. Its answers are kept a while longer.

    Parameters
    ----------
    most
        Bytes of memory that they may take together, besides the one that is pinned.
    find_own
        Finds the own columns of a version; None where nobody looks for them.
    open_tables
        Opens the tables of a version in an engine.
    """

    def __init__(
        self,
        most: int = MOST_MEMORY,
        find_own: FindOwn | None = None,
        open_tables: OpenTables = open_any,
    ) -> None:
        self._find_own, self._open_tables = find_own, open_tables
        self._lock = threading.Lock()  # never held while a file is read or closed
        self._doors: WeakValueDictionary[Path, _Door] = WeakValueDictionary()
        self._open: LRUCache[Path, Store] = LRUCache(
            most, getsizeof=lambda store: min(store.size, most)
        )
        self._pinned: Path | None = None
        self._own: Store | None = None
        self._answers = Answers()

    def open(self, folder: Path) -> Store:
        """The store of a snapshot's folder. Who asks for one that is open never waits.

        Raises
        ------
        DamagedError
            The snapshot's files are damaged.
        TableError
            Its database cannot be written.
        """
        with self._lock:
            found = self._find(folder)
            if found is not None:
                return found
            door = self._doors.setdefault(folder, _Door())
        with door.lock:
            with self._lock:
                found = self._find(folder)
            if found is not None:
                return found
            store = Store(folder, self._answers, self._find_own, self._open_tables)
            closed = self._keep(store)
        del closed
        return store

    def pin(self, folder: Path) -> None:
        """Open this one and keep it open, in place of the one that was pinned before.

        Raises
        ------
        DamagedError, TableError
            As `open`; the one before stays.
        """
        store = self.open(folder)
        with self._lock:
            before, self._pinned, self._own = self._own, folder, store
            self._open.pop(folder, None)
        if before is not None and before is not store:
            self._keep(before)

    def discard(self, folder: Path) -> None:
        """Let go of a version, and of its database: it is made anew when it is asked for."""
        with self._lock:
            closed = [self._open.pop(folder, None)]
            if folder == self._pinned:
                closed.append(self._own)
                self._own = None
        del closed
        discard_database(folder)

    def close_removed(self) -> None:
        """Let go of the versions whose folder is no more: whoever reads one goes on."""
        with self._lock:
            folders = list(self._open)
        for folder in folders:
            if not folder.exists():
                self.discard(folder)

    def _find(self, folder: Path) -> Store | None:
        own = self._own if folder == self._pinned else None
        found: Store | None = own or self._open.get(folder)
        return found

    def _keep(self, store: Store) -> list[Store]:
        """Those that had to go for it: the caller lets go of them, outside of the lock."""
        gone = []
        with self._lock:
            if store.folder == self._pinned:
                self._own = store
                return []
            room = self._open.maxsize - min(store.size, self._open.maxsize)
            while self._open and self._open.currsize > room:
                gone.append(self._open.popitem()[1])
            self._open[store.folder] = store
        return gone


class _Door:
    """Where those wait who want to open one version, while the first of them does."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
