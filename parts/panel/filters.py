"""The filters beside every page: one widget per key of the table, bound to the link.

A bound widget writes what it shows into the link, not its value: so options are shown as they are,
but for the few whose labels the table of filters knows.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.places.precision import PRECISIONS
from incidents.asking import links
from incidents.asking.facets import ANY_OF, Facets
from incidents.asking.filters import KEYS, VIEW_KEYS, Dropped, Filters
from incidents.asking.links import find_bounds
from incidents.asking.store import Store
from incidents.table.columns import GROUPS, HARMS
from incidents.table.sentences import BASIS, COUNTRIES, SCOPES, WHO
from parts.address.area import set_area
from parts.address.opening import list_parameters
from parts.panel.facet_counts import show_counts

FIRST = ("type", "direction", "gov", "place")
LABELS = {key.name: key.label for key in KEYS}
HELP = {
    key.name: key.meaning
    for key in KEYS
    if key.name in ("killed", "wounded", "basis", "sources", "precision")
}
WIDGET_KEYS = [key.name for key in KEYS if key.name not in (*VIEW_KEYS, "area")]


def read_link(facets: Facets, store: Store) -> tuple[dict[str, list[str]], tuple[Dropped, ...]]:
    """The parameters of a fresh link as the widgets write them, and what cannot be used of it.

    Streamlit itself would drop what its widgets cannot hold, and the filter with it.
    """
    filters, dropped = links.read_link(list_parameters(), facets, store)
    parameters: dict[str, list[str]] = {}
    for key in KEYS:
        value = getattr(filters, key.name)
        if value is not None and value != key.default:
            labels: Mapping[str, str] = getattr(key.kind, "labels", {})
            parameters[key.name] = [labels.get(text, text) for text in key.kind.write(value)]
    return parameters, dropped


def clear_filters(facets: Facets) -> None:
    """Put every filter back to asking for nothing."""
    set_area(None)
    for name in WIDGET_KEYS:
        st.session_state[name] = default_of(name, facets)


def default_of(name: str, facets: Facets) -> Any:
    """The value of a widget that asks for nothing."""
    if name in ("dates", *HARMS):
        return find_bounds(name, facets)
    default = next(key.default for key in KEYS if key.name == name)
    return list(default) if name in ANY_OF else default


def clear_one(name: str, facets: Facets) -> None:
    """Put one filter back to asking for nothing."""
    if name == "area":
        set_area(None)
    else:
        st.session_state[name] = default_of(name, facets)


def show_filters(facets: Facets, area: tuple[float, ...] | None, version: str) -> Filters:
    """Draw the panel and answer what the reader asks for; the area is drawn elsewhere.

    Below the filters, their options are counted in this version of the table.
    """
    given: dict[str, Any] = {"area": area}
    # The numbers are those under all filters, so they are written once all are known.
    slots: dict[str, DeltaGenerator] = {}
    given["q"] = st.text_input(
        LABELS["q"], key="q", bind="query-params", placeholder="Search words", help=HELP.get("q")
    )
    given["dates"] = _show_dates(facets)
    if area is not None:
        st.button("Area drawn on the map", icon=":material/close:", on_click=set_area, args=(None,))
    given["scope"] = _show_scope(facets)
    for name in FIRST:
        given[name] = _show_any_of(name, facets, slots)
    with st.expander("Casualties", expanded=True):
        given |= _show_casualties(facets)
    with st.expander("More filters"):
        for name in ANY_OF:
            if name not in FIRST and (name != "dataset" or len(facets.values[name]) > 1):
                given[name] = _show_any_of(name, facets, slots)
        given |= _show_certainty(facets, slots)
    st.button("Clear all filters", on_click=clear_filters, args=(facets,), width="stretch")
    filters = Filters(**given)
    for name, slot in slots.items():
        with slot:
            options = None if name in facets.open else _list_options(name, facets)
            show_counts(name, options, replace(filters, data=version))
    return filters


def _list_options(name: str, facets: Facets) -> Sequence[str]:
    return facets.values[name] if name in ANY_OF else list(PRECISIONS)


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


def _show_scope(facets: Facets) -> str:
    """The choice between attacks and all events, where the table has others."""
    if not facets.others:
        return "attacks"
    picked = st.segmented_control(
        LABELS["scope"],
        list(SCOPES),
        default="attacks",
        required=True,
        key="scope",
        bind="query-params",
        format_func=lambda scope: SCOPES[scope],
        help=f"{facets.others:,} rows of this table are no attacks but protests, riots, arrests "
        "or other events. They are left out unless all events are chosen.",
    )
    return str(picked or "attacks")


@contextmanager
def _keep_slot(name: str, facets: Facets, slots: dict[str, DeltaGenerator]) -> Iterator[None]:
    """Room for the counts of a filter below its widget."""
    with st.container(key=f"filter_{name}", gap="xxsmall"):
        yield
        if _list_options(name, facets):
            slots[name] = st.container()


def _show_any_of(name: str, facets: Facets, slots: dict[str, DeltaGenerator]) -> tuple[str, ...]:
    with _keep_slot(name, facets, slots):
        picked = st.multiselect(
            LABELS[name],
            facets.values[name],
            key=name,
            bind="query-params",
            placeholder="Any",
            help=HELP.get(name),
            # Too many to offer them all: the reader types what is not offered.
            accept_new_options=name in facets.open,
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
    for harm in HARMS:
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
            default="range",
            required=True,
            key="basis",
            bind="query-params",
            format_func=lambda basis: BASIS[basis],
            help=HELP["basis"],
        )
        or "range"
    )
    return given


def _show_certainty(facets: Facets, slots: dict[str, DeltaGenerator]) -> dict[str, Any]:
    sources = st.number_input(
        "At least so many publishers",
        0,
        999,
        0,
        key="sources",
        bind="query-params",
        help=HELP["sources"],
    )
    with _keep_slot("precision", facets, slots):
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
