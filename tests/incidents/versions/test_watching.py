"""A table whose files change while a server runs: a new version, or the last good one."""

import threading
from dataclasses import replace

from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.watching import watch
from tests.incidents.versions.conftest import TABLE, change


def test_a_file_that_changes_gives_a_new_version(settings: Settings) -> None:
    catalog = Catalog(settings)
    old = catalog.current.snapshot
    assert not catalog.refresh(), "nothing has changed"
    change(settings, TABLE + "2021-07-09,Erbil,IQ,1\n")
    assert not catalog.refresh(), "it may still be being written"
    assert catalog.refresh()
    assert catalog.current.snapshot.rows == 3 and catalog.notice is None
    assert catalog.find(old.id).snapshot == old
    assert not catalog.refresh()


def test_a_gazetteer_file_dropped_in_gives_a_new_version(settings: Settings) -> None:
    folder = settings.snapshots.parent / "gazetteers"
    folder.mkdir()
    catalog = Catalog(replace(settings, gazetteers=folder))
    assert catalog.current.snapshot.located == 1
    (folder / "own.csv").write_text("name,lat,lon\nNarnia,33.5,43.5\n", "utf-8")
    (folder / "bad.csv").write_text("town\nHit\n", "utf-8")
    assert not catalog.refresh() and catalog.refresh()
    assert catalog.current.snapshot.located == 2
    problems = catalog.current.store.table("problems").to_pyarrow().to_pylist()
    assert [each["kind"] for each in problems] == ["gazetteer_file_unused"]
    assert '"bad.csv" is left out' in problems[0]["message"]


def test_a_file_that_breaks_leaves_the_last_good_version_and_a_notice(settings: Settings) -> None:
    catalog = Catalog(settings)
    good = catalog.current.snapshot
    for text in ("", "%PDF-1.7"):
        change(settings, text)
        assert not catalog.refresh() and not catalog.refresh()
        assert catalog.current.snapshot == good
        assert catalog.notice is not None and "last good version" in catalog.notice
    change(settings, TABLE)
    catalog.refresh()
    catalog.refresh()
    assert catalog.notice is None and catalog.current.snapshot == good


def test_a_file_that_is_gone_leaves_the_last_good_version(settings: Settings) -> None:
    catalog = Catalog(settings)
    good = catalog.current.snapshot
    settings.table.unlink()
    catalog.refresh()
    catalog.refresh()
    assert catalog.current.snapshot == good
    assert catalog.notice is not None and "There is no table" in catalog.notice


def test_the_watch_outlives_what_it_finds(settings: Settings) -> None:
    catalog, stop = Catalog(settings), threading.Event()
    good = catalog.current.snapshot
    watcher = threading.Thread(target=watch, args=(catalog, stop, 0.01))
    watcher.start()
    change(settings, TABLE + "2021-07-09,Erbil,IQ,1\n")
    for _ in range(1000):
        if catalog.current.snapshot != good:
            break
        stop.wait(0.02)
    stop.set()
    watcher.join()
    assert catalog.current.snapshot.rows == 3
