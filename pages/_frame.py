"""The frame around every page: navigation, filters, style. Streamlit starts here."""

from pathlib import Path

import streamlit as st

from incidents.asking.facets import read_facets
from incidents.table.errors import TableError
from parts.address.area import read_area
from parts.address.shown import remember_view, restore_view
from parts.address.view import View, find_version, keep_view, open_link
from parts.chrome.heading import TITLE
from parts.chrome.news import show_news
from parts.chrome.plain import plain
from parts.data.versions.versions import follow_version
from parts.panel.filters import read_link, show_filters

CHROME = Path(__file__).resolve().parents[1] / "parts" / "chrome"

st.set_page_config(page_title=TITLE, page_icon=CHROME / "icon.svg", layout="wide")
st.html(CHROME / "style.css")
page = st.navigation(
    [
        st.Page("overview.py", title="Overview", default=True),
        st.Page("timeline.py", title="Timeline"),
        st.Page("casualties.py", title="Casualties"),
        st.Page("data.py", title="Data"),
        st.Page("about.py", title="About"),
        st.Page("incident.py", title="Incident", visibility="hidden"),
        st.Page("difference.py", title="Difference", visibility="hidden"),
    ],
    position="top",
)


def run() -> None:
    """Find the version, read the link, draw the filters and run the page."""
    follow_version()
    link = open_link()
    try:
        version, notice = find_version(link.data)
    except TableError as error:
        st.error(plain(str(error)))
        st.stop()
    facets = version.store.ask(read_facets)
    if "_dropped" not in st.session_state:
        parameters, st.session_state["_dropped"] = read_link(facets, version.store)
        if parameters != {name: st.query_params.get_all(name) for name in st.query_params}:
            st.query_params.from_dict(parameters)
            # The widgets take their values from the address only as a run begins.
            st.rerun()
    restore_view(page.url_path)
    with st.sidebar:
        filters = show_filters(facets, read_area(page.url_path), version.snapshot.id)
    if link.data is None:
        show_news(notice)
    if notice:
        st.warning(plain(notice))
    for dropped in st.session_state["_dropped"]:
        st.toast(plain(f"Left out of the link: {dropped.reason}"), duration="long")
    st.session_state["_dropped"] = ()
    if link.data is not None:
        # Streamlit drops it from the address when the reader turns to another page.
        st.query_params["data"] = version.snapshot.id
    keep_view(View(version, facets, filters, link))
    try:
        page.run()
    finally:
        # Also when the run is given up for the next one.
        remember_view(page.url_path)


run()
