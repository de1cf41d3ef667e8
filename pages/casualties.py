"""Casualties: who was harmed, as ranges with their unknowns, and how sure that is."""

from dataclasses import replace

import streamlit as st

from incidents.asking.figures import read_figures
from incidents.table.columns import HARMS
from incidents.table.sentences import HARMS as HARM_NAMES
from parts.address.opening import get_view
from parts.casualties.charts import (
    show_claims,
    show_differences,
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

harm = st.segmented_control(
    "Harm",
    HARMS,
    default="killed",
    key="harm",
    required=True,
    format_func=lambda harm: HARM_NAMES[harm],
    label_visibility="collapsed",
    bind="query-params",
)
filters = replace(view.filters, harm=str(harm))
show_claims(filters)
show_over_time(view, filters)
by = show_groupings(view, filters)
show_differences(view, filters)
show_parties(view, filters)
show_munitions(view, filters, by)
