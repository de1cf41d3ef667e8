"""The store: one snapshot's tables, asked by many at once."""

import threading
import time
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from incidents.asking.database import TABLES
from incidents.asking.filters import Filters
from incidents.asking.map.features import read_map
from incidents.asking.store import AT_ONCE, Store, read_batches, read_count, read_frame, read_rows
from incidents.table.errors import TableError

MakeStore = Callable[..., Store]


@pytest.fixture(scope="module")
def store(make_store: MakeStore) -> Store:
    return make_store(
        {"type": "b", "killed_min": 1}, {"type": "a"}, {"type": "b"}, {"type": "c"}, {},
        reports=(
            {"report": "R1", "incident": "A", "published": None},
            {"report": "R3", "incident": "A", "published": "2021-07-08"},
            {"report": "R2", "incident": "A", "published": "2021-07-08"},
            {"report": "R4", "incident": "A", "published": "2021-07-07"},
            {"report": "R6", "incident": "A", "published": "2021-07"},
            {"report": "R5", "incident": "B"},
        ),
        claims=({"claim": "C1", "report": "R1", "incident": "A", "low": 3},),
    )  # fmt: skip


def test_holds_all_tables(store: Store) -> None:
    assert [store.table(name).count().to_pyarrow().as_py() for name in TABLES] == [5, 6, 1, 0]


def test_finds_an_incident_with_none_for_unknown(store: Store) -> None:
    found = store.find_incident("A")
    assert found is not None
    assert (found["date"], found["killed_min"], found["killed_max"]) == (date(2021, 7, 7), 1, None)


@pytest.mark.parametrize("name", ["", "a", "Z", "' OR 1=1 --", "A'"])
def test_finds_no_other_incident(store: Store, name: str) -> None:
    assert store.find_incident(name) is None


def test_reports_in_the_order_of_publication(store: Store) -> None:
    found = [report["report"] for report in store.find_reports("A")]
    assert found == ["R6", "R4", "R2", "R3", "R1"]
    assert store.find_reports("Z") == []


def test_claims_of_an_incident(store: Store) -> None:
    assert [(claim["low"], claim["high"]) for claim in store.find_claims("A")] == [(3, None)]
    assert store.find_claims("B") == []


def test_lists_values_most_frequent_first(store: Store) -> None:
    assert store.list_values("type", 9) == ["b", "a", "c"]
    assert store.list_values("type", 2) == ["b", "a"]
    assert store.list_values("weapon", 9) == []


def test_frames_keep_unknown_apart_from_0(store: Store) -> None:
    frame = read_frame(store.incidents.order_by("incident")[["incident", "killed_min"]])
    assert frame["killed_min"].dtype == "Int64"
    assert frame["killed_min"].isna().tolist() == [False, True, True, True, True]
    assert isinstance(frame, pd.DataFrame)


def test_a_folder_with_a_quote_in_its_name(make_store: MakeStore) -> None:
    folder = make_store({}).folder
    quoted = folder.rename(folder.with_name("it's"))
    assert Store(quoted).find_incident("A") is not None


def test_pieces_outlive_other_questions(make_store: MakeStore) -> None:
    """A download is read piece by piece while its thread answers others."""
    store = make_store(*({} for _ in range(10_000)))
    pieces = read_batches(store.incidents.order_by("incident")[["incident"]], 2_500)
    rows = next(pieces).num_rows
    assert len(read_rows(store.incidents[["incident"]])) == 10_000
    others: list[int] = []
    thread = threading.Thread(target=lambda: others.extend(each.num_rows for each in pieces))
    thread.start()
    thread.join()
    assert rows + sum(others) == 10_000
    assert len(others) > 1


def test_answers_16_threads_at_once(store: Store) -> None:
    expected = read_map(store, Filters(type=("b",)))
    start, wrong = threading.Barrier(16), []

    def ask(number: int) -> None:
        try:
            start.wait()
            for _ in range(3):
                if number % 2:
                    if read_map(store, Filters(type=("b",))) != expected:
                        wrong.append("map")
                elif len(store.find_reports("A")) != 5:
                    wrong.append("reports")
                batches = read_batches(store.incidents[["incident"]], 2)
                if sum(batch.num_rows for batch in batches) != 5:
                    wrong.append("pieces")
        except Exception as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_questions_asked_ahead_are_answered_once_and_fail_for_who_asks(store: Store) -> None:
    asked: list[str] = []
    has_begun, may_end = threading.Event(), threading.Event()

    def fail(store: Store) -> int:
        asked.append("fail")
        raise TableError("no room")

    def count(store: Store) -> int:
        asked.append("count")
        has_begun.set()
        assert may_end.wait(20)
        return read_count(store.incidents)

    store.ask_ahead(lambda store: store.ask(fail), lambda store: store.ask(count))
    assert has_begun.wait(20)
    threading.Timer(0.05, may_end.set).start()
    assert store.ask(count) == 5
    assert asked == ["fail", "count"]
    with pytest.raises(TableError):
        store.ask(fail)


def test_who_asks_ahead_waits_as_long_as_it_has_patience(store: Store) -> None:
    may_end = threading.Event()

    def count(store: Store) -> int:
        assert may_end.wait(20)
        return read_count(store.incidents)

    begun = time.monotonic()
    store.ask_ahead(lambda store: store.ask(count), patience=0.2)
    assert 0.2 <= time.monotonic() - begun < 10
    threading.Timer(0.1, may_end.set).start()
    store.ask_ahead(lambda store: store.ask(count), patience=20)
    assert time.monotonic() - begun < 15
    assert store.ask(count) == 5


def test_a_server_with_much_to_do_asks_nothing_ahead(store: Store) -> None:
    may_end = threading.Event()
    for _ in range(AT_ONCE):
        store.ask_ahead(lambda store: may_end.wait(20))
    asked: list[int] = []
    begun = time.monotonic()
    store.ask_ahead(lambda store: asked.append(1), patience=15)
    assert time.monotonic() - begun < 10
    may_end.set()
    deadline = time.monotonic() + 10
    while not asked and time.monotonic() < deadline:
        # Once others have ended, there is room again.
        store.ask_ahead(lambda store: asked.append(2), patience=1)
    assert asked[0] == 2


def test_answers_are_kept_for_the_next_who_asks(make_store: Callable[..., Store]) -> None:
    store = make_store({}, {})
    asked = []

    def question(store: Store, filters: Filters) -> int:
        asked.append(filters)
        return store.count(filters)[0]

    for filters in (Filters(), Filters(), Filters(q="x")):
        store.ask(question, filters)
    assert asked == [Filters(), Filters(q="x")]
