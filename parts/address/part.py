"""A part of a page that runs by itself, and what becomes of it where a version is damaged."""

from collections.abc import Callable
from functools import wraps

import streamlit as st

from incidents.table.errors import DamagedError, SnapshotError, TableError
from parts.address.opening import open_anew
from parts.address.view import View
from parts.chrome.plain import plain

Show = Callable[[View], None]


def part(show: Show) -> Show:
    """A fragment of Streamlit's: a change in it runs nothing else of the page.

    The frame does not hear what is raised in it, so what it says of a version is said here, too.
    """

    @st.fragment
    @wraps(show)
    def run(view: View) -> None:
        try:
            show(view)
        except DamagedError:
            open_anew(view.version)
        except (SnapshotError, TableError) as error:
            st.error(plain(str(error)))

    return run
