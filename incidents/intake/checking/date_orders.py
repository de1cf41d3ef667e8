"""Dates whose day, month and year nobody can tell apart alone: 03/04/2021, 03-04-21."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FEW_YEARS = 3  # different ones in a column whose other parts change more

Order = str | None
"""Of 03/04/2021 and 03-04-21: "dmy", "mdy", "ymd"; None where nothing tells."""

UNCLEAR = re.compile(
    r"(?P<first>\d{1,2})(?:(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})"
    r"|/(?P<second_of_short>\d{1,2})/(?P<short_year>\d\d)"
    r"|-(?P<second_of_dashed>\d{1,2})-(?P<dashed_year>\d\d))"
)


def split_unclear(found: re.Match[str]) -> tuple[int, int, int]:
    """The three numbers of a date of which nobody knows the order; the year in full."""
    second = found["second"] or found["second_of_short"] or found["second_of_dashed"]
    short = found["short_year"] or found["dashed_year"]
    year = int(found["year"]) if short is None else widen_year(short)
    return int(found["first"]), int(second), year


def widen_year(short: str) -> int:
    """The year of 05-Jan-22, as spreadsheets read it: 00 to 29 is of this century."""
    return int(short) + (2000 if int(short) < 30 else 1900)


def find_order(texts: Iterable[str]) -> Order:
    """The order that a column proves by a number above 12; None if neither or both.

    Where 25-07-21 has its year is told by the part that changes least.
    """
    found = [match for match in map(UNCLEAR.fullmatch, texts) if match is not None]
    dashed = [match for match in found if match["dashed_year"] is not None]
    if dashed:
        firsts, years = (
            len({match[part] for match in dashed}) for part in ("first", "dashed_year")
        )
        if firsts <= _FEW_YEARS and firsts < years:
            return "ymd"
        if not (years <= _FEW_YEARS and years < firsts):
            found = [match for match in found if match["dashed_year"] is None]
    seen = [split_unclear(match)[:2] for match in found]
    is_day_first = any(first > 12 >= second for first, second in seen)
    is_month_first = any(second > 12 >= first for first, second in seen)
    if is_day_first == is_month_first:
        return None
    return "dmy" if is_day_first else "mdy"
