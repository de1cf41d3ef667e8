"""A database that is away, killed, or damaged: what is told, and what is done later."""

import shutil

import psycopg
import pytest

from incidents.asking.address import Address
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.serving.access.links import make_link
from incidents.serving.running.health import read_state
from incidents.table.errors import AwayError
from incidents.versions.long_links import open_query, shorten
from incidents.versions.pruning import prune
from tests.incidents.own_tables import ANALYST, keep_tables
from tests.incidents.versions.expiring import age
from tests.incidents.versions.shared.conftest import (
    HEAD,
    MakeServer,
    away,
    shared_of,
)
from tests.postgres import Server
from tests.waiting import wait_for


def test_what_expired_and_was_brought_again_while_the_database_was_away_stays(
    make_server: MakeServer, address: str, postgres: Server
) -> None:
    """The store still says that it is gone, and a server that starts learns that first."""
    one = make_server("one", follows=False, versions=1)
    keep_tables(one, ANALYST)
    goes, left = (keep_tables(one, ANALYST.replace("Baghdad", name)) for name in ("Basra", "Hit"))
    with psycopg.connect(address, autocommit=True) as connection:
        for each in (goes, left):
            age(each, 9)
            aged = "UPDATE incidents.versions SET opened = now() - interval '9 days' WHERE id = %s"
            connection.execute(aged, [each.id])
    copy = shutil.copytree(left.folder, one.settings.snapshots / "copy")
    assert {each.held.id for each in prune(one.settings)[0]} == {goes.id, left.id}
    # A copy of what expired, as a server has it that did not hear of it.
    copy.rename(left.folder)
    with away(postgres):
        assert keep_tables(one, ANALYST.replace("Baghdad", "Basra")).id == goes.id
    again = make_server("one")
    wait_for(lambda: goes.id in {each.id for each in shared_of(again).list_stored()})
    wait_for(lambda: not left.folder.exists())
    assert again.find(goes.id).snapshot.rows == goes.rows
    with psycopg.connect(address) as connection:
        noted = "SELECT path FROM incidents.small WHERE path LIKE 'gone/%'"
        assert connection.execute(noted).fetchall() == [(f"gone/{left.id}",)]


def test_what_still_cannot_be_sent_is_sent_later(
    make_server: MakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = shared_of(make_server("one", follows=False))
    store.prepare()
    small = store.small
    paths = [small._home / "inputs" / name for name in ("1", "2")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        small._pending.add(path)
    with monkeypatch.context() as broken:
        broken.setattr(small, "_send", lambda *given: (_ for _ in ()).throw(AwayError("away")))
        small.send_pending()
    assert small._pending == set(paths)
    small.send_pending()
    assert small._pending == set()


def test_a_database_that_is_killed_is_told_and_comes_back(
    make_server: MakeServer, postgres: Server
) -> None:
    one = make_server("one")
    version = one.current
    kept = version.store.ask(read_figures, Filters())
    with away(postgres):
        # What was answered is still answered, the rest is told, and nobody waits for ever.
        assert version.store.ask(read_figures, Filters()) == kept
        with pytest.raises(AwayError, match="does not answer since"):
            version.store.ask(read_figures, Filters(scope="all"))
        state, why = read_state(one)
        assert state == "degraded"
        assert "does not answer since" in why[0]
        home = one.settings.snapshots
        asked = Address(Filters(place=tuple(f"Other {number}" for number in range(400))))
        short = shorten(home, asked)
        with pytest.raises(AwayError):
            make_link(home, 7, "cannot be made here alone", "reader")
        local = keep_tables(one, ANALYST.replace("Baghdad", "Najaf"))
    wait_for(lambda: one.notice is None)
    assert version.store.ask(read_figures, Filters(scope="all")).incidents == 1
    # What was kept meanwhile is sent, by itself or when it is asked for.
    two = make_server("two")
    wait_for(lambda: open_query(two.settings.snapshots, short) == (asked, ()))
    assert one.find(local.id).store.engine.startswith("PostgreSQL")


def test_what_no_word_came_of_is_found_by_looking(
    make_server: MakeServer, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while other words come, one after the other."""
    module = "incidents.versions.shared"
    monkeypatch.setattr(f"{module}.store.tell", lambda *given: None)
    monkeypatch.setattr(f"{module}.following.LOOK", 1.0)
    one, two = make_server("one"), make_server("two")
    wait_for(lambda: shared_of(two).newest is None and shared_of(two)._is_made)
    version = one.current.snapshot.id

    def is_there() -> bool:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("NOTIFY incidents, 'small nothing'")
        return (two.settings.snapshots / version).is_dir()

    wait_for(is_there)


def test_a_version_that_is_damaged_in_the_database_keeps_no_other_from_being_copied(
    make_server: MakeServer, address: str
) -> None:
    one = make_server("one", follows=False)
    damaged = one.current.snapshot.id
    one.settings.table.write_text(f"{HEAD}2021-07-08,Mosul,36.3,43.1,1\n", "utf-8")
    wait_for(one.refresh)
    with psycopg.connect(address, autocommit=True) as connection:
        # The other server looks at it first.
        later = "UPDATE incidents.versions SET published = now() + interval '1 hour' WHERE id = %s"
        connection.execute(later, [damaged])
        broken = "UPDATE incidents.files SET hash = 'none' WHERE version = %s"
        connection.execute(broken, [damaged])
    two = make_server("two")
    wait_for((two.settings.snapshots / one.current.snapshot.id).is_dir)
    assert shared_of(two).newest == damaged
    assert not (two.settings.snapshots / damaged).exists()
