"""Which summaries answer a question, and which partitions the rest of it.

A question is an expression over incidents. Each of its sums that some summary tells is asked of
the shortest such summary; groups at the edge of a window or of days are looked at one by one. What
no summary tells is asked of the incidents, as it stands. The answer is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.operations as ops

from incidents.asking.conditions import last_day
from incidents.asking.rolled.bounds import Bound, Conditions, find_bound
from incidents.asking.rolled.rebasing import Based, level, list_fields, part, rebase
from incidents.asking.rolled.summaries import Summary
from incidents.asking.rolled.translating import NoAnswerError, Translator, combine

INCIDENTS, JOINT = "incidents", "joint"
_TOLD = (ops.CountStar, ops.Count, ops.Sum, ops.Min, ops.Max)
"""Sums that the answers of parts add up to."""


@dataclass(frozen=True)
class Kept:
    """A summary that is kept, and how many rows it has."""

    summary: Summary
    table: ibis.Table
    rows: int


class Plan:
    """How one folder answers.

    Parameters
    ----------
    incidents
        All columns of its incidents, as a table bound to no connection; a question is asked of
        `INCIDENTS`, which may show fewer. `JOINT` has those of operations alone.
    kept
        Its summaries.
    """

    def __init__(self, incidents: ibis.Table, kept: Sequence[Kept]) -> None:
        self.incidents = incidents
        self.joint = ibis.table(incidents.schema(), name=JOINT)
        shortest = sorted(kept, key=lambda each: each.rows)
        self._translators = [Translator(k.summary, incidents, k.table) for k in shortest]
        self._last_day = level(last_day(incidents).op())

    def answer(self, expression: ibis.Table) -> ibis.Table:
        """The same question, asked of what answers it soonest. Nothing is run."""
        op = expression.op()
        unbound: dict[ops.Node, ops.Node] = {
            each: self.incidents.op()
            if each.name == INCIDENTS
            else ops.UnboundTable(each.name, each.schema, each.namespace)
            for each in op.find(ops.DatabaseTable)
        }
        op = op.replace(unbound)
        rows = rebase(op)
        if rows is not None and rows.table == self.incidents.op():
            return self._list_rows(rows).select(*expression.columns)
        found: dict[ops.Node, ops.Node] = {}
        for each in op.find(ops.Aggregate):
            based = rebase(each.parent)
            if based is not None and based.table == self.incidents.op():
                found[each] = self._answer_sums(each, based).op()
        answer = op.replace(found).replace(self._point_to_rows).to_expr()
        names = expression.columns
        return answer if answer.columns == names else answer.select(*names)

    def _list_rows(self, rows: Based) -> ibis.Table:
        """A choice of incidents, in the order in which a version has them."""
        conditions = [self.sharpen(each).to_expr() for each in rows.conditions]
        chosen = self.incidents.filter(*conditions) if conditions else self.incidents
        columns = {name: value.to_expr() for name, value in rows.columns.items()}
        return chosen.order_by(["date", "incident"]).select(**columns)

    def _answer_sums(self, question: ops.Aggregate, based: Based) -> ibis.Table:
        """Sums over a choice of incidents."""
        conditions = tuple(level(each) for each in part(based.conditions))
        groups = {n: level(based.put(v, question.parent)) for n, v in question.groups.items()}
        metrics = {n: level(_move(v, based, question)) for n, v in question.metrics.items()}
        is_joint = self.incidents.operation.notnull().op() in conditions
        sums = _Sums(self, question, conditions, groups, metrics)
        if not is_joint:
            wanted = set[str]().union(*(list_fields(each) for each in (*groups.values(),
                                                                      *conditions)))  # fmt: skip
            bounding = {"date", "date_end", "lat", "lon"}
            able = [each for each in self._translators if wanted <= each.told | bounding]
            # Before any incident is looked at, a longer summary by days is asked.
            for may_look in (False, True):
                for translator in able:
                    try:
                        return sums.ask_summary(translator, may_look)
                    except NoAnswerError:
                        continue
        return sums.ask_rows(self.joint if is_joint else self.incidents)

    def _point_to_rows(self, node: ops.Node, changed: Mapping[str, object] | None) -> ops.Node:
        """Conditions of incidents, so that files and parts of files without any are skipped."""
        node = node.__recreate__(changed) if changed else node
        if isinstance(node, ops.Filter) and node.parent == self.incidents.op():
            return ops.Filter(node.parent, tuple(self.sharpen(each) for each in node.predicates))
        return node

    def sharpen(self, condition: ops.Value) -> ops.Value:
        """The same condition by columns of which each part of a file knows its least and most."""
        marks = {self._last_day: self.incidents.last_day.op()}
        return level(condition).replace(marks, filter=ops.Value)


def _move(metric: ops.Value, based: Based, question: ops.Aggregate) -> ops.Value:
    """A sum over a selection as one over the table."""
    return _count(based.put(metric, question.parent), based.table)


def _count(moved: ops.Value, table: ops.Relation) -> ops.Value:
    """The same, where rows are counted of this table, by conditions on its own columns."""
    stars = {
        each: ops.CountStar(table, None if each.where is None else _point_to(each.where, table))
        for each in moved.find(ops.CountStar, filter=ops.Value)
    }
    return moved.replace(stars, filter=ops.Value) if stars else moved


def _point_to(value: ops.Value, table: ops.Relation) -> ops.Value:
    """The same of a table that has the same columns."""
    fields = value.find(ops.Field, filter=ops.Value)
    return value.replace({each: ops.Field(table, each.name) for each in fields}, filter=ops.Value)


class _Sums:
    """One question for sums, asked of a summary, of incidents, or of both."""

    def __init__(
        self, plan: Plan, question: ops.Aggregate, conditions: tuple[ops.Value, ...],
        groups: Mapping[str, ops.Value], metrics: Mapping[str, ops.Value],
    ) -> None:  # fmt: skip
        self._plan, self._question = plan, question
        self._conditions, self._groups, self._metrics = conditions, groups, metrics
        self._parts: list[ops.Reduction] = list(
            dict.fromkeys(each for value in metrics.values() for each in _list_parts(value))
        )

    def ask_rows(self, table: ibis.Table) -> ibis.Table:
        """The question as it stands, of a table of incidents."""
        marks: dict[ops.Node, ops.Node] = {self._plan.incidents.op(): table.op()}

        def of(value: ops.Value) -> ibis.Value:
            return value.replace(marks).to_expr()

        chosen = table.filter(*(of(self._plan.sharpen(each)) for each in self._conditions)) \
            if self._conditions else table  # fmt: skip
        groups = {name: of(value) for name, value in self._groups.items()}
        metrics = {n: _count(v.replace(marks), chosen.op()).to_expr() for n, v in
                   self._metrics.items()}  # fmt: skip
        return self._finish(chosen.aggregate(by=groups, **metrics))

    def ask_summary(self, translator: Translator, may_look: bool) -> ibis.Table:
        """The same of a summary, and, if we may look at them, of the incidents at the edges.

        Raises
        ------
        NoAnswerError
            The summary does not tell it.
        """
        if not all(isinstance(each, _TOLD) for each in self._parts):
            raise NoAnswerError
        table, incidents = translator.table, self._plan.incidents
        whole: list[ibis.Value] = []
        rows: list[ibis.Value] = []
        bounds: list[tuple[ops.Value, Bound]] = []
        for condition in self._conditions:
            bound = find_bound(
                condition, incidents, not translator.summary.by_day, translator.summary.level
            )
            if bound is None:
                whole.append(translator.translate(condition).to_expr())
                rows.append(self._plan.sharpen(condition).to_expr())
            elif bound.edges and not may_look:
                raise NoAnswerError
            else:
                bounds.append((condition, bound))
        groups = {n: translator.translate(value).to_expr() for n, value in self._groups.items()}
        sums = {f"part {n}": translator.reduce(each) for n, each in enumerate(self._parts)}
        pieces = []
        if all(bound.inside is not None for _, bound in bounds):
            inside = [c for _, bound in bounds if bound.inside for c in bound.inside(table)]
            chosen = table.filter(*whole, *inside) if whole or inside else table
            pieces.append(self._shape(chosen.aggregate(by=groups, **sums)))
        for number, (condition, bound) in enumerate(bounds):
            before: Conditions = tuple(c for _, each in bounds[:number] for c in
                                       each.inside_rows(incidents))  # fmt: skip
            after = [self._plan.sharpen(each).to_expr() for each, _ in bounds[number + 1 :]]
            own = self._plan.sharpen(condition).to_expr()
            for edge in bound.edges:
                edged = incidents.filter(*rows, *before, *edge(incidents), own, *after)
                pieces.append(self._shape(edged.aggregate(
                    by={name: value.to_expr() for name, value in self._groups.items()},
                    **{f"part {n}": _count(each, edged.op()).to_expr()
                            for n, each in enumerate(self._parts)},
                )))  # fmt: skip
        joined = pieces[0] if len(pieces) == 1 else ibis.union(*pieces)
        return self._join(joined)

    def _shape(self, piece: ibis.Table) -> ibis.Table:
        """With the same types in each piece."""
        parts = {
            f"part {n}": piece[f"part {n}"].cast(_find_type(each))
            for n, each in enumerate(self._parts)
        }
        types = self._question.schema
        groups = {name: piece[name].cast(types[name]) for name in self._groups}
        return piece.select(**groups, **parts)

    def _join(self, pieces: ibis.Table) -> ibis.Table:
        """The answer of the answers of all pieces."""
        marks: dict[ops.Node, ops.Node] = {}
        for number, each in enumerate(self._parts):
            total = combine(each, pieces[f"part {number}"])
            if isinstance(each, ops.Count | ops.CountStar):
                total = ibis.coalesce(total, 0)
            marks[each] = total.op()
        metrics = {}
        for name, value in self._metrics.items():
            parted = _part_means(value)
            metrics[name] = parted.replace(marks, filter=ops.Value).to_expr()
        return self._finish(pieces.aggregate(by=list(self._groups), **metrics))

    def _finish(self, answer: ibis.Table) -> ibis.Table:
        """Named and typed as it was asked for."""
        types = self._question.schema
        return answer.select(**{name: answer[name].cast(types[name]) for name in types})


def _part_means(value: ops.Value) -> ops.Value:
    """A mean as a sum and a number."""
    means = {
        each: ops.Divide(ops.Sum(each.arg, each.where), ops.Count(each.arg, each.where))
        for each in value.find(ops.Mean, filter=ops.Value)
    }
    return value.replace(means, filter=ops.Value) if means else value


def _list_parts(value: ops.Value) -> list[ops.Reduction]:
    return list(_part_means(value).find(ops.Reduction, filter=ops.Value))


def _find_type(part: ops.Reduction) -> str:
    is_number = isinstance(part, ops.CountStar | ops.Count | ops.Sum)
    return "int64" if is_number and part.dtype.is_integer() else str(part.dtype)
