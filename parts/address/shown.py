"""What charts and the map show, kept while the reader looks at another page.

Streamlit forgets a widget, and drops its key from the address, when a page without it is shown.
"""

from typing import Any

import streamlit as st

SHOWN = ("view", "shade", "before", "step", "average", "within", "harm", "by")
"""Keys of the view whose widgets stand on some pages only."""


def restore_view(page: str) -> None:
    """As the page is turned, give its widgets what they last showed, unless the address says."""
    kept: dict[str, Any] = st.session_state.setdefault("_shown", {})
    if st.session_state.get("_shown_page") in (None, page):
        return
    for name, value in kept.items():
        if name not in st.session_state and name not in st.query_params:
            st.session_state[name] = value


def remember_view(page: str) -> None:
    """Note what the widgets of this page show."""
    st.session_state["_shown_page"] = page
    kept: dict[str, Any] = st.session_state["_shown"]
    kept |= {name: st.session_state[name] for name in SHOWN if name in st.session_state}
