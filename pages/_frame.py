"""The frame around every page: navigation, filters, style. Streamlit starts here."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from incidents.asking.address import Address, Dropped
from incidents.asking.facets import read_facets
from incidents.asking.links import find_span, fit_filters, tell_columns
from incidents.serving.access.roles import EDITOR
from incidents.table.errors import AwayError, DamagedError, SnapshotError, TableError
from incidents.telling.pages.asked import HOME, UNLISTED, find_brief
from incidents.telling.pages.asked import PAGES as TITLES
from incidents.telling.pages.document import write_title
from incidents.telling.pages.style import CONTENT
from incidents.telling.words.heading import TITLE, say_view
from incidents.versions.catalog import Version, get_catalog
from incidents.versions.protected import see
from parts.address.current import read_address, to_link
from parts.address.opening import find_version, keep_link, open_anew
from parts.address.view import View
from parts.chrome.alone import show_alone
from parts.chrome.navigation import show_navigation
from parts.chrome.news import show_news
from parts.chrome.plain import plain
from parts.chrome.reading import wait_for_database
from parts.data.versions.versions import follow_version
from parts.panel.panel import show_panel
from parts.role import get_role
from parts.session import get_session

CHROME = Path(__file__).resolve().parents[1] / "parts" / "chrome"

st.set_page_config(page_title=TITLE, page_icon=CHROME / "icon.svg", layout="wide")
st.html(CONTENT)
st.html(CHROME / "style.css")
PAGES = {
    name: st.Page(f"{name}.py", title=title, default=name == HOME) for name, title in TITLES.items()
}
if logo := get_catalog().settings.logo:
    st.logo(str(logo), size="large")
page = st.navigation(list(PAGES.values()), position="hidden")


def run() -> None:
    """Read the address, find the version and show the page of it."""
    see(get_role() == EDITOR)
    follow_version()
    address, dropped = read_address()
    if address.display.embed is None:
        listed = [each for name, each in PAGES.items() if name not in UNLISTED]
        show_navigation(listed, address)
    try:
        version, notice = find_version(address.display.data)
        try:
            show(version, notice, address, dropped)
        except DamagedError:
            open_anew(version)
        get_session().mended = None
    except AwayError as error:
        wait_for_database(get_catalog(), error)
    except (SnapshotError, TableError) as error:
        st.error(plain(str(error)))
        st.stop()


def show(
    version: Version, notice: str | None, address: Address, dropped: Sequence[Dropped]
) -> None:
    """Draw the filters and run the page."""
    session = get_session()
    facets = version.store.ask(read_facets)
    span = find_span(facets, version.snapshot.monitored)
    filters, absent = fit_filters(address.filters, facets, span, version.store)
    name = next(name for name, each in PAGES.items() if each is page)
    is_whole = address.display.embed is None
    if is_whole:
        with st.sidebar:
            show_panel(filters, facets, span, version.snapshot.id)
        if address.display.data is None:
            show_news(notice)
    if notice:
        st.warning(plain(notice))
    asked = str(st.query_params)
    if session.told != asked:
        session.told = asked
        for each in (*dropped, *absent, *tell_columns(address.display, version.store.own)):
            st.toast(plain(f"Left out of the link: {each.reason}"), duration="long")
    opened = address.display.incident if name == "incident" else None
    row = opened and version.store.find_incident(opened, filters.basis)
    session.view = View(version, facets, filters, address.display, keep_link(address))
    sentence, table = say_view(filters, facets), session.view.table
    st.set_page_config(page_title=write_title(name, sentence, row or None, table.name))
    if name != HOME:
        session.playing = None
    if table.band:
        st.html(table.write_band())
    if is_whole:
        brief = find_brief(name, Address(filters, address.display), version.snapshot.id)
        st.html(f'<i data-brief="{escape(to_link(brief))}"></i>')
        page.run()
    else:
        show_alone(session.view, name)


run()
