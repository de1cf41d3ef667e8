"""Keys of a reader's own columns: rows of the table of keys, made for each version."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import ibis

from incidents.asking.keys import OWN, Clause, Condition, Key, Values, Whose, Widget
from incidents.asking.kinds import AnyOf, DateRange, Kind
from incidents.asking.own_kinds import (
    KNOWN,
    LABELS,
    UNKNOWN,
    Decimals,
    OrUnknown,
    Within,
    write_decimal,
)
from incidents.table.own_columns import PREFIX, OwnColumn, OwnKind
from incidents.table.sentences import say_date, say_list


@dataclass(frozen=True)
class Asked:
    """What is asked of an own column, in the texts of a link.

    Attributes
    ----------
    column
        The column of the version; None as long as no version was looked at.
    """

    name: str
    texts: Values
    column: OwnColumn | None = None


class OwnKey(Key):
    """The key of an own column: its value stands among all others of the kind."""

    def read(self, filters: Any) -> Any:
        """What is asked for, or the default."""
        for each in filters.own:
            if each.name == self.name:
                value = self.kind.parse(each.texts)
                return self.default if value is None else value
        return self.default


def is_own(name: str) -> bool:
    """Whether a parameter names an own column."""
    return name.startswith(PREFIX)


def _has_value(name: str) -> Condition:
    def compare(
        incidents: ibis.Table, values: Values, whose: Whose
    ) -> ibis.expr.types.BooleanValue:
        column = incidents[name]
        texts = [value for value in values if value not in (UNKNOWN, KNOWN)]
        parts = [column.isin(texts)] if texts else []
        parts += [column.isnull()] if UNKNOWN in values else []
        parts += [column.notnull()] if KNOWN in values else []
        return ibis.or_(*parts)

    return compare


def _lies_within(name: str) -> Condition:
    def compare(incidents: ibis.Table, asked: Within, whose: Whose) -> ibis.expr.types.BooleanValue:
        column = incidents[name]
        if asked.bounds is None:
            return column.isnull() if asked.takes_unknown else column.notnull()
        # Null compared is null, and null is not true: what is unknown is never between.
        inside = column.between(*(ibis.literal(bound) for bound in asked.bounds))
        return inside | column.isnull() if asked.takes_unknown else inside

    return compare


def _say_values(label: str) -> Clause:
    def say(values: Values, whose: Whose) -> str:
        words = [_QUOTED.get(value, f"“{value}”") for value in values]
        return f"where “{label}” is {say_list(words)}"

    return say


_QUOTED = {UNKNOWN: "unknown", KNOWN: "known"}


def _say_within(label: str) -> Clause:
    def say(asked: Within, whose: Whose) -> str:
        words = say_within(asked)
        return f"where “{label}” is {words}"

    return say


def say_within(asked: Within) -> str:
    """A range in words: from 2 to 5 or unknown."""
    if asked.bounds is None:
        return "unknown" if asked.takes_unknown else "known"
    first, last = map(say_value, asked.bounds)
    words = first if first == last else f"from {first} to {last}"
    return f"{words} or unknown" if asked.takes_unknown else words


def say_value(value: Any) -> str:
    """A cell of an own column in words."""
    if isinstance(value, date):
        return say_date(value)
    return write_decimal(value) if isinstance(value, int | float) else str(value)


_Make = tuple[Kind, Callable[[str], Condition], Callable[[str], Clause], Widget, Any, str]
_KINDS: dict[OwnKind, _Make] = {
    "facet": (AnyOf(LABELS), _has_value, _say_values, "many", (), "Any of its values."),
    "number": (
        *(OrUnknown(Decimals()), _lies_within, _say_within, "range", None),
        "Least and most, both included.",
    ),
    "date": (
        *(OrUnknown(DateRange()), _lies_within, _say_within, "days", None),
        "First and last day, both included.",
    ),
}  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _make_key(column: OwnColumn) -> OwnKey | None:
    if column.kind not in _KINDS:
        return None
    kind, condition, clause, widget, default, meaning = _KINDS[column.kind]
    return OwnKey(
        column.label,
        f"Column “{column.label}” of this table. {meaning} {UNKNOWN} is what is unknown in it,"
        f" {KNOWN} what is known.",
        kind,
        default=default,
        condition=condition(column.name),
        clause=clause(column.label),
        is_counted=column.kind == "facet",
        widget=widget,
        section=OWN,
        name=column.name,
    )


def make_keys(columns: Iterable[OwnColumn]) -> tuple[Key, ...]:
    """The keys of own columns, in their order; texts have none."""
    keys = (_make_key(column) for column in columns)
    return tuple(key for key in keys if key is not None)


def list_asked_keys(asked: Iterable[Asked]) -> tuple[Key, ...]:
    """The keys of what is asked of own columns that a version has."""
    return make_keys(each.column for each in asked if each.column is not None)
