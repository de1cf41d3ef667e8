"""A table or view that others keep in PostgreSQL, read and followed as a file is that changes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from incidents.table.errors import SettingsError, TableError
from incidents.table.settings import Settings, read_settings
from incidents.versions.catalog import Catalog
from incidents.versions.shared.live import LiveTable
from tests.postgres import Server
from tests.waiting import wait_for

MADE = """
CREATE TABLE attacks (id int PRIMARY KEY, date date, place text, lat double precision,
    lon double precision, killed_min int, "O'Brien ""x""; --" text);
INSERT INTO attacks VALUES (2, '2021-07-08', 'Mosul', 36.3, 43.1, NULL, ''),
    (1, '2021-07-07', E'Baghdad\\n"x", y', 33.3, 44.4, 3, NULL);
CREATE VIEW seen AS SELECT * FROM attacks WHERE killed_min IS NOT NULL;
CREATE SCHEMA desk; CREATE TABLE desk."odd name; --" AS SELECT * FROM attacks;
"""
CHANGES = (
    "INSERT INTO attacks VALUES (3, '2021-07-09', 'Erbil', 36.2, 44.0, 1)",
    "UPDATE attacks SET killed_min = 9 WHERE id = 1",
    "DELETE FROM attacks WHERE id = 2",
    "ALTER TABLE attacks ADD COLUMN weapon text",
    "TRUNCATE attacks",
)


@pytest.fixture
def address(postgres: Server, request: pytest.FixtureRequest) -> str:
    """A database with such tables, by the login of somebody who may only read them."""
    name = "live_" + str(abs(hash(request.node.name)))
    own = postgres.make_database(name)
    with psycopg.connect(own, autocommit=True) as connection:
        connection.execute(MADE)
        connection.execute(
            f'DROP ROLE IF EXISTS "{name}"; CREATE ROLE "{name}" LOGIN;'
            f' GRANT USAGE ON SCHEMA desk TO "{name}";'
            f' GRANT SELECT ON ALL TABLES IN SCHEMA public, desk TO "{name}"'.encode()
        )
    return postgres.address(name, name)


@pytest.fixture
def change(postgres: Server, address: str) -> Callable[[str], None]:
    """Runs a statement as the owner does, who then goes: one who stays is counted 10 s later."""

    def change(statement: str) -> None:
        own = postgres.address(address.rpartition("/")[2])
        with psycopg.connect(own, autocommit=True) as connection:
            connection.execute(statement.encode())

    return change


def follow(table: LiveTable) -> bytes:
    """The file after a look."""
    table._next = 0.0
    table.follow()
    return table.path.read_bytes()


@pytest.mark.parametrize("name", ["attacks", "seen"])
def test_every_change_is_followed_and_nothing_else(
    address: str, change: Callable[[str], None], tmp_path: Path, name: str
) -> None:
    table = LiveTable(f"{address}/{name}", tmp_path / "attacks.csv")
    told = follow(table)
    assert told.startswith(b"id,date,place,lat,lon,killed_min,")
    # In the order of the key; a missing cell is empty, an empty text is quoted.
    assert told.index(b'"Baghdad\n""x"", y"') < (told + b"Mosul").index(b"Mosul")
    written = table.path.stat().st_mtime_ns
    follow(table)
    assert table.path.stat().st_mtime_ns == written
    for statement in CHANGES:
        if name == "seen" and ("ALTER" in statement or "DELETE" in statement):
            continue  # a view has neither the column nor the row
        change(statement)
        before = told
        wait_for(lambda before=before: follow(table) != before)
        told = follow(table)
    table.database.close()


def test_any_name_is_quoted_and_one_that_is_not_there_is_told(address: str, tmp_path: Path) -> None:
    odd = LiveTable(f"{address}/desk.odd%20name%3B%20--", tmp_path / "a.csv")
    assert b"Mosul" in follow(odd)
    none = LiveTable(f"{address}/attacks%22%3B%20DROP%20TABLE%20attacks%3B--", tmp_path / "b.csv")
    with pytest.raises(TableError, match="has no table"):
        none.follow()
    assert b"Mosul" in follow(odd)


def test_the_dashboard_shows_it_and_keeps_the_last_rows_while_it_is_away(
    address: str,
    change: Callable[[str], None],
    postgres: Server,
    shipped_settings: Settings,
    tmp_path: Path,
) -> None:
    found = read_settings({"INCIDENTS_TABLE": f"{address}/attacks"})
    assert "postgresql" not in repr(found)
    kept = tmp_path / "live" / "attacks.csv"
    settings = replace(shipped_settings, snapshots=tmp_path, table=kept, live=found.live)
    catalog = Catalog(settings)
    first = catalog.current
    assert (first.snapshot.source, first.snapshot.rows) == ("attacks.csv", 2)
    change(CHANGES[0])
    wait_for(catalog.refresh)
    assert catalog.current.snapshot.rows == 3
    postgres.kill()
    try:
        catalog._live._next = 0.0  # type: ignore[union-attr]
        assert not catalog.refresh()
        assert catalog.notice is not None
        assert "does not answer since" in catalog.notice
        assert catalog.current.snapshot.rows == 3
    finally:
        postgres.start()

    def is_back() -> bool:
        catalog.refresh()
        return catalog.notice is None

    wait_for(is_back)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TABLE", "postgresql://me:sec/ret@host/only_a_database"),
        ("STORE", "postgresql://me:sec/ret@host"),
        ("STORE", "mysql://me:secret@host/base"),
        ("STORE", "postgresql://host/base?password=secret secret"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_without_its_secrets(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match="postgresql://user:password@host") as told:
        read_settings({f"INCIDENTS_{name}": text})
    assert "secret" not in str(told.value)
    assert "sec/ret" not in str(told.value)


def test_secrets_are_in_no_text_of_the_settings() -> None:
    settings = read_settings({"INCIDENTS_STORE": "postgresql://me:secret@host/base"})
    assert settings.store == "postgresql://me:secret@host/base"
    assert "secret" not in f"{settings} {settings!r}"
    with pytest.raises(SettingsError, match="needs a store"):
        read_settings({"INCIDENTS_TABLE": "store"})
