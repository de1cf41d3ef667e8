"""How two things that reports say stand to each other."""

import re
from typing import Literal

Relation = Literal["same", "overlaps", "contradicts", "other words"]
"""Where two free texts differ, no rule can tell whether they contradict: ``other words``."""


def compare_numbers(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> Relation:
    """Two ranges: the same, with a number in common, or with none. A missing end is open."""
    if a == b:
        return "same"
    (low_a, high_a), (low_b, high_b) = a, b
    is_below = high_a is not None and low_b is not None and high_a < low_b
    is_above = high_b is not None and low_a is not None and high_b < low_a
    return "contradicts" if is_below or is_above else "overlaps"


def compare_dates(a: str, b: str) -> Relation:
    """Two ISO dates as exactly as they are: 2021-07 overlaps 2021-07-07. Else as texts."""
    if not (_is_date(a) and _is_date(b)):
        return compare_texts(a, b)
    if a == b:
        return "same"
    return "overlaps" if a.startswith(b) or b.startswith(a) else "contradicts"


def compare_texts(a: str, b: str) -> Relation:
    """Two texts: the same but for case and blanks, or other words."""
    return "same" if a.casefold().split() == b.casefold().split() else "other words"


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) is not None
