"""The cells that a rule gives, column by column; each different text is looked at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from functools import singledispatch

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from incidents.intake.checking.counts import read_counts
from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.findings import Cells
from incidents.intake.mapping.rules import (
    Always,
    Around,
    Conditions,
    Count,
    Date,
    First,
    From,
    Join,
    Rule,
    Sum,
    Text,
)
from incidents.intake.reading.tables import drop_errors
from incidents.table.columns import fold_name
from incidents.table.voices import fold_voice

_NO_DATE = frozenset(("", "0", "-9", "-99"))
_SEPARATOR = "\x1f"
_GAPS = re.compile(r"\{[^{}]+\}")


class FileCells:
    """The cells of a file by the folded name of their column, without blanks around them.

    Errors of a spreadsheet, in the columns of `error_names`, are empty.
    `unmapped` counts, by header and value, what no `values` of a rule knew.
    """

    def __init__(self, rows: pd.DataFrame, error_names: Collection[str] = ()) -> None:
        self.index = rows.index
        self._error_names = error_names
        self.unmapped: dict[str, Counter[str]] = {}
        self._rows = rows
        self._stripped: dict[str, Cells] = {}
        self._headers: dict[str, str] = {}
        for header in rows.columns:
            self._headers.setdefault(fold_name(header), header)

    def find(self, header: str) -> str | None:
        """The name under which the file has this column."""
        return self._headers.get(fold_name(header))

    def has_any(self, headers: Iterable[str]) -> bool:
        """Whether the file has one of these columns."""
        return any(self.find(header) is not None for header in headers)

    def get(self, header: str) -> Cells:
        """The cells of a column; a column that is not there is empty."""
        name = self.find(header)
        if name is None:
            return self.fill("")
        if name not in self._stripped:
            cells = self._rows[name].astype("str")
            stripped = cells.fillna("").str.strip()
            is_whole = name not in self._error_names
            self._stripped[name] = stripped if is_whole else drop_errors(stripped)
        return self._stripped[name]

    def fill(self, words: str) -> Cells:
        """The same words in every row."""
        return pd.Series(words, index=self.index, dtype="str")

    def convert(self, cells: Cells, function: Callable[[str], str]) -> Cells:
        """Convert texts, each different one once."""
        codes, uniques = pd.factorize(cells)
        converted = pd.Series([function(text) for text in uniques], dtype="str")
        return converted.take(codes).set_axis(cells.index)


def evaluate(rule: Rule, cells: FileCells) -> Cells:
    """The cells that a rule gives, "" where it gives nothing; indexed by row."""
    given = _give(rule, cells)
    for conditions, wanted in ((rule.where, True), (rule.unless, False)):
        if conditions:
            holds = _find_rows(conditions, cells)
            given = given.where(holds if wanted else ~holds, "")
    if rule.after or rule.before or rule.strip:
        given = cells.convert(given, lambda text: _cut(text, rule))
    return _map_values(rule, given, cells) if rule.values else given


def is_possible(rule: Rule, cells: FileCells) -> bool:
    """Whether the file has any of the columns that the rule takes its cells from."""
    if isinstance(rule, Always):
        return True
    if rule.nested:
        return any(is_possible(part, cells) for part in rule.nested)
    return cells.has_any(rule.sources)


@singledispatch
def _give(rule: Rule, cells: FileCells) -> Cells:
    """The cells that a rule takes from the file, before its conditions and values."""
    raise NotImplementedError(type(rule).__name__)


@_give.register
def _give_from(rule: From, cells: FileCells) -> Cells:
    found = [header for header in rule.headers if cells.find(header) is not None]
    each = (_drop_unknown(rule, cells.get(header)) for header in found)
    return _first_filled(each, cells)


@_give.register
def _give_first(rule: First, cells: FileCells) -> Cells:
    return _first_filled((evaluate(part, cells) for part in rule.parts), cells)


def _first_filled(each: Iterable[Cells], cells: FileCells) -> Cells:
    result: Cells | None = None
    for given in each:
        result = given if result is None else result.where(result != "", given)
        if (result != "").all():
            break
    return cells.fill("") if result is None else result


@_give.register
def _give_join(rule: Join, cells: FileCells) -> Cells:
    each = [evaluate(part, cells) for part in rule.parts]
    joined = each[0]
    for number, given in enumerate(each[1:], start=1):
        for earlier in each[:number]:
            given = given.mask(given == earlier, "")
        if (given != "").any():
            both = pc.binary_join_element_wise(
                _to_arrow(joined), _to_arrow(given), _scalar(rule.by)
            )
            either = joined.where(joined != "", given)
            is_both = (joined != "") & (given != "")
            joined = _from_arrow(both, cells.index).where(is_both, either)
    return joined


@_give.register
def _give_text(rule: Text, cells: FileCells) -> Cells:
    gaps = [_drop_unknown(rule, cells.get(header)) for header in rule.sources]
    words = _GAPS.split(rule.words)
    if not gaps:
        return cells.fill(rule.words)
    is_whole = pd.Series(True, index=cells.index)
    for given in gaps:
        is_whole &= given != ""
    pieces = [_scalar(words[0])]
    for given, after in zip(gaps, words[1:], strict=True):
        pieces += [_to_arrow(given), _scalar(after)]
    joined = pc.binary_join_element_wise(*pieces, _scalar(""))
    return _from_arrow(joined, cells.index).where(is_whole, "")


@_give.register
def _give_always(rule: Always, cells: FileCells) -> Cells:
    return cells.fill(rule.words)


@_give.register
def _give_date(rule: Date, cells: FileCells) -> Cells:
    parts = [_to_arrow(_drop_unknown(rule, cells.get(header))) for header in rule.sources]
    joined = pc.binary_join_element_wise(*parts, _scalar(_SEPARATOR))
    return cells.convert(_from_arrow(joined, cells.index), _write_date)


def _write_date(text: str) -> str:
    """Year, month and day as far as they are known; what is no date stays to be told."""
    year, month, day = (*(part.removesuffix(".0") for part in text.split(_SEPARATOR)), "", "")[:3]
    if year in _NO_DATE:
        return ""
    if month in _NO_DATE:
        return year
    return f"{year}-{month}" if day in _NO_DATE else f"{year}-{month}-{day}"


@_give.register
def _give_around(rule: Around, cells: FileCells) -> Cells:
    given = _give_from(From(rule.headers), cells)
    codes, uniques = pd.factorize(given)
    texts = pd.Series(uniques, dtype="str")
    dates = read_dates(texts)
    reach = pd.Timedelta(days=rule.days)
    ends = [
        (dates["date"] + each).dt.strftime("%Y-%m-%d").astype("str") for each in (-reach, reach)
    ]
    is_day = (dates["precision"] == "day") & dates["last"].isna()
    spans = texts.mask(is_day, ends[0] + " - " + ends[1])
    return spans.take(codes).set_axis(given.index)


@_give.register
def _give_count(rule: Count, cells: FileCells) -> Cells:
    by = rule.by or _SEPARATOR
    each = [_to_arrow(_drop_unknown(rule, cells.get(header))) for header in rule.headers]
    joined = _from_arrow(pc.binary_join_element_wise(*each, _scalar(by)), cells.index)

    def count(text: str) -> str:
        voices = {fold_voice(item) for item in text.split(by)} - {""}
        return str(len(voices)) if voices else ""

    return cells.convert(joined, count)


@_give.register
def _give_sum(rule: Sum, cells: FileCells) -> Cells:
    """The sum of the filled cells; a cell that is no number stands in its place, to be told."""
    total = pd.Series(pd.NA, index=cells.index, dtype="Int64")
    bad = cells.fill("")
    for header in rule.headers:
        texts = _drop_unknown(rule, cells.get(header))
        counts = read_counts(texts)
        total = total.fillna(0).where(counts["low"].notna() | total.notna()) + counts["low"].fillna(
            0
        )
        bad = bad.where(counts["kind"] == "", texts)
    return total.astype("str").fillna("").where(bad == "", bad)


def _drop_unknown(rule: Rule, given: Cells) -> Cells:
    if not rule.unknown:
        return given
    words = {_fold_value(word) for word in rule.unknown}
    return given.mask(
        given.isin([text for text in given.unique() if _fold_value(text) in words]), ""
    )


def _find_rows(conditions: Conditions, cells: FileCells) -> pd.Series:
    holds = pd.Series(True, index=cells.index)
    for header, values in conditions.items():
        given = cells.get(header)
        wanted = {_fold_value(value) for value in values}
        holds &= given.isin([text for text in given.unique() if _fold_value(text) in wanted])
    return holds


def _cut(text: str, rule: Rule) -> str:
    if rule.after:
        text = text.partition(rule.after)[2]
    if rule.before:
        text = text.partition(rule.before)[0]
    text = text.strip()
    for ending in rule.strip:
        if text.casefold().endswith(ending.casefold()) and len(text) > len(ending):
            return text[: -len(ending)].strip()
    return text


def _map_values(rule: Rule, given: Cells, cells: FileCells) -> Cells:
    known = {_fold_value(value): ours for value, ours in rule.values.items()}
    codes, uniques = pd.factorize(given)
    keeps = rule.otherwise == "keep"
    mapped = [known.get(_fold_value(text), text if keeps else "") for text in uniques]
    if rule.otherwise == "tell":
        odd = {n for n, text in enumerate(uniques) if text and _fold_value(text) not in known}
        if odd:
            counts = pd.Series(codes).value_counts()
            header = next((h for h in map(cells.find, rule.list_headers()) if h is not None), "")
            told = cells.unmapped.setdefault(header, Counter())
            for number in sorted(odd):
                told[uniques[number]] = max(told[uniques[number]], int(counts[number]))
    return pd.Series(mapped, dtype="str").take(codes).set_axis(given.index)


def _fold_value(text: str) -> str:
    """Fold a value for comparing; "-9" and "9" differ, 1.0 is 1."""
    plain = " ".join(text.split()).casefold()
    return plain[:-2] if re.fullmatch(r"-?\d+\.0", plain) else plain


def _scalar(text: str) -> pa.Scalar:
    return pa.scalar(text, type=pa.large_string())


def _to_arrow(given: Cells) -> pa.Array:
    return pa.array(given, type=pa.large_string(), from_pandas=True)


def _from_arrow(array: pa.Array, index: pd.Index) -> Cells:
    return pd.Series(array.to_pandas().to_numpy(), index=index, dtype="str")
