"""The filters beside every page: one widget per row of the table of keys, bound to the link.

A bound widget writes what it shows into the link, not its value: so options are shown as they are,
but for the few whose labels the table of keys knows.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.facets import Facets, has_choice
from incidents.asking.filters import FILTER_KEYS, Filters
from incidents.asking.keys import CASUALTIES, FIRST, MORE, Days, Key, Numbers, Widget
from incidents.asking.kinds import AtLeast, OneOf
from incidents.asking.links import find_bounds
from parts.address.area import set_area
from parts.panel.facet_counts import show_counts
from parts.session import get_session

MOST_PUBLISHERS = 999


def clear_filters(facets: Facets) -> None:
    """Put every filter back to asking for nothing."""
    for key in FILTER_KEYS:
        if key.widget is not None:
            clear_one(key.name, facets)


def clear_one(name: str, facets: Facets) -> None:
    """Put one filter back to asking for nothing."""
    key = next(key for key in FILTER_KEYS if key.name == name)
    if key.widget == "drawn":
        set_area(None)
    else:
        st.session_state[name] = default_of(key, facets)


def default_of(key: Key, facets: Facets) -> Any:
    """The value of a widget that asks for nothing."""
    if key.widget in ("days", "range"):
        return find_bounds(key.name, facets)
    return list(key.default) if key.takes_any else key.default


def show_filters(facets: Facets, version: str) -> Filters:
    """Draw the panel and answer what the reader asks for.

    Below the filters, their options are counted in this version of the table.
    """
    given: dict[str, Any] = {}
    # The numbers are those under all filters, so they are written once all are known.
    slots: dict[Key, DeltaGenerator] = {}
    for section in (FIRST, CASUALTIES, MORE):
        with _open(section):
            for key in list_section(section):
                if has_choice(key, facets):
                    given[key.name] = _show(key, facets, slots)
    st.button("Clear all filters", on_click=clear_filters, args=(facets,), width="stretch")
    address = Address(Filters(**given), Display(data=version))
    for key, slot in slots.items():
        with slot:
            options = None if key.name in facets.open else _list_options(key, facets)
            show_counts(key, options, address)
    return address.filters


def list_section(section: str) -> list[Key]:
    """The keys of a section of the panel, from its top."""
    shown = [key for key in FILTER_KEYS if key.widget is not None and key.section == section]
    return sorted(shown, key=lambda key: key.rank)


def _open(section: str) -> AbstractContextManager[Any]:
    return nullcontext() if section == FIRST else st.expander(section, section == CASUALTIES)


def _show(key: Key, facets: Facets, slots: dict[Key, DeltaGenerator]) -> Any:
    """The widget of a key, and room for the counts of its options below."""
    assert key.widget is not None
    show = _WIDGETS[key.widget]
    if not key.is_counted:
        return show(key, facets)
    with st.container(key=f"filter_{key.name}", gap="xxsmall"):
        value = show(key, facets)
        if _list_options(key, facets):
            slots[key] = st.container()
    return value


def _list_options(key: Key, facets: Facets) -> Sequence[str]:
    return facets.values[key.name] if key.takes_any else _list_words(key)


def _list_words(key: Key) -> Sequence[str]:
    assert isinstance(key.kind, OneOf)
    return key.kind.words


def _explain(key: Key) -> str | None:
    return key.meaning if key.is_explained else None


def _show_words(key: Key, facets: Facets) -> str:
    return st.text_input(
        key.label,
        key=key.name,
        bind="query-params",
        placeholder="Search words",
        help=_explain(key),
    )


def _show_days(key: Key, facets: Facets) -> Days | None:
    if facets.first is None or facets.last is None:
        return None
    whole = (facets.first, facets.last)
    picked = st.date_input(
        key.label,
        value=whole,
        min_value=facets.first,
        max_value=facets.last,
        key=key.name,
        format="YYYY-MM-DD",
        bind="query-params",
        help=_explain(key),
    )
    days: Sequence[date] = picked if isinstance(picked, (tuple, list)) else (picked,)
    # While the reader picks, only the first day is there: it stands for itself.
    return None if not days or tuple(days) == whole else (days[0], days[-1])


def _show_drawn(key: Key, facets: Facets) -> tuple[float, ...] | None:
    """What is drawn on the map can only be let go here."""
    area = get_session().area
    if area is not None:
        st.button("Area drawn on the map", icon=":material/close:", on_click=set_area, args=(None,))
    return area


def _show_switch(key: Key, facets: Facets) -> str:
    if key.is_optional:
        words: str | None = (
            f"{facets.others:,} rows of this table are no attacks but protests, riots, arrests "
            "or other events. They are left out unless all events are chosen."
        )
    else:
        words = _explain(key)
    picked = st.segmented_control(
        key.label,
        _list_words(key),
        default=key.default,
        required=True,
        key=key.name,
        bind="query-params",
        format_func=lambda word: key.labels[word],
        help=words,
    )
    return str(picked or key.default)


def _show_list(key: Key, facets: Facets) -> str | None:
    words = _list_words(key)
    return st.selectbox(
        key.label,
        words,
        index=None if key.default is None else words.index(key.default),
        key=key.name,
        bind="query-params",
        placeholder="Any",
        format_func=lambda word: key.labels.get(word, word),
        help=_explain(key),
    )


def _show_many(key: Key, facets: Facets) -> tuple[str, ...]:
    picked = st.multiselect(
        key.label,
        facets.values[key.name],
        key=key.name,
        bind="query-params",
        placeholder="Any",
        help=_explain(key),
        # Too many to offer them all: the reader types what is not offered.
        accept_new_options=key.name in facets.open,
        format_func=lambda value: key.labels.get(value, value),
    )
    return tuple(picked)


def _show_range(key: Key, facets: Facets) -> Numbers | None:
    whole = least, most = find_bounds(key.name, facets)
    if most == 0:
        return None
    low, high = st.slider(
        key.label, least, most, whole, key=key.name, bind="query-params", help=_explain(key)
    )
    return None if (low, high) == whole else (low, high)


def _show_number(key: Key, facets: Facets) -> int:
    assert isinstance(key.kind, AtLeast)
    number = st.number_input(
        f"At least so many {key.kind.unit}",
        key.kind.least,
        min(key.kind.most, MOST_PUBLISHERS),
        key.default,
        key=key.name,
        bind="query-params",
        help=_explain(key),
    )
    return int(number)


_WIDGETS: dict[Widget, Callable[[Key, Facets], Any]] = {
    "words": _show_words,
    "days": _show_days,
    "drawn": _show_drawn,
    "switch": _show_switch,
    "list": _show_list,
    "many": _show_many,
    "range": _show_range,
    "number": _show_number,
}
