"""The line on top of a page: what is filtered, in a sentence, and the share button."""

from dataclasses import replace
from html import escape

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.telling.words.heading import say_view
from parts.address.view import View
from parts.chrome.share import show_share
from parts.chrome.words import show_words


def show_heading(view: View, has_map: bool = False) -> None:
    """Write the sentence of the filters and offer the link to this view."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="heading"):
        with st.container(gap=None, width="stretch"):
            st.html(f'<div class="kicker">{escape(view.table.name)}</div>')
            show_words(say_view(view.filters, view.facets), "h1")
        show_share(Address(view.filters, _find_display(view, has_map)), has_map)


def _find_display(view: View, has_map: bool) -> Display:
    """All that is shown besides what is filtered, on this version."""
    # Where the map still stands if the reader has not moved it.
    link = view.link.display
    bbox, z = (link.bbox, link.z) if has_map else (None, None)
    return replace(view.display, data=view.version.snapshot.id, bbox=bbox, z=z)
