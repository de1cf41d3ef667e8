"""One part of a page, live, for a frame in another page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.figures import read_figures
from incidents.telling.pages.alone import write_way_out
from incidents.telling.pages.asked import write_link
from incidents.telling.words.heading import say_view
from parts.address.current import to_link
from parts.address.view import View
from parts.chrome.empty import show_empty
from parts.overview.figures import show_figures
from parts.overview.incident_list import show_list_or_incident
from parts.overview.map import show_map
from parts.timeline.chart import show_timeline

STYLE = Path(__file__).with_suffix(".css")


def show_alone(view: View, page: str) -> None:
    """The part that the address asks for, and a line that leads to the whole page."""
    part = view.display.embed or "figures"
    st.html(STYLE)
    with st.container(key="alone"):
        if part in ("map", "figures") or view.store.count(view.filters)[0]:
            _SHOW[part](view)
        else:
            show_empty(view)
    shown = replace(view.display, embed=None, data=view.version.snapshot.id)
    address = write_link(page, Address(view.filters, shown), to_link)
    sentence = say_view(view.filters, view.facets)
    st.html(write_way_out(sentence, view.table.name, address))


def _show_figures(view: View) -> None:
    show_figures(view.store.ask(read_figures, view.filters))


def _show_timeline(view: View) -> None:
    show_timeline(view, is_high=True)


_SHOW: Mapping[str, Callable[[View], None]] = {
    "map": show_map,
    "timeline": _show_timeline,
    "figures": _show_figures,
    "list": show_list_or_incident,
}
