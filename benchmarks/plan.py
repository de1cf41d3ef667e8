"""What is measured on one table, and how results are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error as BrowserError

TYPES = ("drone attack", "other", "mortar attack", "air strike", "rocket attack", "roadside bomb")
"""Chosen one after the other: 8, 13, 30, 47, 67 and 100 % of the rows."""

LATE = "not within"
"""So begins what is said of one that reached the time limit."""


class NotMeasured(Exception):
    """There is no number; the message says why."""


Result = float | str
Results = dict[str, Result]
"""Each measure's median; or in words why there is none."""


@dataclass(frozen=True)
class Plan:
    """One table and how thoroughly to measure on it.

    Attributes
    ----------
    table
        The CSV file of `rows` rows.
    runs
        How often each measure is taken.
    limit
        Seconds that a page may take.
    readers
        How many pages are open at once when memory is measured.
    folder
        For databases and snapshots; its content may be deleted.
    is_first
        Whether it is the first table: what does not depend on its size is measured on this one.
    """

    table: Path
    rows: int
    runs: int
    limit: float
    readers: int
    folder: Path
    is_first: bool


def take(results: Results, name: str, measure: Callable[[], Result]) -> bool:
    """Measure, keep what came of it and say it; whether there is a number."""
    try:
        results[name] = measure()
    except (NotMeasured, BrowserError) as error:
        results[name] = str(error).splitlines()[0]
    result = results[name]
    print(f"    {name}: {result if isinstance(result, str) else f'{result:,.3f}'}", flush=True)
    return not isinstance(result, str)
