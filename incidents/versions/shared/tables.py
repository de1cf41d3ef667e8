"""What the database of several servers holds besides the relations of its versions."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from incidents.asking.engines.postgres.pool import READER
from incidents.table.errors import TableError

CHANNEL = "incidents"
"""Where servers tell each other what is new."""
# A version's relations are in a schema of its own.
_MADE = """
CREATE SCHEMA IF NOT EXISTS incidents;
CREATE TABLE IF NOT EXISTS incidents.versions (
    id text PRIMARY KEY, size bigint NOT NULL, is_hosts boolean NOT NULL,
    published timestamptz NOT NULL DEFAULT clock_timestamp(),
    opened timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE IF NOT EXISTS incidents.relations (
    version text NOT NULL REFERENCES incidents.versions ON DELETE CASCADE,
    rule text NOT NULL, space text NOT NULL, shapes json NOT NULL, own json NOT NULL,
    made timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (version, rule)
);
CREATE TABLE IF NOT EXISTS incidents.files (
    version text NOT NULL REFERENCES incidents.versions ON DELETE CASCADE,
    name text NOT NULL, hash text NOT NULL, size bigint NOT NULL, changed bigint NOT NULL,
    PRIMARY KEY (version, name)
);
CREATE TABLE IF NOT EXISTS incidents.pieces (
    hash text NOT NULL, number integer NOT NULL, data bytea NOT NULL,
    sent timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (hash, number)
);
CREATE TABLE IF NOT EXISTS incidents.small (
    path text PRIMARY KEY, data bytea NOT NULL,
    changed timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS small_changed ON incidents.small (changed);
"""


def make_tables(connection: psycopg.Connection[Any]) -> None:
    """Make what is not there yet; two servers that start at once do it one after the other.

    Raises
    ------
    TableError
        The database keeps its texts in another encoding than UTF-8.
    """
    if connection.info.encoding != "utf-8" or not _is_utf8(connection):
        raise TableError("The database of INCIDENTS_STORE must keep its texts in UTF-8.")
    asked = "SELECT to_regclass('incidents.small_changed') IS NOT NULL"
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('incidents'))")
    found = connection.execute(asked).fetchone()
    if not (found and found[0]):
        connection.execute(_MADE.encode())
    asked = (
        "SELECT true FROM information_schema.columns WHERE table_schema = 'incidents'"
        " AND table_name = 'versions' AND column_name = 'facts'"
    )
    if connection.execute(asked).fetchone():
        # Older code wrote it, and nothing reads it.
        connection.execute("ALTER TABLE incidents.versions DROP COLUMN IF EXISTS facts")
    asked = (
        "SELECT true FROM pg_roles WHERE rolname = %s"
        " AND NOT has_table_privilege(rolname, 'incidents.small', 'SELECT')"
    )
    if connection.execute(asked, [READER]).fetchone():
        role = sql.Identifier(READER)
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA incidents TO {}").format(role))
        connection.execute(
            sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA incidents TO {}").format(role)
        )


def _is_utf8(connection: psycopg.Connection[Any]) -> bool:
    found = connection.execute("SHOW server_encoding").fetchone()
    return found is not None and found[0] == "UTF8"


def tell(connection: psycopg.Connection[Any], kind: str, what: str) -> None:
    """Tell other servers, once the transaction is through: a ``version``, ``small`` or ``gone``."""
    connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{kind} {what}"])
