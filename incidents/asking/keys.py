"""Keys of an address: each is one row, written where its field is, with all that is known of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal, Protocol

import ibis

from incidents.asking.kinds import AnyOf, Kind

Days = tuple[date, date]
"""First and last day, both included."""
Numbers = tuple[int, int]
"""Least and most, both included."""
Values = tuple[str, ...]
"""Any of these; none asks for nothing."""

Widget = Literal["words", "days", "drawn", "switch", "list", "many", "range", "number"]
"""How a reader sets a key: by typed words, days of a calendar, an outline drawn on the map, one of
a few words beside each other, one of a list, some of many values, a range of numbers, a number."""

FIRST, CASUALTIES, MORE, OWN = "", "Casualties", "More filters", "Columns of this table"
"""Sections of the panel of filters; the first one is always open."""


class Whose(Protocol):
    """What a condition or a clause needs to know besides the value of its own key."""

    @property
    def who(self) -> str: ...

    @property
    def basis(self) -> str: ...


Condition = Callable[[ibis.Table, Any, Whose], ibis.expr.types.BooleanValue | None]
"""Turns the value of a key into a condition on the incidents; None if all of them fulfil it."""
Clause = Callable[[Any, Whose], str]
"""Turns the value of a key into a few words for the sentence above the figures."""


@dataclass(frozen=True, eq=False)
class Key:
    """One row: what a parameter of an address means, does and looks like.

    Attributes
    ----------
    condition, clause
        None for keys that choose what is shown, not which incidents.
    is_default_narrow
        Whether the default leaves incidents out, and any other value does not.
    is_parameter
        Whether an address may name it.
    is_counted
        Whether its options are told with their number of incidents.
    widget
        None where nothing on the page is bound to it.
    section, rank
        Where it stands in the panel: keys of a section by their rank, then as in the table.
    is_optional
        Whether the panel leaves it out where the table gives nothing to choose.
    is_explained
        Whether its meaning is told beside the widget.
    name
        Parameter, widget key and field at once; read from the field.
    """

    label: str
    meaning: str
    kind: Kind
    default: Any = None
    condition: Condition | None = None
    clause: Clause | None = None
    is_default_narrow: bool = False
    is_parameter: bool = True
    is_counted: bool = False
    widget: Widget | None = None
    section: str = MORE
    rank: int = 0
    is_optional: bool = False
    is_explained: bool = False
    name: str = ""

    def read(self, filters: Any) -> Any:
        """What is asked for, or the default."""
        return getattr(filters, self.name)

    def narrows(self, filters: Any) -> bool:
        """Whether this key leaves incidents out."""
        is_default = self.read(filters) == self.default
        return self.condition is not None and is_default == self.is_default_narrow

    @property
    def takes_any(self) -> bool:
        """Whether it takes any of the values of a column."""
        return isinstance(self.kind, AnyOf)

    @property
    def labels(self) -> dict[str, str]:
        """Values that the reader sees by another word."""
        return dict(getattr(self.kind, "labels", {}))


def key(label: str, meaning: str, kind: Kind, **more: Any) -> Any:
    """A field that is a row of the table; see `Key` for what may be told of it."""
    row = Key(label, meaning, kind, **more)
    return field(default=row.default, metadata={"key": row})


def list_keys(of: type) -> tuple[Key, ...]:
    """The rows of a class whose fields are made by `key`, in their order."""
    rows = [each for each in fields(of) if "key" in each.metadata]
    return tuple(replace(each.metadata["key"], name=each.name) for each in rows)
