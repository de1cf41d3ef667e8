"""A table or view that others keep in a database, followed as a file is that changes."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from incidents.asking.engines.postgres.pool import Database
from incidents.table.errors import TableError
from incidents.table.kept_files import make_draft

EVERY = 2.0
"""Seconds between two looks at what the database counts of a table."""
SHARE = 20
"""A view is read through to see whether it has changed: of the time, this part at the most."""
_READ_THROUGH = ("v", "m", "f")
"""Kinds of relations of whose rows the database counts no changes: views, other servers' tables."""
_COUNTED: LiteralString = """
SELECT concat_ws(' ',
    (SELECT string_agg(concat_ws(':', part, pg_relation_filenode(part),
        pg_stat_get_tuples_inserted(part), pg_stat_get_tuples_updated(part),
        pg_stat_get_tuples_deleted(part)), ',' ORDER BY part)
     FROM (SELECT relid::oid FROM pg_partition_tree(%(table)s) UNION SELECT %(table)s::oid)
     p (part)),
    (SELECT string_agg(concat_ws(':', attname, atttypid, atttypmod), ',' ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = %(table)s AND attnum > 0 AND NOT attisdropped))"""
_SUMMED: LiteralString = """
SELECT concat_ws(' ', count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric))
FROM {} t"""
_KEY: LiteralString = """
SELECT attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
    AND a.attnum = ANY (i.indkey::smallint[])
WHERE i.indrelid = %s AND i.indisprimary ORDER BY array_position(i.indkey::smallint[], a.attnum)"""


class LiveTable:
    """One relation, and the file that holds its rows as text. Safe from many threads.

    Parameters
    ----------
    address
        That of the database, with the relation as the last part of its path.
    path
        The file: written whole, whenever the rows are others.
    """

    def __init__(self, address: str, path: Path) -> None:
        parts = urlsplit(address)
        database, _, name = parts.path.rpartition("/")
        self.name, self.path = unquote(name), path
        self.database = Database(urlunsplit(parts._replace(path=database)), as_reader=False)
        self._lock = threading.Lock()
        self._seen = ""
        self._next = 0.0

    def follow(self) -> None:
        """Write the file anew if the rows may be others than when it was written.

        Raises
        ------
        AwayError
            The database does not answer.
        TableError
            It has no such relation, or we may not read it.
        """
        with self._lock:
            self._follow()

    def _follow(self) -> None:
        begun = time.monotonic()
        if begun < self._next and self.path.is_file():
            return
        self._next = begun + EVERY
        with self.database.lend_long() as connection:
            relation, kind = self._find(connection)
            stamp = self._stamp(connection, relation, kind)
            if kind in _READ_THROUGH:
                self._next = begun + max(EVERY, SHARE * (time.monotonic() - begun))
            if stamp != self._seen or not self.path.is_file():
                self._write(connection, relation)
                self._seen = stamp

    def _find(self, connection: psycopg.Connection[Any]) -> tuple[sql.Identifier, str]:
        """The relation, quoted; its name may bear that of its schema in front."""
        for parts in ((self.name,), tuple(self.name.split(".", 1))):
            relation = sql.Identifier(*parts)
            asked = "SELECT relkind::text FROM pg_class WHERE oid = to_regclass(%s)"
            found = connection.execute(asked, [relation.as_string(connection)]).fetchone()
            if found:
                return relation, found[0]
        raise TableError(f'The database has no table "{self.name}". Check INCIDENTS_TABLE.')

    def _stamp(
        self, connection: psycopg.Connection[Any], relation: sql.Identifier, kind: str
    ) -> str:
        """What is another text once a row is another one."""
        if kind in _READ_THROUGH:
            row = connection.execute(sql.SQL(_SUMMED).format(relation)).fetchone()
        else:
            row = connection.execute(_COUNTED, {"table": _oid(connection, relation)}).fetchone()
        return f"{kind} {row[0] if row else ''}"

    def _write(self, connection: psycopg.Connection[Any], relation: sql.Identifier) -> None:
        """All columns as text, in the order of the key; without one, in that of whole rows."""
        keys = connection.execute(_KEY, [_oid(connection, relation)]).fetchall()
        order: list[sql.Composable] = [sql.Identifier(name) for (name,) in keys]
        order = order or [sql.SQL('t::text COLLATE "C"')]
        statement = sql.SQL(
            "COPY (SELECT * FROM {} t ORDER BY {}) TO STDOUT (FORMAT csv, HEADER)"
        ).format(relation, sql.SQL(", ").join(order))
        with make_draft(self.path.parent) as draft:
            new = draft / self.path.name
            with new.open("wb") as file, connection.cursor().copy(statement) as copy:
                for piece in copy:
                    file.write(piece)
            new.replace(self.path)


def _oid(connection: psycopg.Connection[Any], relation: sql.Identifier) -> int:
    name = relation.as_string(connection)
    row = connection.execute("SELECT to_regclass(%s)::oid", [name]).fetchone()
    return int(row[0]) if row and row[0] is not None else 0
