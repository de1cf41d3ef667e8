"""What one reader's session remembers from run to run, besides the values of its widgets."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.keys import Days
from incidents.table.jobs import Job
from parts.address.view import View
from parts.data.bring.desk import Desk
from parts.data.bring.kept import Decisions, Kept

_KEY = "_session"


@dataclass
class Session:
    """One reader's open page. What a widget holds is Streamlit's, under the widget's key.

    Attributes
    ----------
    link
        What the reader's first address asked for; None until it is read.
    told
        The address of which was told what could not be used of it.
    asked
        Number of the last change that the panel of filters sent.
    view
        The question of the run that goes on, or of the last one.
    playing
        The days that the map plays now, if it does; the page shows them, the address does not.
    version, mended
        The version that the page was opened with, until the reader asks for a newer one; one that
        was damaged when the last run read it.
    list_pages, picks
        Numbers in the keys of widgets that begin anew: the list's pages, the charts of casualties.
    next_version, made
        The version that the next run turns to, and the last one that this reader has made.
    versions
        Ids of the versions that this reader made or opened by link: they are listed to no one else.
    desk, job
        The tables that this reader brings, and what is being done for him: its name and itself.
    decisions, deciding
        Decisions on places that are not published yet, by the version they are on; the name of
        their publishing while it goes on.
    kept
        What of desk and decisions is kept over a reload.
    who
        Who decided on a place the last time.
    """

    link: Address | None = None
    view: View | None = None
    playing: Days | None = None
    version: str | None = None
    mended: str | None = None
    told: str = ""
    asked: int = 0
    list_pages: int = 0
    picks: int = 0
    next_version: str | None = None
    made: str | None = None
    versions: set[str] = field(default_factory=set)
    desk: Desk = field(default_factory=Desk)
    job: tuple[str, Job[Any]] | None = None
    decisions: Decisions = field(default_factory=dict)
    deciding: str = ""
    kept: Kept = field(default_factory=Kept)
    who: str = ""


def get_session() -> Session:
    """What the session of the running script remembers."""
    session: Session = st.session_state.setdefault(_KEY, Session())
    return session
