"""A version whose coordinates are trusted teaches its places, by readers who may."""

import streamlit as st

from incidents.intake.placing.teaching import list_taught, write_taught
from incidents.table.errors import say_cause
from incidents.versions.catalog import get_catalog
from incidents.versions.snapshots import read_part
from parts.address.view import View
from parts.chrome.plain import plain
from parts.role import is_allowed

HELP = "Kept for everybody: tables that are read from now on find these names. Nothing is replaced."


def show_teaching(view: View) -> None:
    """Ask for source and licence, and teach; nothing for a reader who may not."""
    if not is_allowed("teach"):
        return
    with st.expander("Teach these places", icon=":material/school:"):
        st.caption(
            "Names of this version whose rows have exact coordinates of their own become places "
            "for later tables. They outrank no place that is known."
        )
        source = st.text_input("Whose table is it?", key="_teach_source", max_chars=120)
        licence = st.text_input("Under which licence?", key="_teach_licence", max_chars=120)
        if not st.button("Teach", icon=":material/school:", key="_teach", help=HELP):
            return
        if not (source.strip() and licence.strip()):
            st.error("Say whose table it is, and under which licence: both are shown with a place.")
            return
        _teach(view, " ".join(source.split()), " ".join(licence.split()))


def _teach(view: View, source: str, licence: str) -> None:
    snapshot = view.version.snapshot
    incidents = read_part(snapshot, "incidents")
    taught = [] if incidents is None else list_taught(incidents, source, licence)
    if not taught:
        st.warning("No row of this version names a place and has exact coordinates of its own.")
        return
    try:
        path = write_taught(taught, get_catalog().settings.gazetteers, snapshot.source)
    except OSError as error:
        st.error(f"The places cannot be kept: {say_cause(error)}.")
        return
    st.success(plain(f"{len(taught):,} places are taught, in {path.name}, as of {source}."))
