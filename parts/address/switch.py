"""Choices of what is shown: their widgets show what the address says, and write what is chosen."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from incidents.asking.display import DISPLAY_KEYS
from parts.address.current import ask_for
from parts.address.opening import get_view

_KEYS = {key.name: key for key in DISPLAY_KEYS}


def follow(name: str, usual: Any) -> Any:
    """Let the widget of this key, drawn next, show what the address says; answers that."""
    value = getattr(get_view().display, name)
    st.session_state[name] = usual if value is None else value
    return st.session_state[name]


def take(name: str, usual: Any = None) -> None:
    """Write what the widget of this key shows into the address; what is usual is left out."""
    value = st.session_state[name]
    ask_for(**{name: None if value == usual else value})


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
    offered = options or list(key.labels)
    if follow(name, default) not in offered:
        st.session_state[name] = default
    picked: str | None = st.segmented_control(
        key.label,
        offered,
        key=name,
        required=default is not None,
        format_func=lambda value: key.labels[value],
        label_visibility="collapsed",
        on_change=take,
        args=(name, default),
    )
    return picked
