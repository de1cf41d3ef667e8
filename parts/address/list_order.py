"""Order and page of a list of incidents, as the address names both."""

import streamlit as st

from incidents.asking.listing import ROWS_A_PAGE
from incidents.asking.sorting import (
    DEFAULT_ORDER,
    SORTED_BY,
    first_order,
    name_column,
    name_direction,
    turn_order,
)
from parts.address.current import ask_for
from parts.session import get_session

COLUMN, PAGE = "_sort_column", "_list_page"
ORDER_WIDTH = 232
"""Pixels: fits a phone beside the button that turns the order."""


def write_order(order: str) -> None:
    """Sort by a column; what is usual is left out of the address."""
    ask_for(sort=None if order == DEFAULT_ORDER else order)


def write_page(page: int) -> None:
    """Turn to a page of the list, from 1."""
    ask_for(page=None if page <= 1 else page)


def say_rows(total: int, page: int) -> str:
    """Which rows a page of the list holds: 101–200 of 250."""
    first = (page - 1) * ROWS_A_PAGE + 1
    return f"{first:,}–{min(page * ROWS_A_PAGE, total):,} of {total:,}"


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
            on_change=lambda: write_order(first_order(st.session_state[COLUMN])),
            label_visibility="collapsed",
            width=ORDER_WIDTH,
        )
        st.button(
            name_direction(order),
            icon=f":material/arrow_{'down' if order.startswith('-') else 'up'}ward:",
            key="_turn",
            help="From the other end. Unknown always comes last.",
            on_click=write_order,
            args=(turn_order(order),),
        )


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def show_pages(total: int, pages: int, page: int) -> None:
    """Which rows are on screen, and the way to the others."""
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="pages"):
        st.caption(say_rows(total, page), width="content")
        key = _find_key(page)
        st.pagination(pages, default=page, key=key, on_change=_turn_page, args=(key,))


def _find_key(page: int) -> str:
    """A new widget when the page was turned by other means: by a filter, or back and forward."""
    session = get_session()
    if st.session_state.get(f"{PAGE}_{session.list_pages}", page) != page:
        session.list_pages += 1
    return f"{PAGE}_{session.list_pages}"


def _turn_page(key: str) -> None:
    write_page(st.session_state[key])
