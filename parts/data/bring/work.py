"""Work on a table that a reader brings, beside the page: checked, published, one at a time."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NoReturn, TypeVar
from weakref import ReferenceType, ref

import streamlit as st
from streamlit.errors import StreamlitAPIException

from incidents.asking.facets import read_facets
from incidents.intake.bundles import Bundle
from incidents.intake.reading.apart import read_apart
from incidents.intake.reading.tables import Table
from incidents.table.errors import IncidentsError, TableError, say_cause
from incidents.table.jobs import Job, JobCancelled, Jobs
from incidents.table.progress import Begin
from incidents.versions.catalog import get_catalog
from incidents.versions.drafts import Draft, prepare, publish
from incidents.versions.pruning import make_room
from incidents.versions.snapshots import Snapshot
from parts.chrome.fault import tell_fault
from parts.chrome.reading import show_job
from parts.data.bring.desk import Desk
from parts.role import insist_on, is_allowed
from parts.session import get_session

Result = TypeVar("Result")
_line = Jobs("import")
"""A large table takes much memory while it is checked: one at a time, the others wait."""
_reading = Jobs("reading", at_once=2)
"""Files are read apart, with a bound of memory. Who brings ten stands in line with each."""
_last: "list[ReferenceType[Desk]]" = []
"""Whose desk holds a checked draft: with one each, memory would grow with the readers."""


def rerun_part() -> NoReturn:
    """Run the fragment anew; the page, where it is the page that runs."""
    with suppress(StreamlitAPIException):
        st.rerun(scope="fragment")
    st.rerun()


def check(desk: Desk, sign: str, bundle: Bundle) -> Callable[[Begin], Draft]:
    """Work that checks and places a bundle; the desk keeps the draft for `publish_bundle`."""

    def run(begin: Begin) -> Draft:
        _let_go()
        draft = prepare(bundle, get_catalog().world, begin)
        desk.draft = (sign, draft)
        _last[:] = [ref(desk)]
        return draft

    return run


def _let_go() -> None:
    for desk in (each() for each in _last):
        if desk is not None:
            desk.draft = None


def publish_bundle(desk: Desk, sign: str, bundle: Bundle) -> Callable[[Begin], Snapshot]:
    """Work that keeps a bundle as a version: an editor's for all, else listed to nobody else.

    Raises
    ------
    TableError
        This reader may not publish.
    """
    insist_on("publish")
    origin = "import" if is_allowed("publish for all") else "upload"

    def run(begin: Begin) -> Snapshot:
        catalog = get_catalog()
        settings = catalog.settings
        kept, desk.draft = desk.draft, None
        if kept is not None and kept[0] == sign:
            draft = kept[1]
        else:
            # Somebody else's table has been checked since.
            draft = prepare(bundle, catalog.world, begin)
        room = partial(make_room, settings) if origin == "upload" else None
        snapshot = publish(draft, settings.snapshots, origin, begin, room)
        begin("open", snapshot.rows)
        catalog.find(snapshot.id).store.ask(read_facets)
        return snapshot

    return run


def give_up_work() -> None:
    """Let go of what this reader no longer waits for."""
    session = get_session()
    if session.job is not None:
        session.job[1].cancel()
    session.job = None


def read_file(data: bytes, name: str) -> Table:
    """Read a file that this reader brings, in its turn.

    Raises
    ------
    TableError
        See `read_apart` and `do`.
    """
    sign = f"read {hashlib.sha256(data).hexdigest()} {name}"
    words = "Waiting for other files to be read…"
    return do(sign, lambda begin: read_apart(data, name, tell=begin("read", None)), _reading, words)


def do(
    sign: str,
    work: Callable[[Begin], Result],
    line: Jobs = _line,
    words: str = "Waiting for another table to be read…",
) -> Result:
    """Do the work beside the page, and show how far it is; a rerun meanwhile goes on waiting.

    `sign` tells it from other work of this reader, which is given up for it. `words` are shown
    while it stands in its line.

    Raises
    ------
    TableError
        The work failed; a fault of ours is in the log, and only told to be one.
    """
    session = get_session()
    job: Job[Result]
    if session.job is not None and session.job[0] == sign and not session.job[1].is_cancelled:
        job = session.job[1]
    else:
        give_up_work()
        job = line.start(Job(work))
        session.job = (sign, job)
    try:
        result = show_job(job, words)
    except JobCancelled:
        rerun_part()
    except OSError as error:
        raise TableError(f"The version cannot be written: {say_cause(error)}.") from error
    except IncidentsError as error:
        raise TableError(str(error)) from error
    except Exception as error:
        raise tell_fault(error) from error
    finally:
        if job.is_over:
            session.job = None
    return result
