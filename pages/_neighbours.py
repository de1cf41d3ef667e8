"""Incidents close by in time and place."""

from collections.abc import Sequence

import streamlit as st

from incidents.mapping.features import say_toll
from incidents.neighbours import Neighbour
from incidents.sentences import say_days_apart, say_when
from pages._open_incident import open_incident


def show_neighbours(neighbours: Sequence[Neighbour]) -> None:
    """List them; each opens its own page."""
    st.html(
        '<h3 class="section">Close by in time and place'
        "<small> within 14 days and 50 km, and parts of the same operation</small></h3>"
    )
    if not neighbours:
        st.caption("None in this table.")
    for each in neighbours:
        row = each.row
        when = say_when(row["date"], row["date_end"], row["date_precision"])
        what = f"{row['type'] or 'type not stated'} · {row['place'] or 'place not named'}"
        far = "" if each.km is None else f", {each.km:.0f} km away"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                "Open",
                key=f"open_{row['incident']}",
                on_click=open_incident,
                args=(row["incident"],),
                type="tertiary",
            )
            st.text(f"{when} · {what} ({say_days_apart(each.days)}{far}): {say_toll(row)}")
