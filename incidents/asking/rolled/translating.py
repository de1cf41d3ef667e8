"""What is asked of incidents, asked of a summary of them instead."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import ibis
import ibis.expr.operations as ops

from incidents.asking.conditions import last_day
from incidents.asking.rolled.rebasing import level, put_on
from incidents.asking.rolled.summaries import N, Summary

_LONG = ("M", "Q", "Y")
_ADDED_UP = (ops.CountStar, ops.Count, ops.Sum)


class NoAnswerError(Exception):
    """The summary does not tell this."""


class Translator:
    """Turns values over incidents into values over one summary.

    Parameters
    ----------
    incidents, table
        All columns of incidents, and those of the summary; bound to no connection.
    """

    def __init__(self, summary: Summary, incidents: ibis.Table, table: ibis.Table) -> None:
        self.summary, self.incidents, self.table = summary, incidents, table

    @cached_property
    def groups(self) -> dict[ops.Value, ops.Value]:
        """What is the same in all incidents of a group."""
        found = {
            level(value.op()): self.table[name].op()
            for name, value in self.summary.group(self.incidents).items()
        }
        operation, lat = self.incidents.operation, self.incidents.lat
        found[operation.isnull().op()] = (~self.table.joint).op()
        # Half a point is none: who has a latitude has a place on the map.
        found[lat.notnull().op()] = self.table.placed.op()
        if self.summary.by_day:
            found[last_day(self.incidents).op()] = last_day(self.table).op()
        return found

    @cached_property
    def measures(self) -> dict[ops.Value, str]:
        """What is summed up, by what it is of incidents."""
        values = self.summary.measure(self.incidents)
        told = put_on({n: v.op() for n, v in values.items() if n != N}, self.incidents.op())
        found: dict[ops.Value, str] = {}
        for name, value in told.items():
            # One that was rolled up by an older code may lack it.
            if name in self.table.columns:
                found.setdefault(value, name)
        return found

    @cached_property
    def told(self) -> set[str]:
        """Names of the columns of incidents of which anything may be told."""
        days = {"date", "date_end"}
        points = {"mx", "my", "area"} if self.summary.level is not None else set()
        keys = {f"{key.removesuffix('_top')}_{end}" for key in self.summary.keys
                if key.endswith("_top") for end in ("min", "max")}  # fmt: skip
        return {*days, *points, *keys, *self.summary.keys, "operation", "is_other", "mx"}

    def translate(self, value: Any) -> Any:
        """The same of a group.

        Raises
        ------
        NoAnswerError
            It is not the same in all incidents of a group.
        """
        if isinstance(value, tuple):
            return tuple(self.translate(each) for each in value)
        if not isinstance(value, ops.Value):
            return value
        if (found := self.groups.get(value)) is not None:
            return found
        if (found := self._translate_part(value)) is not None:
            return found
        if isinstance(value, ops.Field | ops.Reduction | ops.Analytic | ops.Subquery):
            raise NoAnswerError
        changed = {
            name: self.translate(each)
            for name, each in zip(value.__argnames__, value.__args__, strict=True)
        }
        return value.__recreate__(changed)

    def _translate_part(self, value: ops.Value) -> ops.Value | None:
        """Months of days, and cells of points: what is coarser than they are told."""
        rows, table = self.incidents, self.table
        if isinstance(value, ops.IsNull | ops.NotNull):
            for name, other in (("date_end", "end_month"), ("mx", "mx"), ("my", "my")):
                if value.arg == rows[name].op() and other in table.columns:
                    return type(value)(table[other].op())
        if not self.summary.by_day and isinstance(value, ops.DateTruncate):
            for name, other in (("date", "month"), ("date_end", "end_month")):
                if value.arg == rows[name].op() and value.unit.value in _LONG:
                    month = table[other].op()
                    return month if value.unit.value == "M" else ops.DateTruncate(month, value.unit)
        own = self.summary.level
        if own is not None and isinstance(value, ops.BitwiseRightShift):
            bits = value.right.value if isinstance(value.right, ops.Literal) else 0
            for name in ("mx", "my"):
                if value.left == rows[name].op() and bits >= own:
                    return (table[name] >> (bits - own)).op()
        return None

    def reduce(self, metric: ops.Reduction) -> ibis.Value:
        """A sum, number, least or most of incidents, of the groups that hold them.

        Raises
        ------
        NoAnswerError
            The summary does not tell it.
        """
        if metric.where is not None and (name := self.measures.get(metric)) is not None:
            return combine(metric, self.table[name])
        where = None if metric.where is None else self.translate(metric.where).to_expr()
        number = self.table[N]
        if isinstance(metric, ops.CountStar):
            return number.sum(where=where)
        bare = metric.__recreate__({**dict(zip(metric.__argnames__, metric.__args__, strict=True)),
                                    "where": None})  # fmt: skip
        if (name := self.measures.get(bare)) is not None:
            return combine(metric, self.table[name], where)
        value = self.translate(metric.arg).to_expr()
        if isinstance(metric, ops.Count):
            return value.notnull().ifelse(number, 0).sum(where=where)
        if isinstance(metric, ops.Sum):
            of_each = value.ifelse(number, 0) if value.type().is_boolean() else value * number
            return ibis.ifelse(value.notnull(), of_each, ibis.null("int64")).sum(where=where)
        return combine(metric, value, where)


def combine(metric: ops.Reduction, parts: Any, where: Any = None) -> ibis.Value:
    """One answer of the answers of all parts."""
    if isinstance(metric, _ADDED_UP):
        return parts.sum(where=where)
    if isinstance(metric, ops.Min):
        return parts.min(where=where)
    if isinstance(metric, ops.Max):
        return parts.max(where=where)
    raise NoAnswerError
