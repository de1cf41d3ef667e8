"""The pages at the top: each link leads to the page with the same filters, as one step back."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from incidents.asking.address import Address
from parts.address.current import to_parameters


def show_navigation(pages: Sequence[StreamlitPage], address: Address) -> None:
    """Links to the pages; what is open or compared on this one stays here.

    Streamlit's own links forget the address, and to write it again would be a second step.
    """
    display = replace(address.display, incident=None, against=None, page=None)
    query = to_parameters(Address(address.filters, display))
    with st.container(horizontal=True, gap="small", key="navigation"):
        for page in pages:
            st.page_link(page, query_params=query)
