"""How much one client may ask for, and how large a request may be: told before any work is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from incidents.serving.clients import find_client
from incidents.table.settings import Settings

LONGEST = 15_000
"""Bytes of an address with its query. What is longer than 16 kB with its headers, the server below
refuses by itself, with 400."""
UPLOAD = "/_stcore/upload_file/"
ENVELOPE = 100_000
"""Bytes that the form around an uploaded file may take."""
HELD, HELD_IN_ALL = 2, 5
"""Files that are being uploaded, or wait in memory to be published, of one page and of all: so
many times the largest."""


@dataclass(frozen=True)
class Group:
    """Routes that cost alike.

    Attributes
    ----------
    says
        What they are, in a sentence.
    begins
        How their paths begin, below the path of the host; and `ends`, if they have to end so.
    share
        A client may ask for so many of them of each 1,000 that it may ask for at all.
    at_once
        How many a client may have open; None where that does not matter.
    in_all
        How many all clients together may.
    """

    says: str
    begins: str
    ends: tuple[str, ...] = ("",)
    share: int = 1_000
    at_once: int | None = None
    in_all: int | None = None

    def holds(self, path: str) -> bool:
        """Whether a route is one of these."""
        return path.startswith(self.begins) and path.endswith(self.ends)


GROUPS = (
    # All of these wait in one line of four (`answers.PICTURES`): nobody fills it alone.
    Group("pictures and briefs", "/api/", (".png", ".gif", ".svg", ".html"), share=25, at_once=3),
    Group("files", "/api/incidents.", share=125, at_once=8, in_all=64),
    Group("scripts and outlines", "/api/assets/", share=2_000),
    # Many readers may share an address; they ask for a few at a time each.
    Group("answers", "/api/", at_once=250, in_all=1_000),
    Group("uploads", UPLOAD, share=25, at_once=8),
    Group("open pages", "/_stcore/stream", share=50, at_once=1_000, in_all=2_000),
    Group("pages and their files", "", share=2_000),
)
"""The first that holds a path counts."""


class Limits:
    """ASGI middleware: what is too long, too large or too often is refused with a sentence.

    Parameters
    ----------
    base
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    settings
        Its rate, see `Group.share`, its largest upload, and its proxies.
    count_held
        Gives the bytes of uploaded files that the process holds, by the page's session.
    """

    def __init__(
        self,
        app: ASGIApp,
        base: str,
        settings: Settings,
        count_held: Callable[[], Mapping[str, int]] = dict,
    ) -> None:
        self.app, self._base, self._count_held = app, base, count_held
        self._largest, self._proxies, rate = settings.largest, settings.proxy, settings.rate
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._rates = {} if rate is None else {each: _rate(rate, each) for each in GROUPS}
        self._open: Counter[tuple[str, Group]] = Counter()
        self._in_all: Counter[Group] = Counter()
        self._coming: dict[object, tuple[str, int]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self._base)
        group = next(each for each in GROUPS if each.holds(path))
        key = (find_client(scope, self._proxies), group)
        session, size = "", None
        refusal = _refuse_long(scope)
        if refusal is None and path.startswith(UPLOAD) and scope.get("method") == "PUT":
            session, size = path.removeprefix(UPLOAD).partition("/")[0], _read_size(scope)
            refusal = self._refuse_upload(session, size)
        refusal = refusal or self._refuse_often(*key)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        self._open[key] += 1
        self._in_all[group] += 1
        upload = object()
        if size:
            self._coming[upload] = session, size

        async def tell(message: Message) -> None:
            # What has come is held before it is said to have come, and counts there.
            self._coming.pop(upload, None)
            await send(message)

        try:
            await self.app(scope, receive, tell)
        finally:
            self._coming.pop(upload, None)
            self._in_all[group] -= 1
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]

    def _refuse_upload(self, session: str, size: int | None) -> Response | None:
        if size is None:
            return PlainTextResponse("Say how large the file is: Content-Length.", 411)
        if size > self._largest + ENVELOPE:
            words = f"A file may be at most {self._largest / 1e6:,g} MB large."
            return PlainTextResponse(f"{words} Split the table, or pack it with gzip or zip.", 413)
        held = Counter(self._count_held())
        for page, coming in self._coming.values():
            held[page] += coming
        if held[session] + size > HELD * (self._largest + ENVELOPE):
            words = f"The files of one page may be at most {HELD * self._largest / 1e6:,g} MB large"
            return PlainTextResponse(
                f"{words} together. Remove one, or bring them one by one.", 413
            )
        if held.total() + size > HELD_IN_ALL * (self._largest + ENVELOPE):
            return _refuse("Other readers' files fill the memory for files", 60, 503)
        return None

    def _refuse_often(self, client: str, group: Group) -> Response | None:
        rate = self._rates.get(group)
        if rate is not None and not self._counts.hit(rate, client):
            return _refuse(f"Too many {group.says} were asked for within a minute", 60)
        if group.at_once is not None and self._open[client, group] >= group.at_once:
            return _refuse(f"Too many {group.says} are being sent to you", 5)
        if group.in_all is not None and self._in_all[group] >= group.in_all:
            return _refuse(f"Too many {group.says} are being sent", 30, 503)
        return None


def _refuse_long(scope: Scope) -> Response | None:
    if len(scope.get("raw_path", b"")) + len(scope["query_string"]) <= LONGEST:
        return None
    words = f"This address is too long: it may have {LONGEST:,} letters. Ask for less."
    return PlainTextResponse(words, 414)


def _read_size(scope: Scope) -> int | None:
    """Bytes of a body as its header tells them; None where that is not to be trusted."""
    headers = Headers(scope=scope)
    size = headers.get("content-length", "")
    # Of a body in pieces its end counts, whatever length is told beside it.
    if "transfer-encoding" in headers or not size.isdecimal():
        return None
    return int(size[:20])


def _rate(rate: int, group: Group) -> RateLimitItem:
    most = max(rate * group.share // 1_000, 1)
    return RateLimitItemPerMinute(most, namespace=group.says)


def _refuse(words: str, wait: int, status: int = 429) -> Response:
    headers: dict[str, Any] = {"retry-after": str(wait), "cache-control": "no-store"}
    return PlainTextResponse(f"{words}: try again in {wait} seconds.", status, headers)
