"""A table under our column names, and what is found while it is checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from incidents.intake.checking.amount_words import UNKNOWN_WORDS
from incidents.intake.reading.tables import Table, drop_errors
from incidents.table.columns import Column, Range, fold_name
from incidents.table.plain_text import plain_cells, plain_text
from incidents.table.problems import Problem, make_problem, problems_at, problems_frame
from incidents.table.sentences import list_some, say_rows

Cells: TypeAlias = pd.Series
"""Text cells without blanks around them, "" where nothing is; indexed by row."""

_IN_WORDS, _SAMPLE = ("place", "gov", "actor", "summary", "type", "target_name"), 200
_DAY_FIRST, _LATIN = re.compile("[\u0400-\u04ff\u0600-\u06ff]"), re.compile("[A-Za-z]")
MOST_LOOKED_AT = 100
"""Columns without a use whose cells are looked at: each takes a hundredth of a second."""
_NEVER_NONE = ("date_end", "time", "country", "gov", "place", "lat", "lon", "summary")


@dataclass(frozen=True)
class Headers:
    """Which column of the file holds which of ours: our name to the name in the file."""

    names: dict[str, str]
    problems: pd.DataFrame


def match_headers(
    table: Table,
    columns: Sequence[Column],
    ranges: Sequence[Range] = (),
    look: Callable[[Cells], str] = lambda cells: "",
) -> Headers:
    """Find our columns and ranges by name or alias; tell the columns that have no use.

    Our own name wins over aliases. One column for both bounds of a range is used beside them, for
    the rows that leave them empty, and told. Columns whose name was made while reading are told
    there and stand for nothing here.

    Parameters
    ----------
    look
        What the cells of a column without a use look like, to tell it; "" for nothing known. Only
        the first `MOST_LOOKED_AT` are looked at: a table may have thousands.
    """
    by_fold: dict[str, list[str]] = {}
    made = table.made_names
    headers = [header for header in table.rows.columns if header not in made]
    for header in headers:
        by_fold.setdefault(fold_name(header), []).append(header)
    names: dict[str, str] = {}
    used: dict[str, str] = {}  # name in the file of a doubled column -> the one used instead
    beside: dict[str, str] = {}  # name in the file of a column for both bounds -> the bounds
    wanted: list[Column | Range] = [*columns, *ranges]
    for each in wanted:
        found = [h for name in (each.name, *each.aliases) for h in by_fold.get(fold_name(name), [])]
        if not found:
            continue
        names[each.name] = found[0]
        used.update((header, found[0]) for header in found[1:])
        bounds = [names[bound] for bound in _bounds_of(each) if bound in names]
        if bounds:
            beside[found[0]] = '" and "'.join(bounds)
    in_use = set(names.values())
    unused = [header for header in headers if header not in in_use and header not in used]
    looks = {header: look(table.rows[header]) for header in unused[:MOST_LOOKED_AT]}
    problems = [
        make_problem("column_doubled", table.name, column=header, other=used[header])
        if header in used
        else tell_unused(table, header, looks.get(header, ""))
        for header in headers
        if header not in in_use
    ]
    problems += [
        make_problem("column_beside", table.name, column=header, others=bounds)
        for header, bounds in beside.items()
    ]
    return Headers(names, problems_frame(problems))


def tell_unused(table: Table, header: str, what: str) -> Problem:
    """That a column has no use; other words where its cells look as if they had one."""
    if what == "":
        return make_problem("column_unused", table.name, column=header)
    return make_problem("column_looks", table.name, column=header, what=what)


def _bounds_of(each: Column | Range) -> tuple[str, ...]:
    return (each.low, each.high) if isinstance(each, Range) else ()


class Findings:
    """Collects what is found in one table, and which rows must be set aside.

    Nothing here raises because of what a cell holds.
    """

    def __init__(self, table: Table, headers: Headers) -> None:
        self.file = table.name
        self.index = table.rows.index
        self.problems: list[pd.DataFrame] = [headers.problems]
        self.aside = pd.Series(False, index=self.index)
        self._rows = table.rows
        self._names = headers.names
        self._trim: set[str] = set()
        self._origins = table.origins
        self._error_names = table.error_names
        self.is_month_first = table.is_month_first

    def has(self, name: str) -> bool:
        """Whether the file has this column of ours."""
        return name in self._names

    def cells(self, name: str) -> Cells | None:
        """The cells of one of our columns, or None if the file has no such column."""
        if not self.has(name):
            return None
        header = self._names[name]
        cells = self._rows[header]
        if header not in self._trim:
            trimmed = cells.str.strip()
            # Most columns have no blanks to take off: they are looked at once.
            if trimmed.equals(cells):
                self._trim.add(header)
            cells = trimmed
        return drop_errors(cells) if header in self._error_names else cells

    def plain(self, name: str) -> Cells | None:
        """The cells of one of our columns as numbers and dates are read from them."""
        cells = self.cells(name)
        return None if cells is None else plain_cells(cells)

    def is_of_day_first(self) -> bool:
        """Whether the table is in Arabic or Russian, where days go before months."""
        names = (self.cells(name) for name in _IN_WORDS)
        words = [" ".join(cells.head(_SAMPLE)) for cells in names if cells is not None]
        text = " ".join([*map(str, self._rows.columns), *words])
        return len(_DAY_FIRST.findall(text)) > len(_LATIN.findall(text))

    def writes_none(self) -> bool:
        """Whether a program wrote None for what is empty, also where nobody would say "none"."""
        columns = (self.cells(name) for name in _NEVER_NONE)
        return any(cells is not None and bool((cells == "None").any()) for cells in columns)

    def tell(self, kind: str, where: pd.Series, name: str, **words: object) -> None:
        """Tell a problem of the column `name` in each row where `where` is true.

        A column that the file does not have counts as one whose cells are empty. `words` are
        constants (text or numbers), or series with a word per row.
        """
        if not where.any():
            return
        rows = self.index[where.to_numpy()]
        filled = {
            word: value[where] if isinstance(value, pd.Series) else [value] * len(rows)
            for word, value in words.items()
        }
        cells = [""] * len(rows)
        if self.has(name):
            cells = self._rows.loc[rows, self._names[name]].str.strip()
        found = problems_at(kind, self.file, rows, self._say_header(name), cells, **filled)
        self.problems.append(found)
        if found["level"].iloc[0] == "error":
            self.aside |= where

    def tell_once(self, kind: str, where: pd.Series, name: str, **words: object) -> None:
        """Tell a problem once for each different cell, in its first row, with how many have it.

        The message of the kind gets `count`, too; for a column that the file has.
        """
        cells = self._rows[self._names[name]].str.strip().where(where)
        count = cells.map(cells.value_counts()).fillna(0).astype("int64").map(say_rows)
        self.tell(kind, where & ~cells.duplicated(), name, count=count, **words)

    def tell_table(self, kind: str, column: str | None = None, **words: str) -> None:
        """Tell a problem of the whole table; `column` is a name in the file."""
        problem = make_problem(kind, self.file, row=None, column=column, **words)
        self.problems.append(problems_frame([problem]))

    def header(self, name: str) -> str:
        """The name under which the file holds one of our columns."""
        return self._say_header(name)

    def _say_header(self, name: str) -> str:
        header = self._names.get(name, name)
        return self._origins.get(header, header)

    def all_headers(self) -> str:
        """The names of the columns of the file, as far as they are used, for a sentence."""
        names = dict.fromkeys(self._origins.get(name, name) for name in self._rows.columns)
        return list_some(list(names), most=100, longest=2_000)

    def convert(self, cells: Cells, function: Callable[[str], str | None]) -> pd.Series:
        """Convert texts one by one, each different text only once; None is missing."""
        codes, uniques = pd.factorize(cells)
        converted = pd.Series([function(text) for text in uniques], dtype="str")
        return converted.take(codes).set_axis(cells.index)


def find_headers(table: Table, columns: Sequence[Column]) -> Callable[[str], str | None]:
    """Tells the name under which the file holds one of our columns; None if it does not."""
    found = Findings(table, match_headers(table, columns))
    return lambda name: found.header(name) if found.has(name) else None


def is_unknown(cells: Cells) -> pd.Series:
    """Where a cell is empty or says that nothing is known."""
    texts = pa.array(cells, pa.large_string(), from_pandas=True)
    # No such word has a digit in it: of a million numbers, none is looked at.
    words = pc.unique(texts.filter(pc.invert(pc.match_substring_regex(texts, "[0-9]")))).to_pylist()
    return cells.isin([text for text in words if plain_text(text).casefold() in UNKNOWN_WORDS])


def missing(index: pd.Index, dtype: str) -> pd.Series:
    """A column of the wanted type in which every cell is missing."""
    return pd.Series(pd.NA if dtype in ("Int64", "str") else None, index=index, dtype=dtype)
