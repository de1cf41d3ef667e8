"""Difference: what was added, changed and removed between two versions, field by field."""

from dataclasses import replace

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.differences import CHANGES
from incidents.table.errors import IncidentsError
from parts.address.current import to_parameters
from parts.address.opening import get_view
from parts.chrome.plain import plain
from parts.data.versions.difference import open_difference, show_entries, show_tallies
from parts.data.versions.versions import find_own, note_versions, show_versions

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
    before = find_own(named) if named else None
except IncidentsError as error:
    st.warning(plain(str(error)))
if before is None or before.id == after.id:
    st.markdown("**Choose a version to compare with the one on screen.**")
    show_versions(view)
    st.stop()

try:
    differences = open_difference(before, after)
except IncidentsError as error:
    st.error(plain(str(error)))
    st.stop()
table = show_tallies(differences, before, after)
if table is not None:
    tally = differences.tallies[table]
    counts = {change: getattr(tally, change) for change in CHANGES}
    present = [change for change in CHANGES if counts[change]]
    tabs = st.tabs([f"{change.capitalize()} ({counts[change]:,})" for change in present])
    for change, tab in zip(present, tabs, strict=True):
        with tab:
            show_entries(differences, table, change, counts[change], view)
