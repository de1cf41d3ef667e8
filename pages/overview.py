"""Overview: what is filtered, the figures, the map, the timeline and the list, all together."""

from dataclasses import replace

import streamlit as st

from incidents.asking.figures import read_figures
from incidents.asking.overview import PATIENCE, ask_overview
from parts.address.opening import get_view
from parts.chrome.empty import show_empty
from parts.chrome.heading import show_heading
from parts.overview.figures import show_figures
from parts.overview.incident_list import show_list_or_incident
from parts.overview.map import show_map
from parts.session import get_session
from parts.timeline.chart import show_timeline

# While the map plays, all but the map and the axis of time is of the days that it shows.
view, playing = get_view(), get_session().playing
shown = view if playing is None else replace(view, filters=replace(view.filters, dates=playing))
ask_overview(view.store, shown.filters, view.display, view.span, view.types, patience=PATIENCE)
show_heading(shown, has_map=True)
row_of_figures = st.container()
left, right = st.columns([0.58, 0.42], gap="small")
with left:
    # First of all, so that the browser asks for its window while the rest is counted.
    show_map(view)
figures = view.store.ask(read_figures, shown.filters)
with row_of_figures:
    show_figures(figures)
with left:
    if figures.incidents or playing:
        show_timeline(view, playing=playing)
with right:
    if figures.incidents or playing:
        show_list_or_incident(shown)
    else:
        show_empty(view)
