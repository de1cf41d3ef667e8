"""A chart of casualties in its frame: what it is, the links that save it, a note below."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.casualties.answer import Casualties, read_casualties
from incidents.asking.display import Display
from incidents.telling.charts.bars import Bar, draw_bars
from incidents.telling.charts.grammar import Choice, Spec
from incidents.telling.pages.casualties import CLAIMS
from incidents.telling.words.casualties import describe_rows
from parts.address.view import View, read_ink
from parts.casualties.picks import name_chart, take_pick
from parts.chrome.save import show_save

MOST_BARS = 12
"""Rows that a chart draws."""
AS_SVG = {"usermeta": {"embedOptions": {"renderer": "svg"}}}
"""Part of a chart that is drawn so also where there are many marks: it is what is saved."""


def ask(view: View, by: str, harm: str, step: str | None = None) -> tuple[Casualties, Address]:
    """The answer that page, API and CSV share, and the address of it."""
    told = view.store.ask(read_casualties, view.filters, by, harm, step)
    shown = Display(data=view.version.snapshot.id, by=by, harm=harm, step=step)
    return told, Address(view.filters, shown)


@dataclass(frozen=True)
class Frame:
    """What stands around a chart or a table.

    Attributes
    ----------
    name
        Its key on the page.
    title, note
        Above and below it.
    asked
        The address of what it answers.
    answer
        Name of the API's answer that holds its numbers.
    """

    name: str
    title: str
    asked: Address
    note: str = ""
    answer: str = "casualties"


def show_bars(view: View, frame: Frame, bars: Sequence[Bar], are_shares: bool = False) -> None:
    """Bars in their frame; `are_shares` as of `draw_bars`."""
    alt = describe_rows(frame.title, [(bar.label, bar.words) for bar in bars])
    spec = draw_bars(bars, *read_ink(), are_shares)
    show_chart(view, frame, spec, [bar.choice for bar in bars], alt)


def show_chart(view: View, frame: Frame, chart: Spec, choices: Sequence[Choice], alt: str) -> None:
    """A chart in its frame.

    Parameters
    ----------
    choices
        What a click asks for, by the number of the row.
    alt
        The chart in words.
    """
    key = name_chart(frame.name)
    show_head(view, frame, key)
    st.vega_lite_chart(
        spec=chart | AS_SVG,
        key=key,
        width="stretch",
        on_select=lambda: take_pick(key, choices),
        selection_mode="pick",
        alt=alt,
    )
    if frame.note:
        st.html(f'<p class="note">{escape(frame.note)}</p>')


def show_head(view: View, frame: Frame, chart: str | None = None) -> None:
    """A title with the links that save what stands below it: its numbers, a chart of this key."""
    version = view.version.snapshot.id
    table = view.table.name
    source = f"{table}, version {version}. {CLAIMS[view.filters.basis]} {frame.note}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            show_title(frame.title)
        with st.container(width=130):
            show_save(
                chart or frame.name,
                frame.title,
                source.strip(),
                frame.asked,
                frame.answer,
                has_chart=chart is not None,
            )


def show_title(title: str) -> None:
    """The title of a part of the page."""
    st.html(f'<div class="section">{escape(title)}</div>')
