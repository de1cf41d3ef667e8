"""About: what this is, how it was made, where it comes from and what it cannot tell."""

from functools import cache
from html import escape
from pathlib import Path

from incidents.asking.facets import Facets
from incidents.table.sentences import say_dates
from incidents.telling.pages.asked import Table


@cache
def _read_text() -> str:
    return Path(__file__).with_suffix(".html").read_text("utf-8")


def write_about(table: Table, facets: Facets) -> str:
    """The whole text, and which version of the table is on screen."""
    first, last = facets.first, facets.last
    span = "no dates" if first is None or last is None else say_dates(first, last)
    version = (
        f"Version {table.snapshot}, from “{table.source}”: {table.rows:,} incidents, {span}; "
        f"{table.located:,} placed, {table.set_aside:,} rows set aside."
    )
    return _read_text().replace("{version}", escape(version))
