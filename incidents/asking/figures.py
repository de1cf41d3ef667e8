"""Totals over incidents: ranges with their unknowns, an operation counted once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis

from incidents.asking.adding import add_up
from incidents.asking.conditions import find_top
from incidents.asking.filters import Filters
from incidents.asking.store import Store, read_rows
from incidents.table.columns import BOUNDS, HARMS, range_name
from incidents.table.sentences import say_range


@dataclass(frozen=True)
class Total:
    """People killed or wounded over several incidents.

    Attributes
    ----------
    low, high
        Sums of the lowest and the highest claims; None when no incident has a claim.
    unknown
        Incidents on which nobody gives a number. They are in neither sum.
    is_open
        Whether a source leaves the top open ("at least 4"), so that more is possible.
    """

    low: int | None
    high: int | None
    unknown: int
    is_open: bool

    @property
    def text(self) -> str:
        """The range as the reader sees it: 12–30, 12–30 or more, unknown."""
        words = say_range(self.low, self.high)
        return f"{words} or more" if self.is_open and self.high is not None else words

    def __add__(self, other: "Total") -> "Total":
        """The total over the incidents of both, none of which is in the other."""
        return add_totals(self, other, self.unknown + other.unknown)


@dataclass(frozen=True)
class Figures:
    """The figures above the map.

    `most_killed` and the like are what the highest claim of any one incident says.
    """

    incidents: int
    located: int
    first: date | None
    last: date | None
    killed: Total
    wounded: Total
    civilians: Total
    most_killed: int | None
    most_wounded: int | None
    most_civilians: int | None

    def __add__(self, other: "Figures") -> "Figures":
        """The figures over the incidents of both, none of which is in the other."""
        return Figures(
            incidents=self.incidents + other.incidents,
            located=self.located + other.located,
            first=_choose(min, self.first, other.first),
            last=_choose(max, self.last, other.last),
            killed=self.killed + other.killed,
            wounded=self.wounded + other.wounded,
            civilians=self.civilians + other.civilians,
            most_killed=_choose(max, self.most_killed, other.most_killed),
            most_wounded=_choose(max, self.most_wounded, other.most_wounded),
            most_civilians=_choose(max, self.most_civilians, other.most_civilians),
        )


def _choose(choose: Callable[[list[Any]], Any], *ends: Any) -> Any:
    """The least or the most of what is known; None where nothing is."""
    known = [each for each in ends if each is not None]
    return choose(known) if known else None


def add_tops(table: ibis.Table, prefixes: Sequence[str]) -> Any:
    """What the highest claims on an incident add up to; missing where nobody says anything."""
    tops = [find_top(table, prefix) for prefix in prefixes]
    total = sum((top.fill_null(0) for top in tops[1:]), tops[0].fill_null(0))
    return ibis.coalesce(*tops).notnull().ifelse(total, ibis.null("int64"))


def _sum_single(table: ibis.Table, prefixes: Iterable[str], has_operations: bool) -> dict[str, Any]:
    """Sums over the incidents that belong to no operation, and how many of them are known."""
    # The condition of each sum takes a third of its time at a million rows.
    single = table.operation.isnull() if has_operations else None
    sums: dict[str, Any] = {"single": table.count(where=single)}
    for prefix in prefixes:
        low, high = table[f"{prefix}_min"], table[f"{prefix}_max"]
        top = find_top(table, prefix)
        sums |= {
            f"{prefix}__low": low.sum(where=single),
            f"{prefix}__high": top.sum(where=single),
            f"{prefix}__known": top.count(where=single),
            f"{prefix}__closed": high.count(where=single),
        }
    return sums


def _sum_operations(
    table: ibis.Table, by: Mapping[str, ibis.Column], prefixes: Iterable[str]
) -> ibis.Table:
    """Sums over operations, by the rule of the method.

    The parts of one operation may tell of the same people. Of its incidents, the largest of the
    lowest claims and the largest of the highest claims count; they are not added.
    """
    joint = table.operation.notnull()
    parts: dict[str, Any] = {}
    for prefix in prefixes:
        low, high = table[f"{prefix}_min"], table[f"{prefix}_max"]
        top = find_top(table, prefix)
        parts |= {
            f"{prefix}__low": low.max(),
            f"{prefix}__high": top.max(),
            f"{prefix}__unknown": top.isnull().sum(),
            f"{prefix}__open": (low.notnull() & high.isnull()).sum(),
        }
    operations = table.mutate(**by).filter(joint).aggregate(by=[*by, "operation"], **parts)
    return operations.aggregate(by=list(by), **{name: operations[name].sum() for name in parts})


def sum_ranges(
    incidents: ibis.Table,
    prefixes: Sequence[str],
    by: Sequence[str] | Mapping[str, ibis.Column] = (),
    counts: Mapping[str, Any] | None = None,
    has_operations: bool = True,
) -> list[tuple[dict[str, Any], dict[str, Total]]]:
    """Totals of several ranges at once: `by`, ``incidents`` and `counts` of each row, its totals.

    `prefixes` name the ranges (``killed``, ``civilians_wounded``…), `by` the columns whose values
    make the rows, or expressions and their names. An operation counts once in each row. Ibis takes
    longer to write a query than DuckDB to answer it: one for all ranges is faster than one each.
    Where no incident of the table has an operation (`Store.extent`), it is faster to say so.
    """
    names = list(by)
    groups = by if isinstance(by, Mapping) else {name: incidents[name] for name in names}
    single = incidents.aggregate(
        by=groups,
        incidents=incidents.count(),
        **(counts or {}),
        **_sum_single(incidents, prefixes, has_operations),
    )
    rows = read_rows(single)
    joint: dict[tuple[Any, ...], dict[str, Any]] = {}
    if any(row["incidents"] > row["single"] for row in rows):
        for row in read_rows(_sum_operations(incidents, groups, prefixes)):
            joint[tuple(row[name] for name in names)] = row
    return [
        (
            row,
            {each: _total(row, joint.get(tuple(row[n] for n in names)), each) for each in prefixes},
        )
        for row in rows
    ]


def _total(single: dict[str, Any], joint: dict[str, Any] | None, prefix: str) -> Total:
    """The total of a range: what incidents of their own add up to, and what operations do."""
    known = single[f"{prefix}__known"]
    unknown, is_open = single["single"] - known, known > single[f"{prefix}__closed"]
    if joint is not None:
        unknown += joint[f"{prefix}__unknown"]
        is_open = is_open or joint[f"{prefix}__open"] > 0
    low, high = (
        _add(single[f"{prefix}__{end}"], None if joint is None else joint[f"{prefix}__{end}"])
        for end in ("low", "high")
    )
    return Total(low, high, unknown, is_open)


def _add(a: int | None, b: int | None) -> int | None:
    """Sum of what is known of two numbers."""
    total: int | None = _choose(sum, a, b)
    return total


def add_totals(a: Total, b: Total, unknown: int) -> Total:
    """Sum of two totals over the same incidents; `unknown` counts incidents known in neither."""
    return Total(_add(a.low, b.low), _add(a.high, b.high), unknown, a.is_open or b.is_open)


def count_figures(
    incidents: ibis.Table, has_operations: bool = True, has_civilians: bool = True
) -> Figures:
    """The figures over the incidents given: counts, and ranges with their unknowns.

    Where no incident of the table has what these say, it is faster to say so, see `Store.extent`.
    """
    civilians = [range_name("civilians", harm) for harm in HARMS] if has_civilians else []
    of_civilians = (
        {
            "neither": ibis.and_(
                *(incidents[f"{prefix}_{end}"].isnull() for prefix in civilians for end in BOUNDS)
            ).sum(),
            "most_civilians": add_tops(incidents, civilians).max(),
        }
        if has_civilians
        else {}
    )
    row, totals = sum_ranges(
        incidents,
        [*HARMS, *civilians],
        counts={
            "located": incidents.lat.count(),
            "first": incidents.date.min(),
            "last": ibis.coalesce(incidents.date_end, incidents.date).max(),
            **{f"most_{harm}": find_top(incidents, harm).max() for harm in HARMS},
            **of_civilians,
        },
        has_operations=has_operations,
    )[0]
    return Figures(
        incidents=row["incidents"],
        located=row["located"],
        first=row["first"],
        last=row["last"],
        killed=totals["killed"],
        wounded=totals["wounded"],
        civilians=add_totals(
            totals["civilians_killed"], totals["civilians_wounded"], row["neither"] or 0
        )
        if has_civilians
        else Total(None, None, row["incidents"], False),
        most_killed=row["most_killed"],
        most_wounded=row["most_wounded"],
        most_civilians=row.get("most_civilians"),
    )


def read_figures(store: Store, filters: Filters) -> Figures:
    """The figures over the incidents of the filters; a question for `Store.ask`."""

    def count() -> Figures:
        extent = store.extent
        return count_figures(store.select(filters), extent.has_operations, extent.has_civilians)

    return add_up(store, read_figures, filters, make=count)


def count_incidents(store: Store, filters: Filters) -> tuple[int, int]:
    """`Store.count`, where the figures are asked for, too: that is one question less."""
    figures = store.ask(read_figures, filters)
    return figures.incidents, figures.located
