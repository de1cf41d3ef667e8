"""The filters beside every page: one widget per key of the table, bound to the link.

A bound widget writes what it shows into the link, not its value: so options are shown as they are,
but for the few whose labels the table of filters knows.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from geo.precision import PRECISIONS
from incidents.columns import GROUPS
from incidents.facets import ANY_OF, Facets
from incidents.filters import KEYS, VIEW_KEYS, Dropped, Filters, from_query
from incidents.sentences import BASIS, COUNTRIES, WHO

FIRST = ("type", "direction", "gov", "place")
LABELS = {key.name: key.label for key in KEYS}
HELP = {
    key.name: key.meaning
    for key in KEYS
    if key.name in ("killed", "wounded", "basis", "sources", "precision")
}
WIDGET_KEYS = [key.name for key in KEYS if key.name not in VIEW_KEYS]


def read_link(facets: Facets) -> tuple[Dropped, ...]:
    """Put the filters of a fresh link into the widgets; answer what could not be used.

    Streamlit takes a bound parameter as it is or not at all. A range in the wrong order, or one
    that reaches beyond the table, is mended here first, and what is dropped is said.
    """
    pairs = [(name, text) for name in st.query_params for text in st.query_params.get_all(name)]
    filters, dropped = from_query(pairs)
    told = list(dropped)
    for name in ANY_OF:
        asked = getattr(filters, name)
        known = [value for value in asked if value in facets.values[name]]
        told += [
            Dropped(name, value, f'{LABELS[name]}: "{value}" does not occur in this table.')
            for value in asked
            if value not in known
        ]
        if asked:
            st.session_state[name] = known
    for name in ("who", "basis", "precision"):
        st.session_state[name] = getattr(filters, name)
    for harm in ("killed", "wounded"):
        asked = getattr(filters, harm)
        if asked is not None and facets.most[harm] > 0:
            st.session_state[harm] = tuple(min(number, facets.most[harm]) for number in asked)
    if filters.dates is not None and facets.first is not None and facets.last is not None:
        first, last = (min(max(day, facets.first), facets.last) for day in filters.dates)
        st.session_state["dates"] = (first, last)
    st.session_state["_link"] = {name: getattr(filters, name) for name in VIEW_KEYS}
    return tuple(told)


def clear_filters() -> None:
    """Put every filter back to asking for nothing."""
    facets: Facets = st.session_state["_facets"]
    for key in KEYS:
        if key.name in WIDGET_KEYS:
            st.session_state[key.name] = default_of(key.name, facets)


def default_of(name: str, facets: Facets) -> Any:
    """The value of a widget that asks for nothing."""
    if name == "dates":
        return (facets.first, facets.last)
    if name in ("killed", "wounded"):
        return (0, facets.most[name])
    default = next(key.default for key in KEYS if key.name == name)
    return list(default) if name in ANY_OF else default


def clear_one(name: str) -> None:
    """Put one filter back to asking for nothing."""
    st.session_state[name] = default_of(name, st.session_state["_facets"])


def show_filters(facets: Facets) -> Filters:
    """Draw the panel and answer what the reader asks for."""
    st.session_state["_facets"] = facets
    given: dict[str, Any] = {}
    given["q"] = st.text_input(
        LABELS["q"], key="q", bind="query-params", placeholder="Search words", help=HELP.get("q")
    )
    given["dates"] = _show_dates(facets)
    for name in FIRST:
        given[name] = _show_any_of(name, facets)
    with st.expander("Casualties", expanded=True):
        given |= _show_casualties(facets)
    with st.expander("More filters"):
        for name in ANY_OF:
            if name not in FIRST:
                given[name] = _show_any_of(name, facets)
        given |= _show_certainty()
    st.button("Clear all filters", on_click=clear_filters, width="stretch")
    return Filters(**given)


def _show_dates(facets: Facets) -> tuple[date, date] | None:
    if facets.first is None or facets.last is None:
        return None
    whole = (facets.first, facets.last)
    picked = st.date_input(
        LABELS["dates"],
        value=whole,
        min_value=facets.first,
        max_value=facets.last,
        key="dates",
        format="YYYY-MM-DD",
        bind="query-params",
        help=HELP.get("dates"),
    )
    days: Sequence[date] = picked if isinstance(picked, (tuple, list)) else (picked,)
    # While the reader picks, only the first day is there: it stands for itself.
    return None if not days or tuple(days) == whole else (days[0], days[-1])


def _show_any_of(name: str, facets: Facets) -> tuple[str, ...]:
    picked = st.multiselect(
        LABELS[name],
        facets.values[name],
        key=name,
        bind="query-params",
        placeholder="Any",
        help=HELP.get(name),
        format_func=lambda value: COUNTRIES.get(value, value) if name == "country" else value,
    )
    return tuple(picked)


def _show_casualties(facets: Facets) -> dict[str, Any]:
    given: dict[str, Any] = {}
    given["who"] = st.selectbox(
        LABELS["who"],
        GROUPS,
        key="who",
        bind="query-params",
        format_func=lambda group: WHO[group],
        help=HELP.get("who"),
    )
    for harm in ("killed", "wounded"):
        most = facets.most[harm]
        if most == 0:
            continue
        picked = st.slider(
            LABELS[harm], 0, most, (0, most), key=harm, bind="query-params", help=HELP[harm]
        )
        given[harm] = None if tuple(picked) == (0, most) else tuple(picked)
    given["basis"] = (
        st.segmented_control(
            LABELS["basis"],
            list(BASIS),
            default="high",
            required=True,
            key="basis",
            bind="query-params",
            format_func=lambda basis: BASIS[basis],
            help=HELP["basis"],
        )
        or "high"
    )
    return given


def _show_certainty() -> dict[str, Any]:
    sources = st.number_input(
        "At least so many publishers",
        0,
        999,
        0,
        key="sources",
        bind="query-params",
        help=HELP["sources"],
    )
    precision = st.selectbox(
        LABELS["precision"],
        list(PRECISIONS),
        index=None,
        key="precision",
        bind="query-params",
        placeholder="Any",
        help=HELP["precision"],
    )
    return {"sources": int(sources), "precision": precision}
