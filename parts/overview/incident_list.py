"""The list of incidents beside the map; a click on one opens it in the list's place."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from incidents.asking.figures import count_incidents
from incidents.asking.listing import MOST_OWN, choose_columns, read_listed
from incidents.asking.sorting import (
    DEFAULT_ORDER,
    SORTED_BY,
    first_order,
    name_column,
    name_direction,
    turn_order,
)
from incidents.table.own_columns import OwnColumn
from incidents.telling.words.listing import list_cells, list_own_cells
from parts.address.current import ask_for
from parts.address.list_order import say_rows, write_order, write_page
from parts.address.view import View
from parts.chrome.plain import plain
from parts.overview.incident_card import show_card

TIP = "? = nobody gives a number"

_FILES = Path(__file__)
_list = st.components.v2.component(
    "incident_list",
    css=_FILES.with_suffix(".css").read_text("utf-8"),
    js=_FILES.with_suffix(".js").read_text("utf-8"),
)


def show_list_or_incident(view: View) -> None:
    """The opened incident if there is one, else the list."""
    incident = view.display.incident
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
    order = view.display.sort or DEFAULT_ORDER
    own = choose_columns(view.store.own, view.display.cols)
    rows, page, pages = read_listed(view.store, view.filters, view.display)
    total, _ = count_incidents(view.store, view.filters)
    _list(
        key="list",
        data={
            "rows": [_describe(row, own) for row in rows],
            "own": [(each.name, each.label) for each in view.store.own],
            "chosen": [each.name for each in own],
            "most": MOST_OWN,
            "tips": {"killed": TIP, "wounded": TIP},
            "columns": [(name, f"Sorted by {_lower(name_column(name))}") for name in SORTED_BY],
            "column": order.removeprefix("-"),
            "direction": name_direction(order),
            "page": page,
            "pages": pages,
            "shown": say_rows(total, page),
        },
        height="stretch",
        on_opened_change=_take_opened,
        on_sorted_change=_take_column,
        on_turned_change=partial(write_order, turn_order(order)),
        on_paged_change=_take_page,
        on_chosen_change=partial(_take_chosen, view.store.own),
    )


def _describe(row: dict[str, Any], own: Sequence[OwnColumn]) -> dict[str, str]:
    date, kind, place, killed, wounded = list_cells(row)
    cells = {"date": date, "type": kind, "place": place, "killed": killed, "wounded": wounded}
    cells |= dict(zip((each.name for each in own), list_own_cells(row, own), strict=True))
    return {"id": row["incident"], **cells}


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _told(name: str) -> Any:
    """What the list sent. It comes from a browser, which may send anything."""
    return getattr(st.session_state.get("list"), name, None)


def _take_opened() -> None:
    incident = _told("opened")
    if isinstance(incident, str):
        ask_for(incident=incident)


def _take_column() -> None:
    column = _told("sorted")
    if column in SORTED_BY:
        write_order(first_order(column))


def _take_page() -> None:
    page = _told("paged")
    if isinstance(page, int) and page > 0:
        write_page(page)


def _take_chosen(own: Sequence[OwnColumn]) -> None:
    chosen = _told("chosen")
    if isinstance(chosen, list):
        ask_for(cols=tuple(each.name for each in own if each.name in chosen))
