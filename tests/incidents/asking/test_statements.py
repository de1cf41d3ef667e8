"""Statements are kept by shape: the same answers as Ibis gives, from SQL that is written once."""

import gc
import weakref
from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import pytest

from incidents.asking.facets import count_facets
from incidents.asking.figures import read_figures
from incidents.asking.filters import Filters
from incidents.asking.statements import Statements
from incidents.asking.store import Store, read_rows

MakeStore = Callable[..., Store]
ROWS: list[dict[str, Any]] = [
    {"type": "a", "place": "O'Neill", "killed_min": 0, "killed_max": 3, "lat": 33.5, "lon": 44.0},
    {
        "type": "b",
        "place": '"value 0"',
        "killed_min": 2,
        "killed_max": 2,
        "lat": -0.25,
        "lon": -1.5,
    },
    {"type": "b", "place": "عين الأسد \\ '--", "date": date(2021, 7, 7)},
    {"type": None, "place": "$1 ? :x {{y}}"},
]
QUESTIONS = [
    Filters(type=("b",)),
    Filters(place=("O'Neill",)),
    Filters(place=('"value 0"', "عين الأسد \\ '--")),
    Filters(place=("$1 ? :x {{y}}",)),
    Filters(type=tuple("abcdefg"), place=("O'Neill", "x", "y", "z", "$1 ? :x {{y}}")),
    Filters(place=("'; DROP TABLE incidents; --",)),
    Filters(q="o'neill"),
    Filters(q="day", type=("day",)),
    Filters(killed=(0, 2)),
    Filters(killed=(2, 300_000)),
    Filters(dates=(date(2021, 7, 1), date(2021, 7, 8))),
    Filters(window=(-2.0, -1.0, 44.0, 33.5)),
    Filters(area=(43.0, 33.0, 45.0, 33.0, 44.0, 34.5)),
]


@pytest.fixture(scope="module")
def statements() -> Statements:
    """One for all of them: each question meets what the others have left."""
    return Statements()


@pytest.mark.parametrize("filters", QUESTIONS, ids=repr)
def test_the_answer_is_the_one_of_ibis(
    make_store: MakeStore, statements: Statements, filters: Filters
) -> None:
    store = make_store(*ROWS)
    chosen = store.select(filters)
    for asked in (
        chosen[["incident", "place"]].order_by("incident"),
        chosen.mutate(days=chosen.date.delta(date(2021, 7, 1), unit="day")).order_by("incident")[
            ["incident", "days"]
        ],
        chosen.group_by("type").aggregate(n=chosen.count(), most=chosen.killed_max.max()),
    ):
        backend: Any = asked.get_backend()
        given = backend.con.sql(statements.write(asked)).fetchall()
        assert sorted(map(str, given)) == sorted(
            map(str, backend.con.sql(backend.compile(asked)).fetchall())
        )


def test_other_values_are_the_same_statement(make_store: MakeStore) -> None:
    store, statements = make_store(*ROWS), Statements()
    for name in ("a", "b", "O'Neill"):
        statements.write(store.select(Filters(type=(name,), place=("x",))))
    assert len(statements._kept) == 1
    statements.write(store.select(Filters(type=("a", "b", "'; --"), place=("x", "y"))))
    assert len(statements._kept) == 1
    statements.write(store.select(Filters(type=("a",), q="x")))
    assert len(statements._kept) == 2


def test_values_that_are_equal_are_no_other_question(make_store: MakeStore) -> None:
    """Two values that happen to be equal must not be taken for one when they differ."""
    store, statements = (
        make_store({"type": "a", "place": "a"}, {"type": "a", "place": "b"}),
        Statements(),
    )
    for kind, place, rows in (("a", "a", 1), ("a", "b", 1), ("b", "b", 0)):
        asked = store.select(Filters(type=(kind,), place=(place,)))
        backend: Any = asked.get_backend()
        assert len(backend.con.sql(statements.write(asked)).fetchall()) == rows


def test_versions_share_statements_and_none_keeps_one_open(make_store: MakeStore) -> None:
    first, second, statements = make_store(*ROWS), make_store(*ROWS[:2]), Statements()
    for store, rows in ((first, 4), (second, 2)):
        asked = store.incidents.filter(store.incidents.killed_max.isnull() | ibis.literal(True))
        assert asked.get_backend().con.sql(statements.write(asked)).shape[0] == rows
    assert len(statements._kept) == 1
    gone = weakref.ref(second)
    del store, second, asked
    gc.collect()
    assert gone() is None


def test_what_is_kept_is_bounded(make_store: MakeStore) -> None:
    store, statements = make_store(*ROWS), Statements(most=3)
    for number in range(1, 9):
        statements.write(store.incidents.limit(number))
    assert len(statements._kept) == 3


def test_questions_of_the_page_are_answered_by_kept_statements(make_store: MakeStore) -> None:
    store = make_store(*ROWS)
    for name, count in (("a", 1), ("b", 2), ("none", 0)):
        assert read_figures(store, Filters(type=(name,))).incidents == count
        options = dict(count_facets(store, Filters(type=(name,)))["type"].options)
        assert (options["a"], options["b"]) == (1, 2)
    assert read_rows(store.select(Filters(place=("O'Neill",)))[["place"]]) == [{"place": "O'Neill"}]
