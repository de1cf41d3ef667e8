"""The options of a filter with their number of incidents, below the widget of the filter.

A bound widget writes its labels into the link, so that no number can stand in them. The browser
asks ``/api/facets`` for the numbers by itself: no rerun waits for them.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from incidents.asking.facets import ANY_OF
from incidents.asking.filters import KEYS, Filters, to_query

ROWS = 4
"""Options that are shown before the reader asks for all."""

LABELS = {key.name: key.label for key in KEYS}
SHOWN_AS = {key.name: dict(getattr(key.kind, "labels", {})) for key in KEYS}

_FILES = Path(__file__)
_counts = st.components.v2.component(
    "facet_counts",
    css=_FILES.with_suffix(".css").read_text("utf-8"),
    js=_FILES.with_suffix(".js").read_text("utf-8"),
)


def show_counts(name: str, options: Sequence[str] | None, filters: Filters) -> None:
    """List the options of one key with their counts; a click chooses an option or lets it go.

    Parameters
    ----------
    options
        All values that the key may take; None if there are more than its widget offers.
    filters
        All filters; ``data`` names the version.
    """
    chosen = getattr(filters, name)
    _counts(
        key=f"counts_{name}",
        data={
            "name": name,
            "label": LABELS[name],
            "labels": SHOWN_AS[name],
            "query": to_query(filters),
            "chosen": list(chosen) if name in ANY_OF else [chosen] if chosen else [],
            "single": name not in ANY_OF,
            "total": ROWS + 1 if options is None else len(options),
            "rows": ROWS,
        },
        on_toggled_change=partial(_take, name, options),
    )


def _take(name: str, options: Sequence[str] | None) -> None:
    """Put the options that were clicked into the widget, which writes the link."""
    changes = getattr(st.session_state.get(f"counts_{name}"), "toggled", None)
    if name in ANY_OF:
        st.session_state[name] = toggle(st.session_state.get(name) or [], changes, options)
    else:
        picked = toggle([], changes, options)
        st.session_state[name] = picked[-1] if picked else None


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
