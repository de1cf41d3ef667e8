"""The list of incidents beside the map; a click on one opens it in the list's place."""

import pandas as pd
import streamlit as st

from incidents.asking.listing import count_pages, take_page
from incidents.asking.sorting import DEFAULT_ORDER
from incidents.asking.store import read_rows
from incidents.telling.words.listing import COLUMNS, list_cells
from parts.address.list_order import read_order, show_order, show_pages
from parts.address.open_incident import open_incident, opened_incident
from parts.address.view import View
from parts.chrome.plain import plain
from parts.overview.incident_card import show_card
from parts.session import get_session


def show_list_or_incident(view: View) -> None:
    """The opened incident if there is one, else the list."""
    incident = opened_incident()
    found = view.store.find_incident(incident, view.filters.basis) if incident is not None else None
    if incident is not None and found is not None:
        with st.container(height="stretch", border=True, key="card"):
            show_card(view, found)
        return
    if incident is not None:
        st.warning(plain(f"Incident “{incident}” is not in this version of the table."))
    show_list(view)


def show_list(view: View) -> None:
    """A page of the incidents of the filters; choosing a row opens it. As high as its column."""
    asked = read_order(view.filters)
    order = asked.sort or DEFAULT_ORDER
    pages = count_pages(view.store, view.filters)
    page = min(asked.page or 1, pages)
    rows = read_rows(take_page(view.store, view.filters, order, page))
    show_order(order)
    ids = [row["incident"] for row in rows]
    get_session().listed = ids
    # Days sort as days only if all are known; "Jul 2021" must not be shown as its first day.
    is_exact = all(row["date_precision"] in (None, "day") for row in rows)
    table = pd.DataFrame([list_cells(row) for row in rows], columns=list(COLUMNS))
    if is_exact:
        table["Date"] = [row["date"] for row in rows]
    st.dataframe(
        table,
        key="list",
        height="stretch",
        hide_index=True,
        on_select=_open_chosen,
        selection_mode="single-cell",
        column_config={
            "Date": st.column_config.DateColumn(format="D MMM YYYY", width=86)
            if is_exact
            else st.column_config.TextColumn(width=120),
            "Type": st.column_config.TextColumn(width=92),
            "Place": st.column_config.TextColumn(width=152),
            "Killed": st.column_config.TextColumn(width=50, help="? = nobody gives a number"),
            "Wounded": st.column_config.TextColumn(width=64, help="? = nobody gives a number"),
        },
    )
    show_pages(view.store.count(view.filters)[0], pages, page)


def _open_chosen() -> None:
    cells = st.session_state["list"]["selection"]["cells"]
    if cells:
        open_incident(get_session().listed[cells[0][0]])
