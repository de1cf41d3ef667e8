"""What to show when nothing is left: which filter empties the view, and the way out."""

from collections.abc import Sequence

import streamlit as st

from incidents.asking.filters import set_keys, without
from incidents.asking.listing import count_rows
from parts.address.current import ask_for, clear_filters
from parts.address.view import View


def find_emptying(view: View) -> Sequence[tuple[str, str, int]]:
    """Filters that alone empty the view: key, label and the incidents there would be without it."""
    found = []
    for key in set_keys(view.filters):
        left = count_rows(view.store.select(without(view.filters, key.name)))
        if left:
            found.append((key.name, key.label, left))
    return found


def show_empty(view: View) -> None:
    """Say why nothing is shown and offer to clear the filter that does it."""
    if not view.version.snapshot.rows:
        st.info("This table holds no incidents. The Data page lists what was found in it.")
        return
    st.markdown("**No incident fits all of these filters.**")
    for name, label, left in find_emptying(view):
        words = "1 incident" if left == 1 else f"{left:,} incidents"
        st.button(
            f"Clear “{label}”: {words}",
            key=f"clear_{name}",
            on_click=ask_for,
            kwargs={name: None},
        )
    st.button("Clear all filters", key="clear_all", on_click=clear_filters)
