"""One line of JSON for each request: which route, how it ended, how long it took. Nobody's words.

No address, query, cookie or part of a path that a visitor may choose is in it: a link may carry a
token, and what is searched is the reader's own matter.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from incidents.serving.access.gate import ROLE
from incidents.table.settings import find_now
from incidents.telling.pages.asked import HOME, PAGES

OTHER = "other"
"""What stands for a path, or a method, that is none of ours."""
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
STREAMLIT = (
    "/_stcore/stream", "/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/",
    "/_stcore/bidi-components/", "/_stcore/", "/static/", "/component/", "/media/",
)  # fmt: skip
"""Its own routes, the longer first; what is below one that ends with a slash is called "…"."""
_log = logging.getLogger("incidents.requests")


class Seen(NamedTuple):
    """A request that has ended.

    Attributes
    ----------
    status
        Of the answer, 101 of a session; None where it ended before there was one.
    seconds
        Until the last byte was handed over; of a session, as long as it was open.
    sent
        Bytes of the body, or of all messages.
    role
        Of who asked; None where that was not told.
    is_whole
        Whether the answer went out to its end.
    """

    kind: str
    method: str
    route: str
    status: int | None
    seconds: float
    sent: int
    role: str | None
    is_whole: bool


def write_line(seen: Seen) -> str:
    """A request as one line of JSON, with the time at which it ended (UTC)."""
    told = {
        "time": find_now().isoformat(timespec="milliseconds"),
        "kind": seen.kind,
        "method": seen.method,
        "route": seen.route,
        "status": seen.status,
        "ms": round(seen.seconds * 1000, 1),
        "bytes": seen.sent,
    }
    if seen.role is not None:
        told["role"] = seen.role
    if not seen.is_whole:
        told["cut"] = True
    return json.dumps(told)


def log(seen: Seen) -> None:
    """Write the line to the standard output."""
    _log.info(write_line(seen))


def open_log() -> None:
    """Have the lines go to the standard output, and nowhere else."""
    if not _log.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


class Watched:
    """ASGI middleware, outside of all others: tells of each request once it has ended.

    Parameters
    ----------
    tellers
        Are given what was seen, such as `log`.
    routes
        Our own, as the app has them.
    base
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    count_sessions
        Is given 1 as a session opens, -1 as it ends.
    """

    def __init__(
        self,
        app: ASGIApp,
        tellers: Sequence[Callable[[Seen], None]],
        routes: Sequence[Route],
        base: str = "",
        count_sessions: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.app, self._tellers, self._base = app, tellers, base
        self._routes = [(each.path_regex, each.path.removeprefix(base)) for each in routes]
        self._count_sessions = count_sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        watch = _Watch(send, self._count_sessions)
        try:
            await self.app(scope, receive, watch.send)
        finally:
            watch.end()
            seen = Seen(
                scope["type"],
                _name_method(scope),
                self.name_route(scope["path"]),
                watch.status,
                time.perf_counter() - watch.started,
                watch.sent,
                scope.get(ROLE),
                watch.is_whole,
            )
            for tell in self._tellers:
                tell(seen)

    def name_route(self, path: str) -> str:
        """The route of a path, without anything that a visitor may choose."""
        for pattern, route in self._routes:
            if pattern.match(path):
                return route
        within = path.removeprefix(self._base)
        page = within.removeprefix("/")
        if page in PAGES or page in ("", HOME):
            return f"/{page}"
        for each in STREAMLIT:
            if within == each or (each.endswith("/") and within.startswith(each)):
                return f"{each}…" if each.endswith("/") else each
        return OTHER


def _name_method(scope: Scope) -> str:
    method = str(scope.get("method", "GET"))
    return method if method in METHODS else OTHER


@dataclass
class _Watch:
    """What goes out of one request."""

    _send: Send
    _count_sessions: Callable[[int], None]
    status: int | None = None
    sent: int = 0
    is_whole: bool = False
    is_open: bool = False

    def __post_init__(self) -> None:
        self.started = time.perf_counter()

    async def send(self, message: Message) -> None:
        kind = message["type"]
        if kind == "http.response.start":
            self.status = message["status"]
        elif kind == "http.response.body":
            self.sent += len(message.get("body", b""))
        elif kind == "websocket.accept":
            self.status, self.is_open, self.is_whole = 101, True, True
            self._count_sessions(1)
        elif kind == "websocket.send":
            self.sent += len(message.get("bytes") or (message.get("text") or "").encode())
        elif kind == "websocket.close" and self.status is None:
            # Refused before it was open: the server answers so.
            self.status, self.is_whole = 403, True
        await self._send(message)
        if kind == "http.response.body" and not message.get("more_body", False):
            self.is_whole = True

    def end(self) -> None:
        if self.is_open:
            self.is_open = False
            self._count_sessions(-1)
