"""What a profile is made of: for each of our columns, the rule that fills it.

Names are those of the YAML, but for a rule's way: it is the type, and what stands behind it the
first field. ``from: Datum`` is ``From(("Datum",))``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias, get_args

import msgspec

from incidents.table.columns import ALSO, COLUMNS, RANGES
from incidents.table.own_columns import OwnKind

Otherwise = Literal["tell", "keep", "empty"]
Conditions: TypeAlias = Mapping[str, tuple[str, ...]]
"""Column of the file -> values of which it must (or must not) hold one, in any case."""

OTHERWISE: tuple[Otherwise, ...] = get_args(Otherwise)
OUR_NAMES: tuple[str, ...] = (
    *(each.name for each in COLUMNS),
    *(each.name for each in RANGES),
    *(each.name for each in ALSO),
)
"""What a profile may fill: every column, every range as one column for both bounds, and `ALSO`."""

PARTS_OF_DATE = ("year", "month", "day")
_GAP = re.compile(r"\{([^{}]+)\}")


class Rule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="way"):
    """How one of our columns is filled: its type says whence, the fields here what then.

    In this order: only rows where every condition of `where` and none of `unless` holds; the words
    in `unknown` stand for nothing; the text `after` and `before` a mark; without an ending of
    `strip`; and by `values`, where `otherwise` says what becomes of other values.

    `optional` columns are not missed. `confidence` is 1 unless the rule was guessed; `note` is
    for the reader of the profile.
    """

    where: Conditions = {}
    unless: Conditions = {}
    unknown: tuple[str, ...] = ()
    after: str = ""
    before: str = ""
    strip: tuple[str, ...] = ()
    values: Mapping[str, str] = {}
    otherwise: Otherwise = "tell"
    optional: bool = False
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    note: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The headers that the rule itself takes cells from."""
        return ()

    @property
    def nested(self) -> tuple[AnyRule, ...]:
        """The rules that it is made of."""
        return ()

    def list_needed(self) -> Iterator[tuple[str, ...]]:
        """Headers of the file that the rule is made of; of each tuple one is enough."""
        if not self.optional:
            yield from ((header,) for header in self.sources)
            for part in self.nested:
                yield from part.list_needed()

    def list_sources(self) -> Iterator[str]:
        """Every header that cells are taken from, without those of conditions."""
        yield from self.sources
        for part in self.nested:
            yield from part.list_sources()

    def list_headers(self) -> Iterator[str]:
        """Every header of the file that the rule looks at, also for its conditions."""
        yield from (*self.sources, *self.where, *self.unless)
        for part in self.nested:
            yield from part.list_headers()


class _OfHeaders(Rule, frozen=True):
    """Of the cells of several columns, of which one is enough."""

    headers: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.headers or not all(header.strip() for header in self.headers):
            raise ValueError("no column of the table is named")

    @property
    def sources(self) -> tuple[str, ...]:
        return self.headers

    def list_needed(self) -> Iterator[tuple[str, ...]]:
        if not self.optional:
            yield self.headers


class From(_OfHeaders, frozen=True, tag="from"):
    """The first of these columns whose cell is filled."""


class Sum(_OfHeaders, frozen=True, tag="sum"):
    """The sum of the filled cells."""


class Count(_OfHeaders, frozen=True, tag="count"):
    """How many different items the cells hold, `by` between them; without it a cell is an item."""

    by: str = ""


class Date(Rule, frozen=True, tag="date"):
    """An ISO date of a column of years, of months and of days, as far as they are known."""

    by_part: Mapping[str, str]

    def __post_init__(self) -> None:
        if not self.by_part or set(self.by_part) != set(PARTS_OF_DATE[: len(self.by_part)]):
            raise ValueError("a date needs a year, then a month, then a day, and nothing else")
        if not all(header.strip() for header in self.sources):
            raise ValueError("no column of the table is named")

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(self.by_part[part] for part in PARTS_OF_DATE[: len(self.by_part)])


class Around(_OfHeaders, frozen=True, tag="around"):
    """The days around a day that stands for a period: so many `days` before and after it."""

    days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 3


class Text(Rule, frozen=True, tag="text"):
    """Words in which ``{header}`` stands for a cell; nothing if one of them is empty."""

    words: str

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(_GAP.findall(self.words))


class Always(Rule, frozen=True, tag="always"):
    """The same words in every row."""

    words: str


class _OfRules(Rule, frozen=True):
    parts: tuple[AnyRule, ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a list of rules is needed")

    @property
    def nested(self) -> tuple[AnyRule, ...]:
        return self.parts


class First(_OfRules, frozen=True, tag="first"):
    """The first of these rules that gives something."""


class Join(_OfRules, frozen=True, tag="join"):
    """All that these rules give, without repeats, with `by` between."""

    by: str = ""


AnyRule: TypeAlias = From | First | Join | Text | Always | Date | Around | Count | Sum
WAYS: dict[str, type[AnyRule]] = {each.__struct_config__.tag: each for each in get_args(AnyRule)}


def list_keys(way: str) -> tuple[str, ...]:
    """What the YAML of a rule of this way may hold, first the way itself."""
    return (way, *WAYS[way].__struct_fields__[1:])


class Profile(msgspec.Struct, frozen=True, omit_defaults=True, rename={"marks": "recognised_by"}):
    """How the tables of one source are read.

    `name` is that of its file, `title` the one that readers see. A table is recognised when it has
    all columns of one of `marks`. `columns` holds a rule for each of our columns that is
    filled. With `once`, rows that repeat the id of an incident and differ in these columns alone
    are one incident. With `repeats_ids`, an id stands for different incidents, and each gets its
    own. With `month_first`, 03/04/2021 is 4 March. `not_claimed` says, in sentences, what the
    source does not tell. A profile that `is_own` changes nothing: the table has our own names, or
    aliases of them. `own` says how columns of the file that are none of ours can be asked, see
    `incidents.table.own_columns`.
    """

    name: str
    title: str
    columns: Mapping[str, AnyRule]
    about: str = ""
    marks: tuple[tuple[str, ...], ...] = ()
    once: tuple[str, ...] | None = None
    repeats_ids: bool = False
    month_first: bool = False
    not_claimed: tuple[str, ...] = ()
    own: Mapping[str, OwnKind] = {}
    is_own: bool = False

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
