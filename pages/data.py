"""Data: the table, its downloads, what was found wrong in it, and how places were matched."""

import streamlit as st

from incidents.filters import only_filters
from pages._data_tabs import show_downloads, show_matches, show_problems, show_table
from pages._heading import show_heading
from pages._view import get_view

view = get_view()
show_heading(view)
show_downloads(view, only_filters(view.filters))
table, problems, matches = st.tabs(["Table", "Problems found", "Places matched"])
with table:
    show_table(view)
with problems:
    show_problems(view)
with matches:
    show_matches(view)
