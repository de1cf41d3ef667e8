"""SQL of questions, kept by their shape: writing it takes a third to two thirds of an answer.

The same question under other filters is the same statement with other values in it. So an
expression is taken apart into its shape, of which Ibis writes the SQL once, and its values, which
are written into it each time, in the words that Ibis has for them.
"""

import re
import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.datashape as ds
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import sqlglot.expressions as sge
from cachetools import LRUCache
from ibis.backends.sql.compilers import DuckDBCompiler
from ibis.backends.sql.compilers.base import SQLGlotCompiler
from ibis.common.graph import Graph

MOST_STATEMENTS = 500
"""Statements that are kept, some 20 kB each."""
_MARK = re.compile(r'"value (\d+)"')
_PLAIN = ("is_string", "is_numeric", "is_boolean", "is_date", "is_array")
"""Kinds of values of which the shape of a statement does not depend."""
_COMPARING = (ops.Comparison, ops.Between, ops.InValues, ops.ArrayContains, ops.StringContains)
Shape = tuple[Hashable, ...]


class Gap(ops.Value):  # type: ignore[misc]
    """Where a value goes, by its number among the values of an expression."""

    dtype: dt.DataType
    number: int
    shape = ds.scalar


class _Gaps:
    """Has a compiler write a gap as the name of a column that no table has."""

    __slots__ = ()

    def visit_Gap(self, op: Gap, *, dtype: dt.DataType, number: int) -> sge.Column:
        return sge.column(f"value {number}", quoted=True)


@dataclass(frozen=True)
class _Statement:
    """SQL in pieces, and the number of the value that stands after each but the last."""

    pieces: tuple[str, ...]
    numbers: tuple[int, ...]

    def fill(self, values: list[str]) -> str:
        filled = [self.pieces[0]]
        for number, piece in zip(self.numbers, self.pieces[1:], strict=True):
            filled += (values[number], piece)
        return "".join(filled)


class Statements:
    """Statements of one engine, of all versions and readers; safe from many threads.

    Parameters
    ----------
    compiler
        How Ibis writes them for this engine.
    """

    def __init__(
        self, compiler: type[SQLGlotCompiler] = DuckDBCompiler, most: int = MOST_STATEMENTS
    ) -> None:
        self._compiler = type("_Compiler", (_Gaps, compiler), {"__slots__": ()})()
        self._kept: LRUCache[Shape, _Statement] = LRUCache(most)
        self._lock = threading.Lock()

    def write(self, expression: ibis.Table) -> str:
        """The SQL of an expression over tables of a database.

        It holds no parameter: the plan is made for the very values.
        """
        op = expression.op()
        graph = Graph.from_bfs(op)
        values = _list_values(graph)
        gaps: dict[ops.Node, ops.Node] = {
            each: Gap(each.dtype, number) for number, each in enumerate(values)
        }
        shape = _find_shape(graph, gaps)
        with self._lock:
            statement = self._kept.get(shape)
        if statement is None:
            asked = _leave_gaps(op, graph, gaps).to_expr()
            statement = _take_apart(self._compiler.to_sqlglot(asked).sql(self._compiler.dialect))
            with self._lock:
                self._kept[shape] = statement
        return statement.fill([self._write_value(each) for each in values])

    def _write_value(self, literal: ops.Literal) -> str:
        written: str = self._compiler.visit_Literal(
            literal, value=literal.value, dtype=literal.dtype
        ).sql(self._compiler.dialect)
        return written


def _find_shape(graph: Graph, gaps: Mapping[ops.Node, ops.Node]) -> Shape:
    """What an expression is made of, but for its values and the connection of who asks.

    The kind of each node and what it is made of, nodes by their place: to make the expression anew
    with gaps in it, and compare that, takes several times as long.
    """
    places = {node: place for place, node in enumerate(graph)}
    shape: list[Any] = []
    for node in places:
        if node in gaps:
            gap = gaps[node]
            shape += (Gap, gap.args)
        elif isinstance(node, ops.DatabaseTable):
            shape += (ops.UnboundTable, node.name, node.schema, node.namespace)
        else:
            kind: object = type(node)
            assert isinstance(kind, Hashable)
            shape += (kind, _describe(node.args, places))
    return tuple(shape)


def _describe(part: object, places: Mapping[ops.Node, int]) -> Hashable:
    # A function of its own: one that holds itself would hold a connection until it is collected.
    if isinstance(part, ops.Node):
        return _PLACE, places[part]
    if isinstance(part, tuple):
        return tuple([_describe(each, places) for each in part])
    if isinstance(part, Mapping):
        return tuple([(name, _describe(each, places)) for name, each in part.items()])
    assert isinstance(part, Hashable)
    return part


_PLACE = "the node at"


def _leave_gaps(op: ops.Node, graph: Graph, gaps: Mapping[ops.Node, ops.Node]) -> ops.Node:
    """The same without its values and without a connection, as Ibis writes it for anybody."""
    tables: dict[ops.Node, ops.Node] = {
        each: ops.UnboundTable(each.name, each.schema, each.namespace)
        for each in graph
        if isinstance(each, ops.DatabaseTable)
    }
    return op.replace({**gaps, **tables})


def _list_values(graph: Graph) -> list[ops.Literal]:
    """Values that columns are compared with, and that stand nowhere else.

    Elsewhere a value may be a word of the statement: the unit of a difference of days.
    """
    compared: dict[ops.Literal, None] = {}
    fixed = set()
    for node, children in graph.items():
        for each in children:
            if isinstance(each, ops.Literal):
                if isinstance(node, _COMPARING) and _is_plain(each):
                    compared[each] = None
                else:
                    fixed.add(each)
    return [each for each in compared if each not in fixed]


def _is_plain(literal: ops.Literal) -> bool:
    return literal.value is not None and any(getattr(literal.dtype, kind)() for kind in _PLAIN)


def _take_apart(sql: str) -> _Statement:
    parts = _MARK.split(sql)
    return _Statement(tuple(parts[0::2]), tuple(int(number) for number in parts[1::2]))
