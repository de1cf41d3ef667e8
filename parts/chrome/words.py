"""Plain words on a page, such that they can be replaced whole."""

from html import escape

import streamlit as st


def show_words(words: str, tag: str = "p") -> None:
    """Draw words as they are, in lines as they are; they may come from a table.

    Streamlit's own texts are not used: a browser that translates the page puts other nodes in their
    place, and the old words would stay on screen when they change.
    """
    st.html(f'<{tag} class="words">{escape(words)}</{tag}>')
