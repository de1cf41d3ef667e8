"""About: what this is, how it was made, where it comes from and what it cannot tell."""

import streamlit as st

from incidents.telling.pages.about import write_about
from parts.address.opening import get_view
from parts.login import show_account
from parts.role import get_role

view = get_view()
show_account(get_role())
st.html(write_about(view.table, view.facets, view.version.store.engine))
