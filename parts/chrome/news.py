"""Tells an open page that the table has changed on disk or cannot be read, or that nobody answers.

The browser asks ``/api/health`` now and then: no rerun, and nothing changes before the reader says
so.
"""

from pathlib import Path

import streamlit as st

from parts.chrome.scripts import read_script

_FILES = Path(__file__)
_news = st.components.v2.component(
    "news",
    css=_FILES.with_suffix(".css").read_text("utf-8"),
    js=read_script(_FILES),
)


def show_news(notice: str | None) -> None:
    """A line that stays empty until the table changes; `notice` is on the page already."""
    _news(key="news", data={"notice": notice})
