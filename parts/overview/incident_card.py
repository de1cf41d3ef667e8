"""An incident in short, beside the map."""

from html import escape
from typing import Any

import streamlit as st

from incidents.asking.map.features import KNOWN_TO
from incidents.telling.words.incident import (
    list_facts,
    list_tolls,
    say_moment,
    say_origin_of_place,
    say_reports,
    say_what_happened,
    say_where,
)
from parts.address.current import ask_for, read_address, to_parameters
from parts.address.view import View
from parts.chrome.words import show_words


def show_card(view: View, row: dict[str, Any]) -> None:
    """What happened, who was harmed and who reports it; the full record is a page of its own."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "Back to the list",
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=ask_for,
            kwargs={"incident": None},
            key="close_incident",
        )
        if st.button("Full record", icon=":material/article:", type="tertiary", key="full_record"):
            # With the filters, so that Back and the way to the overview lead to them.
            st.switch_page("incident.py", query_params=to_parameters(read_address()[0]))
    show_words(say_what_happened(row), "h2")
    show_facts(view, row)
    st.caption(KNOWN_TO.get(row["precision"], KNOWN_TO[None]) + ".")
    reports = view.store.find_reports(row["incident"])
    if reports:
        show_words(say_reports(reports))


def show_facts(view: View, row: dict[str, Any]) -> None:
    """Place, time, summary, tolls and what else is known."""
    show_words(f"{say_where(row)}\n{say_moment(row)}")
    if row["summary"]:
        show_words(row["summary"])
    groups, killed, wounded = zip(*list_tolls(row), strict=True)
    st.table({"Who": groups, "Killed": killed, "Wounded": wounded}, hide_index=True)
    lines = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>"
        for label, words in list_facts(row, view.store.own)
    )
    st.html(f'<dl class="facts">{lines}</dl>')


def show_origin_of_place(row: dict[str, Any]) -> None:
    """How the place was found and how exactly it is known."""
    show_words(say_origin_of_place(row))
