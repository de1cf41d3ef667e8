"""Answers that add up: for one value more in a filter, only the rows that have it are asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Protocol, Self, TypeVar

from incidents.asking.conditions import spell_governorates
from incidents.asking.filters import FILTER_KEYS, Filters
from incidents.asking.keys import Values
from incidents.asking.store import Store


class Adds(Protocol):
    """An answer over some incidents; with that over others it makes the answer over both."""

    def __add__(self, other: Self) -> Self: ...


Sum = TypeVar("Sum", bound=Adds)
_ANY_OF = tuple(key.name for key in FILTER_KEYS if key.takes_any)
"""Filters of columns in which each incident has one value: who asks for two of them gets the
incidents of the one and those of the other."""


def add_up(
    store: Store,
    question: Callable[[Store, Filters, *tuple[Any, ...]], Sum],
    filters: Filters,
    *given: object,
    make: Callable[[], Sum],
) -> Sum:
    """What `make` answers, which ``question(store, filters, …)`` calls for.

    Where the answer for all but one of the values of a filter is kept, only the incidents of this
    one are asked for: of a table in which no operation has parts, for these count once together.
    """
    if not store.extent.has_operations:
        for known, more in _list_halves(filters):
            if (answer := store.find_answer(question, known, *given)) is not None:
                return answer + store.ask(question, more, *given)
    return make()


def _list_halves(filters: Filters) -> Iterator[tuple[Filters, Filters]]:
    """The filters without one of the values of a key, and with this one alone."""
    for name in _ANY_OF:
        values: Values = getattr(filters, name)
        for value in values:
            # No other value would ask for all of them.
            others = tuple(each for each in values if each != value)
            if others and not (name == "gov" and _share_rows((value,), others)):
                yield _with(filters, name, others), _with(filters, name, (value,))


def _with(filters: Filters, name: str, values: Values) -> Filters:
    chosen: dict[str, Any] = {name: values}
    return replace(filters, **chosen)


def _share_rows(one: Values, others: Values) -> bool:
    """Whether these are governorates that a row may name by the same text."""
    return not spell_governorates(one).keys().isdisjoint(spell_governorates(others))
