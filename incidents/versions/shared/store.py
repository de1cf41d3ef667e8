"""The store of several servers: what is published on one is there for all of them."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Json

from incidents.asking.engines.engine import Tables
from incidents.asking.engines.postgres.engine import PostgresEngine, PostgresTables
from incidents.asking.engines.postgres.filling import fill, has_trigrams, name_rule
from incidents.asking.engines.postgres.pool import Database
from incidents.asking.own_tables import FindOwn
from incidents.asking.rolled.opening import open_any
from incidents.table.errors import TableError
from incidents.table.kept_files import follow, make_draft
from incidents.table.own_columns import OwnColumn
from incidents.table.progress import Tell, tell_nobody
from incidents.versions.notes import GONE, is_last, read_note
from incidents.versions.origins import ORIGINS, read_origin
from incidents.versions.own_cells import find_own
from incidents.versions.shared.files import discard_pieces, fetch_files, note_files, send_pieces
from incidents.versions.shared.registry import Stored, join
from incidents.versions.shared.small import SmallThings
from incidents.versions.shared.tables import make_tables, tell
from incidents.versions.snapshots import COPY, is_id, read_facts

_OLD = "made < clock_timestamp() - interval '7 days'"
"""Relations of another rule stay so long: servers are updated one after the other."""
ONCE = 60.0
"""Seconds within which it is noted once that a version was opened."""


class SharedStore:
    """A database and the folder of copies of one server. Safe from many threads."""

    def __init__(self, address: str, home: Path) -> None:
        self.home = home
        self.newest: str | None = None
        self._opened: dict[str, float] = {}
        self.database = Database(address)
        self.engine = PostgresEngine(self.database)
        self.small = SmallThings(self.database, home)
        self._making, self._is_made = threading.Lock(), False
        follow(home, self._note)
        join(home, self)

    def prepare(self) -> None:
        """Have the database hold what it must; once in a process."""
        with self._making:
            if not self._is_made:
                with self.database.write() as connection:
                    make_tables(connection)
                    self.engine.has_trigrams = has_trigrams(connection)
                self._is_made = True

    def _note(self, path: Path) -> None:
        """Something was written below the folder: a version, or a small thing."""
        if path.parent == self.home:
            if is_id(path.name):
                # Whoever opens it sends it, where the database is away now.
                with suppress(TableError):
                    self.push(path)
        elif self.small.is_one(path):
            with suppress(TableError):
                self.prepare()
            self.small.send(path)
            with suppress(TableError):
                self._note_host(path)

    def _note_host(self, path: Path) -> None:
        """Where a note says that the host made a version, or made it again, it is the newest."""
        if path.parent.parent == self.home / ORIGINS:
            origin = read_origin(path)
            if origin is not None and origin.by != "upload":
                self.note_made(path.parent.name)
        elif is_last(self.home, path) and (ids := read_note(self.home, path.name)):
            self.note_made(ids[0])

    def push(self, folder: Path, say: Tell = tell_nobody) -> bool:
        """Publish the version in a folder; whether the database did not have it.

        Its files go first, piece by piece: what has arrived stays. Its relations and the word to
        the other servers are one transaction: it is there as a whole, or not at all. Why it was
        gone, if it was, does not hold any more.

        Raises
        ------
        AwayError
            The database does not answer.
        DamagedError, TableError
            A file of it cannot be read.
        """
        self.prepare()
        if self._find(folder.name) is not None:
            return False
        send_pieces(self.database, folder, say)
        snapshot = read_facts(folder) or read_facts(folder, COPY)
        with self.database.write() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [folder.name])
            key = [folder.name, name_rule()]
            asked = "SELECT true FROM incidents.relations WHERE version = %s AND rule = %s"
            if connection.execute(asked, key).fetchone():
                return False
            space = f"incidents_{folder.name}_{name_rule()}"
            shapes, own = fill(connection, space, folder, find_own, say)
            connection.execute("DELETE FROM incidents.files WHERE version = %s", [folder.name])
            is_hosts = snapshot is not None and snapshot.origin != "upload"
            told = [[each.name, each.label, each.kind] for each in own]
            connection.execute(
                "INSERT INTO incidents.versions (id, size, is_hosts)"
                " VALUES (%s, 0, %s) ON CONFLICT DO NOTHING",
                [folder.name, is_hosts],
            )
            connection.execute(
                "INSERT INTO incidents.relations VALUES (%s, %s, %s, %s, %s)",
                [*key, space, Json(shapes), Json(told)],
            )
            _drop(connection, folder.name, f"rule <> '{name_rule()}' AND {_OLD}")
            size = note_files(connection, folder)
            asked = "UPDATE incidents.versions SET size = %s WHERE id = %s"
            connection.execute(asked, [size, folder.name])
            self.small.forget(connection, f"{GONE}/{folder.name}")
            tell(connection, "version", folder.name)
        return True

    def open_tables(self, folder: Path, find_own: FindOwn | None) -> Tables:
        """The relations of the version in a folder; made if the database does not have them.

        Raises
        ------
        AwayError
            The database does not answer.
        """
        if folder.parent != self.home:
            # A coarser reading of a version is each server's own.
            return open_any(folder, find_own)
        found = self._find(folder.name)
        if found is None:
            self.push(folder)
            found = self._find(folder.name)
        assert found is not None, "it was just published"
        space, shapes, own = found
        columns = tuple(OwnColumn(*each) for each in own)
        return PostgresTables(self.engine, space, shapes, columns)

    def _find(self, version: str) -> tuple[Any, Any, Any] | None:
        """Where its relations are, made by this code's rule; their columns, and its own ones."""
        self.prepare()
        with self.database.lend() as connection:
            asked = (
                "SELECT space, shapes, own FROM incidents.relations"
                " WHERE version = %s AND rule = %s"
            )
            row = connection.execute(asked, [version, name_rule()]).fetchone()
        return None if row is None else (row[0], row[1], row[2])

    def fetch(self, version: str) -> bool:
        """Have the files of a version here; whether they are.

        Raises
        ------
        AwayError
            They are not, and the database does not answer.
        """
        folder = self.home / version
        if folder.is_dir():
            return True
        if not is_id(version):
            return False
        self.prepare()
        with make_draft(self.home) as draft:
            new = draft / version
            new.mkdir()
            if not fetch_files(self.database, version, new):
                return False
            with suppress(FileExistsError, OSError):
                # Somebody else here may have fetched it meanwhile.
                new.rename(folder)
        return folder.is_dir()

    def take_newest(self) -> str | None:
        """The version that a host made last, on any server; its files are here then."""
        self.note_newest()
        if self.newest is not None:
            self.fetch(self.newest)
        return self.newest

    def note_newest(self) -> list[Stored]:
        """Note which version a host made last; gives all that it holds."""
        stored = self.list_stored()
        self.newest = next((each.id for each in stored if each.is_hosts), None)
        return stored

    def take_small(self, name: str) -> None:
        """See `incidents.versions.shared.small.SmallThings.take`."""
        self.prepare()
        self.small.take(name)

    def list_stored(self) -> list[Stored]:
        """All that it holds, the newest of the host first."""
        self.prepare()
        with self.database.lend() as connection:
            rows = connection.execute(
                "SELECT id, size, extract(epoch FROM opened)::float8, is_hosts"
                " FROM incidents.versions ORDER BY published DESC, id"
            ).fetchall()
        return [Stored(*row) for row in rows]

    def note_opened(self, version: str) -> None:
        """Note that somebody opens it now, at most once a minute."""
        now = time.monotonic()
        if now - self._opened.get(version, -ONCE) < ONCE:
            return
        self._opened[version] = now
        with suppress(TableError), self.database.write() as connection:
            connection.execute(
                "UPDATE incidents.versions SET opened = clock_timestamp() WHERE id = %s",
                [version],
            )

    def note_made(self, version: str) -> None:
        """Note that the host made it again: it is the newest now."""
        with self.database.write() as connection:
            connection.execute(
                "UPDATE incidents.versions SET published = clock_timestamp(), is_hosts = true"
                " WHERE id = %s",
                [version],
            )
            tell(connection, "version", version)

    def discard(self, version: str, opened_before: float) -> bool:
        """Take a visitor's version away for all servers, unless opened since; whether it is gone.

        It is gone as well where it never was there: brought while the database was away.
        """
        with self.database.write() as connection:
            asked = (
                "SELECT NOT is_hosts AND opened < to_timestamp(%s)"
                " FROM incidents.versions WHERE id = %s FOR UPDATE"
            )
            found = connection.execute(asked, [opened_before, version]).fetchone()
            is_gone = found is None or bool(found[0])
            if found is not None and is_gone:
                _drop(connection, version, "true")
                connection.execute("DELETE FROM incidents.versions WHERE id = %s", [version])
                tell(connection, "gone", version)
            discard_pieces(connection)
        return is_gone


def _drop(connection: psycopg.Connection[Any], version: str, where: str) -> None:
    """Take away some of the relations of a version."""
    asked = f"DELETE FROM incidents.relations WHERE version = %s AND {where} RETURNING space"
    for (space,) in connection.execute(asked.encode(), [version]).fetchall():
        name = sql.Identifier(space)
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
