"""The frame around every page: navigation, filters, style. Streamlit starts here."""

from pathlib import Path

import streamlit as st

from incidents.asking.facets import read_facets
from incidents.table.errors import TableError
from incidents.telling.words.heading import TITLE
from parts.address.area import read_area
from parts.address.opening import find_version, open_link, read_link
from parts.address.shown import remember_view, restore_view
from parts.address.view import View
from parts.chrome.news import show_news
from parts.chrome.plain import plain
from parts.data.versions.versions import follow_version
from parts.panel.filters import show_filters
from parts.session import get_session

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
    session = get_session()
    session.is_turned = session.page not in (None, page.url_path)
    follow_version()
    link = open_link()
    try:
        version, notice = find_version(link.display.data)
    except TableError as error:
        st.error(plain(str(error)))
        st.stop()
    facets = version.store.ask(read_facets)
    if session.dropped is None:
        parameters, session.dropped = read_link(facets, version.store)
        if parameters != {name: st.query_params.get_all(name) for name in st.query_params}:
            st.query_params.from_dict(parameters)
            # The widgets take their values from the address only as a run begins.
            st.rerun()
    read_area()
    restore_view()
    with st.sidebar:
        filters = show_filters(facets, version.snapshot.id)
    if link.display.data is None:
        show_news(notice)
    if notice:
        st.warning(plain(notice))
    for dropped in session.dropped:
        st.toast(plain(f"Left out of the link: {dropped.reason}"), duration="long")
    session.dropped = ()
    if link.display.data is not None:
        # Streamlit drops it from the address when the reader turns to another page.
        st.query_params["data"] = version.snapshot.id
    session.view = View(version, facets, filters, link)
    try:
        page.run()
    finally:
        # Also when the run is given up for the next one.
        remember_view()
        session.page = page.url_path


run()
