"""What one reader's session remembers from run to run, besides the values of its widgets."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from incidents.asking.address import Address, Dropped
from incidents.asking.filters import Filters
from incidents.intake.placing.overrides import Override
from incidents.table.jobs import Job
from parts.address.view import View
from parts.data.bring.desk import Desk

_KEY = "_session"


@dataclass
class Session:
    """One reader's open page. What a widget holds is Streamlit's, under the widget's key.

    Attributes
    ----------
    link, dropped
        What the reader's first address asked for, and what could not be used of it and is still
        to be told; None until it is read.
    view
        The question of the run that goes on, or of the last one.
    version
        The version that the page was opened with, until the reader asks for a newer one.
    page, is_turned
        Address of the page that the last run showed, and whether this run turns to another:
        Streamlit then drops from the address what no widget is bound to.
    area, order
        The area drawn on the map; the filters and the order of the list, as last shown.
    shown
        What the widgets of charts and map last showed, by their keys.
    listed
        Ids of the incidents that the list shows, from its first row.
    list_pages, picks
        Numbers in the keys of widgets that begin anew: the list's pages, the charts of casualties.
    next_version, made
        The version that the next run turns to, and the last one that this reader has made.
    versions
        Ids of the versions that this reader made or opened by link: they are listed to no one else.
    desk, job
        The tables that this reader brings, and what is being done for him: its name and itself.
    decisions, deciding
        Decisions on places that are not published yet, and the version they are on; the name of
        their publishing while it goes on.
    who
        Who decided on a place the last time.
    """

    link: Address | None = None
    dropped: tuple[Dropped, ...] | None = None
    view: View | None = None
    version: str | None = None
    page: str | None = None
    is_turned: bool = False
    area: tuple[float, ...] | None = None
    order: tuple[Filters, str | None] | None = None
    shown: dict[str, Any] = field(default_factory=dict)
    listed: list[str] = field(default_factory=list)
    list_pages: int = 0
    picks: int = 0
    next_version: str | None = None
    made: str | None = None
    versions: set[str] = field(default_factory=set)
    desk: Desk = field(default_factory=Desk)
    job: tuple[str, Job[Any]] | None = None
    decisions: tuple[str, tuple[Override, ...]] = ("", ())
    deciding: str = ""
    who: str = ""


def get_session() -> Session:
    """What the session of the running script remembers."""
    session: Session = st.session_state.setdefault(_KEY, Session())
    return session
