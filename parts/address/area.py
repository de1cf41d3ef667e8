"""The area drawn on the map: the address names it, as no widget can."""

import streamlit as st

from incidents.asking.filters import KEYS, from_query

KIND = next(key.kind for key in KEYS if key.name == "area")


def read_area(page: str) -> tuple[float, ...] | None:
    """The area of the address.

    Streamlit drops from the address what no widget is bound to when the reader turns the page, so
    the area is written again on the next page; on the same page, back and forward change it.
    """
    turned = st.session_state.get("_page") not in (None, page)
    st.session_state["_page"] = page
    if turned:
        set_area(st.session_state.get("_area"))
    filters, _ = from_query([("area", st.query_params.get("area", ""))])
    st.session_state["_area"] = filters.area
    return filters.area


def set_area(area: tuple[float, ...] | None) -> None:
    """Filter by an area, or by none."""
    st.session_state["_area"] = area
    if area is None:
        st.query_params.pop("area", None)
    else:
        (st.query_params["area"],) = KIND.write(area)
