"""Answers that add up are the same as those over all rows at once, and ask for fewer rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.asking.adding import add_up
from incidents.asking.figures import count_figures, read_figures
from incidents.asking.filters import Filters
from incidents.asking.map.cells import count_cells, read_cells, select_window
from incidents.asking.store import Store

MakeStore = Callable[..., Store]
Row = dict[str, Any]
TYPES = ("rocket attack", "drone attack", "air strike")
COUNTS = st.none() | st.integers(0, 9)
INCIDENT = st.fixed_dictionaries(
    {
        "type": st.sampled_from(TYPES),
        "date": st.sampled_from(["2021-06-28", "2021-07-07", "2021-08-01"]),
        "gov": st.sampled_from(["Anbar", "Erbil", "Hewlêr"]),
        "country": st.just("IQ"),
        "lat": st.sampled_from([33.1, 33.11, 36.2]),
        "lon": st.just(44.0),
        "killed_min": COUNTS,
        "wounded_max": COUNTS,
        "civilians_killed_min": COUNTS,
        "precision": st.sampled_from(["site", "governorate"]),
    }
)
ZOOM = 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(
    st.lists(INCIDENT, min_size=1, max_size=10),
    st.permutations(TYPES),
    st.permutations(["Anbar", "Erbil", "Hewlêr"]),
    st.sampled_from(["range", "low", "high"]),
    st.sampled_from([None, (43.0, 33.0, 45.0, 34.0)]),
)
def test_one_value_after_the_other(
    make_store: MakeStore,
    rows: list[Row],
    types: list[str],
    govs: list[str],
    basis: str,
    window: Any,
) -> None:
    store = make_store(*rows)
    filters = Filters(scope="all", basis=basis, window=window)
    for values in range(1, 4):
        for each in (
            replace(filters, type=tuple(types[:values])),
            replace(filters, gov=tuple(govs[:values])),
            replace(filters, type=tuple(types[:2]), gov=tuple(govs[:values])),
        ):
            assert store.ask(read_figures, each) == count_figures(store.select(each))
            plain = count_cells(select_window(store, each), ZOOM)
            assert store.ask(read_cells, each, ZOOM) == plain


@dataclass(frozen=True)
class Number:
    """How many rows were looked at."""

    rows: int

    def __add__(self, other: Self) -> "Number":
        return Number(self.rows + other.rows)


def count_by(store: Store, made: list[Filters]) -> Any:
    """A question that tells for which filters rows were looked at."""

    def question(store: Store, filters: Filters) -> Number:
        def make() -> Number:
            made.append(filters)
            return Number(store.count(filters)[0])

        return add_up(store, question, filters, make=make)

    return question


ROWS: tuple[Row, ...] = (
    {"type": "rocket attack", "gov": "Erbil"},
    {"type": "drone attack", "gov": "Hewlêr"},
    {"type": "air strike", "gov": "Anbar"},
)


@pytest.mark.parametrize("turned", [False, True])
def test_only_the_rows_of_one_value_more_are_looked_at(make_store: MakeStore, turned: bool) -> None:
    store, made = make_store(*ROWS), list[Filters]()
    question = count_by(store, made)
    order = TYPES[::-1] if turned else TYPES
    numbers = [store.ask(question, Filters(type=order[:n])).rows for n in (1, 2, 3)]
    assert numbers == [1, 2, 3]
    assert made == [Filters(type=(each,)) for each in order]


def test_a_link_of_many_values_is_asked_at_once(make_store: MakeStore) -> None:
    store, made = make_store(*ROWS), list[Filters]()
    assert store.ask(count_by(store, made), Filters(type=TYPES)).rows == 3
    assert made == [Filters(type=TYPES)]


def test_parts_of_an_operation_count_together(make_store: MakeStore) -> None:
    parts = [{**row, "operation": "one night", "killed_min": 2} for row in ROWS[:2]]
    store = make_store(*parts, ROWS[2])
    for values in (1, 2):
        figures = store.ask(read_figures, Filters(type=TYPES[:values]))
        assert figures.killed.low == 2


def test_two_names_of_a_governorate_count_once(make_store: MakeStore) -> None:
    store = make_store(*({**row, "country": "IQ"} for row in ROWS))
    for govs in (("Erbil",), ("Erbil", "Hewlêr"), ("Erbil", "Hewlêr", "Anbar")):
        filters = Filters(gov=govs)
        assert store.ask(read_figures, filters).incidents == store.count(filters)[0]


def test_a_value_named_twice_asks_for_no_more(make_store: MakeStore) -> None:
    store = make_store(*ROWS)
    store.ask(read_figures, Filters())
    assert store.ask(read_figures, Filters(type=TYPES[:1] * 2)).incidents == 1
