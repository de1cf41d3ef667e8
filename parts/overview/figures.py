"""The row of figures above the map."""

import streamlit as st

from incidents.asking.figures import Figures
from incidents.telling.pages.figures import write_figures


def show_figures(figures: Figures) -> None:
    """Incidents, killed, wounded and civilians harmed, each range with its unknowns beside."""
    st.html(write_figures(figures))
