"""Whole numbers and ranges of them, as people write them in cells."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

MOST = 1_000_000
UNKNOWN_WORDS = frozenset(
    (
        *("", "-", "–", "—", "?", "n/a", "na", "nan", "null", "unknown", "not known", "no data"),
        *("неизвестно", "нет данных", "غير معروف"),
    )
)

_WHOLE = re.compile(r"([-−]?)\s*(\d+|\d{1,3}(?:[,\u00a0\u202f ]\d{3})+)(?:[.,]0+)?")
_SPAN = re.compile(r"(.*\d)\s*(?:-|–|—|\bto\b|до|إلى)\s*(\d.*)")
_AT_LEAST = re.compile(r"(?:at least|min\.?|≥|>=|не менее|على الأقل)\s*(\d.*)|(\d.*?)\s*\+")
_LONGEST = 200  # letters: a text of many blanks would be looked at again from each
_UP_TO = re.compile(r"(?:up to|at most|max\.?|≤|<=|не более)\s*(\d.*)")

Count = tuple[int | None, int | None, str]
"""Lowest, highest (None if unknown or open) and the kind of problem, empty if there is none."""


def read_count(text: str) -> Count:
    """Read one whole number; both bounds are the same."""
    if text.casefold() in UNKNOWN_WORDS:
        return None, None, ""
    found = _WHOLE.fullmatch(text.strip())
    if found is None:
        return None, None, "count_invalid"
    digits = re.sub(r"\D", "", found[2])
    if found[1] != "" and int(digits[:7]) > 0:
        return None, None, "count_negative"
    # Long before Python refuses to turn very many digits into a number.
    if len(digits.lstrip("0")) > 7 or int(digits) > MOST:
        return None, None, "count_too_large"
    return int(digits), int(digits), ""


def read_range(text: str) -> Count:
    """Read "3", "2-4", "2–4", "2 to 4", "at least 4", "4+" or "up to 4"."""
    plain = text.casefold().strip()
    if len(plain) > _LONGEST:
        return None, None, "count_invalid"
    span = _SPAN.fullmatch(plain)
    if span is not None:
        low, _, low_kind = read_count(span[1].strip())
        high, _, high_kind = read_count(span[2].strip())
        kind = low_kind or high_kind
        return (low, high, "") if kind == "" else (None, None, kind)
    at_least = _AT_LEAST.fullmatch(plain)
    if at_least is not None:
        low, _, kind = read_count((at_least[1] or at_least[2]).strip())
        return low, None, kind
    up_to = _UP_TO.fullmatch(plain)
    if up_to is not None:
        high, _, kind = read_count(up_to[1].strip())
        return None, high, kind
    return read_count(plain)


def read_lowest(text: str) -> Count:
    """Read a lowest number, which may leave the top open: "3", "3+", "at least 3"."""
    low, high, _ = read_range(text)
    return (low, low, "") if low is not None and high is None else read_count(text)


def read_highest(text: str) -> Count:
    """Read a highest number, which may leave the bottom open: "3", "up to 3"."""
    low, high, _ = read_range(text)
    return (high, high, "") if high is not None and low is None else read_count(text)


def read_counts(texts: pd.Series, read: Callable[[str], Count] = read_count) -> pd.DataFrame:
    """Read a column of counts or ranges.

    Returns
    -------
    Columns `low`, `high` (Int64, missing = unknown) and `kind` (of problem, empty if none),
    under the index of `texts`.
    """
    codes, uniques = pd.factorize(texts)
    counts = [read(text) for text in uniques]
    table = pd.DataFrame(
        {
            "low": pd.array([low for low, _, _ in counts], dtype="Int64"),
            "high": pd.array([high for _, high, _ in counts], dtype="Int64"),
            "kind": pd.array([kind for _, _, kind in counts], dtype="str"),
        }
    )
    return table.take(codes).set_axis(texts.index)
