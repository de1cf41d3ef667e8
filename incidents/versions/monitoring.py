"""When the monitoring of a table starts and ends, as the data package beside it says.

An empty day inside that period means that nothing was found; one outside, that nobody looked.
"""

import json
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from incidents.intake.checking.date_forms import FIRST_YEAR, LAST_YEAR
from incidents.table.problems import Problem, make_problem
from incidents.table.sentences import say_date

PACKAGE = "datapackage.json"
LARGEST = 5_000_000
"""Bytes of a description that are read."""

Monitored = tuple[date, date]
"""First and last day that were monitored, both included."""


def find_package(table: Path) -> Path:
    """Where a table is described: in its folder, or beside a file under the file's own name.

    The description of ``own.csv`` is ``own.datapackage.json``.
    """
    return table / PACKAGE if table.is_dir() else table.with_suffix(f".{PACKAGE}")


def read_monitored(table: Path) -> tuple[Monitored | None, list[Problem]]:
    """The monitored period of a table, and what is wrong with it.

    It is the property ``temporal`` of the data package, with ``start`` and ``end``, as Camtrap DP,
    a profile of the Data Package standard, has it. None where it is not stated or of no use.
    """
    path = find_package(table)
    if not path.is_file():
        return None, []
    try:
        return _read_period(path), []
    except ValueError as error:
        return None, [make_problem("monitoring_unclear", path.name, reason=str(error))]


def read_name(table: Path) -> str:
    """The name of a table: that of its data package, else of its file or folder."""
    with suppress(ValueError):
        name = _read_json(find_package(table)).get("name")
        if isinstance(name, str) and name.strip():
            return name.strip()[:80]
    return table.stem


def _read_period(path: Path) -> Monitored | None:
    """Raises ValueError with a few words."""
    period = _read_json(path).get("temporal")
    if period is None:
        return None
    if not isinstance(period, dict):
        raise ValueError('"temporal" does not hold "start" and "end"')
    first, last = (_read_day(name, period.get(name)) for name in ("start", "end"))
    if first > last:
        raise ValueError(f"it ends on {say_date(last)}, before it starts on {say_date(first)}")
    return first, last


def _read_json(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ValueError(f"the file cannot be opened ({error.strerror})") from None
    if len(content) > LARGEST:
        raise ValueError("the file is too large")
    try:
        package = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("the file is not JSON in UTF-8") from None
    if not isinstance(package, dict):
        raise ValueError("the file holds no description of a table")
    return package


def _read_day(name: str, text: Any) -> date:
    if text is None:
        raise ValueError(f'"{name}" is missing')
    try:
        is_day = isinstance(text, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
        day = date.fromisoformat(text if is_day else "")
    except ValueError:
        raise ValueError(f'"{name}" is "{str(text)[:40]}", not a date like 2021-07-07') from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f'"{name}" does not lie between {FIRST_YEAR} and {LAST_YEAR}')
    return day
