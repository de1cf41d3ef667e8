"""A choice of what is shown, bound to the address."""

from collections.abc import Sequence

import streamlit as st

from incidents.asking.display import DISPLAY_KEYS

_KEYS = {key.name: key for key in DISPLAY_KEYS}


def show_switch(name: str, default: str | None, options: Sequence[str] = ()) -> str | None:
    """Let the reader choose one of the few values of a key of the display.

    Parameters
    ----------
    default
        What is chosen at first; without it, nothing need be.
    options
        Values to choose from, where not all of them can be.
    """
    key = _KEYS[name]
    picked: str | None = st.segmented_control(
        key.label,
        options or list(key.labels),
        default=default,
        key=name,
        required=default is not None,
        format_func=lambda value: key.labels[value],
        label_visibility="collapsed",
        bind="query-params",
    )
    return picked
