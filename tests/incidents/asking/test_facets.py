"""What can be chosen in a table."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import ibis
import pytest

from incidents.asking import facets as facets_module
from incidents.asking.facets import (
    ANY_OF,
    COUNTED,
    IRAQ_AND_SYRIA,
    MOST_OPTIONS,
    Counts,
    count_facets,
    read_facets,
)
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.versions.catalog import Version

MakeStore = Callable[..., Store]


def test_facets(make_store: MakeStore) -> None:
    facets = read_facets(
        make_store(
            {"date": "2021-06-27", "date_end": "2021-07-09", "lat": 33.0, "lon": 42.0,
             "country": "IQ", "killed_min": 4},
            {"date": "2021-07-08", "lat": 36.0, "lon": 44.0, "country": "SY", "killed_max": 2,
             "fighters_killed_max": 57, "wounded_min": 0},
            {"country": "SY", "type": "عبوة"},
        )
    )  # fmt: skip
    assert (facets.first, facets.last) == (date(2021, 6, 27), date(2021, 7, 9))
    assert facets.values["country"] == ["SY", "IQ"]
    assert facets.values["type"] == ["عبوة"]
    assert facets.values["weapon"] == []
    assert facets.most == {"killed": 57, "wounded": 0}
    assert facets.home == (41.5, 32.5, 44.5, 36.5)


def test_empty_table(make_store: MakeStore) -> None:
    facets = read_facets(make_store())
    assert (facets.first, facets.last) == (None, None)
    assert facets.values == {name: [] for name in ANY_OF}
    assert facets.most == {"killed": 0, "wounded": 0}
    assert facets.home == IRAQ_AND_SYRIA


def test_home_stays_on_the_globe(make_store: MakeStore) -> None:
    poles = ({"lat": 90.0, "lon": 180.0}, {"lat": -90.0, "lon": -180.0})
    assert read_facets(make_store(*poles)).home == (-180.0, -85.0, 180.0, 85.0)


# --- counts

QUESTIONS = {
    "all": Filters(),
    "type": Filters(type=("rocket attack",)),
    "two types and a governorate": Filters(type=("rocket attack", "drone attack"), gov=("Anbar",)),
    "dates and words": Filters(dates=(date(2021, 6, 1), date(2021, 7, 31)), q="base"),
    "harm": Filters(killed=(1, 100), who="fighters", basis="low"),
    "precision and country": Filters(precision="site", country=("SY",)),
    "sources and actor": Filters(sources=2, actor=("United States",), weapon=("Hellfire",)),
    "area": Filters(area=(40.0, 33.0, 45.0, 37.0), direction=("attack on coalition",)),
    "nothing": Filters(q="zanzibar"),
}


def choose(filters: Filters, name: str, value: str) -> Filters:
    """The filters with this option of the key chosen, and no other one."""
    return replace(filters, **{name: (value,) if name in ANY_OF else value})


@pytest.mark.parametrize("filters", QUESTIONS.values(), ids=list(QUESTIONS))
@pytest.mark.parametrize("name", COUNTED)
def test_count_is_what_choosing_the_option_gives(
    shipped: Version, filters: Filters, name: str
) -> None:
    counts = count_facets(shipped.store, filters)[name]
    assert dict(counts.options) == {
        value: shipped.store.count(choose(filters, name, value))[0] for value, _ in counts.options
    }


@pytest.mark.parametrize("filters", QUESTIONS.values(), ids=list(QUESTIONS))
def test_every_value_is_told_most_frequent_first(shipped: Version, filters: Filters) -> None:
    every = read_facets(shipped.store).values
    for name, counts in count_facets(shipped.store, filters).items():
        if name in ANY_OF:
            told = dict(counts.options)
            assert set(told) == {*every[name], *getattr(filters, name)}
            numbers = [told[value] for value in told if value in every[name]]
            assert numbers == sorted(numbers, reverse=True)
        assert counts.more == 0


def test_own_choice_changes_no_number_and_others_do(make_store: MakeStore) -> None:
    store = make_store(
        {"type": "a", "gov": "x"},
        {"type": "a", "gov": "y"},
        {"type": "b", "gov": "y"},
        {"type": None, "gov": "y"},
    )
    counts = count_facets(store, Filters(type=("b",)))
    assert counts["type"] == Counts((("a", 2), ("b", 1)), 0)
    assert counts["gov"] == Counts((("y", 1), ("x", 0)), 0)
    assert count_facets(store, Filters(type=("b",), gov=("x",)))["type"].options == (
        ("a", 1),
        ("b", 0),
    )


def test_precision_counts_what_is_at_least_that_precise(make_store: MakeStore) -> None:
    rows: list[dict[str, Any]] = [{"precision": each} for each in ("town", "site", "town", None)]
    counts = count_facets(make_store(*rows), Filters(precision="site"))
    assert counts["precision"].options == (
        ("site", 1),
        ("town", 3),
        ("district", 3),
        ("governorate", 3),
        ("country", 3),
    )


def test_few_of_many_values_are_told_and_the_chosen_ones(make_store: MakeStore) -> None:
    many = MOST_OPTIONS + 50
    store = make_store(*({"actor": f"actor {i:03}"} for i in range(many)), {"actor": "actor 111"})
    counts = count_facets(store, Filters(actor=("actor 240", "actor 001", "nobody")))["actor"]
    assert counts.options[0] == ("actor 111", 2)
    assert counts.options[MOST_OPTIONS:] == (("actor 240", 1), ("nobody", 0))
    assert counts.more == many - MOST_OPTIONS - 1


def test_of_very_many_values_the_most_frequent_are_asked_for(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MOST_VALUES", "MOST_OPTIONS"):
        monkeypatch.setattr(facets_module, name, 2)
    store = make_store({"gov": "c"}, {"gov": "c"}, {"gov": "b"}, {"gov": "b"}, {"gov": "a"}, {})
    assert count_facets(store, Filters())["gov"] == Counts((("b", 2), ("c", 2)), 1)
    assert count_facets(store, Filters(gov=("a",)))["gov"].options[-1] == ("a", 1)


def test_widgets_offer_the_most_frequent_values(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets_module, "MOST_VALUES", 2)
    store = make_store({"gov": "c", "type": "x"}, {"gov": "b"}, {"gov": "c"}, {"gov": "a"})
    facets = read_facets(store)
    assert (facets.values["gov"], facets.values["type"]) == (["c", "a"], ["x"])
    assert facets.open == {"gov"}
    assert store.find_values("gov", ["b", "zanzibar"]) == {"b"}


def test_hostile_values_are_values(make_store: MakeStore, hostile: str) -> None:
    store = make_store({"actor": hostile, "type": "a"}, {"actor": "it's", "type": "a"})
    counts = count_facets(store, Filters(actor=(hostile,), q="'; --"))
    assert counts["actor"].options == ((hostile, 0), ("it's", 0))
    assert count_facets(store, Filters(actor=(hostile,)))["type"].options == (("a", 1),)


def test_the_window_counts(make_store: MakeStore) -> None:
    store = make_store(
        {"type": "a", "lat": 33.0, "lon": 44.0}, {"type": "a", "lat": 36.0, "lon": 44.0}, {}
    )
    window = count_facets(store, Filters(window=(43.0, 32.0, 45.0, 34.0)))
    assert window["type"].options == (("a", 1),)


def test_empty_table_has_no_options(make_store: MakeStore) -> None:
    counts = count_facets(make_store(), Filters())
    assert {name: counts[name] for name in ANY_OF} == dict.fromkeys(ANY_OF, Counts((), 0))


def test_what_all_options_share_is_asked_once(
    shipped: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    shipped.store.ask(read_facets)
    monkeypatch.setattr(facets_module, "read_rows", lambda query: asked.append(query) or [])
    own = {name: ("a",) for name in COUNTED if name in ANY_OF}
    filters = Filters(q="zanzibar", area=(40.12345, 33.0, 45.0, 33.0, 45.0, 37.0), **own)
    count_facets(shipped.store, filters)
    for words in ("zanzibar", "40.12345"):
        once = str(ibis.to_sql(shipped.store.select(filters), "duckdb")).count(words)
        assert str(ibis.to_sql(asked[-1], "duckdb")).count(words) == once > 0
