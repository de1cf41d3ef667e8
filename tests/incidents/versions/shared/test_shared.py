"""Several servers on one database: what one publishes, changes or takes away, the others have."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from incidents.asking.address import Address
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.serving.access.links import find_link, make_link, revoke_link
from incidents.serving.commands.main import main
from incidents.table.errors import DamagedError, TableError
from incidents.table.settings import ROOT, Settings
from incidents.versions.catalog import Catalog
from incidents.versions.long_links import open_query, shorten
from incidents.versions.pruning import prune
from incidents.versions.snapshots import list_snapshots
from tests.incidents.own_tables import ANALYST, keep_tables
from tests.incidents.versions.expiring import age
from tests.incidents.versions.shared.conftest import HEAD, MakeServer, shared_of
from tests.waiting import wait_for


def test_a_version_of_one_server_is_opened_and_asked_on_another(make_server: MakeServer) -> None:
    one, two = make_server("one"), make_server("two")
    version = one.current
    assert version.store.engine.startswith("PostgreSQL 1")
    found = two.find(version.snapshot.id)
    assert found.snapshot.folder.is_relative_to(two.settings.snapshots)
    assert found.store.ask(read_figures, Filters()) == version.store.ask(read_figures, Filters())
    # Also in the list, without being asked for.
    again = keep_tables(one, ANALYST)
    assert two.find(again.id).snapshot.rows == again.rows
    wait_for(
        lambda: version.snapshot.id in {each.id for each in list_snapshots(two.settings.snapshots)}
    )


def test_a_server_without_a_table_shows_the_newest_of_the_store(make_server: MakeServer) -> None:
    one, two = make_server("one"), make_server("two", takes_newest=True)
    first = one.current.snapshot.id
    assert two.current.snapshot.id == first
    one.settings.table.write_text(f"{HEAD}2021-07-08,Mosul,36.3,43.1,1\n", "utf-8")
    wait_for(one.refresh)
    wait_for(two.refresh)
    assert two.current.snapshot.id == one.current.snapshot.id != first


def test_links_made_and_revoked_on_one_server_are_so_on_another(make_server: MakeServer) -> None:
    one, two = make_server("one"), make_server("two")
    here, there = (each.settings.snapshots for each in (one, two))
    link, token = make_link(here, 7, "for a colleague", "reader")
    assert find_link(there, token) == link
    _, other = make_link(there, 7, "the other way", "reader")
    assert find_link(here, other) is not None
    revoke_link(here, link.id)
    wait_for(lambda: find_link(there, token) is None)
    asked = Address(Filters(place=tuple(f"Place {number}" for number in range(400))))
    short = shorten(here, asked)
    assert len(str(short)) < 100
    assert open_query(there, short) == (asked, ())


def test_what_expired_is_taken_away_everywhere(make_server: MakeServer, address: str) -> None:
    one, two = make_server("one", versions=1), make_server("two")
    keeps = keep_tables(one, ANALYST)
    goes = keep_tables(one, ANALYST.replace("Baghdad", "Basra"))
    copy = two.find(goes.id).snapshot.folder
    aged = "UPDATE incidents.versions SET opened = now() - interval '{} days' WHERE id = '{}'"
    with psycopg.connect(address, autocommit=True) as connection:
        age(goes, 9)
        # Somebody opened it on the other server, which this one learns from the database.
        connection.execute(aged.format(0, goes.id).encode())
        assert prune(one.settings)[0] == []
        connection.execute(aged.format(9, goes.id).encode())
    assert [each.held.id for each in prune(one.settings)[0]] == [goes.id]
    wait_for(lambda: not copy.exists())
    with psycopg.connect(address) as connection:
        spaces = connection.execute("SELECT nspname FROM pg_namespace").fetchall()
    assert not [name for (name,) in spaces if goes.id in name]
    assert [name for (name,) in spaces if keeps.id in name]


def test_a_store_of_older_code_is_used(make_server: MakeServer, address: str) -> None:
    shared_of(make_server("one", follows=False)).prepare()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER TABLE incidents.versions ADD COLUMN facts jsonb NOT NULL")
    version = keep_tables(make_server("two", follows=False), ANALYST)
    assert [each.id for each in shared_of(make_server("three")).list_stored()] == [version.id]


def test_a_version_is_published_as_a_whole_or_not_at_all(
    make_server: MakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before its end, nothing of it is seen; pieces that arrived are not sent again."""
    one, two = make_server("one"), make_server("two", follows=False)
    store = shared_of(one)
    snapshot = one.current.snapshot
    with store.database.write() as connection:
        connection.execute("DELETE FROM incidents.versions")
    module = "incidents.versions.shared.store"
    with monkeypatch.context() as broken:
        broken.setattr(f"{module}.note_files", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.push(snapshot.folder)
    assert shared_of(two).list_stored() == []
    sent: list[int] = []
    files = "incidents.versions.shared.files"
    monkeypatch.setattr(f"{files}._send", lambda *given: sent.append(1))
    assert store.push(snapshot.folder)
    assert not store.push(snapshot.folder)
    assert sent == []
    assert [each.id for each in shared_of(two).list_stored()] == [snapshot.id]


def test_a_folder_is_put_into_a_store_by_a_command(
    make_server: MakeServer, address: str, shipped_settings: Settings, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    home = tmp_path / "older"
    alone = Catalog(replace(shipped_settings, snapshots=home))
    ids = {alone.current.snapshot.id, keep_tables(alone, ANALYST).id}
    _, token = make_link(home, 7, "older", "reader")
    joined = replace(alone.settings, store=address)
    for words in ("store: 2; there already: 0;", "store: 0; there already: 2;"):
        assert main(["push"], Catalog(joined)) == 0
        assert words in capsys.readouterr().out
    two = make_server("two")
    assert {each.id for each in shared_of(two).list_stored()} == ids
    assert find_link(two.settings.snapshots, token) is not None
    assert main(["push"], alone) == 2
    assert "INCIDENTS_STORE" in capsys.readouterr().err


def test_no_row_is_written_out_of_its_folder(make_server: MakeServer, tmp_path: Path) -> None:
    store = shared_of(make_server("one", follows=False))
    store.prepare()
    names = ("../evil", "access/../../evil", "evil", f"{tmp_path}/evil", "access/fine")
    with store.database.write() as connection:
        for name in names:
            connection.execute("INSERT INTO incidents.small VALUES (%s, %b)", [name, b"x"])
    store.small.take_new()
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".csv"]
    assert [path.name for path in written] == ["fine"]


def test_no_file_of_a_version_is_written_out_of_its_folder(
    make_server: MakeServer, address: str, tmp_path: Path
) -> None:
    version = keep_tables(make_server("one", follows=False), ANALYST)
    two = make_server("two", follows=False)
    before = "snapshot.json"
    for name in ("../evil", "below/evil", f"{tmp_path}/evil", "..", ".evil"):
        with psycopg.connect(address, autocommit=True) as connection:
            changed = "UPDATE incidents.files SET name = %s WHERE name = %s"
            assert connection.execute(changed, [name, before]).rowcount == 1
        before = name
        with pytest.raises(DamagedError, match="damaged in the database"):
            two.find(version.id)
    assert not [path for path in tmp_path.rglob("*evil*") if path.is_file()]
    assert not (two.settings.snapshots / version.id).exists()


def test_readers_cannot_write(make_server: MakeServer) -> None:
    one = make_server("one")
    shared_of(one).prepare()
    with (
        pytest.raises(TableError, match="does not let"),
        shared_of(one).database.lend() as connection,
    ):
        connection.execute("DELETE FROM incidents.versions")


def test_without_a_store_nothing_of_the_driver_is_imported() -> None:
    asked = (
        "import sys; from incidents.versions.catalog import Catalog;"
        "from incidents.table.settings import Settings; import incidents.serving.front;"
        "Catalog(Settings()); sys.exit('psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0
