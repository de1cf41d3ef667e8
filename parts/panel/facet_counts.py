"""The options of a filter with their number of incidents, below the widget of the filter.

A bound widget writes its labels into the link, so that no number can stand in them. The browser
asks ``/api/facets`` for the numbers by itself: no rerun waits for them.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from incidents.asking.address import Address, to_query
from incidents.asking.keys import Key

ROWS = 4
"""Options that are shown before the reader asks for all."""

_FILES = Path(__file__)
_counts = st.components.v2.component(
    "facet_counts",
    css=_FILES.with_suffix(".css").read_text("utf-8"),
    js=_FILES.with_suffix(".js").read_text("utf-8"),
)


def show_counts(key: Key, options: Sequence[str] | None, address: Address) -> None:
    """List the options of one key with their counts; a click chooses an option or lets it go.

    Parameters
    ----------
    options
        All values that the key may take; None if there are more than its widget offers.
    address
        All filters, and the version.
    """
    chosen = getattr(address.filters, key.name)
    _counts(
        key=f"counts_{key.name}",
        data={
            "name": key.name,
            "label": key.label,
            "labels": key.labels,
            "query": to_query(address),
            "chosen": list(chosen) if key.takes_any else [chosen] if chosen else [],
            "single": not key.takes_any,
            "total": ROWS + 1 if options is None else len(options),
            "rows": ROWS,
        },
        on_toggled_change=partial(_take, key, options),
    )


def _take(key: Key, options: Sequence[str] | None) -> None:
    """Put the options that were clicked into the widget, which writes the link."""
    changes = getattr(st.session_state.get(f"counts_{key.name}"), "toggled", None)
    if key.takes_any:
        chosen = st.session_state.get(key.name) or []
        st.session_state[key.name] = toggle(chosen, changes, options)
    else:
        picked = toggle([], changes, options)
        st.session_state[key.name] = picked[-1] if picked else None


def toggle(chosen: Sequence[str], changes: Any, options: Sequence[str] | None) -> list[str]:
    """What is chosen after some options were switched on or off.

    `changes` are pairs of an option and whether it is on. They come from a browser, which may
    send anything: what is no such pair changes nothing.
    """
    wanted = dict.fromkeys(chosen, True)
    for change in changes if isinstance(changes, list) else []:
        match change:
            case [str(value), bool(is_on)] if options is None or value in options:
                wanted[value] = is_on
    return [value for value, is_on in wanted.items() if is_on]
