"""The parts of the Data page."""

from typing import Any, Literal

import pandas as pd
import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.listing import (
    count_pages,
    list_matches,
    take_page,
)
from incidents.asking.sorting import DEFAULT_ORDER, name_column
from incidents.asking.store import read_frame
from incidents.table.columns import BOUNDS, COLUMNS, HARMS, Column, range_column
from incidents.table.own_columns import OwnColumn
from incidents.table.sentences import COUNTRIES
from parts.address.current import to_link
from parts.address.list_order import show_order, show_pages
from parts.address.view import View
from parts.chrome.dates import DAY_FORMAT

TABS = ("Table", "Places matched", "Review", "Versions", "Bring a table")
MATCHES = {
    "exact": "Name",
    "alias": "Other name",
    "folded": "Other spelling",
    "learned": "Other rows of the table",
    "fuzzy": "Similar spelling",
    "described": "Places named beside it",
    "area": "What it lies in or beside",
    "online": "Nominatim",
    "ambiguous": "Several places",
    "none": "Not found",
}

LOCATED_BY = {"table": "Table", "gazetteer": "Gazetteer", "override": "Set by hand"}


_TOLLS = tuple(range_column("all", harm, bound) for harm in HARMS for bound in BOUNDS)
FIRST = ("date", "place", "type", *_TOLLS, "gov", "country")
"""The columns that a reader looks for first: also a phone shows some of them."""


def name_countries(codes: pd.Series) -> pd.Series:
    """Countries as readers call them: the codes are in the exports."""
    return codes.map(lambda code: COUNTRIES.get(code, code))


def find_height(rows: int) -> int | Literal["content"]:
    """Height of a table on screen: its own if it is short, so that no empty rows fill it."""
    return "content" if rows <= 12 else 520


def show_downloads(view: View) -> None:
    """Links to the filtered table as files, from the same addresses that programs use."""
    query = to_link(Address(view.filters, Display(data=view.version.snapshot.id)))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for label, name in (("CSV", "csv"), ("GeoJSON", "geojson"), ("Parquet", "parquet")):
            st.link_button(
                f"Download {label}", f"api/incidents.{name}?{query}", icon=":material/download:"
            )
        st.caption("What is filtered, all columns, on this version of the table.")


def show_table(view: View) -> None:
    """The filtered incidents, a page at a time, all columns."""
    order = view.display.sort or DEFAULT_ORDER
    pages = count_pages(view.store, view.filters)
    page = min(view.display.page or 1, pages)
    own = view.store.own
    ours = [column.name for column in COLUMNS if column.name not in FIRST]
    columns = [*FIRST, *ours, *(each.name for each in own)]
    shown = read_frame(take_page(view.store, view.filters, order, page, columns))
    shown["country"] = name_countries(shown["country"])
    show_order(order)
    st.dataframe(
        shown,
        hide_index=True,
        height=find_height(len(shown)),
        placeholder="",
        column_config={
            **{column.name: _describe_column(column) for column in COLUMNS},
            **{each.name: _describe_own(each) for each in own},
        },
    )
    show_pages(view.store.count(view.filters)[0], pages, page)


def _describe_column(column: Column) -> Any:
    """A column in plain words and what it means; days are written as everywhere."""
    name = name_column(column.name)
    help = f"{column.meaning}{f', {column.unit}' if column.unit else ''}"
    if column.type == "date":
        return st.column_config.DateColumn(name, help=help, format=DAY_FORMAT)
    return st.column_config.Column(name, help=help)


def _describe_own(column: OwnColumn) -> Any:
    """A column of the table's own, by the name that it has there."""
    if column.kind == "date":
        return st.column_config.DateColumn(column.label, format=DAY_FORMAT)
    return st.column_config.Column(column.label)


def show_matches(view: View) -> None:
    """How each place was found: name, kind of match and the reason in words."""
    matches = list_matches(view.chosen)
    matches["match"] = matches["match"].map(MATCHES)
    matches["country"] = name_countries(matches["country"])
    matches["located_by"] = matches["located_by"].map(LOCATED_BY).fillna("Not placed")
    st.dataframe(
        matches,
        hide_index=True,
        height=find_height(len(matches)),
        column_config={
            "place": "Place",
            "gov": "Governorate",
            "country": "Country",
            "incidents": "Incidents",
            "located_by": st.column_config.TextColumn("Coordinates from"),
            "match": "Matched by",
            "precision": "Known to",
            "match_reason": st.column_config.TextColumn("Why", width="large"),
        },
    )
