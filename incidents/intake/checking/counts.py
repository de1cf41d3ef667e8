"""Whole numbers and ranges of them, as people write them in cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from incidents.intake.checking.amount_words import UNKNOWN_WORDS, Bounds
from incidents.intake.checking.amounts import read_amount
from incidents.intake.checking.tolls import Toll, read_toll
from incidents.table.plain_text import plain_text
from incidents.table.sentences import say_range

MOST = 1_000_000
_NEGATIVE = re.compile(r"-\s*[\d,. ]*[1-9][\d,. ]*")
NOTES = ("count_zero", "count_worded")
"""Kinds that tell how a cell was read; all others tell that it could not be."""

CountRead = tuple[int | None, int | None, str]
"""Lowest, highest (None if unknown or open) and the kind of problem, empty if there is none."""


def read_range(text: str) -> CountRead:
    """Read "3", "2-4", "2 or 3", "at least 4", "dozens", "none": see `docs/method.md`."""
    plain = plain_text(text)
    if plain.casefold() in UNKNOWN_WORDS:
        return None, None, ""
    if _NEGATIVE.fullmatch(plain):
        return None, None, "count_negative"
    bounds = read_amount(plain)
    return (None, None, "count_invalid") if bounds is None else _judge(plain, bounds)


def _judge(plain: str, bounds: Bounds) -> CountRead:
    """A count, and what is to be said: it is too large, or its number is not in the text."""
    numbers = [number for number in bounds if number is not None]
    if any(number > MOST for number in numbers):
        return None, None, "count_too_large"
    digits = {
        int(run) for run in re.findall(r"\d{1,9}", re.sub(r"(?<=\d)[, ](?=\d{3})", "", plain))
    }
    if digits.issuperset(numbers):
        return *bounds, ""
    return *bounds, "count_zero" if bounds == (0, 0) else "count_worded"


def read_count(text: str) -> CountRead:
    """Read one whole number; both bounds are the same."""
    low, high, kind = read_range(text)
    return (low, high, kind) if low == high else (None, None, "count_invalid")


def read_lowest(text: str) -> CountRead:
    """Read a lowest number, which may leave the top open: "3", "3+", "at least 3"."""
    low, high, kind = read_range(text)
    return (low, low, kind) if low is not None and high is None else read_count(text)


def read_highest(text: str) -> CountRead:
    """Read a highest number, which may leave the bottom open: "3", "up to 3"."""
    low, high, kind = read_range(text)
    return (high, high, kind) if high is not None and low is None else read_count(text)


def read_counts(texts: pd.Series, read: Callable[[str], CountRead] = read_count) -> pd.DataFrame:
    """Read a column of counts or ranges.

    Returns
    -------
    Columns `low`, `high` (Int64, missing = unknown) and `kind` (of problem, empty if none),
    under the index of `texts`.
    """
    codes, uniques = pd.factorize(texts)
    return _spread([read(text) for text in uniques], codes, texts.index)


@dataclass(frozen=True)
class Tolls:
    """A column of people harmed: its own counts, as `read_counts` has them, and what else it says.

    `others` has counts by the name of their range, `said` how each cell with others was read.
    """

    own: pd.DataFrame
    others: Mapping[str, pd.DataFrame]
    said: pd.Series


def read_tolls(texts: pd.Series, harm: str, group: str, own: str) -> Tolls:
    """Read a column in which a cell may say more than one number: "3 killed, 5 wounded".

    `own` is the name of the column's range; "" for a column that counts killed and wounded.
    """
    codes, uniques = pd.factorize(texts)
    counts: list[CountRead] = []
    tolls: list[Toll] = []
    for text in uniques:
        count = read_range(text) if own else (None, None, _judge_together(text))
        toll = read_toll(text, harm, group) if count[2] in _PERHAPS else None
        if toll is not None and all((high or low or 0) <= MOST for low, high in toll.values()):
            count = (*toll.get(own, (None, None)), "count_worded")
            tolls.append(toll)
        else:
            tolls.append({})
        counts.append(count)
    names = sorted({name for toll in tolls for name in toll} - {own})
    others = {
        name: _spread([(*toll.get(name, (None, None)), "") for toll in tolls], codes, texts.index)
        for name in names
    }
    said = pd.Series([_say(toll) for toll in tolls], dtype="str").take(codes)
    return Tolls(_spread(counts, codes, texts.index), others, said.set_axis(texts.index))


_PERHAPS = ("count_invalid", "count_together")


def _judge_together(text: str) -> str:
    """What a number that is not said to be of killed or of wounded is worth."""
    low, high, kind = read_range(text)
    return kind if (low, high) == (None, None) else "count_together"


def _say(toll: Toll) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {say_range(*bounds)}" for name, bounds in toll.items()
    )


def _spread(counts: list[CountRead], codes: object, index: pd.Index) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "low": pd.array([low for low, _, _ in counts], dtype="Int64"),
            "high": pd.array([high for _, high, _ in counts], dtype="Int64"),
            "kind": pd.array([kind for _, _, kind in counts], dtype="str"),
        }
    )
    return table.take(codes).set_axis(index)
