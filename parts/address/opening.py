"""What an address opens: the version of the table, and the view of it that the page shows."""

from contextlib import suppress

import streamlit as st

from incidents.asking import links
from incidents.asking.address import Address, Dropped, from_query
from incidents.asking.facets import Facets
from incidents.asking.store import Store
from incidents.table.errors import SnapshotError
from incidents.versions.catalog import Version, get_catalog
from parts.address.view import View
from parts.chrome.reading import wait_for_table
from parts.session import get_session


def list_parameters() -> list[tuple[str, str]]:
    """Parameters of the address as pairs, repeated ones repeated."""
    return [(name, text) for name in st.query_params for text in st.query_params.get_all(name)]


def read_link(facets: Facets, store: Store) -> tuple[dict[str, list[str]], tuple[Dropped, ...]]:
    """The parameters of a fresh link as the widgets write them, and what cannot be used of it.

    Streamlit itself would drop what its widgets cannot hold, and the filter with it.
    """
    address, dropped = links.read_link(list_parameters(), facets, store)
    return {
        key.name: [key.labels.get(text, text) for text in key.kind.write(value)]
        for key, value in address.list_given()
    }, dropped


def open_link() -> Address:
    """What the address asked for when the reader came."""
    session = get_session()
    if session.link is None:
        session.link, _ = from_query(list_parameters())
    return session.link


def get_view() -> View:
    """The view of this run."""
    view = get_session().view
    assert view is not None, "the frame makes it before a page runs"
    return view


def find_version(snapshot_id: str | None) -> tuple[Version, str | None]:
    """The version that a link names, else the newest; and a sentence if there is a doubt."""
    catalog = get_catalog()
    if not catalog.is_ready and (snapshot_id is None or not catalog.keeps(snapshot_id)):
        wait_for_table(catalog)
    if snapshot_id is None:
        # The version that the page was opened with, until the reader asks for a newer one.
        session = get_session()
        session.version = session.version or catalog.current.snapshot.id
        with suppress(SnapshotError):
            return catalog.find(session.version), catalog.notice
        return catalog.current, catalog.notice
    try:
        return catalog.find(snapshot_id), None
    except SnapshotError as error:
        return catalog.current, f"{error} The newest version is shown instead."
