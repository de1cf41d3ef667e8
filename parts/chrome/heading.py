"""The line on top of a page: what is filtered, in a sentence, and the share button."""

from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.telling.words.heading import name_table, say_view
from parts.address.list_order import read_order
from parts.address.open_incident import opened_incident
from parts.address.shown import SHOWN
from parts.address.view import View
from parts.chrome.share import show_share


def show_heading(view: View, has_map: bool = False) -> None:
    """Write the sentence of the filters and offer the link to this view."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="heading"):
        with st.container(gap=None, width="stretch"):
            st.html(f'<div class="kicker">{escape(name_table(view.version.snapshot.source))}</div>')
            st.text(say_view(view.filters, view.facets))
        show_share(Address(view.filters, _find_display(view, has_map)), has_map)


def _find_display(view: View, has_map: bool) -> Display:
    """All that is shown besides what is filtered, on this version."""
    shown = {name: _find_shown(name, view) for name in SHOWN}
    if has_map:
        # Where the map still stands if the reader has not moved it.
        shown |= {"bbox": view.link.display.bbox, "z": view.link.display.z}
    return replace(
        read_order(view.filters),
        data=view.version.snapshot.id,
        incident=opened_incident(),
        **shown,
    )


def _find_shown(name: str, view: View) -> Any:
    """What a chart's widget says; of one that is not on this page, what the link said."""
    if name not in st.session_state:
        return getattr(view.link.display, name)
    value = st.session_state[name]
    if isinstance(value, tuple):
        # A date widget in which nothing is picked, or only the first day.
        return (value[0], value[-1]) if value else None
    return value
