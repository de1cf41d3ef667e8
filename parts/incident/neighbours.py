"""Incidents that belong to one: what it answers, what answers it, and what is close by."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from incidents.asking.map.features import say_toll
from incidents.asking.neighbours import Neighbour
from incidents.table.sentences import label_incident, say_days_apart
from parts.address.current import ask_for
from parts.chrome.words import show_words


def show_linked(answered: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]) -> None:
    """What it answers and what answers it, where a report says so."""
    for name, title, rows in (
        ("answered", "Answers, by a report", answered),
        ("answers", "Answered by, by a report", answers),
    ):
        if rows:
            st.html(f'<h3 class="section">{title}</h3>')
            for row in rows:
                _show_row(row, name)


def show_neighbours(neighbours: Sequence[Neighbour]) -> None:
    """List what is close by in time and place."""
    st.html(
        '<h3 class="section">Close by in time and place'
        "<small> within 14 days and 50 km, and parts of the same operation</small></h3>"
    )
    if not neighbours:
        st.caption("None in this table.")
    for each in neighbours:
        far = "" if each.km is None else f", {each.km:.0f} km away"
        _show_row(each.row, "near", f" ({say_days_apart(each.days)}{far})")


def _show_row(row: dict[str, Any], name: str, how_near: str = "") -> None:
    """One incident; a click opens its own page."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Open",
            key=f"open_{name}_{row['incident']}",
            on_click=ask_for,
            kwargs={"incident": row["incident"]},
            type="tertiary",
        )
        show_words(f"{label_incident(row)}{how_near}: {say_toll(row)}")
