"""The files of a version in the database, in pieces: sent once, whatever was sent before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from incidents.asking.engines.postgres.pool import Database
from incidents.table.errors import DamagedError
from incidents.table.kept_files import hash_file, list_names
from incidents.versions.opened import OPENED

PIECE = 4_000_000
"""Bytes of a piece: what is sent of a file before it is known to have arrived."""
Tell = Callable[[int, int], None]


def list_files(folder: Path) -> list[Path]:
    """What a version is; not what is made of it, as its database, nor when it was opened."""
    return [
        folder / name
        for name in list_names(folder)
        if not name.startswith(".") and not name.endswith(".duckdb") and name != OPENED
    ]


def send_pieces(database: Database, folder: Path, tell: Tell) -> None:
    """Send the pieces that the database does not have, each for good."""
    paths = list_files(folder)
    done, total = 0, sum(path.stat().st_size for path in paths)
    for path in paths:
        hashed = hash_file(path)
        with database.lend() as connection:
            asked = "SELECT number FROM incidents.pieces WHERE hash = %s"
            there = {number for (number,) in connection.execute(asked, [hashed])}
        with path.open("rb") as file:
            number = -1
            while piece := file.read(PIECE):
                number += 1
                if number not in there:
                    _send(database, hashed, number, piece)
                done += len(piece)
                tell(done, total)


def _send(database: Database, hashed: str, number: int, piece: bytes) -> None:
    with database.write() as connection:
        connection.execute(
            "INSERT INTO incidents.pieces (hash, number, data) VALUES (%s, %s, %b)"
            " ON CONFLICT DO NOTHING",
            [hashed, number, piece],
        )


def note_files(connection: psycopg.Connection[Any], folder: Path) -> int:
    """Note which files a version has, within its transaction; gives their bytes.

    Raises
    ------
    DamagedError
        Pieces of one of them are missing: they were pruned meanwhile.
    """
    size = 0
    for path in list_files(folder):
        hashed, stat = hash_file(path), path.stat()
        found = connection.execute(
            "SELECT coalesce(sum(length(data)), 0) FROM incidents.pieces WHERE hash = %s", [hashed]
        ).fetchone()
        if found is None or found[0] != stat.st_size:
            raise DamagedError(f'Version "{folder.name}" was not sent as a whole: send it again.')
        connection.execute(
            "INSERT INTO incidents.files VALUES (%s, %s, %s, %s, %s)",
            [folder.name, path.name, hashed, stat.st_size, stat.st_mtime_ns],
        )
        size += stat.st_size
    return size


def fetch_files(database: Database, version: str, folder: Path) -> bool:
    """Write the files of a version into a folder; whether the database has it.

    Raises
    ------
    DamagedError
        A file is not as it was sent, or its name leads elsewhere.
    """
    with database.lend_long() as connection:
        noted = connection.execute(
            "SELECT name, hash, changed FROM incidents.files WHERE version = %s", [version]
        ).fetchall()
        for name, hashed, changed in noted:
            path = folder / name
            # What a database says is no name of a file yet.
            if path.name != name or name.startswith("."):
                raise DamagedError(f'Version "{version}" is damaged in the database.')
            with path.open("wb") as file:
                for piece in _read_pieces(connection, hashed):
                    file.write(piece)
            if hash_file(path) != hashed:
                raise DamagedError(f'Version "{version}" is damaged in the database.')
            # When it was made is told by the time of its files.
            os.utime(path, ns=(changed, changed))
    return bool(noted)


def _read_pieces(connection: psycopg.Connection[Any], hashed: str) -> Iterator[bytes]:
    number = 0
    asked = "SELECT data FROM incidents.pieces WHERE hash = %s AND number = %s"
    while found := connection.cursor(binary=True).execute(asked, [hashed, number]).fetchone():
        yield found[0]
        number += 1


def discard_pieces(connection: psycopg.Connection[Any]) -> None:
    """Let go of what belongs to no version, and is not being sent either."""
    connection.execute(
        "DELETE FROM incidents.pieces p WHERE sent < clock_timestamp() - interval '1 day'"
        " AND NOT EXISTS (SELECT FROM incidents.files f WHERE f.hash = p.hash)"
    )
