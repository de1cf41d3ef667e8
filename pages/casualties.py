"""Casualties: who was harmed, as ranges with their unknowns, and how sure that is."""

import streamlit as st

from incidents.asking.figures import read_figures
from parts.address.opening import get_view
from parts.address.switch import show_switch
from parts.casualties.charts import (
    show_claims,
    show_disputes,
    show_groupings,
    show_over_time,
    show_parties,
)
from parts.casualties.munitions import show_munitions
from parts.chrome.empty import show_empty
from parts.chrome.heading import show_heading
from parts.overview.figures import show_figures

view = get_view()
show_heading(view)
figures = view.store.ask(read_figures, view.filters)
show_figures(figures)
if not figures.incidents:
    show_empty(view)
    st.stop()

harm = str(show_switch("harm", "killed"))
show_claims(view.filters.basis)
show_over_time(view, harm)
by = show_groupings(view, harm)
show_disputes(view, harm)
show_parties(view, harm)
show_munitions(view, by, harm)
