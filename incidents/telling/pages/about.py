"""About: what this is, how it was made, where it comes from and what it cannot tell."""

import re
from functools import cache
from html import escape
from pathlib import Path

from incidents.asking.facets import Facets
from incidents.table.sentences import say_dates
from incidents.telling.pages.asked import Table
from incidents.telling.pages.licences import write_licences


@cache
def _read_text() -> str:
    return Path(__file__).with_suffix(".html").read_text("utf-8")


def write_about(table: Table, facets: Facets, engine: str) -> str:
    """The whole text, and which version of the table is on screen, answered by which engine."""
    first, last = facets.first, facets.last
    span = "no dates" if first is None or last is None else say_dates(first, last)
    version = (
        f"Version {table.snapshot}, from “{table.source}”: {table.rows:,} incidents, {span}; "
        f"{table.located:,} placed, {table.set_aside:,} rows set aside. "
        f"Questions are answered by {engine}."
    )
    text = _read_text().replace("{version}", escape(version))
    text = text.replace("{licences}", write_licences())
    return text.replace("{owner}", _write_owner(table))


def _write_owner(table: Table) -> str:
    """Who runs this dashboard, and how they are reached, as far as they say."""
    if not (table.owner or table.contact):
        return ""
    name = escape(table.owner or "Whoever runs it")
    whose = f"<p>{name} runs this dashboard, and answers for the tables that it lists.</p>"
    contact = table.contact.replace("{incident}", "").replace("{version}", table.snapshot)
    shown = escape(contact.removeprefix("mailto:"))
    if re.fullmatch(r"\S+@\S+", contact) and "://" not in contact:
        shown = f'<a href="mailto:{shown}">{shown}</a>'
    elif re.fullmatch(r"https?://\S+", contact):
        shown = f'<a href="{shown}" rel="noopener">{shown}</a>'
    return f"<h3>Who runs this</h3>{whose}{f'<p>Contact: {shown}</p>' if contact else ''}"
