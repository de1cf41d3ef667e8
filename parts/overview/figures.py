"""The row of figures above the map."""

from html import escape

import streamlit as st

from incidents.asking.figures import Figures, Total


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
    unplaced = figures.incidents - figures.located
    cards = [
        _card(
            f"{figures.incidents:,}",
            "incident" if figures.incidents == 1 else "incidents",
            f"{unplaced:,} cannot be placed" if unplaced else _all_of(figures, "all placed"),
        )
    ]
    for total, label in (
        (figures.killed, "killed"),
        (figures.wounded, "wounded"),
        (figures.civilians, "civilians harmed"),
    ):
        # Of no incident, nothing is known or unknown.
        value = _all_of(figures, total.text, "–")
        cards.append(_card(value, label, _all_of(figures, say_unknown(total))))
    st.html(f'<div class="figures">{"".join(cards)}</div>')


def _all_of(figures: Figures, words: str, otherwise: str = "") -> str:
    """Words that hold where there are incidents."""
    return words if figures.incidents else otherwise
