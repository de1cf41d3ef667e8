"""What a page will ask for once it runs, asked as soon as its map asks for the same filters."""

from collections.abc import Mapping
from dataclasses import replace

from incidents.asking.address import from_query
from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters
from incidents.asking.links import find_span
from incidents.asking.overview import ask_overview
from incidents.table.palette import order_types
from incidents.versions.catalog import Version

PAGE = "x-page"
"""A header of the map's request after a change of filters: the query of the address of its page."""


def ask_page(colours: int, headers: Mapping[str, str], version: Version, filters: Filters) -> None:
    """Ask what the overview will ask: its run begins some 50 ms after the map's request.

    `colours` is the number of types that have one of their own. Without the header nothing is
    asked.
    """
    if PAGE not in headers:
        return
    shown, _ = from_query(headers[PAGE].removeprefix("?"))
    # Other filters, another list: it is read from its beginning.
    display = replace(shown.display, page=None)
    facets = version.store.ask(read_facets)
    span = find_span(facets, version.snapshot.monitored)
    types = order_types(facets.values["type"], colours)
    ask_overview(version.store, replace(filters, window=None), display, span, types)
