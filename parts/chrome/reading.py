"""What a reader sees while a large table is read for the first time."""

from concurrent.futures import wait

import streamlit as st

from incidents.versions.catalog import Catalog
from parts.chrome.plain import plain

PATIENCE = 0.6
"""Seconds in which a small table is read: a bar would only flash."""
BEAT = 0.3


def wait_for_table(catalog: Catalog) -> None:
    """Show how far the reading is, until it is done.

    Raises
    ------
    TableError
        The table cannot be read and there is no earlier version of it.
    """
    reading = catalog.start()
    wait([reading], PATIENCE)
    place = st.empty()
    while not reading.done():
        moment = catalog.progress.now()
        if moment is None:
            place.progress(0.0, "Reading the table…")
        else:
            place.progress(moment.fraction, plain(f"{moment.say()}."))
        wait([reading], BEAT)
    place.empty()
    reading.result()
