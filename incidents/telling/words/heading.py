"""What a page is about, in a line and a sentence."""

from datetime import date

from incidents.asking.facets import Facets
from incidents.asking.filters import Filters, to_sentence
from incidents.table.sentences import say_date, say_dates

SHIPPED = "data"
"""Name of the folder with the shipped tables."""

TITLE = "Attacks in Iraq and Syria"
LONGEST = 60
"""Letters of a table's name beside what else must be read."""
PRIVATE = "A table of incidents"
"""What a table is called that only who has its link, or has access, may know of."""


def name_table(source: str, is_brought: bool = False) -> str:
    """What the page is about: the shipped table's subject, or the reader's own table by name.

    One that a visitor brought says so, whatever he calls it.
    """
    if is_brought:
        return f"Incidents in {source}, brought by a visitor"
    return TITLE if is_shipped(source, is_brought) else f"Incidents in {source}"


def is_shipped(source: str, is_brought: bool) -> bool:
    """Whether it is the table that the dashboard comes with, not one that is called the same."""
    return source == SHIPPED and not is_brought


def name_source(source: str, is_brought: bool) -> str:
    """The table that a version was made from, as a reader calls it, and whose it is not."""
    if is_brought:
        return f"{source}, brought by a visitor"
    return TITLE if is_shipped(source, is_brought) else source


def name_file(name: str, is_brought: bool) -> str:
    """The name that a file is saved under, which says that a visitor brought what is in it.

    A line of its own within would be a row to readers of CSV.
    """
    return f"visitor-{name}" if is_brought else name


def say_brought(source: str, day: date, owner: str) -> str:
    """Whose data a version is that a visitor published; `owner` runs the dashboard, or ""."""
    name = source if len(source) <= LONGEST else f"{source[:LONGEST]}…"
    return f"{_say_not_by(owner)}: “{name}”, {say_date(day)}."


def _say_not_by(owner: str) -> str:
    return f"Brought by a visitor, not by {owner or 'whoever runs this page'}"


def say_unopened(owner: str, is_brought: bool) -> str:
    """What is told to who has not opened a link: nothing of the table, but that it is no host's."""
    whose = f"{_say_not_by(owner)}. " if is_brought else ""
    return f"{whose}Shared by its link: what it shows is told when the link is opened."


def say_view(filters: Filters, facets: Facets) -> str:
    """The filters in a sentence; without filters, the span of the table."""
    sentence = to_sentence(filters)
    first, last = facets.first, facets.last
    if filters.dates is None and first is not None and last is not None:
        sentence += f", {say_dates(first, last)}"
    if facets.others and filters.scope == "attacks":
        sentence += f" (attacks only: {facets.others:,} other events are left out)"
    return sentence
