"""Every question has the same answer on every engine, to the last digit."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.asking.filters import Filters
from incidents.asking.links import find_asked
from incidents.asking.own_keys import Asked
from incidents.asking.own_kinds import UNKNOWN
from incidents.table.errors import IncidentsError
from tests.incidents.parity.conftest import Pair
from tests.incidents.parity.questions import OF_COLUMNS, QUESTIONS, SORTED, Question, make_plain
from tests.incidents.parity.tables import TEXTS, WORDS

SOME = tuple(text for text in TEXTS if text)
AREA = (43.0, 33.0, 45.5, 33.0, 44.5, 36.5, 43.5, 33.2)
FILTERS = {
    "all attacks": Filters(),
    "all events": Filters(scope="all", basis="known"),
    "words": Filters(q="al", dates=(date(2021, 3, 7), date(2021, 9, 8)), basis="low"),
    "area": Filters(area=AREA, who="civilians", killed=(0, 40), basis="high"),
}
DRAWN = st.builds(
    Filters,
    dates=st.none()
    | st.lists(st.dates(date(2020, 11, 1), date(2022, 2, 1)), min_size=2, max_size=2).map(
        lambda days: tuple(sorted(days))
    ),
    country=st.sampled_from(((), ("IQ",), ("IQ", "SY"))),
    gov=st.sampled_from(((), ("Baghdad",), ("Nineveh", "Idlib"))),
    place=st.lists(st.sampled_from(SOME), max_size=6).map(tuple),
    actor=st.lists(st.sampled_from(SOME), max_size=2).map(tuple),
    scope=st.sampled_from(("attacks", "all")),
    who=st.sampled_from(("all", "civilians", "fighters")),
    killed=st.none() | st.tuples(st.integers(0, 2), st.integers(2, 1_000_000_000)),
    basis=st.sampled_from(("range", "low", "high", "known")),
    sources=st.sampled_from((0, 1, 2)),
    precision=st.sampled_from((None, "town", "country")),
    q=st.sampled_from(("", "", *WORDS)) | st.text(max_size=6),
    area=st.sampled_from((None, AREA, (40.0, 30.0, 46.0, 37.0), (170.0, -30.0, -170.0, 0.0))),
)


def ask(pair: Pair, question: Question, filters: Filters) -> tuple[Any, Any]:
    """The answer of DuckDB and that of the engine; or why there is none."""
    told = []
    for store in pair:
        try:
            told.append(make_plain(question(store, filters)))
        except IncidentsError as error:
            told.append(str(error))
    return told[0], told[1]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_the_same_answer(odd: Pair, name: str) -> None:
    # Of all, and under one of the others: so each of these meets many questions.
    other = list(FILTERS)[1 + list(QUESTIONS).index(name) % (len(FILTERS) - 1)]
    for filters in (Filters(), FILTERS[other]):
        expected, told = ask(odd, QUESTIONS[name], filters)
        assert told == expected


@pytest.mark.parametrize("name", OF_COLUMNS)
def test_so_it_has_of_tables_as_people_have_them(pair: Pair, name: str) -> None:
    expected, told = ask(pair, QUESTIONS[name], Filters())
    assert told == expected


def test_the_list_is_in_the_same_order(odd: Pair) -> None:
    for question in SORTED.values():
        expected, told = ask(odd, question, Filters(scope="all"))
        assert told == expected


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(tuple(QUESTIONS)), filters=DRAWN)
def test_so_it_has_under_any_filters(odd: Pair, name: str, filters: Filters) -> None:
    expected, told = ask(odd, QUESTIONS[name], filters)
    assert told == expected


@pytest.mark.parametrize("word", WORDS)
def test_words_find_the_same_in_any_script(odd: Pair, word: str) -> None:
    expected, told = ask(odd, QUESTIONS["csv"], Filters(q=word, scope="all"))
    assert told == expected
    assert (b"\r\n" in expected or b"\n" in expected) or word == "no such"


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("x.verified_by", ("AP", "Reuters")),
        ("x.verified_by", (UNKNOWN,)),
        ("x.range_km", ("1", "40")),
        ("x.range_km", (UNKNOWN,)),
        ("x.checked_on", ("2021-07-01", "2021-08-31")),
    ],
)
def test_own_columns_are_asked_the_same(pair: Pair, name: str, texts: tuple[str, ...]) -> None:
    store = pair[0]
    filters, dropped = find_asked(Filters(own=(Asked(name, texts),)), store.own)
    assert bool(dropped) != bool(store.own)
    for question in ("csv", "facets", "histograms", "figures"):
        expected, told = ask(pair, QUESTIONS[question], filters)
        assert told == expected
