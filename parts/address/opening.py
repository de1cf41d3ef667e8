"""What an address opens: the version of the table, and the view of it that the page shows."""

from contextlib import suppress
from typing import NoReturn

import streamlit as st

from incidents.asking.address import Address
from incidents.table.errors import SnapshotError
from incidents.versions.catalog import Version, get_catalog
from incidents.versions.named import find_or_newest
from parts.address.view import View
from parts.chrome.reading import wait_for_table
from parts.session import get_session


def keep_link(address: Address) -> Address:
    """What the address asked for when the reader came: where the map stands at first."""
    session = get_session()
    if session.link is None:
        session.link = address
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
    return find_or_newest(catalog, snapshot_id)


def open_anew(version: Version) -> NoReturn:
    """Run the page again after a file of its version could not be read; it is mended before that.

    Where that does not help, it is said.
    """
    session = get_session()
    if session.mended == version.snapshot.id:
        words = f'Version "{version.snapshot.id}" is damaged. Please tell whoever runs this page.'
        st.error(words)
        st.stop()
    session.mended = version.snapshot.id
    get_catalog().mend(version)
    st.rerun()
