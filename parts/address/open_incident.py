"""Which incident is open: the address names it, so that back, forward and a link work."""

import streamlit as st


def opened_incident() -> str | None:
    """Id of the incident that is open, if one is; whether it exists is not looked at."""
    return st.query_params.get("incident") or None


def open_incident(incident: str | None) -> None:
    """Open an incident, or close it with None."""
    if incident is None:
        st.query_params.pop("incident", None)
    else:
        st.query_params["incident"] = incident
