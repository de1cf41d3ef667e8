"""What other servers publish, change or take away is followed: told at once, looked for besides."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from incidents.table.errors import AwayError, DamagedError, IncidentsError
from incidents.table.kept_files import remove
from incidents.versions.notes import Gone, find_gone, forget_gone, list_gone
from incidents.versions.opened import read_opened
from incidents.versions.shared.store import SharedStore
from incidents.versions.shared.tables import CHANNEL
from incidents.versions.snapshots import is_id

LOOK = 20.0
"""Seconds between two looks whether a word was lost."""
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
        except (IncidentsError, psycopg.Error, OSError) as error:
            if not isinstance(error, AwayError | psycopg.OperationalError):
                print(f"The store cannot be followed: {type(error).__name__}.", flush=True)
            stop.wait(PAUSES[min(failed, len(PAUSES) - 1)])
            failed += 1


def _listen(
    store: SharedStore, connection: psycopg.Connection[object], stop: threading.Event
) -> None:
    """Hear what is told until the connection breaks; a word may be lost, so look besides."""
    looked = time.monotonic()
    while not stop.is_set():
        for note in connection.notifies(timeout=1.0, stop_after=1):
            _follow(store, *note.payload.split(" ", 1))
        if time.monotonic() - looked >= LOOK:
            # It also shows that the connection lives.
            connection.execute("SELECT 1")
            _catch_up(store)
            looked = time.monotonic()


def _catch_up(store: SharedStore) -> None:
    store.small.send_pending()
    store.small.take_new()
    stored = store.note_newest()
    for each in stored:
        # A visitor's is fetched when somebody opens it.
        if each.is_hosts:
            # One that is damaged there is told to who opens it.
            with suppress(DamagedError):
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
    """Copies of what expired on another server; what was brought again since is sent instead."""
    home = store.home
    with suppress(OSError):
        for each in list_gone(home):
            folder = home / each
            if each in there or not is_id(each) or not folder.is_dir():
                continue
            gone = find_gone(home, each)
            if gone is None or gone.why != "expired":
                continue
            if _was_opened_since(folder, gone):
                _send_again(store, folder)
            else:
                remove(folder)


def _was_opened_since(folder: Path, gone: Gone) -> bool:
    """Nothing expires on a day on which it was opened: that was later, while the store was away."""
    return datetime.fromtimestamp(read_opened(folder), UTC).date() >= gone.day


def _send_again(store: SharedStore, folder: Path) -> None:
    # What is damaged is told to who opens it.
    with suppress(DamagedError):
        store.push(folder)
        forget_gone(store.home, folder.name)
