"""What browsers are told with every answer: what a page may load, who may frame and keep it."""

import base64
import hashlib
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from incidents.serving.access.roles import COOKIE
from incidents.serving.first_html import THEME_HASH
from incidents.table.settings import Settings

TILES = "https://*.tile.openstreetmap.org https://tile.openstreetmap.org"
FRAME = "/component/"
"""Where the frames of components are, of which the map's is the only one."""
DATA = ("/api/", "/media/", "/_stcore/")
"""Answers that are no pages."""
_YEAR = "max-age=31536000"
_ALWAYS = {
    "x-content-type-options": "nosniff",
    # Not to other hosts: a link may carry a token, and what is filtered is the reader's own matter.
    "referrer-policy": "same-origin",
    # Who opens one of our pages from another host has no hand on it: the map's frame runs what it
    # is sent, whoever sends it.
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_SAME = {
    "default-src": "'none'",
    "connect-src": "'self'",
    "font-src": "'self' data:",
    "img-src": "'self' data: blob:",
    # Streamlit, Leaflet and the first view write styles into the page.
    "style-src": "'self' 'unsafe-inline'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
_PAGE = {
    # Streamlit hands the scripts of our own elements over as blobs. Charts need no eval.
    "script-src": f"'self' blob: '{THEME_HASH}'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "worker-src": "'self' blob:",
}
_MAP = {
    # streamlit-folium runs folium's scripts as text.
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
}
_DATA = {
    # What is read as a page of its own, such as a brief, runs no script and asks nobody.
    **{name: _SAME[name] for name in ("default-src", "font-src", "img-src", "style-src")},
    "base-uri": "'none'",
    "form-action": "'none'",
}
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def write_policies(settings: Settings, html: str = "") -> dict[str, str]:
    """The content security policies of ``page``, ``map`` and ``data``.

    `html` is Streamlit's own page: the scripts that stand in it run, by what they say.
    """
    scripts = [_PAGE["script-src"], *(f"'{_hash(each)}'" for each in _INLINE.findall(html))]
    framers = {"frame-ancestors": " ".join(("'self'", *settings.embedders))}
    images = f"{_SAME['img-src']} {TILES}" if settings.tiles else _SAME["img-src"]
    policies = {
        "page": _SAME | _PAGE | {"script-src": " ".join(scripts)} | framers,
        "map": _SAME | _MAP | {"img-src": images} | framers,
        "data": _DATA | framers,
    }
    return {
        name: "; ".join(f"{key} {value}" for key, value in rules.items())
        for name, rules in policies.items()
    }


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SafeHeaders:
    """ASGI middleware, the outermost: every answer says what browsers may do with it.

    No answer is open to scripts of other origins, and no page of another origin opens a session
    or sends anything. What fails within gets its headers, too.

    Parameters
    ----------
    base
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    html
        Streamlit's own page.
    origins
        Those that may open sessions besides that of the request's own host, as Streamlit's
        ``server.corsAllowedOrigins`` names them.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        base: str = "",
        html: str = "",
        origins: Sequence[str] = (),
    ) -> None:
        self.app, self._base = app, base
        self._is_private = settings.access != "public"
        self._has_tls, self._origins = settings.tls, {each.rstrip("/") for each in origins}
        self._policies = write_policies(settings, html)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if self._has_tls:
            scope["scheme"] = "https" if scope["type"] == "http" else "wss"
        if not self._is_from_here(scope):
            await _refuse(scope, receive, self._wrap(scope, send))
            return
        if self._is_lone_frame(scope):
            alone = PlainTextResponse("This is a part of a page, and shown in it alone.", 403)
            await alone(scope, receive, self._wrap(scope, send))
            return
        has_begun = False

        async def note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        told = self._wrap(scope, note)
        try:
            await self.app(scope, receive, told)
        except Exception:
            # What stands outside of all middleware would answer without headers.
            if scope["type"] == "http" and not has_begun:
                await PlainTextResponse("Something went wrong here.", 500)(scope, receive, told)
            raise

    def _is_from_here(self, scope: Scope) -> bool:
        """Whether a request that may change something comes from a page of this host.

        Streamlit would ask a server on the Internet for its own address, to tell.
        """
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or scope.get("method") in ("GET", "HEAD", "OPTIONS"):
            return True
        return origin in self._origins or urlsplit(origin).netloc == headers.get("host", "")

    def _is_lone_frame(self, scope: Scope) -> bool:
        """Whether a frame of a component is to be a page of its own, which nobody needs."""
        is_page = Headers(scope=scope).get("sec-fetch-dest") == "document"
        return is_page and scope["path"].removeprefix(self._base).startswith(FRAME)

    def _wrap(self, scope: Scope, send: Send) -> Send:
        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._tell(scope, list(message["headers"]))}
            await send(message)

        return tell

    def _tell(self, scope: Scope, raw: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        is_secure = scope["scheme"] == "https"
        raw = [
            (name, _secure(name, value) if is_secure else value)
            for name, value in raw
            if not name.lower().startswith(b"access-control-")
        ]
        headers = MutableHeaders(raw=raw)
        headers.update(_ALWAYS)
        headers["content-security-policy"] = self._policies[self._find_kind(scope["path"])]
        if is_secure:
            headers["strict-transport-security"] = _YEAR
        if self._is_private or _is_known(scope):
            headers["cache-control"] = make_private(headers.get("cache-control", ""))
            headers.add_vary_header("Cookie")
        if self._is_private:
            headers["x-robots-tag"] = "noindex"
        return headers.raw

    def _find_kind(self, path: str) -> str:
        within = path.removeprefix(self._base)
        return "map" if within.startswith(FRAME) else "data" if within.startswith(DATA) else "page"


def _secure(name: bytes, value: bytes) -> bytes:
    """A cookie that never goes by plain HTTP: Streamlit's own do not say so behind a proxy."""
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return value
    return value + b"; Secure"


def _is_known(scope: Scope) -> bool:
    """Whether who asks may have a role of his own, also where all others may see it, too."""
    headers = Headers(scope=scope)
    return "authorization" in headers or f"{COOKIE}=" in headers.get("cookie", "")


def make_private(control: str) -> str:
    """The same rule for caches, but for none that several readers share."""
    words = [word.strip() for word in control.split(",") if word.strip()]
    if "no-store" in words:
        return control
    kept = [word for word in words if not word.startswith(("public", "private", "s-maxage"))]
    return ", ".join(["private", *(kept or ["no-cache"])])


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        words = "This comes from a page of another host."
        await PlainTextResponse(words, 403)(scope, receive, send)
