"""What a page needs to know: the version of the table and the reader's filters."""

from dataclasses import dataclass

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.facets import Facets
from incidents.asking.filters import Filters
from incidents.asking.keys import Days
from incidents.asking.links import find_span
from incidents.asking.store import Store, Table
from incidents.serving.first_pages import describe_table
from incidents.table.palette import make_palette, order_types
from incidents.telling.pages.asked import Table as Described
from incidents.versions.catalog import Version, get_catalog


@dataclass(frozen=True)
class View:
    """One reader's question to one version of the table.

    Attributes
    ----------
    filters, display
        What the address asks for now, as far as the table has it.
    link
        What the reader's first address asked for: the map's window of it holds for the session.
    """

    version: Version
    facets: Facets
    filters: Filters
    display: Display
    link: Address

    @property
    def span(self) -> Days | None:
        """All days of the table, and all that were monitored: a quiet month is a finding, too."""
        return find_span(self.facets, self.version.snapshot.monitored)

    @property
    def table(self) -> Described:
        """What is told of the version, and whose it is."""
        return describe_table(self.version.snapshot, get_catalog().settings)

    @property
    def store(self) -> Store:
        return self.version.store

    @property
    def chosen(self) -> Table:
        """The incidents that the filters ask for."""
        return self.store.select(self.filters)

    @property
    def types(self) -> tuple[str, ...]:
        """Types that have a colour of their own, in the order of the colours."""
        return order_types(self.facets.values["type"], len(_colours("light")))

    @property
    def palette(self) -> dict[str, tuple[str, str]]:
        """Colours of each type on light and on dark ground."""
        return make_palette(self.types, _colours("light"), _colours("dark"))

    @property
    def colours(self) -> dict[str, str]:
        """Colour of each type on the ground of the reader's theme."""
        is_dark = st.context.theme.type == "dark"
        return {name: pair[is_dark] for name, pair in self.palette.items()}


def _colours(theme: str) -> list[str]:
    return list(st.get_option(f"theme.{theme}.chartCategoricalColors"))


def read_ink() -> tuple[str, str]:
    """Colours of words and of marks on the ground of the reader's theme."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    return (
        str(st.get_option(f"theme.{theme}.textColor")),
        str(st.get_option(f"theme.{theme}.primaryColor")),
    )
