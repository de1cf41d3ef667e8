"""What a click on a chart of casualties does: it sets a filter, or opens an incident."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from incidents.asking.casualties.rows import Row
from incidents.asking.facets import Facets
from incidents.telling.charts.grammar import PICK, Choice
from parts.address.current import ask_for, read_address
from parts.session import get_session


def choose_days(row: Row, facets: Facets, from_start: bool = False) -> Choice:
    """The days of a step, as far as the table reaches; with `from_start`, all until its end."""
    first, last = facets.first, facets.last
    assert first is not None and last is not None, "an empty table has no rows"
    start: date = first if from_start else max(first, row["start"])
    end: date = min(last, row["end"] - timedelta(days=1))
    return ("dates", (start, end)) if start <= end else None


def choose_value(row: Row, by: str) -> Choice:
    """The value of a row; no filter asks for what is not stated, nor for all the rest."""
    return None if row["value"] is None else ("who" if by == "group" else by, row["value"])


def name_chart(name: str) -> str:
    """Key of a chart: another after each pick, so that it does not keep what was picked."""
    return f"chart_{name}_{get_session().picks}"


def take_pick(key: str, choices: Sequence[Choice]) -> None:
    """Do what a click on the chart of this key asks for."""
    picked = (st.session_state[key].get("selection") or {}).get(PICK) or []
    number = picked[0].get("n") if picked and isinstance(picked[0], dict) else None
    # It comes from a browser, which may send anything.
    if not isinstance(number, int) or not 0 <= number < len(choices):
        return
    get_session().picks += 1
    choice = choices[number]
    if choice is None:
        st.toast("No filter asks for these: they are many values, or none is stated.")
    elif choice[0] == "incident":
        ask_for(incident=choice[1])
    else:
        _set(*choice)


def _set(name: str, value: Any) -> None:
    """Filter by a value; by the one that is chosen already no longer."""
    if name != "dates":
        chosen = getattr(read_address()[0].filters, name)
        wanted = value if name == "who" else (value,)
        value = None if chosen == wanted else wanted
    ask_for(**{name: value})
