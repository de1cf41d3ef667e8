"""Bounds of days and of the window, by groups of months and by cells: inside, or at the edge.

Of a group that lies inside, the summary answers. Of one at the edge, its incidents do: they are
looked at one by one. So the answer is exact, and the more is inside, the less is read.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.operations as ops

from geo.places.mercator import to_y
from incidents.asking.conditions import MERCATOR_BITS, last_day

_SIDE = 2**MERCATOR_BITS
Conditions = tuple[ibis.expr.types.BooleanValue, ...]
Pick = Callable[[ibis.Table], Conditions]


@dataclass(frozen=True)
class Bound:
    """A condition that groups fulfil as a whole, or in part.

    Attributes
    ----------
    inside
        Of a summary: the groups that fulfil it as a whole; None where there are none.
    inside_rows
        Of incidents: those of the same groups.
    edges
        Of incidents: those of all other groups in which some may fulfil it, in pieces that have
        no incident in common.
    """

    inside: Pick | None
    inside_rows: Pick
    edges: tuple[Pick, ...]


def find_bound(
    condition: ops.Value, incidents: ibis.Table, by_month: bool, level: int | None
) -> Bound | None:
    """The bound that a condition on incidents is; None for any other condition."""
    if isinstance(condition, ops.LessEqual | ops.GreaterEqual):
        day = condition.right.value if isinstance(condition.right, ops.Literal) else None
        if not by_month or not isinstance(day, date):
            return None
        if isinstance(condition, ops.LessEqual) and condition.left == incidents.date.op():
            return _until(day)
        if isinstance(condition, ops.GreaterEqual) and condition.left == last_day(incidents).op():
            return _since(day)
        return None
    if not isinstance(condition, ops.Between) or level is None:
        return None
    ends = (condition.lower_bound, condition.upper_bound)
    if not all(isinstance(each, ops.Literal) for each in ends):
        return None
    low, high = (each.value for each in ends)
    if isinstance(condition.arg, ops.Field) and condition.arg.name in ("mx", "my"):
        return _between_units(condition.arg.name, low, high, level)
    if condition.arg == incidents.lat.op():
        return _between("my", to_y(high) * _SIDE, to_y(low) * _SIDE, level)
    if condition.arg == incidents.lon.op():
        return _between("mx", _to_x(low), _to_x(high), level)
    return None


def _until(day: date) -> Bound:
    first = day.replace(day=1)
    if day == _end_month(day):
        return Bound(lambda t: (t.month <= first,), lambda t: (t.date <= day,), ())
    return Bound(
        lambda t: (t.month < first,),
        lambda t: (t.date < first,),
        (lambda t: (t.date >= first,),),
    )


def _since(day: date) -> Bound:
    first, last = day.replace(day=1), _end_month(day)

    def end(table: ibis.Table) -> ibis.expr.types.DateValue:
        return ibis.coalesce(table.end_month, table.month)

    if day == first:
        return Bound(lambda t: (end(t) >= first,), lambda t: (t.last_day >= first,), ())
    return Bound(
        lambda t: (end(t) > first,),
        lambda t: (t.last_day > last,),
        (lambda t: (t.last_day >= first, t.last_day <= last),),
    )


def _end_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _between(name: str, low: float, high: float, level: int) -> Bound:
    """Between two places on the square map, given to within a step or so.

    Of the cells that hold the ends, the incidents on this side of them are looked at; where an end
    is near the border of a cell, also those just beyond it: who rounds in another way does not
    matter then.
    """
    first, last = math.floor(low - 1), math.floor(high + 1)
    b, c = math.floor(low + 1) >> level, math.floor(high - 1) >> level
    if c <= b + 1:
        return Bound(None, lambda t: (ibis.literal(False),), (_within(name, first, last),))
    start, end = (b + 1) << level, (c << level) - 1
    return Bound(
        lambda t: (t[name] > b, t[name] < c),
        _within(name, start, end),
        (_within(name, first, start - 1), _within(name, end + 1, last)),
    )


def _between_units(name: str, low: int, high: int, level: int) -> Bound | None:
    """Between two whole numbers of the square map, if whole cells lie between them alone."""
    first, last = low >> level, high >> level
    if (first << level, (last + 1 << level) - 1) != (low, high):
        return None
    return Bound(lambda t: (t[name] >= first, t[name] <= last), _within(name, low, high), ())


def _within(name: str, low: int, high: int) -> Pick:
    return lambda t: (t[name] >= low, t[name] <= high)


def _to_x(lon: float) -> float:
    return float(min((lon + 180) / 360, 0.99999999) * _SIDE)
