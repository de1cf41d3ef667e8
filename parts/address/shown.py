"""What charts and the map show, kept while the reader looks at another page.

Streamlit forgets a widget, and drops its key from the address, when a page without it is shown.
"""

import streamlit as st

from incidents.asking.display import DISPLAY_KEYS
from parts.session import get_session

SHOWN = tuple(key.name for key in DISPLAY_KEYS if key.widget is not None)
"""Keys whose widgets stand on some pages only."""


def restore_view() -> None:
    """As the page is turned, give its widgets what they last showed, unless the address says."""
    session = get_session()
    if not session.is_turned:
        return
    for name, value in session.shown.items():
        if name not in st.session_state and name not in st.query_params:
            st.session_state[name] = value


def remember_view() -> None:
    """Note what the widgets of this page show."""
    shown = {name: st.session_state[name] for name in SHOWN if name in st.session_state}
    get_session().shown |= shown
