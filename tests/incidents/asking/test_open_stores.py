"""Which versions are open: by memory, each opened while others answer, and closed for sure."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incidents.asking import database
from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters
from incidents.asking.open_stores import OpenStores
from incidents.asking.own_tables import FindOwn
from incidents.asking.store import Store, read_rows

MakeFolder = Callable[[], Path]
PATIENCE = 30
"""Seconds after which a thread that should not wait is taken to wait for ever."""


@pytest.fixture
def make_folder(make_store: Callable[..., Store]) -> MakeFolder:
    """Function that gives the folder of a new snapshot of two incidents."""
    return lambda: make_store({"type": "a"}, {"type": "b", "lat": 33.0, "lon": 44.0}).folder


@pytest.fixture
def no_collection() -> Iterator[None]:
    """What is let go is gone at once, without a search for circles."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def count_handles(folder: Path) -> int:
    """Handles of this process on files of a folder."""
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("this system does not tell the handles of a process")
    links = []
    for handle in handles.iterdir():
        try:
            links.append(str(handle.readlink()))
        except OSError:  # that of the listing itself
            continue
    return sum(link.startswith(f"{folder}/") for link in links)


def run(job: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=job, daemon=True)
    thread.start()
    return thread


def test_readers_of_others_never_wait_while_one_is_made(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, visitors, another = make_folder(), make_folder(), make_folder()
    for folder in (visitors, another):
        for each in folder.glob("*.duckdb"):
            each.unlink()
    stores, build = OpenStores(), database._build_database
    stores.pin(own)
    is_building, may_end, opened = threading.Event(), threading.Event(), []

    def build_slowly(folder: Path, draft: Path, find_own: FindOwn | None) -> Path:
        if folder == visitors:
            is_building.set()
            assert may_end.wait(PATIENCE)
        return build(folder, draft, find_own)

    monkeypatch.setattr(database, "_build_database", build_slowly)
    slow = [run(lambda: opened.append(stores.open(visitors))) for _ in range(3)]
    assert is_building.wait(PATIENCE)
    seen: list[int] = []
    for folder in (own, another):
        reader = run(lambda folder=folder: seen.append(stores.open(folder).count(Filters())[0]))
        reader.join(PATIENCE)
    assert seen == [2, 2] and opened == []
    may_end.set()
    for each in slow:
        each.join()
    assert len(opened) == 3 and len(set(map(id, opened))) == 1
    assert len(list(visitors.glob("*.duckdb"))) == 1


def test_five_small_versions_in_turn_stay_open(make_folder: MakeFolder) -> None:
    stores, folders = OpenStores(), [make_folder() for _ in range(5)]
    first = [stores.open(folder) for folder in folders]
    assert [stores.open(folder) for folder in folders] == first


def test_memory_bounds_how_many_are_open_and_the_pinned_one_stays(
    make_folder: MakeFolder, no_collection: None
) -> None:
    pinned, *folders = (make_folder() for _ in range(5))
    size = Store(pinned).size
    stores = OpenStores(most=2 * size)
    stores.pin(pinned)
    own = stores.open(pinned)
    alive = []
    for folder in folders:
        alive.append(weakref.ref(stores.open(folder)))
        assert stores.open(folders[0]) is not None, "asked for again, so not the oldest"
    assert [each() is not None for each in alive] == [True, False, False, True]
    assert [count_handles(each) > 0 for each in folders] == [True, False, False, True]
    assert stores.open(pinned) is own


def test_one_that_is_larger_than_all_may_be_stays_open_alone(make_folder: MakeFolder) -> None:
    stores, folder = OpenStores(most=1), make_folder()
    assert stores.open(folder) is stores.open(folder)
    other = stores.open(make_folder())
    assert stores.open(other.folder) is other
    assert stores.open(folder) is not None


def test_the_one_pinned_before_may_go(make_folder: MakeFolder, no_collection: None) -> None:
    stores, first, second = OpenStores(most=1), make_folder(), make_folder()
    stores.pin(first)
    old = weakref.ref(stores.open(first))
    stores.pin(second)
    assert old() is not None
    stores.open(make_folder())
    assert old() is None and count_handles(first) == 0 and count_handles(second) > 0


def test_all_that_was_asked_leaves_nothing_behind(
    make_folder: MakeFolder, no_collection: None
) -> None:
    stores, folder = OpenStores(), make_folder()

    def ask() -> None:
        store = stores.open(folder)
        store.ask(read_facets)
        store.count(Filters(type=("a",)))
        assert store.extent.bounds is not None
        assert store.find_incident("A") is not None

    ask()
    threads = [run(ask) for _ in range(4)]
    for thread in threads:
        thread.join()
    store = weakref.ref(stores.open(folder))
    assert count_handles(folder) > 0
    stores.discard(folder)
    assert store() is None and count_handles(folder) == 0


def test_opening_again_asks_nothing_twice(make_folder: MakeFolder) -> None:
    stores, folder, asked = OpenStores(), make_folder(), []

    def question(store: Store) -> int:
        asked.append(store)
        return store.count(Filters())[0]

    assert stores.open(folder).ask(question) == 2
    stores.discard(folder)
    assert stores.open(folder).ask(question) == 2
    assert len(asked) == 1


def test_what_is_being_read_when_it_is_closed_is_read_to_its_end(
    make_folder: MakeFolder, no_collection: None
) -> None:
    """Many threads read while the version is closed and opened again below them."""
    stores, folder = OpenStores(), make_folder()
    end, answers, failed = threading.Event(), [], []

    def read() -> None:
        try:
            while not end.is_set():
                incidents = stores.open(folder).incidents
                wide = incidents.cross_join(incidents.view()).cross_join(incidents.view())
                answers.append(len(read_rows(wide.select(incidents.incident))))
        except Exception as error:
            failed.append(repr(error))

    threads = [run(read) for _ in range(4)]
    while len(answers) < 60 and not failed:
        stores.discard(folder)
    end.set()
    for thread in threads:
        thread.join()
    assert failed == [] and set(answers) == {8}
    stores.discard(folder)
    assert count_handles(folder) == 0


def test_a_version_with_a_damaged_file_keeps_nothing_open(make_folder: MakeFolder) -> None:
    stores, folder = OpenStores(), make_folder()
    for each in (*folder.glob("*.duckdb"), folder / "incidents.parquet"):
        each.write_bytes(b"no table")
    with pytest.raises(database.DamagedError, match="is damaged"):
        stores.open(folder)
    assert count_handles(folder) == 0 and list(folder.glob(".draft-*")) == []
