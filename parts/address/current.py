"""The address of the page: every run reads what it asks for, and every action writes it once.

No widget is bound to it: Streamlit's own binding does not follow Back and Forward. What is written
in one go is one entry of the browser's history.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from incidents.asking.address import Address, Dropped
from incidents.asking.display import DISPLAY_KEYS
from incidents.asking.filters import Filters
from incidents.table.sentences import EMBEDS
from incidents.versions.catalog import get_catalog
from incidents.versions.long_links import open_query, shorten, shorten_query

_DISPLAYED = {key.name for key in DISPLAY_KEYS}


EMBED = "embed"
"""Streamlit keeps this parameter to itself: it neither tells nor takes it, but leaves it be."""


def list_parameters() -> list[tuple[str, str]]:
    """Parameters of the address as pairs, repeated ones repeated."""
    told = [(name, text) for name in st.query_params for text in st.query_params.get_all(name)]
    return told + _list_embeds()


def _list_embeds() -> list[tuple[str, str]]:
    """Ours of the values of ``embed``; others are Streamlit's own."""
    context = get_script_run_ctx()
    given = parse_qsl(context.query_string) if context is not None else []
    return [pair for pair in given if pair[0] == EMBED and pair[1] in EMBEDS][:1]


def read_address() -> tuple[Address, tuple[Dropped, ...]]:
    """What the address asks for now, and what cannot be read of it."""
    return open_query(_find_home(), list_parameters())


def to_parameters(address: Address) -> dict[str, list[str]]:
    """An address as Streamlit takes it, texts by parameter; long filters by their name."""
    pairs = shorten(_find_home(), address)
    return gather(pair for pair in pairs if pair[0] != EMBED)


def to_link(address: Address) -> str:
    """An address as the query of a link; long filters by their name."""
    return shorten_query(_find_home(), address)


def gather(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Texts by parameter."""
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        given.setdefault(name, []).append(text)
    return given


def _find_home() -> Path:
    return get_catalog().settings.snapshots


def write_address(address: Address) -> None:
    """Go to an address; where nothing changes, the browser's history stays as it is."""
    given = to_parameters(address)
    if given == to_parameters(read_address()[0]):
        return
    if given:
        st.query_params.from_dict(given)
    else:
        st.query_params.clear()


def ask_for(**changes: Any) -> None:
    """Change some keys of the address, filters or what is shown; None is what is usual.

    Other filters, or another order, lead the list back to its first page.
    """
    before, _ = read_address()
    display = {name: value for name, value in changes.items() if name in _DISPLAYED}
    usual = Filters()
    filters = {
        name: getattr(usual, name) if value is None else value
        for name, value in changes.items()
        if name not in _DISPLAYED
    }
    if filters or "sort" in display:
        display.setdefault("page", None)
    after = Address(replace(before.filters, **filters), replace(before.display, **display))
    write_address(after)


def clear_filters() -> None:
    """Ask for all incidents; what is shown of them stays."""
    address, _ = read_address()
    write_address(address.with_filters(Filters()))
