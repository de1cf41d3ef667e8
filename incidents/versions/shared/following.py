"""What other servers publish, change or take away is followed: told at once, looked for besides."""

from __future__ import annotations

import threading
from contextlib import suppress

import psycopg
from psycopg import sql

from incidents.table.errors import AwayError, TableError
from incidents.table.kept_files import remove
from incidents.versions.shared.store import SharedStore
from incidents.versions.shared.tables import CHANNEL
from incidents.versions.snapshots import is_id

LOOK = 20.0
"""Seconds after which it is looked whether a word was lost."""
PAUSES = (0.5, 1, 2, 4, 8)
"""Seconds before each further try to connect; the last one for all that follow."""


def follow_store(store: SharedStore, stop: threading.Event) -> None:
    """Have copies of all that is new, on a connection of its own, until told to stop."""
    failed = 0
    while not stop.is_set():
        try:
            store.prepare()
            with store.database.connect() as connection:
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                _catch_up(store)
                failed = 0
                _listen(store, connection, stop)
        except (TableError, psycopg.Error, OSError) as error:
            if not isinstance(error, AwayError | psycopg.OperationalError):
                print(f"The store cannot be followed: {type(error).__name__}.", flush=True)
            stop.wait(PAUSES[min(failed, len(PAUSES) - 1)])
            failed += 1


def _listen(
    store: SharedStore, connection: psycopg.Connection[object], stop: threading.Event
) -> None:
    """Hear what is told until the connection breaks."""
    quiet = 0.0
    while not stop.is_set():
        heard = False
        for note in connection.notifies(timeout=1.0, stop_after=1):
            heard = True
            _follow(store, *note.payload.split(" ", 1))
        quiet = 0.0 if heard else quiet + 1.0
        if quiet >= LOOK:
            quiet = 0.0
            # It also shows that the connection lives.
            connection.execute("SELECT 1")
            _catch_up(store)


def _catch_up(store: SharedStore) -> None:
    store.small.send_pending()
    store.small.take_new()
    stored = store.list_stored()
    store.newest = next((each.id for each in stored if each.is_hosts), None)
    for each in stored:
        # A visitor's is fetched when somebody opens it.
        if each.is_hosts:
            store.fetch(each.id)
    _take_away_gone(store, {each.id for each in stored})


def _follow(store: SharedStore, kind: str, what: str) -> None:
    if kind == "small":
        if not what.startswith("links/"):
            store.small.take(what)
    elif kind == "version":
        _catch_up(store)
    elif is_id(what):
        remove(store.home / what)


def _take_away_gone(store: SharedStore, there: set[str]) -> None:
    """Copies of what was taken away everywhere: the notes of those that are gone say so."""
    with suppress(OSError):
        for note in (store.home / "gone").iterdir():
            if is_id(note.stem) and note.stem not in there:
                remove(store.home / note.stem)
