"""Work on a table that a reader brings, beside the page: checked, published, one at a time."""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

import streamlit as st
from streamlit.errors import StreamlitAPIException

from incidents.intake.bundles import Bundle
from incidents.table.errors import IncidentsError, TableError
from incidents.table.progress import Begin, Progress, Tell
from incidents.versions.catalog import get_catalog
from incidents.versions.drafts import Draft, prepare, publish
from incidents.versions.snapshots import Snapshot
from parts.chrome.plain import plain

BEAT = 0.3
_turn = threading.Lock()
"""A large table takes much memory while it is checked: one at a time, the others wait."""
_kept: dict[str, Draft] = {}
"""The draft that was checked last, of one reader: with one each, memory would grow with them."""


@dataclass(frozen=True)
class Work:
    """Something that is being done; `sign` tells it from other work of the same reader."""

    sign: str
    result: "Future[Any]"
    progress: Progress


def rerun_part() -> NoReturn:
    """Run the fragment anew; the page, where it is the page that runs."""
    with suppress(StreamlitAPIException):
        st.rerun(scope="fragment")
    st.rerun()


def check(sign: str, bundle: Bundle) -> Callable[[Begin], Draft]:
    """Work that checks and places a bundle; the draft is kept for `publish_bundle`."""

    def run(begin: Begin) -> Draft:
        _kept.clear()
        draft = prepare(bundle, get_catalog().world, begin)
        _kept[sign] = draft
        return draft

    return run


def publish_bundle(sign: str, bundle: Bundle) -> Callable[[Begin], Snapshot]:
    """Work that keeps a bundle as a version that is listed to nobody else."""

    def run(begin: Begin) -> Snapshot:
        catalog = get_catalog()
        draft = _kept.pop(sign, None)
        if draft is None:
            # Somebody else's table has been checked since.
            draft = prepare(bundle, catalog.world, begin)
        snapshot = publish(draft, catalog.settings.snapshots, "upload", begin)
        begin("open", snapshot.rows)
        catalog.find(snapshot.id)
        return snapshot

    return run


def forget(sign: str) -> None:
    """Let go of a draft that nobody will publish."""
    _kept.pop(sign, None)


def _start(sign: str, job: Callable[[Begin], Any]) -> Work:
    work = Work(sign, Future(), Progress())

    def begin(stage: str, rows: int | None = None) -> Tell:
        work.progress.begin(stage, rows)
        return work.progress.tell

    def run() -> None:
        with _turn:
            try:
                work.result.set_result(job(begin))
            except Exception as error:
                work.result.set_exception(error)
            finally:
                work.progress.end(None)

    threading.Thread(target=run, name="import", daemon=True).start()
    return work


def do(sign: str, job: Callable[[Begin], Any]) -> Any:
    """Do the work beside the page, and show how far it is; a rerun meanwhile goes on waiting.

    Raises
    ------
    TableError
        The work failed; a fault of ours is in the log, and only told to be one.
    """
    work: Work | None = st.session_state.get("_work")
    if work is None or work.sign != sign:
        work = st.session_state["_work"] = _start(sign, job)
    place = st.empty()
    while not work.result.done():
        moment = work.progress.now()
        if moment is None:
            place.progress(0.0, "Waiting for another table to be read…")
        else:
            place.progress(moment.fraction, plain(f"{moment.say()}."))
        wait([work.result], BEAT)
    place.empty()
    st.session_state.pop("_work", None)
    try:
        return work.result.result()
    except OSError as error:
        reason = error.strerror or "disk error"
        raise TableError(f"The version cannot be written: {reason}.") from error
    except IncidentsError as error:
        raise TableError(str(error)) from error
    except Exception as error:
        raise tell_fault(error) from error


def tell_fault(error: Exception) -> TableError:
    """What a reader is told of a fault of ours, which goes to the log."""
    traceback.print_exception(error)
    return TableError(
        "This table could not be handled, and that is a fault of this program. Please tell "
        "whoever runs it."
    )
