"""The relations of a version: made from its files as the database of DuckDB is, and indexed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import ibis
import psycopg
import pyarrow as pa
import pyarrow.csv as pa_csv
from psycopg import sql

from incidents.asking.conditions import CODE, NAMES, SEARCHED
from incidents.asking.database import SCHEMA, TABLES, open_database
from incidents.asking.engines.postgres.pool import READER
from incidents.asking.engines.postgres.writing import (
    FOLDED,
    LOW,
    LOWERED,
    REPLACED,
    ROW,
    index_words,
    shorten_name,
)
from incidents.asking.own_tables import FindOwn, read_own
from incidents.table.own_columns import OwnColumn

BATCH = 50_000
"""Rows that are sent at a time."""
RULE = "1"
"""To be counted up where relations are made in another way."""
_TYPES = {
    "string": 'text COLLATE "C"', "date": "date", "float64": "double precision",
    "int64": "bigint", "int32": "integer", "int16": "smallint", "boolean": "boolean",
}  # fmt: skip
_INDEXED = {
    "incidents": (
        *("incident", "date", "type", "country", "gov", "place", "direction", "target"),
        *("actor", "weapon", "operation"),
    ),
    "reports": ("incident",),
    "claims": ("incident",),
    "problems": ("kind",),
}
Shapes = Mapping[str, Mapping[str, str]]
"""Names and types of the columns of each table, as Ibis has them."""
Told = Callable[[int, int], None]


def name_rule() -> str:
    """By what rule relations are made: others than these are made anew."""
    return f"{SCHEMA}-{RULE}"


def fill(
    connection: psycopg.Connection[Any],
    schema: str,
    folder: Path,
    find_own: FindOwn | None,
    tell: Told,
) -> tuple[Shapes, tuple[OwnColumn, ...]]:
    """Make the relations of the version in a folder, within the transaction of the connection.

    Raises
    ------
    DamagedError, TableError
        See `incidents.asking.database.open_database`.
    """
    duck = open_database(folder, find_own)
    backend = ibis.duckdb.from_connection(duck.cursor())
    shapes = {name: _describe(backend.table(name)) for name in TABLES}
    counts = {name: _count(duck, name) for name in TABLES}
    space = sql.Identifier(schema)
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(space))
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(space))
    done, total = 0, sum(counts.values())
    for name in TABLES:
        relation = sql.Identifier(schema, name)
        _create(connection, relation, name, shapes[name])
        for sent in _copy(connection, duck, relation, name, shapes[name]):
            tell(done + sent, total)
        done += counts[name]
    tell(total, total)
    for name in TABLES:
        _index(connection, sql.Identifier(schema, name), name, shapes[name])
    _grant(connection, space)
    return shapes, read_own(duck)


def _describe(table: ibis.Table) -> dict[str, str]:
    """Columns as PostgreSQL has them: what only DuckDB groups faster by is left out."""
    shape = {name: str(kind).lstrip("!") for name, kind in table.schema().items()}
    return {name: kind for name, kind in shape.items() if not name.endswith(CODE)}


def has_trigrams(connection: psycopg.Connection[Any]) -> bool:
    """Whether texts can be indexed by three letters: the extension is added where it may be."""
    asked = "SELECT true FROM pg_extension WHERE extname = 'pg_trgm'"
    if connection.execute(asked).fetchone():
        return True
    try:
        with connection.transaction():
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public")
    except psycopg.Error:
        return False
    return True


def _count(duck: duckdb.DuckDBPyConnection, name: str) -> int:
    found = duck.execute(f"SELECT count(*) FROM {name}").fetchone()
    return int(found[0]) if found else 0


def _list_hidden(name: str, columns: Mapping[str, str]) -> dict[str, str]:
    """Columns beside those that are asked for, and how DuckDB works them out."""
    if name != "incidents":
        return {}
    folded, lowered = ([each for each in names if each in columns] for names in (SEARCHED, LOWERED))
    return {
        **{f"{FOLDED}{each}": f"strip_accents(lower({_write_text(each)}))" for each in folded},
        **{f"{LOW}{each}": f"lower({_write_text(each)})" for each in lowered},
    }


def _create(
    connection: psycopg.Connection[Any],
    relation: sql.Identifier,
    name: str,
    columns: Mapping[str, str],
) -> None:
    typed = {**columns, **dict.fromkeys(_list_hidden(name, columns), "string"), ROW: "int64"}
    parts = [
        sql.SQL("{} {}").format(sql.Identifier(shorten_name(column)), sql.SQL(_TYPES[kind]))
        for column, kind in typed.items()
    ]
    connection.execute(sql.SQL("CREATE TABLE {} ({})").format(relation, sql.SQL(", ").join(parts)))


def _copy(
    connection: psycopg.Connection[Any],
    duck: duckdb.DuckDBPyConnection,
    relation: sql.Identifier,
    name: str,
    columns: Mapping[str, str],
) -> Iterator[int]:
    """Send the rows of a table; gives how many are sent, from time to time."""
    cells = [_write_cell(column, kind) for column, kind in columns.items()]
    cells += [f'{how} AS "{column}"' for column, how in _list_hidden(name, columns).items()]
    rows = duck.execute(f"SELECT {', '.join(cells)} FROM {name}").to_arrow_reader(BATCH)
    options = pa_csv.WriteOptions(include_header=False, quoting_style="all_valid")
    sent = 0
    statement = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(relation)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for batch in rows:
            number = pa.array(range(sent, sent + batch.num_rows), pa.int64())
            numbered = pa.Table.from_batches([batch]).append_column(ROW, number)
            pieces = io.BytesIO()
            pa_csv.write_csv(numbered, pieces, options)
            copy.write(pieces.getvalue())
            sent += batch.num_rows
            yield sent


def _write_cell(column: str, kind: str) -> str:
    quoted = _quote(column)
    # As a text: pyarrow would write a date or a number by rules of its own.
    text = _write_text(column) if kind == "string" else f"CAST({quoted} AS VARCHAR)"
    return f"{text} AS {quoted}"


def _write_text(column: str) -> str:
    return f"replace({_quote(column)}, chr(0), '{REPLACED}')"


def _quote(column: str) -> str:
    return '"{}"'.format(column.replace('"', '""'))


def _index(
    connection: psycopg.Connection[Any],
    relation: sql.Identifier,
    name: str,
    columns: Mapping[str, str],
) -> None:
    add = sql.SQL("CREATE INDEX ON {} {}")
    chosen: list[sql.Composable] = [sql.SQL("({})").format(sql.Identifier(ROW))]
    chosen += [sql.SQL("({})").format(sql.Identifier(c)) for c in _INDEXED[name] if c in columns]
    if name == "incidents":
        chosen.append(sql.SQL("(coalesce(date_end, date))"))
        chosen.append(sql.SQL("(mx, my) WHERE mx IS NOT NULL"))
        chosen.append(sql.SQL("(lat, lon) WHERE lat IS NOT NULL"))
        if has_trigrams(connection):
            words = [each for each in index_words() if NAMES in columns or NAMES not in each]
            listed = ", ".join(f"{each} gin_trgm_ops" for each in words)
            chosen.append(sql.SQL(f"USING gin ({listed})"))
    for each in chosen:
        connection.execute(add.format(relation, each))
    connection.execute(sql.SQL("ANALYZE {}").format(relation))


def _grant(connection: psycopg.Connection[Any], space: sql.Identifier) -> None:
    """Let the role of readers read it, where there is one."""
    asked = "SELECT true FROM pg_roles WHERE rolname = %s"
    if connection.execute(asked, [READER]).fetchone():
        role = sql.Identifier(READER)
        for rights in ("USAGE ON SCHEMA", "SELECT ON ALL TABLES IN SCHEMA"):
            grant = sql.SQL("GRANT {} {} TO {}").format(sql.SQL(rights), space, role)
            connection.execute(grant)
