"""The key of what is kept over a reload: only the reader's browser has it."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from incidents.table.errors import TableError
from incidents.table.sentences import say_date
from incidents.versions.catalog import get_catalog
from incidents.versions.shelf import KEPT, make_key, open_shelf
from parts.chrome.plain import plain
from parts.data.bring.kept import (
    Kept,
    note_decisions,
    note_desk,
    restore_decisions,
    restore_desk,
)
from parts.data.bring.work import read_file
from parts.session import get_session

LONGEST = 200
"""Letters that are shown of names; what a browser says that is longer is not looked at."""
_browser = st.components.v2.component(
    "memory", js=Path(__file__).with_suffix(".js").read_text("utf-8")
)


def show_memory() -> None:
    """Tell the browser the key, or ask it for one; say what waits, or that it is gone and why."""
    kept = get_session().kept
    base = str(st.get_option("server.baseUrlPath") or "")
    told = _browser(
        key="_memory",
        data={"name": f"incidents-brought-{base}", "keep": kept.word, "drop": kept.dropped},
        on_found_change=_do_nothing,
        on_refused_change=_do_nothing,
    )
    kept.said = (kept.word, kept.dropped)
    found = told.get("found")
    is_new = not kept.word and found != kept.dropped
    if is_new and isinstance(found, str) and len(found) <= LONGEST:
        _take_up(found)
        st.rerun()
    if kept.told:
        st.warning(plain(kept.told))
    if kept.word and told.get("refused"):
        st.warning("This browser keeps nothing for this page: a reload loses what you brought.")
    if kept.desk is not None:
        names = ", ".join(name for name, _ in kept.desk["files"])[:LONGEST]
        st.info(f"You brought {plain(names)} and did not publish it: see “Bring a table”.")


def _do_nothing() -> None:
    """A component that tells something must be given somebody to tell it to."""


def _take_up(word: str) -> None:
    """Find what the browser has the key of. What it says may be anything."""
    session = get_session()
    kept = session.kept = Kept(dropped=word)
    try:
        said = json.loads(word)
        key, when = str(said["key"]), datetime.fromtimestamp(float(said["when"]), UTC)
    except (ValueError, TypeError, KeyError, OverflowError, OSError):
        return
    note = open_shelf(get_catalog().settings).read_note(key)
    if note is None:
        kept.told = _say_gone(when)
        return
    kept.key, kept.word, kept.dropped, kept.note = key, word, "", note
    kept.desk = note.get("desk") or None
    session.decisions = restore_decisions(note.get("decisions", {}))


def _say_gone(when: datetime) -> str:
    is_over = (datetime.now(UTC) - when).total_seconds() > KEPT
    why = "it is kept for a day" if is_over else "this host no longer has it"
    return (
        f"What you brought here on {say_date(when)}, {when:%H:%M} UTC, and did not publish is "
        f"gone: {why}. Bring it again."
    )


def take_up_desk() -> None:
    """Put what waits onto the desk, and run the page anew; nothing where nothing waits."""
    session = get_session()
    kept = session.kept
    if kept.desk is None:
        return
    find = partial(open_shelf(get_catalog().settings).read_file, kept.key)
    with st.spinner("Taking up what you brought…"):
        session.desk = restore_desk(session.desk, kept.desk, find, read_file)
    kept.desk = None
    # The line above the page that says that it waits is to go.
    st.rerun()


def keep_file(data: bytes) -> None:
    """Keep a file that was brought.

    Raises
    ------
    TableError
        It cannot be kept; says why.
    """
    kept = get_session().kept
    _have_key(kept)
    try:
        open_shelf(get_catalog().settings).keep_file(kept.key, data)
    except TableError as error:
        raise TableError(f"A reload of the page will lose this table: {error}.") from error


def remember() -> None:
    """Keep what has changed; let go of what is published or taken back.

    The page is run anew where the browser has to hear of a key.
    """
    session = get_session()
    kept = session.kept
    desk = note_desk(session.desk) if kept.desk is None else kept.desk
    both: dict[str, Any] = {"desk": desk, "decisions": note_decisions(session.decisions)}
    note = {name: part for name, part in both.items() if part}
    if note == kept.note:
        return
    if note:
        _have_key(kept)
        try:
            open_shelf(get_catalog().settings).keep_note(kept.key, note)
            kept.note, kept.told = note, ""
        except TableError as error:
            kept.told = f"A reload of the page will lose what you brought or decided: {error}."
    else:
        if kept.key:
            open_shelf(get_catalog().settings).clear(kept.key)
        session.kept = kept = Kept(dropped=kept.word, said=kept.said)
    if kept.said != (kept.word, kept.dropped):
        st.rerun()


def _have_key(kept: Kept) -> None:
    if not kept.key:
        kept.key = make_key()
        kept.word = json.dumps({"key": kept.key, "when": round(datetime.now(UTC).timestamp())})
