"""The frame around every page: navigation, the filters beside it, the style. Streamlit starts here."""

from pathlib import Path

import streamlit as st

from incidents.errors import TableError
from pages._filter_panel import read_link, show_filters
from pages._heading import TITLE
from pages._view import View, find_version, keep_view, load_facets

st.set_page_config(page_title=TITLE, page_icon=Path(__file__).with_name("_icon.svg"), layout="wide")
st.html(Path(__file__).with_name("_style.css"))
page = st.navigation(
    [
        st.Page("overview.py", title="Overview", default=True),
        st.Page("timeline.py", title="Timeline"),
        st.Page("casualties.py", title="Casualties"),
        st.Page("data.py", title="Data"),
        st.Page("about.py", title="About"),
        st.Page("incident.py", title="Incident", visibility="hidden"),
    ],
    position="top",
)


def run() -> None:
    """Find the version, read the link, draw the filters and run the page."""
    link = st.session_state.get("_link", {"data": st.query_params.get("data")})
    try:
        version, notice = find_version(link["data"])
    except TableError as error:
        st.error(str(error), icon=":material/table_chart_view:")
        st.stop()
    facets = load_facets(version.snapshot.id, version.store)
    if "_link" not in st.session_state:
        st.session_state["_dropped"] = read_link(facets)
    with st.sidebar:
        filters = show_filters(facets)
    if notice:
        st.warning(notice)
    for dropped in st.session_state.pop("_dropped", ()):
        st.toast(f"Left out of the link: {dropped.reason}", icon=":material/filter_alt_off:")
    keep_view(View(version, facets, filters))
    page.run()


run()
