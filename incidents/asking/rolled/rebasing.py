"""Expressions over a table, whatever selections they are written through: as columns of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.operations as ops

_OTHER_ROWS = (ops.Unnest, ops.Analytic, ops.Reduction, ops.WindowFunction, ops.Subquery)
"""What makes more or fewer rows of one, or looks at others."""


@dataclass(frozen=True)
class Based:
    """A relation as what it is over one table: its columns, and the conditions on its rows."""

    table: ops.Relation
    columns: Mapping[str, ops.Value]
    conditions: tuple[ops.Value, ...] = ()

    def put(self, value: ops.Value, parent: ops.Relation) -> ops.Value:
        """A value over a relation as one over the table."""
        if isinstance(value, ops.Field):
            return self.columns[value.name] if value.rel == parent else value
        fields = value.find(ops.Field, filter=ops.Value)
        marks = {each: self.columns[each.name] for each in fields if each.rel == parent}
        return value.replace(marks, filter=ops.Value) if marks else value


def rebase(relation: ops.Relation) -> Based | None:
    """What a relation is over one table; None where it is more than a choice of its rows."""
    if isinstance(relation, ops.PhysicalTable):
        return Based(relation, {name: ops.Field(relation, name) for name in relation.schema})
    if not isinstance(relation, ops.Project | ops.Filter):
        return None
    parent = relation.parent
    found = rebase(parent)
    values = relation.predicates if isinstance(relation, ops.Filter) else relation.values.values()
    if found is None or any(each.find(_OTHER_ROWS, filter=ops.Value) for each in values):
        return None
    if isinstance(relation, ops.Filter):
        more = tuple(found.put(each, parent) for each in relation.predicates)
        return Based(found.table, found.columns, (*found.conditions, *more))
    columns = {name: found.put(value, parent) for name, value in relation.values.items()}
    return Based(found.table, columns, found.conditions)


def level(value: ops.Value) -> ops.Value:
    """One way to write what may be written in several: what is the same is equal then."""
    return value.replace(_level, filter=ops.Value)


def _level(node: ops.Node, changed: Mapping[str, Any] | None) -> ops.Node:
    node = node.__recreate__(changed) if changed else node
    if isinstance(node, ops.Coalesce):
        kept = tuple(dict.fromkeys(_list_choices(node.arg)))
        if len(kept) == 1:
            return kept[0]
        return node if kept == node.arg else ops.Coalesce(kept)
    return node


def _list_choices(values: Iterable[ops.Value]) -> Iterator[ops.Value]:
    for each in values:
        if isinstance(each, ops.Coalesce):
            yield from _list_choices(each.arg)
        else:
            yield each


def part(conditions: Iterable[ops.Value]) -> Iterator[ops.Value]:
    """Each of the conditions that have to hold together."""
    for each in conditions:
        if isinstance(each, ops.And):
            yield from part((each.left, each.right))
        else:
            yield each


def list_fields(value: ops.Node) -> set[str]:
    """Names of the columns that a value is made of."""
    return {each.name for each in value.find(ops.Field, filter=ops.Value)}


def put_on(values: Mapping[str, ops.Value], table: ops.Relation) -> dict[str, ops.Value]:
    """Sums over selections of a table as sums over the table itself."""
    known: dict[ops.Relation, Based | None] = {table: None}
    moved = {}
    for name, value in values.items():
        for relation in value.relations:
            if relation not in known:
                known[relation] = rebase(relation)
            if (found := known[relation]) is not None:
                value = found.put(value, relation)
        moved[name] = level(value)
    return moved
