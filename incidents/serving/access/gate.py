"""The gate before everything: pages, answers, files, uploads and sessions."""

import asyncio
from collections.abc import Callable
from urllib.parse import quote, unquote_plus

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from incidents.serving.access.cookies import keep_cookie, read_cookies
from incidents.serving.access.links import find_link
from incidents.serving.access.logins import (
    PATH,
    STREAMLITS,
    Login,
    ask_to_log_in,
    lead_back,
    lead_to_provider,
)
from incidents.serving.access.refusals import forbid, refuse
from incidents.serving.access.roles import COOKIE, EDITOR, find_role, find_user, may
from incidents.table.settings import Settings, find_now
from incidents.versions.protected import seeing

TOKEN = "token"
"""Parameter of an address that opens a share link."""
ROLE = "incidents.role"
"""Where the scope of a request has its role."""
OPEN = ("/_stcore/health", "/api/health", "/api/health/live", "/api/health/ready")
"""What anybody may ask, such as a load balancer; who may see nothing gets the status alone."""
CLOSED = ("/_stcore/agent/", "/_stcore/metrics", "/_stcore/script-health-check")
"""Of Streamlit's own answers those that nobody here needs."""
BEAT = 5.0
"""Seconds after which an open session that sends nothing is looked at again."""


class Gate:
    """ASGI middleware: nothing within is asked by who has no role, see `find_role`.

    A token in an address is exchanged for a cookie, so that it stands in no history, log or
    screenshot of the page. A session whose role is gone is closed.

    Parameters
    ----------
    login
        Who has logged in, and where one does.
    base
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    """

    def __init__(self, app: ASGIApp, settings: Settings, login: Login, base: str = "") -> None:
        self.app, self._settings, self._login, self._base = app, settings, login, base
        self._has_login = settings.access == "login"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] == "http":
            answer = self._judge(scope)
            with seeing(scope.get(ROLE) == EDITOR):
                await (answer or self.app)(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._open(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _find_role(self, scope: Scope) -> str | None:
        return find_role(self._settings, read_cookies(scope), self._login.read_user)

    def _judge(self, scope: Scope) -> ASGIApp | None:
        """What is answered instead of what is asked for; None if that may be answered."""
        path, is_reading = scope["path"].removeprefix(self._base), _is_reading(scope)
        token, left = _take_token(scope["query_string"].decode("latin-1"))
        if token is not None and is_reading:
            return self._exchange(scope, token, left)
        role = scope[ROLE] = self._find_role(scope)
        if role is None:
            return self._turn_away(scope, path) if is_reading else refuse(scope)
        if self._has_login and (back := lead_back(scope, self._base)):
            return back
        if path.startswith(CLOSED):
            return PlainTextResponse("This is switched off.", 404)
        if not (is_reading or scope["method"] == "OPTIONS" or may(self._settings, role, "bring")):
            return forbid()
        return None

    def _turn_away(self, scope: Scope, path: str) -> ASGIApp | None:
        if path in OPEN:
            return _Status(self.app)
        if not self._has_login:
            return refuse(scope)
        if path in STREAMLITS:
            return None
        if path == PATH:
            return lead_to_provider(scope, self._login, self._base)
        user = find_user(self._settings, read_cookies(scope), self._login.read_user)
        return ask_to_log_in(scope, self._login, self._base, user is not None)

    def _exchange(self, scope: Scope, token: str, left: str) -> Response:
        """Back to the same address without the token; with a cookie, if the link is open."""
        name = quote(scope["path"].rpartition("/")[2])
        # From where the browser stands: whatever the path begins with leads to no other host.
        address = f"./{name}{f'?{left}' if left else ''}"
        answer = RedirectResponse(address, 303, {"cache-control": "no-store"})
        link = find_link(self._settings.snapshots, token)
        if link is not None:
            seconds = int((link.expires - find_now()).total_seconds())
            keep_cookie(answer, scope, self._base, COOKIE, token, seconds)
        return answer

    async def _open(self, scope: Scope, receive: Receive, send: Send) -> None:
        role = scope[ROLE] = self._find_role(scope)
        if role is None:
            await send({"type": "websocket.close", "code": 1008})
            return
        session = _Session(receive, send, lambda: self._find_role(scope) == role)
        try:
            await self.app(scope, session.receive, session.send)
        finally:
            session.end()


class _Session:
    """An open WebSocket that is closed as soon as `may_stay` says so, at the latest a beat after.

    Also before anything that is received is answered.
    """

    def __init__(self, receive: Receive, send: Send, may_stay: Callable[[], bool]) -> None:
        self._receive, self._send, self._may_stay = receive, send, may_stay
        self._waiting: asyncio.Task[Message] | None = None
        self._is_closed = False

    async def receive(self) -> Message:
        while True:
            if self._waiting is None:
                self._waiting = asyncio.ensure_future(self._receive())
            await asyncio.wait({self._waiting}, timeout=BEAT)
            if not self._may_stay():
                return await self._close()
            if self._waiting.done():
                done, self._waiting = self._waiting, None
                return done.result()

    async def _close(self) -> Message:
        if not self._is_closed:
            self._is_closed = True
            await self._send({"type": "websocket.close", "code": 1008})
        return {"type": "websocket.disconnect", "code": 1008}

    async def send(self, message: Message) -> None:
        if not self._is_closed:
            await self._send(message)

    def end(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()


class _Status:
    """Answers nothing but whether the server is ready, whatever is asked besides."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 503

        async def note(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)

        plain = {"query_string": b"", "headers": []}
        await self._app({**scope, **plain}, receive, note)
        status, words = (200, "ok") if status < 400 else (503, "not ready")
        await PlainTextResponse(words, status, {"cache-control": "no-store"})(scope, receive, send)


def _is_reading(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD")


def _take_token(query: str) -> tuple[str | None, str]:
    """The token of an address's parameters, and the others as they were."""
    parts = [(unquote_plus(each.partition("=")[0]), each) for each in query.split("&")]
    tokens = [each.partition("=")[2] for name, each in parts if name == TOKEN]
    left = "&".join(each for name, each in parts if name != TOKEN)
    return (unquote_plus(tokens[-1]) if tokens else None), left
