"""Difference: what was added, changed and removed between two versions, field by field."""

from dataclasses import replace

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.differences import CHANGES
from incidents.table.errors import DamagedError, IncidentsError
from incidents.versions.catalog import get_catalog
from incidents.versions.comparing import find_kept
from incidents.versions.snapshots import Snapshot
from parts.address.current import to_parameters
from parts.address.opening import get_view
from parts.address.view import View
from parts.chrome.plain import plain
from parts.data.versions.difference import (
    forget_difference,
    open_difference,
    show_entries,
    show_tallies,
)
from parts.data.versions.versions import note_versions, show_versions


def show_difference(before: Snapshot, after: Snapshot, view: View) -> None:
    """How much differs, and what: a table at a time."""
    differences = open_difference(before, after)
    table = show_tallies(differences, before, after)
    if table is None:
        return
    tally = differences.tallies[table]
    counts = {change: getattr(tally, change) for change in CHANGES}
    present = [change for change in CHANGES if counts[change]]
    tabs = st.tabs([f"{change.capitalize()} ({counts[change]:,})" for change in present])
    for change, tab in zip(present, tabs, strict=True):
        with tab:
            show_entries(differences, table, change, before, view)


view = get_view()
note_versions(view)
st.page_link(
    "data.py",
    label="Back to the data",
    icon=":material/arrow_back:",
    query_params=to_parameters(Address(view.filters, replace(view.display, against=None))),
)
after = view.version.snapshot
named = view.display.against
before = None
try:
    before = find_kept(get_catalog(), named) if named else None
except IncidentsError as error:
    st.warning(plain(str(error)))
if before is None or before.id == after.id:
    st.markdown("**Choose a version to compare with the one on screen.**")
    show_versions(view)
    st.stop()

try:
    show_difference(before, after, view)
except DamagedError:
    # The frame has the page run again, on files that are looked at anew.
    forget_difference(before, after)
    raise
except IncidentsError as error:
    st.error(plain(str(error)))
