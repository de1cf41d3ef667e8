"""Small things that change: links, origins, notes; rows of the database, copies on each disk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from incidents.asking.engines.postgres.pool import Database
from incidents.table.errors import TableError
from incidents.table.kept_files import write_whole
from incidents.versions.shared.tables import tell

SHARED = ("links", "access", "origins", "inputs", "gone", "protected")
"""Folders below the snapshots whose small files are shared."""
LAZY = "links"
"""What is fetched when it is asked for: there may be very many."""
STRICT = "access"
"""What must not be changed here alone: a link that is revoked is revoked everywhere."""
FIRST = ("access/key", "protected/salt")
"""Keys that are made once: the first counts, whoever makes a second one takes it."""
LARGEST = 200_000
"""Bytes of a small thing; coarse tables below `protected` are none."""
_OVERLAP = "5 minutes"
"""Changes are looked at once more for so long: a transaction may end after later ones."""


class SmallThings:
    """The small files below one folder of snapshots. Safe from many threads."""

    def __init__(self, database: Database, home: Path) -> None:
        self._database, self._home = database, home
        self._seen: Any = None
        self._pending: set[Path] = set()
        self._taking = threading.local()

    def is_one(self, path: Path) -> bool:
        """Whether a file below the folder is one of them."""
        parts = path.relative_to(self._home).parts
        is_within = len(parts) > 1 and parts[0] in SHARED and not parts[-1].startswith(".")
        return is_within and (parts[0] != "protected" or len(parts) == 2)

    def send(self, path: Path) -> None:
        """Send a file that was just written; later, where the database takes nothing now.

        Raises
        ------
        TableError
            It is one that must not be changed here alone.
        """
        if getattr(self._taking, "is_on", False):
            return
        try:
            with self._database.write() as connection:
                self._send(connection, path)
            if self._name(path) in FIRST:
                self.take(self._name(path))
        except TableError:
            if path.relative_to(self._home).parts[0] == STRICT:
                raise
            self._pending.add(path)

    def _send(self, connection: psycopg.Connection[Any], path: Path) -> None:
        name = self._name(path)
        then = "UPDATE SET data = excluded.data, changed = clock_timestamp()"
        connection.execute(
            "INSERT INTO incidents.small VALUES (%s, %b) ON CONFLICT (path) DO "
            + ("NOTHING" if name in FIRST else then),
            [name, path.read_bytes()],
        )
        tell(connection, "small", name)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._home).as_posix()

    def forget(self, connection: psycopg.Connection[Any], name: str) -> None:
        """Let go of one by its path, within a transaction: no server takes it from now on."""
        connection.execute("DELETE FROM incidents.small WHERE path = %s", [name])

    def send_pending(self) -> None:
        """Send what could not be sent before."""
        for path in tuple(self._pending):
            # It comes back if it cannot be sent now either.
            self._pending.discard(path)
            if path.is_file():
                self.send(path)

    def send_all(self) -> int:
        """Send all that the database does not have; how many these are.

        What it has stays: another server may have changed it since.
        """
        with self._database.write() as connection:
            there = {name for (name,) in connection.execute("SELECT path FROM incidents.small")}
            mine = [path for path in self._list() if self._name(path) not in there]
            for path in mine:
                self._send(connection, path)
        return len(mine)

    def _list(self) -> Iterator[Path]:
        for name in SHARED:
            for path in sorted((self._home / name).rglob("*")):
                if path.is_file() and self.is_one(path) and path.stat().st_size <= LARGEST:
                    yield path

    def take(self, name: str) -> None:
        """Take one by its path, if there is one and it is another than here."""
        with self._database.lend() as connection:
            asked = "SELECT path, data FROM incidents.small WHERE path = %s"
            row = connection.execute(asked, [name]).fetchone()
        if row is not None:
            self._write(*row)

    def take_new(self) -> None:
        """Take all that has changed since it was looked at last; of links only what is here."""
        with self._database.lend() as connection:
            now = connection.execute("SELECT clock_timestamp()").fetchone()
            since = "true" if self._seen is None else f"changed > %(seen)s - interval '{_OVERLAP}'"
            asked = (
                f"SELECT path, data FROM incidents.small WHERE path NOT LIKE %(lazy)s AND {since}"
            )
            given = {"seen": self._seen, "lazy": f"{LAZY}/%"}
            for name, data in connection.execute(asked.encode(), given).fetchall():
                self._write(name, data)
        self._seen = now[0] if now else None

    def _write(self, name: str, data: bytes) -> None:
        path = self._home / name
        # What a database says is no path yet.
        if not path.resolve().is_relative_to(self._home.resolve()) or not self.is_one(path):
            return
        if path.is_file() and path.read_bytes() == data:
            return
        with self._keeping_quiet():
            if path.relative_to(self._home).parts[0] == STRICT:
                (self._home / STRICT).mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, data)

    @contextmanager
    def _keeping_quiet(self) -> Iterator[None]:
        """What is taken is not sent back."""
        self._taking.is_on = True
        try:
            yield
        finally:
            self._taking.is_on = False
