"""What a page is asked for by its address, and the addresses that lead on from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

from geo.drawing.land import Land
from incidents.asking.address import Address, to_query
from incidents.asking.display import Display
from incidents.asking.facets import Facets
from incidents.asking.filters import Filters, without
from incidents.asking.keys import Days
from incidents.asking.links import find_span
from incidents.asking.store import Store
from incidents.telling.words.heading import is_shipped, name_table, say_brought

PAGES = {
    "overview": "Overview",
    "timeline": "Timeline",
    "casualties": "Casualties",
    "data": "Data",
    "about": "About",
    "incident": "Incident",
    "difference": "Difference",
}
"""Every page by the name of its file, and its title."""
HOME = "overview"
"""The page at the address without a name."""
LICENCE = "CC BY 4.0"
"""Of the shipped tables."""
NO_LICENCE = "as whoever made this table allows"
UNLISTED = ("incident", "difference")
"""Pages that no menu names: something leads to them."""


@dataclass(frozen=True)
class Table:
    """What is told of a version besides what its store answers.

    Attributes
    ----------
    brought
        When it was made, where a visitor brought it; None where it is the host's.
    owner, contact
        Who runs the dashboard, and where that is reached; "" if the host does not say.
    protection
        What is coarsened of it, in a sentence; "" if nothing is.
    """

    snapshot: str
    source: str
    monitored: Days | None
    rows: int
    located: int
    set_aside: int
    brought: date | None = None
    owner: str = ""
    contact: str = ""
    protection: str = ""

    @property
    def name(self) -> str:
        """What its pages are about."""
        return name_table(self.source, self.brought is not None)

    @property
    def licence(self) -> str:
        """Under which licence its rows are; that of others' tables is not known here."""
        return LICENCE if is_shipped(self.source, self.brought is not None) else ""

    @property
    def band(self) -> str:
        """Whose data it is, where it is not the host's; what is coarsened; else ""."""
        return f"{self.brought_by} {self.protection}".strip()

    @property
    def brought_by(self) -> str:
        """That a visitor brought it, not the host; "" where it is the host's."""
        if self.brought is None:
            return ""
        return say_brought(self.source, self.brought, self.owner)

    def write_band(self) -> str:
        """The same as every page shows it."""
        return f'<p class="brought" role="note">{escape(self.band)}</p>' if self.band else ""


@dataclass(frozen=True)
class Asked:
    """One page of one version, under filters that fit it.

    Attributes
    ----------
    types
        Types that have a colour of their own, in the order of the colours.
    told
        Sentences that the page begins with: what is wrong with the table or the link.
    to_query
        Writes an address as the query of a link.
    """

    page: str
    table: Table
    store: Store
    facets: Facets
    filters: Filters
    display: Display
    land: Land
    types: Sequence[str]
    told: Sequence[str] = ()
    to_query: Callable[[Address], str] = to_query

    def link(self, name: str, /, **shown: Any) -> str:
        """The address of a page under these filters; relative, not escaped.

        `shown` is what it shows besides; of what this page shows, only the version is kept.
        """
        display = Display(data=self.display.data)
        return self.write_link(name, Address(self.filters, replace(display, **shown)))

    def link_without(self, key: str | None = None) -> str:
        """The address of this page with one filter less; without a key, with none."""
        filters = Filters() if key is None else without(self.filters, key)
        return self.write_link(self.page, Address(filters, Display(data=self.display.data)))

    def write_link(self, page: str, address: Address) -> str:
        """As `write_link`, with this page's own way to write a query."""
        return write_link(page, address, self.to_query)

    @property
    def span(self) -> Days | None:
        """All days of the table, and all that were monitored: a quiet month is a finding, too."""
        return find_span(self.facets, self.table.monitored)


def find_brief(page: str, address: Address, version: str) -> Address:
    """What the brief of a page is asked for: an incident's page has its own, all others the list's.

    Where the map stands is not told: a brief's shows all that is placed.
    """
    shown = address.display
    opened = shown.incident if page == "incident" else None
    kept = Display(data=version, incident=opened, step=shown.step, sort=shown.sort)
    return Address(address.filters, kept)


def write_link(page: str, address: Address, write: Callable[[Address], str] = to_query) -> str:
    """The address of a page, relative to any other; not escaped."""
    query = write(address)
    name = "./" if page == HOME else page
    return f"{name}?{query}" if query else name
