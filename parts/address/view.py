"""What a page needs to know: the version of the table and the reader's filters."""

from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from incidents.asking.facets import Facets
from incidents.asking.filters import Filters, from_query
from incidents.asking.store import Store, Table
from incidents.table.errors import SnapshotError
from incidents.table.palette import make_palette, order_types
from incidents.versions.catalog import Version, get_catalog
from parts.chrome.reading import wait_for_table
from parts.panel.filters import list_parameters


@dataclass(frozen=True)
class View:
    """One reader's question to one version of the table.

    `link` is what the reader's first address asked for: the version and the map's window of it
    hold for the whole session.
    """

    version: Version
    facets: Facets
    filters: Filters
    link: Filters

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


def open_link() -> Filters:
    """What the address asked for when the reader came."""
    if "_link" not in st.session_state:
        st.session_state["_link"], _ = from_query(list_parameters())
    link: Filters = st.session_state["_link"]
    return link


def keep_view(view: View) -> None:
    """Hand the view to the page that is about to run."""
    st.session_state["_view"] = view


def get_view() -> View:
    """The view of this run."""
    view: View = st.session_state["_view"]
    return view


def find_version(snapshot_id: str | None) -> tuple[Version, str | None]:
    """The version that a link names, else the newest; and a sentence if there is a doubt."""
    catalog = get_catalog()
    if not catalog.is_ready and (snapshot_id is None or not catalog.keeps(snapshot_id)):
        wait_for_table(catalog)
    if snapshot_id is None:
        # The version that the page was opened with, until the reader asks for a newer one.
        first = st.session_state.setdefault("_version", catalog.current.snapshot.id)
        with suppress(SnapshotError):
            return catalog.find(first), catalog.notice
        return catalog.current, catalog.notice
    try:
        return catalog.find(snapshot_id), None
    except SnapshotError as error:
        return catalog.current, f"{error} The newest version is shown instead."


def read_ink() -> tuple[str, str]:
    """Colours of words and of marks on the ground of the reader's theme."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    return (
        str(st.get_option(f"theme.{theme}.textColor")),
        str(st.get_option(f"theme.{theme}.primaryColor")),
    )
