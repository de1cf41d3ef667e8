"""How slowly a client may send what it sends, and take what it asked for."""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GRACE = 30.0
"""Seconds that a client may be waited for in all, whatever little it sends or takes."""
RATE = 10_000
"""Bytes that earn another second."""
MOST = 1800.0
"""Seconds after which even a file that comes steadily is waited for no more."""


Answer = TypeVar("Answer")


class Paced:
    """ASGI middleware: who sends a byte a second holds no place, and who reads so neither.

    What is waited for counts, not what is worked: a body that stays out is answered with 408, and
    an answer that is not taken is left without its end. Sessions are not looked at.
    """

    def __init__(
        self, app: ASGIApp, grace: float = GRACE, rate: int = RATE, most: float = MOST
    ) -> None:
        self.app, self._grace, self._rate, self._most = app, grace, rate, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        coming, going = self._wait(), self._wait()
        has_body, is_begun, is_over = True, False, False

        async def read() -> Message:
            nonlocal has_body, is_over
            if not has_body:
                return await receive()
            if is_over:
                return {"type": "http.disconnect"}
            try:
                message: Message = await coming.wait_for(receive())
            except TimeoutError:
                is_over = True
                if not is_begun:
                    await _REFUSED(scope, receive, send)
                return {"type": "http.disconnect"}
            coming.earn(len(message.get("body", b"")))
            has_body = bool(message.get("more_body"))
            return message

        async def write(message: Message) -> None:
            nonlocal is_begun
            if is_over:
                return
            is_begun = True
            going.earn(len(message.get("body", b"")))
            try:
                await going.wait_for(send(message))
            except TimeoutError as error:
                # As if it were gone: whoever sends stops, and what is open is closed.
                raise ClientDisconnect from error

        with suppress(ClientDisconnect):
            await self.app(scope, read, write)

    def _wait(self) -> "_Wait":
        return _Wait(self._grace, self._rate, self._most)


class _Wait:
    """Seconds that are left to wait for a client."""

    def __init__(self, grace: float, rate: int, most: float) -> None:
        self._left, self._rate, self._most = grace, rate, most

    def earn(self, size: int) -> None:
        self._left += size / self._rate

    async def wait_for(self, what: Awaitable[Answer]) -> Answer:
        """Raises `TimeoutError` once nothing is left."""
        begun = time.monotonic()
        try:
            return await asyncio.wait_for(what, max(min(self._left, self._most), 0))
        finally:
            waited = time.monotonic() - begun
            self._left -= waited
            self._most -= waited


_REFUSED = PlainTextResponse(
    "What you send comes too slowly, so it is waited for no more. Try again on a faster line, or"
    " pack the table with gzip or zip.",
    408,
    {"connection": "close", "cache-control": "no-store"},
)
