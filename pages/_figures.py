"""The row of figures above the map."""

from html import escape

import streamlit as st

from incidents.figures import Figures, Total


def _card(value: str, label: str, note: str) -> str:
    return (
        f'<div class="figure"><span class="figure-value">{escape(value)}</span>'
        f'<span class="figure-label">{escape(label)}</span>'
        f'<span class="figure-note">{escape(note)}</span></div>'
    )


def say_unknown(total: Total) -> str:
    """How many incidents a total leaves out because nobody gives a number."""
    if total.unknown == 0:
        return "known for every incident"
    return f"unknown for {total.unknown:,} incident{'' if total.unknown == 1 else 's'}"


def show_figures(figures: Figures) -> None:
    """Incidents, killed, wounded and civilians harmed, each range with its unknowns beside."""
    placed = figures.incidents - figures.located
    cards = [
        _card(
            f"{figures.incidents:,}",
            "incident" if figures.incidents == 1 else "incidents",
            f"{placed:,} cannot be placed" if placed else "all placed",
        ),
        _card(figures.killed.text, "killed", say_unknown(figures.killed)),
        _card(figures.wounded.text, "wounded", say_unknown(figures.wounded)),
        _card(figures.civilians.text, "civilians harmed", say_unknown(figures.civilians)),
    ]
    st.html(f'<div class="figures">{"".join(cards)}</div>')
