"""The share button: a view as a link, a picture, a brief, a QR code and a frame."""

from pathlib import Path

import streamlit as st

from incidents.asking.address import Address
from incidents.versions.catalog import get_catalog
from parts.address.current import to_link
from parts.chrome.scripts import read_script

_FILES = Path(__file__)
_HTML, _CSS = (_FILES.with_suffix(ending).read_text("utf-8") for ending in (".html", ".css"))
_share = st.components.v2.component("share_link", html=_HTML, css=_CSS, js=read_script(_FILES))


def show_share(address: Address, has_map: bool) -> None:
    """A button that offers this view; with `has_map`, the window that the map shows now."""
    embedders = list(get_catalog().settings.embedders)
    data = {"query": to_link(address), "map": has_map, "embedders": embedders}
    with st.popover("Share", icon=":material/link:", width="content"):
        _share(data=data, key="share")
        if get_catalog().settings.access != "public":
            st.caption("Whoever opens it needs access of their own.")
