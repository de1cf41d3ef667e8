"""Versions of the table: those that everybody sees, and those that this reader made or opened."""

from collections.abc import Sequence
from html import escape
from typing import NoReturn

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.table.sentences import say_moment
from incidents.telling.words import heading
from incidents.versions.catalog import get_catalog
from incidents.versions.pruning import say_limits
from incidents.versions.snapshots import Snapshot, list_snapshots
from parts.address.current import write_address
from parts.address.view import View
from parts.data.bring.memory import remember
from parts.role import is_allowed
from parts.session import get_session

PRIVATE = "Only people who have the link find this version."
EVERYBODYS = "As an editor you publish for all: the version is listed to everybody, and kept."
LISTED = "It is the same as one that everybody finds here."
MOST_VERSIONS = 50
_ORIGINS = {"table": "This dashboard's table", "import": "Imported", "upload": "Brought by link"}


def open_version(snapshot_id: str) -> NoReturn:
    """Turn to a version that this reader has made, see `follow_version`."""
    get_session().next_version = snapshot_id
    remember()
    st.rerun()


def follow_version() -> None:
    """As a run begins, before any widget stands: turn to the version that was just made.

    All filters are cleared: they may ask for what it does not have.
    """
    session = get_session()
    snapshot_id, session.next_version = session.next_version, None
    if snapshot_id is None:
        return
    session.version = None
    session.link = Address(display=Display(data=snapshot_id))
    write_address(session.link)
    session.made = snapshot_id
    st.session_state["_tab"] = "Table"


def name_source(snapshot: Snapshot) -> str:
    """The table that a version was made from, as a reader calls it, and whose it is not."""
    return heading.name_source(snapshot.source, snapshot.listed is None)


def note_versions(view: View) -> None:
    """Remember what this reader opened by link: it is listed to no one else."""
    named = view.display
    own = {each for each in (view.version.snapshot.id, named.data, named.against) if each}
    get_session().versions |= own


def list_versions() -> list[Snapshot]:
    """The versions that this reader may see, the newest first."""
    home, own = get_catalog().settings.snapshots, get_session().versions
    found = [each for each in list_snapshots(home) if each.origin != "upload" or each.id in own]
    return found[:MOST_VERSIONS]


def say_published() -> str:
    """Who finds what this reader publishes here, and how long it is kept."""
    if not is_allowed("publish"):
        return "You can check a table here, and not publish it: ask whoever runs this page."
    if is_allowed("publish for all"):
        return EVERYBODYS
    return f"{PRIVATE} {say_limits(get_catalog().settings)}"


def show_made(view: View) -> None:
    """Say after publishing that this is the new version, and who will find it."""
    snapshot = view.version.snapshot
    if get_session().made != snapshot.id:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="made"):
        is_own = snapshot.origin == "upload" or is_allowed("publish for all")
        who = say_published() if is_own else LISTED
        words = f"**Your new version, {snapshot.id}.** Copy its link from “Share”. {who}"
        st.markdown(f":material/check: {words}", width="stretch")
        st.page_link(
            "overview.py",
            label="See it on the map",
            icon=":material/map:",
            query_params={"data": snapshot.id},
        )


def show_versions(view: View) -> None:
    """A row per version: when it was made, from what, how much is in it; links to it."""
    current = view.version.snapshot.id
    st.html(_write_table(list_versions(), current))
    st.caption(
        "A link to a version opens it as it was, also after the table has changed. Versions that "
        "other readers brought are not listed."
    )


def _write_table(versions: Sequence[Snapshot], current: str) -> str:
    head = "".join(
        f"<th>{name}</th>"
        for name in ("Made", "Version", "Table", "Incidents", "Set aside", "On the map", "")
    )
    rows = "".join(_write_row(each, current) for each in versions)
    return (
        f'<div class="wide"><table class="versions"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _write_row(snapshot: Snapshot, current: str) -> str:
    # Ids are hexadecimal: `list_snapshots` gives no others.
    here = snapshot.id == current
    compare = f'<a href="difference?data={current}&amp;against={snapshot.id}">Compare</a>'
    cells = (
        say_moment(snapshot.made),
        "<b>On screen</b>" if here else f'<a href="data?data={snapshot.id}">{snapshot.id}</a>',
        f"{escape(name_source(snapshot))}<small>{_ORIGINS.get(snapshot.origin, '')}</small>",
        f"{snapshot.rows:,}",
        f"{snapshot.set_aside:,}",
        f"{snapshot.located:,}",
        "" if here else compare,
    )
    mark = ' class="here"' if here else ""
    return f"<tr{mark}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
