"""One PostgreSQL database: a bounded pool of connections, and nobody who waits for ever."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from incidents.table.errors import AwayError, DamagedError, TableError
from incidents.table.sentences import say_moment
from incidents.table.settings import find_now

MOST = 8
"""Connections of one process that answer questions."""
MOST_DOWNLOADS = 4
"""Those that hand out files besides, each as long as its reader takes."""
CONNECT, WAIT, ANSWER = 4, 8.0, 30
"""Seconds: to connect, to wait for a connection that is free, to answer a question."""
PROBE = 1.0
"""Seconds between two looks whether a database that did not answer is back."""
READER = "incidents_reader"
"""Role that questions are asked as, where the database has it and lets us."""

# It tells each try to connect; readers and health are told once.
logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
_ALIVE: dict[str, Any] = {
    "connect_timeout": CONNECT,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "incidents",
}
_SESSION = (
    "SET TIME ZONE 'UTC'; SET datestyle = 'ISO'; SET client_encoding = 'UTF8'; SET jit = off;"
    # A table is read from its beginning, whoever reads it besides.
    " SET synchronize_seqscans = off;"
)
_READ_ONLY = "SET default_transaction_read_only = on;"
_AS_READER = f"""SELECT set_config('role', rolname, false) FROM pg_roles
    WHERE rolname = '{READER}' AND pg_has_role(oid, 'MEMBER')"""
_LOST = (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName)
_FORBIDDEN = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
_BUSY = ("57014", "53300", "53200", "53400")
"""States in which the database is there, but has no time or room now."""


class Database:
    """A database by its address. Safe from many threads; nothing is asked of it here.

    Parameters
    ----------
    as_reader
        Whether questions are asked as the role `READER`, where the database lets us.
    """

    def __init__(self, address: str, as_reader: bool = True) -> None:
        self._address, self._as_reader = address, as_reader
        self._pool: ConnectionPool[Any] | None = None
        self._opening, self._probing = threading.Lock(), threading.Lock()
        self._downloads = threading.BoundedSemaphore(MOST_DOWNLOADS)
        self._probed = 0.0
        self.version = ""
        self.notice: str | None = None

    @contextmanager
    def lend(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection that only reads, for one question.

        Raises
        ------
        AwayError
            The database does not answer; told at once by all but one who looks again.
        TableError
            It has no time or room now.
        """
        self._look()
        with self._telling(), self._open().connection(timeout=WAIT) as connection:
            self._know(connection)
            yield connection

    @contextmanager
    def lend_long(self) -> Iterator[psycopg.Connection[Any]]:
        """One of its own that only reads, for as long as a reader takes to be handed a file."""
        self._look()
        if not self._downloads.acquire(timeout=WAIT):
            raise TableError("Too many files are being handed out now: ask again later.")
        try:
            with self._telling(), self._connect() as connection:
                self._prepare_reader(connection, 0)
                yield connection
        finally:
            self._downloads.release()

    @contextmanager
    def write(self) -> Iterator[psycopg.Connection[Any]]:
        """One of its own that writes, as one transaction."""
        self._look()
        with self._telling(), self._connect(autocommit=False) as connection:
            _prepare(connection, "SET statement_timeout = 0; SET lock_timeout = '60s';")
            connection.commit()
            self._know(connection)
            with connection.transaction():
                yield connection

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of its own, for who listens; the caller closes it."""
        with self._telling():
            connection = self._connect()
            _prepare(connection, "")
            return connection

    def close(self) -> None:
        """Let go of all connections."""
        with self._opening:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close(timeout=0)

    def _open(self) -> ConnectionPool[Any]:
        with self._opening:
            if self._pool is None:
                self._pool = ConnectionPool(
                    self._address,
                    min_size=1,
                    max_size=MOST,
                    timeout=WAIT,
                    max_waiting=100,
                    max_idle=120,
                    reconnect_timeout=CONNECT,
                    kwargs={**_ALIVE, "autocommit": True},
                    configure=partial(self._prepare_reader, seconds=ANSWER),
                    check=ConnectionPool.check_connection,
                    open=True,
                )
            return self._pool

    def _connect(self, autocommit: bool = True) -> psycopg.Connection[Any]:
        return psycopg.connect(self._address, autocommit=autocommit, **_ALIVE)

    def _know(self, connection: psycopg.Connection[Any]) -> None:
        """It answers: note its version, and that it is back."""
        number = connection.info.server_version
        self.version = f"{number // 10_000}.{number % 10_000}"
        self.notice = None

    def _look(self) -> None:
        """Where it was away just now, one looks whether it is back; the others are told at once."""
        if self.notice is None:
            return
        if time.monotonic() - self._probed < PROBE or not self._probing.acquire(blocking=False):
            raise AwayError(self.notice)
        try:
            self._probed = time.monotonic()
            with self._telling(), self._connect() as connection:
                self._know(connection)
        finally:
            self._probing.release()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the driver says becomes a sentence, without address, user or password."""
        try:
            yield
        except psycopg.Error as error:
            if isinstance(error, _LOST):
                raise DamagedError("The database has lost a part of this version.") from error
            if isinstance(error, _FORBIDDEN):
                raise TableError("The database does not let this server do that.") from error
            if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
                raise
            if error.sqlstate in _BUSY:
                words = "The database takes too long to answer this, or has no room now."
                raise TableError(words) from error
            if isinstance(error, PoolTimeout) and self._is_there():
                words = "Too many questions wait for the database: ask again later."
                raise TableError(words) from error
            if self.notice is None:
                self.notice = (
                    f"The database of this dashboard does not answer since {say_moment(find_now())}"
                    ". What was answered before is still shown; the rest comes back by itself."
                )
            self._probed = time.monotonic()
            raise AwayError(self.notice) from error

    def _prepare_reader(self, connection: psycopg.Connection[Any], seconds: int) -> None:
        _prepare(connection, f"{_READ_ONLY} SET statement_timeout = '{seconds}s';")
        if self._as_reader:
            connection.execute(_AS_READER)

    def _is_there(self) -> bool:
        try:
            with self._connect():
                return True
        except psycopg.Error:
            return False


def _prepare(connection: psycopg.Connection[Any], more: str) -> None:
    connection.execute(f"{_SESSION} {more}".encode())
