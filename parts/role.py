"""What the reader of this session may do: pages hide the rest, and do not do it."""

import streamlit as st

from incidents.serving.access.roles import find_role, may
from incidents.table.errors import TableError
from incidents.versions.catalog import get_catalog
from parts.login import Login


def get_role() -> str | None:
    """The role of the session that runs; None where it has lost its access since."""
    return find_role(get_catalog().settings, st.context.cookies, Login().read_user)


def is_allowed(right: str) -> bool:
    """Whether this reader may do it, see `incidents.serving.access.roles.may`."""
    return may(get_catalog().settings, get_role(), right)


def insist_on(right: str) -> None:
    """Go on only if this reader may do it, whatever his browser sends.

    Raises
    ------
    TableError
        He may not.
    """
    if not is_allowed(right):
        raise TableError("You may not publish here. Ask whoever runs this page.")
