"""Which incident is open beside the map; the link names it."""

import streamlit as st


def opened_incident() -> str | None:
    """Id of the incident that is open, if one is."""
    incident: str | None = st.session_state["_link"]["incident"]
    return incident


def open_incident(incident: str | None) -> None:
    """Open an incident beside the map, or close it with None."""
    st.session_state["_link"]["incident"] = incident


def write_link() -> None:
    """Put what no widget holds into the address: the incident, and a pinned version."""
    for name in ("incident", "data"):
        value = st.session_state["_link"][name]
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value
