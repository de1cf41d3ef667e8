"""Data: the table and its downloads, its places, what to review, its versions, and your own."""

import streamlit as st

from parts.address.opening import get_view
from parts.chrome.heading import show_heading
from parts.data.bring.memory import show_memory
from parts.data.bring.steps import show_import
from parts.data.review.review import show_review
from parts.data.tabs import TABS, show_downloads, show_matches, show_table
from parts.data.versions.versions import note_versions, show_made, show_versions

view = get_view()
note_versions(view)
show_heading(view)
show_made(view)
show_memory()
table, places, review, versions, own = st.tabs(TABS, key="_tab", on_change="rerun")
# Only the open one is read.
if table.open:
    with table:
        show_downloads(view)
        show_table(view)
if places.open:
    with places:
        show_matches(view)
if review.open:
    with review:
        show_review(view)
if versions.open:
    with versions:
        show_versions(view)
if own.open:
    with own:
        show_import(view)
