"""The area drawn on the map: the address names it, as no widget can."""

import streamlit as st

from incidents.asking.address import Address, from_query, to_pairs
from incidents.asking.filters import Filters
from parts.session import get_session


def read_area() -> None:
    """Note the area of the address.

    Streamlit drops from the address what no widget is bound to when the reader turns the page, so
    the area is written again on the next page; on the same page, back and forward change it.
    """
    session = get_session()
    if session.is_turned:
        set_area(session.area)
    address, _ = from_query([("area", st.query_params.get("area", ""))])
    session.area = address.filters.area


def set_area(area: tuple[float, ...] | None) -> None:
    """Filter by an area, or by none."""
    get_session().area = area
    if area is None:
        st.query_params.pop("area", None)
    else:
        ((_, st.query_params["area"]),) = to_pairs(Address(Filters(area=area)))
