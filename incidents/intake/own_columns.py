"""Columns of a brought table that are none of ours: which these are, and what they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set

import pandas as pd

from geo.names.nothing import NOTHING
from incidents.intake.checking.dates import read_dates
from incidents.intake.checking.findings import match_headers
from incidents.intake.mapping.rules import AnyRule, Around, Count, Date, First, From, Profile, Sum
from incidents.intake.reading.tables import ERRORS, Table
from incidents.table.columns import ALSO, COLUMNS, DISTRICT, RANGES, fold_name
from incidents.table.own_columns import PREFIX
from incidents.table.plain_text import plain_text
from incidents.table.problems import join_problems, make_problem, problems_at, problems_frame

MOST_VALUES = 30
"""Values of a column that becomes a choice by itself."""
FEWEST_ROWS = 1.5
"""Filled rows for each of its values, on the average: in fewer, it is rather a name or an id."""
MOST_WORDS, ROWS_OF_WORD = 200, 20
"""As many may be words, none a number or a code, if so many rows have each, on the average."""
LONGEST_VALUE = 100
"""Letters of a value of such a column; a longer one is prose."""
MOST_COLUMNS = 40
"""Columns that become a choice by themselves, the first of the table; any can be chosen by hand."""

_LONGEST_NAME = 40
# What an analyst says by it is more than that nothing is known.
_SAID = ("x", "unclear", "unconfirmed", "to be confirmed", "tbc", "tbd", "undetermined", "missing")
_SAID_ELSEWHERE = ("не установлено", "уточняется", "غير مؤكد", "لم يحدد")
_NOTHING = frozenset(NOTHING) - {*_SAID, *_SAID_ELSEWHERE}
_GROUPED = re.compile(r"[+-]?\d{1,3}([ ,']\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


def list_own(table: Table, profile: Profile | None) -> list[str]:
    """The columns of a table that none of ours holds as they are, in the table's order.

    What is only looked at for a condition, put in other words or into a sentence is the table's
    own still: kind of violence, one of two sides; and the district, which helps to place.
    """
    headers = [str(header) for header in table.rows.columns]
    made = table.made_names
    if profile is None or profile.is_own:
        names = match_headers(table, (*COLUMNS, *ALSO), RANGES).names
        ours = {header for ours, header in names.items() if ours != DISTRICT.name}
        return [header for header in headers if header not in ours]
    there = {fold_name(header) for header in headers} - {fold_name(name) for name in made}
    rules = [rule for ours, rule in profile.columns.items() if ours != DISTRICT.name]
    taken = {name for rule in rules for name in _list_taken(rule, there)}
    return [header for header in headers if header in made or fold_name(header) not in taken]


def _list_taken(rule: AnyRule, there: Set[str]) -> list[str]:
    """Folded names of the columns of which all that they say is in ours.

    Of several that stand in for each other, only the first one that is there.
    """
    if isinstance(rule, First):
        return _list_taken(rule.parts[0], there)
    present = [name for name in map(fold_name, rule.sources) if name in there]
    if isinstance(rule, Date | Around | Count | Sum):
        return present
    is_whole = isinstance(rule, From) and not (rule.values or rule.where or rule.unless)
    return present[:1] if is_whole else []


def name_own(labels: Iterable[str]) -> list[str]:
    """A key for each column: letters of any script, digits and underscores, no two alike."""
    taken: set[str] = set()
    names = []
    for label in labels:
        letters = unicodedata.normalize("NFKC", label).casefold()
        stem = re.sub(r"[\W_]+", "_", letters).strip("_")[:_LONGEST_NAME].strip("_") or "column"
        name, number = stem, 2
        while name in taken:
            name, number = f"{stem}_{number}", number + 1
        taken.add(name)
        names.append(PREFIX + name)
    return names


def clean_value(text: str | None) -> str | None:
    """A cell of an own column, without odd blanks; None where it says nothing."""
    cell = " ".join((text or "").replace("\x00", "").split())
    return None if cell in ERRORS or plain_text(cell).casefold() in _NOTHING else cell


def has_few_values(values: Sequence[str], filled: int, rows: int) -> bool:
    """Whether a column is one to choose from: few values, of several rows each, that tell apart.

    Parameters
    ----------
    values
        Its different values, cleaned.
    filled, rows
        Rows that have one of them, and all rows.
    """
    is_choice = len(values) > 1 or (len(values) == 1 and filled < rows)
    return (
        is_choice
        and (len(values) <= MOST_VALUES or _are_few_words(values, filled))
        and filled >= FEWEST_ROWS * len(values)
        and max(map(len, values)) <= LONGEST_VALUE
    )


def _are_few_words(values: Sequence[str], filled: int) -> bool:
    is_few = len(values) <= MOST_WORDS and filled >= ROWS_OF_WORD * len(values)
    return is_few and not any(re.search(r"\d", value) for value in values[:MOST_VALUES])


def read_number(text: str | None) -> float | None:
    """The number that a cell is: 1,200 and ١٢٠٠ too; None if it is none, or not finite."""
    plain = plain_text(text or "")
    if _GROUPED.fullmatch(plain):
        plain = re.sub("[ ,']", "", plain)
    elif _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    try:
        number = float(plain) if re.fullmatch(r"[-+.0-9eE]{1,40}", plain) else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e15 else None


def read_day_values(values: Sequence[str | None]) -> pd.Series:
    """The days that these cells are; missing where one is no day, or not known so exactly."""
    read = read_dates(pd.Series([value or "" for value in values], dtype="str"))
    return read["date"].where((read["precision"] == "day") & ~read["is_ambiguous"].astype(bool))


def tell_own(table: Table, profile: Profile | None) -> pd.DataFrame:
    """What cannot be read of the columns for which a kind was chosen."""
    chosen = {} if profile is None else profile.own
    lacking = [header for header in chosen if header not in table.rows]
    told = [
        problems_frame(make_problem("own_missing", table.name, column=each) for each in lacking)
    ]
    for header, kind in chosen.items():
        if header in lacking or kind not in _WORDS:
            continue
        codes, uniques = pd.factorize(table.rows[header])
        values = [clean_value(text) for text in uniques]
        read = read_day_values(values) if kind == "date" else pd.Series(map(read_number, values))
        is_odd = (read.isna() & pd.Series(values).notna()).to_numpy()[codes]
        cells = table.rows[header][is_odd]
        told.append(
            problems_at(
                *("own_unreadable", table.name, cells.index, header, cells),
                what=[_WORDS[kind]] * len(cells),
            )
        )
    return join_problems(told)


_WORDS = {"number": "number", "date": "day"}
