"""Munitions launched, intercepted and impacted: ranges with their unknowns, an operation once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from incidents.asking.figures import Total, sum_ranges
from incidents.table.sentences import FEWEST_FOR_PERCENT, UNKNOWN, say_percent, say_range

_BOUNDS = ("launched_min", "launched_max", "intercepted_min", "intercepted_max")

Ends = tuple[int | None, int | None]
"""Lowest and highest of a range."""


@dataclass(frozen=True)
class Rate:
    """Share of the munitions launched that was intercepted.

    Attributes
    ----------
    low, high
        The least and the most that the claims allow, from 0 to 1; None where nothing is known.
    stopped, of
        Lowest and highest numbers intercepted and launched, of the known.
    known, unknown
        Incidents on which both numbers are known, and the others. Only the known are counted.
    """

    low: float | None
    high: float | None
    stopped: Ends
    of: Ends
    known: int
    unknown: int


@dataclass(frozen=True)
class Munitions:
    """What was launched over several incidents, and what became of it.

    `impacted` is what was launched and not intercepted, wherever it fell, duds included. It is
    known only of incidents of which both numbers are.
    """

    launched: Total
    intercepted: Total
    impacted: Total
    rate: Rate


def sum_munitions(
    incidents: ibis.Table,
    by: Sequence[str] | Mapping[str, ibis.Column] = (),
    has_operations: bool = True,
) -> list[tuple[dict[str, Any], Munitions]]:
    """Munitions of each row that `by` makes, in no order: its values and ``incidents``, its sums.

    `by` names columns, or expressions with names, as in `incidents.asking.figures.sum_ranges`;
    without it there is one row. An operation counts once in each.
    """
    derived = _derive(incidents)
    names = list(by)
    groups = by if isinstance(by, Mapping) else {name: derived[name] for name in names}
    rows = sum_ranges(
        derived,
        ["launched", "intercepted", "impacted", "of", "stopped", "least_of"],
        groups,
        {"known": derived.of_min.count()},
        has_operations,
    )
    return [(row, _make_munitions(row, totals)) for row, totals in rows]


def say_rate(low: float | None, high: float | None, stopped: Ends, of: Ends) -> str:
    """A share as the reader sees it: 33–90%, <1%, unknown; of few launched, 1 of 2–3.

    Few is by the lowest claims, too. See `Rate` for the arguments.
    """
    if low is None or high is None:
        return UNKNOWN
    if (of[0] or 0) < FEWEST_FOR_PERCENT:
        return f"{say_range(*stopped)} of {say_range(*of)}"
    least, most = say_percent(low), say_percent(high)
    return least if least == most else f"{least.removesuffix('%')}–{most}"


def _derive(incidents: ibis.Table) -> ibis.Table:
    """The incidents with the ranges that follow from what was launched and intercepted.

    ``impacted``
        From the fewest launched less the most intercepted, but not below 0, to the most launched
        less the fewest intercepted. An end is missing where a number that it needs is, as where a
        source leaves a top open; both are where more is said to be intercepted than launched.
    ``of``, ``stopped``
        Launched and intercepted, only where both ends of both are known; no more is stopped than
        was launched.
    ``least_of``
        What is launched at least if the most are intercepted: the highest rate's divisor.
    """
    launched_low, launched_high, stopped_low, stopped_high = (incidents[each] for each in _BOUNDS)
    # What is missing contradicts nothing.
    makes_sense = (launched_high >= stopped_low).fill_null(True)
    is_closed = makes_sense & ibis.and_(*(incidents[each].notnull() for each in _BOUNDS))
    none = ibis.null("int64")

    def where(condition: Any, value: Any) -> Any:
        return condition.ifelse(value, none)

    # The greatest of a number and of what is missing is the number: conditions come first.
    rest = launched_low - stopped_high
    # No more can have been stopped than was launched.
    most_stopped = (stopped_high > launched_high).ifelse(launched_high, stopped_high)
    least = where(is_closed, (launched_low > most_stopped).ifelse(launched_low, most_stopped))
    return incidents.mutate(
        impacted_min=where(makes_sense & rest.notnull(), (rest > 0).ifelse(rest, 0)),
        impacted_max=where(makes_sense, launched_high - stopped_low),
        of_min=where(is_closed, launched_low),
        of_max=where(is_closed, launched_high),
        stopped_min=where(is_closed, stopped_low),
        stopped_max=where(is_closed, most_stopped),
        least_of_min=least,
        least_of_max=least,
    )


def _make_munitions(row: Mapping[str, Any], totals: Mapping[str, Total]) -> Munitions:
    rate = Rate(
        _divide(totals["stopped"].low, totals["of"].high),
        # Where nothing need have been launched, nothing can have been stopped.
        _divide(totals["stopped"].high, totals["least_of"].low or totals["of"].high),
        (totals["stopped"].low, totals["stopped"].high),
        (totals["of"].low, totals["of"].high),
        row["known"],
        row["incidents"] - row["known"],
    )
    return Munitions(totals["launched"], totals["intercepted"], totals["impacted"], rate)


def _divide(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole
