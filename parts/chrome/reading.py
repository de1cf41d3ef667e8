"""What a reader sees while a table is read: how far it is."""

from typing import NoReturn, TypeVar

import streamlit as st

from incidents.table.errors import AwayError
from incidents.table.jobs import Job
from incidents.versions.catalog import Catalog
from parts.chrome.plain import plain

Result = TypeVar("Result")
PATIENCE = 0.6
"""Seconds in which a small table is read: a bar would only flash."""
BEAT = 0.3
LOOK = 2.0
"""Seconds between two looks whether a database is back."""


def show_job(job: Job[Result], words: str) -> Result:
    """Show how far a job is until it is over; `words` while it has not begun.

    A run that is given up meanwhile no longer waits for it.

    Raises
    ------
    JobCancelled
        It was given up.
    Exception
        What the job raised.
    """
    is_over = job.wait(PATIENCE)
    place = st.empty()
    while not is_over:
        moment = job.progress.now()
        if moment is None:
            place.progress(0.0, words)
        else:
            place.progress(moment.fraction, plain(f"{moment.say()}."))
        is_over = job.wait(BEAT)
    place.empty()
    return job.result()


def wait_for_table(catalog: Catalog) -> None:
    """Show how far the reading is, until it is done.

    Raises
    ------
    TableError
        The table cannot be read and there is no earlier version of it.
    """
    show_job(catalog.start(), "Reading the table…")


def wait_for_database(catalog: Catalog, error: AwayError) -> NoReturn:
    """Say that the database does not answer; the page runs again by itself once it does."""
    st.error(plain(str(error)))

    @st.fragment(run_every=LOOK)
    def look() -> None:
        if not catalog.is_away():
            st.rerun()

    look()
    st.stop()
