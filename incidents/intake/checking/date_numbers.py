"""Columns in which a number stands for each day: days of a spreadsheet, seconds of Unix."""

from __future__ import annotations

import pandas as pd

from incidents.intake.checking.amount_words import UNKNOWN_WORDS

_NUMBER = r"\d{5,16}(?:\.\d+)?"
_SERIAL_ZERO = pd.Timestamp("1899-12-30")
_FIRST, _LAST = pd.Timestamp("1990-01-01"), pd.Timestamp("2040-01-01")
_UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6}


def read_numbers(texts: pd.Series) -> tuple[pd.Series, str] | None:
    """Moments of the numbers of a column, and their zone; None unless all of them fit.

    Days since 30 December 1899 are local, as a spreadsheet shows them; seconds, milliseconds or
    microseconds since 1970 are UTC. All must lie between 1990 and 2040. What is no
    number is missing.
    """
    filled = texts[texts.str.fullmatch(_NUMBER)]
    if len(filled) == 0:
        return None
    numbers = pd.to_numeric(filled).astype("float64")
    if numbers.between(_days(_FIRST), _days(_LAST)).all():
        moments = _SERIAL_ZERO + pd.to_timedelta((numbers * 86_400).round(), unit="s")
        return moments.reindex(texts.index), ""
    for size in _UNITS.values():
        seconds = numbers / size
        if seconds.between(_FIRST.timestamp(), _LAST.timestamp()).all():
            moments = pd.to_datetime((seconds // 1).astype("int64"), unit="s")
            return moments.reindex(texts.index), "UTC"
    return None


def says_none(text: str) -> bool:
    """Whether a cell says that no day is known."""
    return text.casefold() in UNKNOWN_WORDS


def _days(moment: pd.Timestamp) -> float:
    return float((moment - _SERIAL_ZERO).days)
