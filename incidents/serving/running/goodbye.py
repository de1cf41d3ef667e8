"""How the server ends: answers under way go out, pages are told, and nobody holds it up for long.

At SIGTERM the server below us stops listening, closes the sessions of open pages as restarting
(1012), upon which a page looks for the server until it is back, and waits for the answers that are
under way: without an end, if one of them has none.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GOODBYE = 20.0
"""Seconds that answers have to end. What runs the server must wait a little longer than that
before it kills it, see `deploy/`."""


@contextmanager
def end_in_time(seconds: float = GOODBYE) -> Iterator[None]:
    """As long as this lasts, the process ends at the latest so many seconds after a SIGTERM.

    Nothing where the server does not run in the main thread, as in tests, or takes no SIGTERM.
    """
    server = signal.getsignal(signal.SIGTERM)
    if threading.current_thread() is not threading.main_thread() or not callable(server):
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        last = threading.Timer(seconds, _give_up, (seconds,))
        last.daemon = True
        last.start()
        server(number, frame)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, server)


def _give_up(seconds: float) -> None:
    print(f"Answers that were not over {seconds:g} s after SIGTERM are cut off.", flush=True)
    os._exit(0)
