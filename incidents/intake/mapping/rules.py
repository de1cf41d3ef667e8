"""What a profile is made of: for each of our columns, the rule that fills it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from incidents.table.columns import COLUMNS, RANGES

Way = Literal["from", "first", "join", "text", "always", "date", "count", "sum"]
Otherwise = Literal["tell", "keep", "empty"]
Conditions: TypeAlias = Mapping[str, tuple[str, ...]]
"""Column of the file -> values of which it must (or must not) hold one, in any case."""

WAYS: tuple[Way, ...] = get_args(Way)
OTHERWISE: tuple[Otherwise, ...] = get_args(Otherwise)
OUR_NAMES: tuple[str, ...] = (*(each.name for each in COLUMNS), *(each.name for each in RANGES))
"""What a profile may fill: every column, and every range as one column for both bounds."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_ALWAYS: Conditions = MappingProxyType({})
_GAP = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Rule:
    """How one of our columns is filled.

    `way` says what the other fields mean:

    - ``from``: the first of `headers` whose cell is filled;
    - ``first``: the first of `parts` that gives something; ``join``: all that they give, without
      repeats, with `by` between;
    - ``text``: `words`, in which ``{header}`` stands for a cell; nothing if one of them is empty;
    - ``always``: `words` themselves;
    - ``date``: an ISO date of the `headers` of year, month and day, as far as they are known;
    - ``count``: how many different items the cells of `headers` hold, `by` between them (an empty
      `by`: a cell is an item); ``sum``: the sum of the filled cells of `headers`.

    Then, in this order: only rows where every condition of `where` and none of `unless` holds;
    the words in `unknown` stand for nothing; the text `after` and `before` a mark; without an
    ending of `strip`; and by `values`, where `otherwise` says what becomes of other values.

    `optional` columns are not missed. `confidence` is 1 unless the rule was guessed; `note` is
    for the reader of the profile.
    """

    way: Way
    headers: tuple[str, ...] = ()
    parts: tuple[Rule, ...] = ()
    words: str = ""
    by: str = ""
    where: Conditions = field(default_factory=lambda: _ALWAYS)
    unless: Conditions = field(default_factory=lambda: _ALWAYS)
    unknown: tuple[str, ...] = ()
    after: str = ""
    before: str = ""
    strip: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    otherwise: Otherwise = "tell"
    optional: bool = False
    confidence: float = 1.0
    note: str = ""

    @property
    def gaps(self) -> tuple[str, ...]:
        """The headers that stand between braces in the words of a ``text``."""
        return tuple(_GAP.findall(self.words)) if self.way == "text" else ()

    def list_needed(self) -> Iterator[tuple[str, ...]]:
        """Headers of the file that the rule is made of; of each tuple one is enough."""
        if self.optional:
            return
        if self.way in ("from", "sum", "count"):
            yield self.headers
        elif self.way == "date":
            yield from ((header,) for header in self.headers)
        yield from ((header,) for header in self.gaps)
        for part in self.parts:
            yield from part.list_needed()

    def list_headers(self) -> Iterator[str]:
        """Every header of the file that the rule looks at, also for its conditions."""
        yield from (*self.headers, *self.gaps, *self.where, *self.unless)
        for part in self.parts:
            yield from part.list_headers()


@dataclass(frozen=True)
class Profile:
    """How the tables of one source are read.

    `name` is that of its file, `title` the one that readers see. A table is recognised when it has
    all columns of one of `marks`. `columns` holds a rule for each of our columns that is filled.
    With `once`, rows that repeat the id of an incident and differ in these columns alone are one
    incident. `not_claimed` says, in sentences, what the source does not tell. A profile that
    `is_own` changes nothing: the table has our own names, or aliases of them.
    """

    name: str
    title: str
    columns: Mapping[str, Rule]
    about: str = ""
    marks: tuple[tuple[str, ...], ...] = ()
    once: tuple[str, ...] | None = None
    not_claimed: tuple[str, ...] = ()
    is_own: bool = field(default=False)

    def list_needed(self) -> dict[tuple[str, ...], list[str]]:
        """The headers that the layout should have, and which of our columns need them."""
        needed: dict[tuple[str, ...], list[str]] = {}
        for name, rule in self.columns.items():
            for headers in rule.list_needed():
                names = needed.setdefault(headers, [])
                if name not in names:
                    names.append(name)
        return needed

    def list_headers(self) -> list[str]:
        """Every header of the file that the profile looks at, each once."""
        return list(dict.fromkeys(h for rule in self.columns.values() for h in rule.list_headers()))
