"""Whether the server lives, and whether it may be sent readers: two questions, two answers."""

from __future__ import annotations

import shutil
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from incidents.table.errors import IncidentsError, say_cause
from incidents.table.kept_files import try_writing
from incidents.versions.catalog import Catalog, get_catalog
from incidents.versions.protected import say_unused

LEAST = 50_000_000
"""Bytes of the disk below which a host should know before visitors do."""
_FRESH = {"cache-control": "no-store"}


def read_state(catalog: Catalog) -> tuple[str, list[str]]:
    """``ready``, ``degraded`` or ``not ready``; and why it is not the first, in sentences.

    Degraded: all that is kept is answered, but the host's table is not the newest, nothing new
    can be kept, or a rule of protection holds for nothing. Not ready: the table is being read, or
    there is none. Reading is begun, if need be.
    """
    if not catalog.is_ready:
        reading = catalog.start()
        failed = reading.error if reading.is_over else None
        if isinstance(failed, IncidentsError):
            return "not ready", [str(failed)]
        if not catalog.is_ready:
            return "not ready", ["The table is being read."]
    home = catalog.settings.snapshots
    told = (catalog.notice, say_unused(home, catalog.settings.protect))
    why = [*filter(None, told), *find_disk_faults(home)]
    return ("degraded", why) if why else ("ready", [])


def find_disk_faults(home: Path) -> list[str]:
    """Why nothing new can be kept in this folder, or soon cannot; without its path."""
    try:
        try_writing(home)
        free = shutil.disk_usage(home).free
    except OSError as error:
        return [f"Nothing can be written to the folder of snapshots: {say_cause(error)}."]
    if free < LEAST:
        return [f"Only {free / 1e6:,.0f} MB are left on the disk of the snapshots."]
    return []


async def answer_live(request: Request) -> Response:
    """That the server answers at all: what restarts a process should ask no more."""
    return JSONResponse({"status": "live"}, headers=_FRESH)


async def answer_ready(request: Request) -> Response:
    """Whether pages are answered: 503 where they are not, so that a proxy asks another server."""
    state, why = await run_in_threadpool(read_state, get_catalog())
    return JSONResponse(
        {"status": state, "why": why}, 503 if state == "not ready" else 200, headers=_FRESH
    )
