"""The parts of the Data page."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from incidents.columns import COLUMNS
from incidents.filters import Filters, to_query
from incidents.listing import (
    count_pages,
    count_problems,
    list_matches,
    list_problems,
    take_page,
)
from incidents.sorting import DEFAULT_ORDER
from incidents.store import read_frame
from pages._list_order import read_order, show_order, show_pages
from pages._plain import plain
from pages._view import View

LEVELS = {"error": "Row set aside", "warning": "Cell not used", "note": "Note"}
MATCHES = {
    "exact": "Name",
    "alias": "Other name",
    "folded": "Other spelling",
    "fuzzy": "Similar spelling",
    "ambiguous": "Several places",
    "none": "Not found",
}


def find_height(rows: int) -> int | Literal["content"]:
    """Height of a table on screen: its own if it is short, so that no empty rows fill it."""
    return "content" if rows <= 12 else 520


def show_downloads(view: View, filters: Filters) -> None:
    """Links to the filtered table as files, from the same addresses that programs use."""
    query = to_query(replace(filters, data=view.version.snapshot.id))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for label, name in (("CSV", "csv"), ("GeoJSON", "geojson")):
            st.link_button(
                f"Download {label}", f"api/incidents.{name}?{query}", icon=":material/download:"
            )
        st.caption("What is filtered, all columns, on this version of the table.")


def show_table(view: View) -> None:
    """The filtered incidents, a page at a time, all columns."""
    asked = read_order(view.filters)
    order = asked.sort or DEFAULT_ORDER
    pages = count_pages(view.store, view.filters)
    page = min(asked.page or 1, pages)
    columns = [column.name for column in COLUMNS]
    shown = read_frame(take_page(view.store, view.filters, order, page, columns))
    show_order(order)
    st.dataframe(
        shown,
        hide_index=True,
        height=find_height(len(shown)),
        placeholder="",
        column_config={
            column.name: st.column_config.Column(
                help=f"{column.meaning}{f', {column.unit}' if column.unit else ''}"
            )
            for column in COLUMNS
        },
    )
    show_pages(view.store.count(view.filters)[0], pages, page)


def show_problems(view: View) -> None:
    """What was found wrong in the table, row by row, and how much of it was set aside."""
    snapshot = view.version.snapshot
    counts = count_problems(view.store)
    if snapshot.set_aside:
        read = snapshot.rows + snapshot.set_aside
        st.warning(
            f"{snapshot.set_aside:,} of {read:,} rows of “{plain(snapshot.source)}” were set "
            "aside: they are in no figure, map or list. The reasons are below."
        )
    else:
        st.markdown(f"No row of “{plain(snapshot.source)}” was set aside.")
    if not counts:
        st.caption("Nothing was found wrong in the table.")
        return
    problems = list_problems(view.store)
    problems["level"] = problems["level"].map(LEVELS)
    st.dataframe(
        problems[["level", "file", "row", "column", "message", "remedy"]],
        hide_index=True,
        height=find_height(len(problems)),
        column_config={
            "level": "Level",
            "file": "File",
            "row": st.column_config.NumberColumn(
                "Row", help="As your spreadsheet shows it: the header is row 1"
            ),
            "column": "Column",
            "message": st.column_config.TextColumn("What was found", width="large"),
            "remedy": st.column_config.TextColumn("What to do", width="large"),
        },
    )
    total = sum(counts.values())
    if total > len(problems):
        st.caption(f"The first {len(problems):,} of {total:,} are shown.")


def show_matches(view: View) -> None:
    """How each place was found: name, kind of match and the reason in words."""
    matches = list_matches(view.chosen)
    matches["match"] = matches["match"].map(MATCHES)
    matches["located_by"] = (
        matches["located_by"].map({"table": "Table", "gazetteer": "Gazetteer"}).fillna("Not placed")
    )
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
