"""What a page that has gone held is let go, also where no other page comes."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Protocol

_log = logging.getLogger(__name__)
EVERY = 5.0
"""Seconds between two looks for sessions whose pages have gone."""


class Sessions(Protocol):
    """The sessions of open pages, as what draws the pages knows them."""

    def count_held(self) -> Mapping[str, int]:
        """Bytes of uploaded files that are held in memory, by the id of a session."""

    def close_expired(self) -> int:
        """Close those whose pages have not come back in time; how many these were."""


@asynccontextmanager
async def closing_in_time(sessions: Sessions) -> AsyncIterator[None]:
    """As long as this lasts, sessions are closed soon after their time."""
    task = asyncio.create_task(_close(sessions))
    try:
        yield
    finally:
        task.cancel()


async def _close(sessions: Sessions) -> None:
    while True:
        await asyncio.sleep(EVERY)
        try:
            closed = sessions.close_expired()
        except Exception:
            # Other pages are still open: they go on.
            _log.exception("Sessions could not be closed.")
            continue
        if closed:
            await asyncio.to_thread(_give_back)


def _give_back() -> None:
    """What sessions held refers to itself in circles; and the C library keeps what is free."""
    gc.collect()
    with suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)
