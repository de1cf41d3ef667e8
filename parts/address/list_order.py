"""Order and page of the list of incidents: the address names both, and no widget is bound to it.

A bound widget would write its words into the link, and forget its page while an incident is open
in the list's place.
"""

import streamlit as st

from incidents.asking.address import from_query
from incidents.asking.display import Display
from incidents.asking.filters import Filters
from incidents.asking.listing import ROWS_A_PAGE
from incidents.asking.sorting import (
    DEFAULT_ORDER,
    SORTED_BY,
    first_order,
    name_column,
    name_direction,
    turn_order,
)
from parts.session import get_session

COLUMN, PAGE = "_sort_column", "_list_page"
ORDER_WIDTH = 250
"""Pixels: fits a phone beside the button that turns the order."""


def read_order(filters: Filters) -> Display:
    """What the address says of `sort` and `page`, as they hold for these filters.

    Other filters or another order lead back to the first page; what a link names first stays.
    """
    session = get_session()
    if session.is_turned and session.order is not None and "sort" not in st.query_params:
        # Streamlit has dropped it from the address as the reader turned to another page.
        _write_order(session.order[1])
    given = [(name, st.query_params[name]) for name in ("sort", "page") if name in st.query_params]
    asked = from_query(given)[0].display
    order = (filters, asked.sort)
    if session.order not in (None, order):
        st.query_params.pop("page", None)
        asked = Display(sort=asked.sort)
    session.order = order
    return asked


def _write_order(order: str | None) -> None:
    if order in (None, DEFAULT_ORDER):
        st.query_params.pop("sort", None)
    else:
        st.query_params["sort"] = order


def show_order(order: str) -> None:
    """Let the reader choose the column and the end that comes first."""
    column = order.removeprefix("-")
    st.session_state[COLUMN] = column
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="order"):
        st.selectbox(
            "Sort by",
            SORTED_BY,
            key=COLUMN,
            format_func=lambda name: f"Sorted by {_lower(name_column(name))}",
            on_change=lambda: _write_order(first_order(st.session_state[COLUMN])),
            label_visibility="collapsed",
            width=ORDER_WIDTH,
        )
        st.button(
            name_direction(order),
            icon=f":material/arrow_{'down' if order.startswith('-') else 'up'}ward:",
            key="_turn",
            help="From the other end. Unknown always comes last.",
            on_click=_write_order,
            args=(turn_order(order),),
        )


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def show_pages(total: int, pages: int, page: int) -> None:
    """Which rows are on screen, and the way to the others."""
    if pages == 1:
        return
    first = (page - 1) * ROWS_A_PAGE + 1
    last = min(page * ROWS_A_PAGE, total)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="pages"):
        st.caption(f"{first:,}–{last:,} of {total:,}", width="content")
        key = _find_key(page)
        st.pagination(pages, default=page, key=key, on_change=_turn_page, args=(key,))


def _find_key(page: int) -> str:
    """A new widget when the page was turned by other means: by a filter, or back and forward."""
    session = get_session()
    if st.session_state.get(f"{PAGE}_{session.list_pages}", page) != page:
        session.list_pages += 1
    return f"{PAGE}_{session.list_pages}"


def _turn_page(key: str) -> None:
    page = st.session_state[key]
    if page == 1:
        st.query_params.pop("page", None)
    else:
        st.query_params["page"] = str(page)
