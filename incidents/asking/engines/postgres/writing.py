"""How statements are written for PostgreSQL, so that it answers as DuckDB does.

All differences of the two engines are levelled here and in the types of
`incidents.asking.engines.postgres.filling`, and nowhere else.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any

import duckdb
import ibis.expr.operations as ops
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import PostgresCompiler

from incidents.asking.conditions import NAMES, SEARCHED
from incidents.table.columns import COLUMNS

ROW = "~row"
"""Column of every relation: the place of the row in its table. A query without an order has it."""
FOLDED, LOW = "~", "~low "
"""Before the name of a text column: its text without marks and in lower case; in lower case."""
LOWERED = tuple(each.name for each in COLUMNS if each.type in ("text", "choice"))
"""Columns by which the list is sorted in any case; one is searched with its marks, too."""
_WITH_MARKS = "summary"
_LONGEST = 63
"""Bytes of a name that PostgreSQL tells apart."""
# RE2 takes these for blanks, and for separators; PostgreSQL goes by the locale, or has no word.
_CLASSES = {
    r"\s": r"\t\n\f\r ",
    r"\v": r"\u000b",
    r"\p{Z}": r"\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
}
_SPACES = " \t\n\r\x0b\x0c"
_NO_TEXT = "\x00"
"""What no text of PostgreSQL can hold, and what stands for it there."""
REPLACED = "\ufffd"


def shorten_name(name: str) -> str:
    """A name as the database has it: of a long one, its beginning and a hash."""
    if len(name.encode()) <= _LONGEST:
        return name
    hashed = hashlib.sha256(name.encode()).hexdigest()[:12]
    return f"{name.encode()[:40].decode(errors='ignore')}~{hashed}"


def write_regex(pattern: str) -> str:
    """A regular expression of RE2 in the words of PostgreSQL."""
    pattern = re.sub(r"\\x([0-9a-f]{2})", r"\\u00\1", pattern)
    for ours, theirs in _CLASSES.items():
        # Within brackets, where all of ours stand.
        pattern = pattern.replace(ours, theirs)
    return pattern


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """A text in lower case and without marks, as the relations have theirs."""
    with duckdb.connect() as connection:
        found = connection.execute("SELECT strip_accents(lower(?))", [text]).fetchone()
    return str(found[0]) if found else ""


@lru_cache(maxsize=1)
def _list_lowered() -> tuple[str, str]:
    """Letters beyond ASCII that have another one in lower case, and these."""
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT chr(i::INTEGER) AS up, lower(chr(i::INTEGER)) AS low FROM range(128, 131072)"
            " t(i) WHERE i NOT BETWEEN 55296 AND 57343 AND up <> low AND length(low) = 1"
        ).fetchall()
    return "".join(up for up, _ in found), "".join(low for _, low in found)


class PostgresWriter(PostgresCompiler):  # type: ignore[misc]
    """Writes statements whose answers are those of DuckDB."""

    __slots__ = ()

    def to_sqlglot(self, expr: Any, **named: Any) -> sge.Query:
        """The statement of an expression: in the order of the table if in none, names cut short."""
        query: sge.Query = super().to_sqlglot(expr, **named)
        if isinstance(query, sge.Select) and _keeps_order(expr.op()) and _is_plain(query):
            alias = query.args["from_" if "from_" in query.args else "from"].this.alias_or_name
            query = query.order_by(sge.column(ROW, table=alias, quoted=True))
        for name in query.find_all(sge.Identifier):
            name.set("this", shorten_name(name.this))
        return query

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(_NO_TEXT, REPLACED)
        elif dtype.is_array() and dtype.value_type.is_string():
            value = tuple(each.replace(_NO_TEXT, REPLACED) for each in value)
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_ArrayContains(self, op: Any, *, arg: Any, other: Any) -> Any:
        # So that an index can be used; and what is missing is unknown.
        return sge.EQ(this=other, expression=sge.Any(this=sge.paren(self.cast(arg, op.arg.dtype))))

    def visit_StringContains(self, op: Any, *, haystack: Any, needle: Any) -> Any:
        if isinstance(needle, sge.Literal) and _is_searched(haystack):
            # So that an index of trigrams can be used.
            words = re.sub(r"([\\%_])", r"\\\1", needle.this)
            return haystack.like(sge.Literal.string(f"%{words}%"))
        return super().visit_StringContains(op, haystack=haystack, needle=needle)

    def visit_Lowercase(self, op: Any, *, arg: Any) -> Any:
        if isinstance(arg, sge.Column) and _is_own(op.arg) and arg.name in LOWERED:
            return sge.column(f"{LOW}{arg.name}", table=arg.table, quoted=True)
        if isinstance(arg, sge.Literal):
            return sge.Lower(this=arg)
        # One letter after the other, by the very table of DuckDB; a server may have any locale.
        upper, lower = _list_lowered()
        plain = sg.func("octet_length", arg).eq(sg.func("char_length", arg))
        folded = sg.func("translate", arg, sge.convert(upper), sge.convert(lower))
        return sge.Case(ifs=[sge.If(this=plain, true=_lower(arg))], default=_lower(folded))

    def visit_ScalarUDF(self, op: Any, **named: Any) -> Any:
        (text,) = named.values()
        if isinstance(text, sge.Lower) and isinstance(text.this, sge.Literal):
            return sge.Literal.string(fold(text.this.this))
        (asked,) = op.args[: len(named)]
        column = asked.args[0]
        if not (isinstance(column, ops.Field) and _is_own(column)):
            raise NotImplementedError("Only texts of a table are asked without their marks.")
        table = next(each.table for each in text.find_all(sge.Column))
        return sge.column(f"{FOLDED}{column.name}", table=table, quoted=True)

    def visit_RegexReplace(self, op: Any, *, arg: Any, pattern: Any, replacement: Any) -> Any:
        pattern = sge.Literal.string(write_regex(pattern.this))
        return super().visit_RegexReplace(op, arg=arg, pattern=pattern, replacement=replacement)

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:
        if op.arg.dtype.is_boolean() and to.is_integer():
            # It makes numbers of one size of what is true or false.
            arg = sge.cast(sge.paren(arg), "integer")
        return super().visit_Cast(op, arg=arg, to=to)

    def visit_Strip(self, op: Any, *, arg: Any) -> Any:
        return sg.func("btrim", arg, sge.convert(_SPACES))

    def visit_Mean(self, op: Any, *, arg: Any, where: Any) -> Any:
        total = self.cast(self.agg.sum(arg, where=where), op.dtype)
        return total / sg.func("nullif", self.agg.count(arg, where=where), sge.convert(0))

    def visit_Divide(self, op: Any, *, left: Any, right: Any) -> Any:
        return sge.paren(self.cast(left, op.dtype)) / self.cast(right, op.dtype)

    def visit_TimestampTruncate(self, op: Any, *, arg: Any, unit: Any) -> Any:
        start = super().visit_TimestampTruncate(op, arg=sge.cast(arg, "timestamp"), unit=unit)
        return self.cast(start, op.dtype)

    visit_DateTruncate = visit_TimestampTruncate

    def visit_DateDelta(self, op: Any, *, left: Any, right: Any, part: Any) -> Any:
        return sge.paren(left - right)


def _lower(text: Any) -> sge.Lower:
    """A text whose letters of ASCII alone are in lower case."""
    plain = sge.to_identifier("C", quoted=True)
    return sge.Lower(this=sge.Collate(this=sge.paren(text), expression=plain))


def _is_own(op: ops.Value) -> bool:
    """A column of the incidents themselves: beside it stand those that `FOLDED` and `LOW` name."""
    is_of_table = isinstance(op, ops.Field) and isinstance(op.rel, ops.UnboundTable)
    return is_of_table and op.rel.name == "incidents"


def _is_searched(haystack: sge.Expression) -> bool:
    if isinstance(haystack, sge.Column):
        return haystack.name.startswith(FOLDED)
    return isinstance(haystack, sge.DPipe) and isinstance(haystack.expression, sge.Column)


def _keeps_order(op: ops.Node) -> bool:
    """Whether rows of a table are chosen, and not put in an order, nor put together."""
    while isinstance(op, ops.Project | ops.Filter | ops.DropColumns | ops.SelfReference):
        op = op.parent
    return isinstance(op, ops.UnboundTable | ops.DatabaseTable)


def _is_plain(query: sge.Select) -> bool:
    source = query.args.get("from_") or query.args.get("from")
    return source is not None and isinstance(source.this, sge.Table) and not query.args.get("joins")


def index_words() -> list[str]:
    """What the search for words looks through, as expressions of an index."""
    names = [f'"{FOLDED}{name}"' for name in SEARCHED]
    return [*names, f'"{LOW}{_WITH_MARKS}"', f"(' ' || \"{NAMES}\")"]
