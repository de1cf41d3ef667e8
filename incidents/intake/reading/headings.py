"""Where the column names of a table are, and the row of HXL tags that may stand beside them.

HXL (the Humanitarian Exchange Language) puts one row of tags such as ``#adm1+name`` directly
below the column names; see https://hxlstandard.org.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import pandas as pd

from incidents.intake.reading.tables import KNOWN_NAMES, join_cells
from incidents.table.columns import fold_name
from incidents.table.errors import TableError
from incidents.table.problems import join_problems, problems_at

LOOKED_AT = 10
"""Rows among which the tags are looked for."""

_VALUE = re.compile(r"-?\d+([.,]\d+)?|\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{4}")
_TAG = re.compile(r"#\s*[A-Za-z]\w*(\s*\+\s*[A-Za-z]\w*)*")

_PARTS = (
    *("min", "max", "minimum", "maximum", "low", "high", "lowest", "highest", "best", "total"),
    *("civilians", "children", "military", "fighters", "women", "men", "мин", "макс"),
    *("минимум", "максимум", "всего", "мирных", "детей", "الحد الأدنى", "الحد الأقصى", "أدنى"),
    *("أقصى", "حد أدنى", "حد أعلى", "مدنيون", "أطفال", "المجموع"),
)
_SECOND = KNOWN_NAMES | {fold_name(name) for name in _PARTS}
"""Names that may stand in a second row below a name that spans several columns."""

Record = tuple[int, Sequence[str]]
"""The number of a row and its cells, without blanks around them."""


@dataclass(frozen=True)
class Heading:
    """The names of the columns, the row they are in, and the last row that is still above the data.

    `tags` has one HXL tag per column, "" where there is none; it is empty if there are no tags.
    `torn` holds the rows beside the names (number and text), as `problems` tell.
    """

    names: list[str]
    row: int
    last: int
    problems: pd.DataFrame
    tags: Sequence[str] = ()
    torn: Sequence[tuple[int, str]] = ()


def find_heading(records: Sequence[Record], file: str, separator: str = ",") -> Heading:
    """Find the column names: in the first of `records`, below titles, or beside a row of HXL tags.

    `records` are the first rows that are not blank, at least one. The names are above the tags;
    below them if there is only a title above; else the tags are the names.
    """
    tagged = _find_tags(records)
    named = find_known(records) if tagged is None else _find_names(records, tagged)
    row, names = records[named]
    tag_row, tags = (row, ()) if tagged is None else records[tagged]
    titles = records[: named if tagged is None else min(named, tagged)]
    beside = [] if tagged is None or named == tagged else [records[tagged]]
    second = records[named + 1 : named + 2] if tagged is None else []
    if not (second and _is_second(names, second[0][1])):
        second = []
    else:
        names, beside = _join_names(names, second[0][1]), [*beside, *second]
    problems = [
        problems_at("second_heading", file, [number for number, _ in second]),
        problems_at("title_row", file, [number for number, _ in titles]),
        problems_at("hxl_row", file, [] if tagged is None else [tag_row]),
    ]
    return Heading(
        list(names),
        row,
        max(row, tag_row, *(number for number, _ in second)),
        join_problems(problems),
        [] if tagged is None else [*tags, *[""] * len(names)][: len(names)],
        [(number, join_cells(cells, separator)) for number, cells in [*titles, *beside]],
    )


def find_known(records: Sequence[Record]) -> int:
    """The row of names that are known, if all above it are titles; else the first row.

    Titles hold no known name and fewer cells than the names, of which half must be known. In a
    table whose names nobody knows, a title cannot be told from a name.
    """
    for number, (_, cells) in enumerate(records[:LOOKED_AT]):
        known, filled = _count_known(cells), _count_filled(cells)
        if known >= 2 and 2 * known >= filled:
            are_titles = all(_count_filled(each) < filled for _, each in records[:number])
            return number if are_titles else 0
        if known > 0:
            return 0
    return 0


def is_tag_row(cells: Sequence[str]) -> bool:
    """Whether each cell is an HXL tag or empty, and one is a tag."""
    filled = [cell for cell in cells if cell != ""]
    return filled != [] and all(_TAG.fullmatch(cell) for cell in filled)


def check_header(header: Sequence[str], row: int, file: str, *, is_narrow: bool) -> None:
    """Refuse a first row that holds no column names: a title, or values.

    `is_narrow` says that the rows below it are wider.

    Raises
    ------
    TableError
        The row is a title or holds values; which one, and what to do.
    """
    named = [name for name in header if name != ""]
    are_known = any(fold_name(name) in KNOWN_NAMES for name in named)
    if len(named) == 1 and (is_narrow or (len(header) > 1 and not are_known)):
        raise TableError(
            f'{file}: row {row} holds only "{named[0][:80]}", which looks like a title. '
            "Delete the rows above the column names."
        )
    if not are_known and any(_VALUE.fullmatch(name) for name in named):
        raise TableError(
            f"{file}: row {row} holds values where the column names should be. "
            "Put the column names in the first row."
        )


def _find_tags(records: Sequence[Record]) -> int | None:
    """Find the tags; all above them must be names or titles, so that no row of data is passed."""
    looked_at = [cells for _, cells in records[:LOOKED_AT]]
    found = next((n for n, cells in enumerate(looked_at) if is_tag_row(cells)), None)
    if found is None:
        return None
    # In a table of one column, names, titles and values look alike.
    titles = found - 1 if _count_filled(looked_at[found]) > 1 else 0
    are_titles = all(_count_filled(cells) == 1 for cells in looked_at[: max(titles, 0)])
    return found if are_titles and (titles > 0 or found <= 1) else None


def _find_names(records: Sequence[Record], tagged: int) -> int:
    width = _count_filled(records[tagged][1])
    if tagged > 0 and (width == 1 or _count_filled(records[tagged - 1][1]) > 1):
        return tagged - 1
    below = records[tagged + 1][1] if tagged + 1 < len(records) else ()
    return tagged + 1 if any(fold_name(cell) in KNOWN_NAMES for cell in below) else tagged


def _is_second(names: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below the names goes on with them: "min" and "max" below "Killed".

    It must name what a name above spans without naming it, and hold nothing but known words.
    """
    spans = any(
        name == "" and sub != "" and any(names[:at])
        for at, (name, sub) in enumerate(zip(names, below, strict=False))
    )
    return spans and all(cell == "" or fold_name(cell) in _SECOND for cell in below)


def _join_names(names: Sequence[str], below: Sequence[str]) -> list[str]:
    """Names of two rows: "Killed min", or the lower one where that is a name by itself."""
    joined, above = [], ""
    for name, sub in zip_longest(names, below, fillvalue=""):
        above = name or above
        is_name = fold_name(sub) in KNOWN_NAMES and fold_name(above) not in KNOWN_NAMES
        joined.append(name if sub == "" else sub if is_name else f"{above} {sub}".strip())
    return joined


def _count_known(cells: Sequence[str]) -> int:
    return sum(fold_name(cell) in KNOWN_NAMES for cell in cells if cell != "")


def _count_filled(cells: Sequence[str]) -> int:
    return sum(cell != "" for cell in cells)
