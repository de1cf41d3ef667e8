"""Answers go out as they are written, and wait for nothing that the network may save."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

_OPEN = Path("/dev/fd")
"""Where a system lists what a process has open; Windows has none, and answers as before."""


def send_at_once() -> None:
    """Let no connection that is still to come hold back the end of an answer (Nagle's algorithm).

    An answer is written in two parts, head and body, and a page in many. Unless `TCP_NODELAY` is
    set, the second waits until the reader has confirmed the first, who waits in turn for more to
    confirm: 40 ms on the machine itself, a way there and back on a long line. The event loop sets
    it where a connection says that it is of TCP, which those of Streamlit's listening socket do
    not (uvicorn's issue 3149): it is set on what listens, and connections take it over.
    """
    with suppress(OSError):
        for each in _OPEN.iterdir():
            with suppress(OSError):
                _hurry(int(each.name))


def _hurry(number: int) -> None:
    """Set it on one that listens. Raises OSError for what is no socket."""
    found = socket.socket(fileno=number)
    try:
        is_tcp = found.family in (socket.AF_INET, socket.AF_INET6)
        if is_tcp and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    finally:
        found.detach()
