"""Pages answer with what their link shows, in HTML, before Streamlit's scripts are there."""

import asyncio
import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from urllib.parse import parse_qsl

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from incidents.serving.assets import asset_version
from incidents.serving.first_html import Shell, insert
from incidents.serving.first_pages import Question, answer, find_question, mend, write_waiting
from incidents.serving.origin import find_origin
from incidents.serving.packed_files import choose_encoding, pack_quickly
from incidents.table.errors import DamagedError, IncidentsError, TableError
from incidents.table.sentences import EMBEDS
from incidents.telling.pages.asked import HOME, PAGES
from incidents.telling.pages.document import Document
from incidents.telling.pages.style import Theme
from incidents.versions.catalog import Catalog, get_catalog
from incidents.versions.own_table import hash_code
from incidents.versions.protected import is_exact

_log = logging.getLogger(__name__)

KEPT = 64
"""First views that are kept, of all versions together."""
PATIENCE = 1.5
"""Seconds that an answer waits for the table and its queries; then it is sent without, and they
go on. Nobody waits for 2 s."""
BEAT = 0.1
"""Seconds between two looks at a table that is being read."""
AT_ONCE = 2
MOST = 16
"""First views that are made at the same time, and that wait for it; the others go out without."""
EMBEDDED = ("embed", "embed_options")
"""Streamlit's own parameters."""
OURS = {("embed", part) for part in EMBEDS}
"""What we ask by one of them: values that say nothing to Streamlit."""
_COUNTING = "The figures are being counted: the live page shows them in a moment."


@dataclass
class Page:
    """A page as it is sent: HTML, packed once for each encoding that somebody asked for.

    Attributes
    ----------
    tag
        Says what it was made of; empty where it is of the moment.
    is_listed
        Whether search engines may list it.
    """

    html: bytes
    tag: str
    is_listed: bool = True
    _packed: dict[str, bytes] = field(default_factory=dict)

    def pack(self, encoding: str | None) -> bytes:
        """The HTML in an encoding."""
        if encoding is None:
            return self.html
        if encoding not in self._packed:
            self._packed[encoding] = pack_quickly(self.html, encoding)
        return self._packed[encoding]


class FirstView:
    """ASGI middleware: Streamlit's HTML goes out with what the address shows.

    Parameters
    ----------
    base
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    themes
        The page's colours, ``light`` and ``dark``.
    links
        For each page, tags that announce what it will load, see `incidents.serving.ahead`.
    """

    def __init__(
        self,
        app: ASGIApp,
        base: str,
        themes: Mapping[str, Theme],
        links: Mapping[str, str] = MappingProxyType({}),
        find_catalog: Callable[[], Catalog] = get_catalog,
    ) -> None:
        self.app, self._base, self._find_catalog = app, base, find_catalog
        self._links = links
        names = {name: f"{base}/{name}" for name in PAGES if name != HOME}
        self._pages = {path: name for name, path in names.items()} | {f"{base}/": HOME}
        self._themes, self._colours = themes, len(themes["light"].types)
        self._kept: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[tuple[str, ...], asyncio.Task[Page]] = {}
        self._limiter: anyio.CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        page = self._pages.get(scope.get("path", "")) if scope["type"] == "http" else None
        if page is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        inner = _Caught()
        await self.app(_ask_plainly(scope), receive, inner.send)
        html = inner.read_html()
        if html is None:
            await inner.replay(send)
            return
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query = [each for each in pairs if each[0] not in EMBEDDED or each in OURS]
        made = await self._make(page, tuple(query), Shell(html, find_origin(scope)))
        if query and not made.tag:
            # What is not looked at yet may be a visitor's.
            made.is_listed = False
        await self._send(made, scope, inner, send)

    async def _make(self, page: str, query: tuple[tuple[str, str], ...], shell: Shell) -> Page:
        catalog = self._find_catalog()
        clock = asyncio.get_running_loop().time
        end = clock() + PATIENCE
        reading = await _wait_for_table(catalog, dict(query).get("data"))
        if reading is not None:
            return self._write(page, write_waiting(page, reading), shell, "")
        # What an editor sees is none of a reader's answers.
        key = (shell.origin, page, str(is_exact()), *(part for pair in query for part in pair))
        task = self._making.get(key)
        if task is None and len(self._making) >= MOST:
            return self._write(page, write_waiting(page, _COUNTING), shell, "")
        if task is None:
            task = asyncio.create_task(self._ask(catalog, page, query, shell))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key, None))
        try:
            return await asyncio.wait_for(asyncio.shield(task), max(end - clock(), BEAT))
        except TimeoutError:
            return self._write(page, write_waiting(page, _COUNTING), shell, "")
        except IncidentsError as error:
            return self._write(page, write_waiting(page, str(error)), shell, "")
        except Exception:
            # The live page must come, whatever is wrong with what stands before it.
            _log.exception("A first view could not be written: %s", page)
            return Page(shell.html.encode(), "")

    async def _ask(
        self, catalog: Catalog, page: str, query: tuple[tuple[str, str], ...], shell: Shell
    ) -> Page:
        # On other threads: queries wait for the disk and the processor.
        self._limiter = self._limiter or anyio.CapacityLimiter(AT_ONCE)
        run = partial(self._find_or_mend, catalog, page, query, shell)
        return await anyio.to_thread.run_sync(run, limiter=self._limiter)

    def _find_or_mend(
        self, catalog: Catalog, page: str, query: tuple[tuple[str, str], ...], shell: Shell
    ) -> Page:
        try:
            return self._find_or_write(catalog, page, query, shell)
        except DamagedError:
            # A file changed after it had been looked at.
            mend(catalog, query)
            return self._find_or_write(catalog, page, query, shell)

    def _find_or_write(
        self, catalog: Catalog, page: str, query: tuple[tuple[str, str], ...], shell: Shell
    ) -> Page:
        question = find_question(catalog, page, query, self._colours)
        kept = self._kept.get(question.key)
        tag = _make_tag(question, shell)
        if kept is not None and kept.tag == tag:
            return kept
        made = self._write(page, answer(catalog, question), shell, tag)
        made.is_listed = question.is_hosts
        with self._lock:
            self._kept[question.key] = made
            self._kept.move_to_end(question.key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _write(self, page: str, document: Document, shell: Shell, tag: str) -> Page:
        head = self._links.get(page, "")
        return Page(insert(shell, document, self._themes, self._base, head).encode(), tag)

    async def _send(self, page: Page, scope: Scope, inner: "_Caught", send: Send) -> None:
        asked = Headers(scope=scope)
        encoding = choose_encoding(asked.get("accept-encoding", ""))
        headers = MutableHeaders(raw=list(inner.start["headers"]))
        for name in ("etag", "last-modified", "content-length", "accept-ranges"):
            if name in headers:
                del headers[name]
        headers["cache-control"] = "no-cache" if page.tag else "no-store"
        headers.add_vary_header("Accept-Encoding")
        if not page.is_listed:
            headers["x-robots-tag"] = "noindex"
        if page.tag:
            headers["etag"] = f'W/"{page.tag}"'
        is_known = page.tag and page.tag in asked.get("if-none-match", "")
        body = b"" if is_known else page.pack(encoding)
        if not is_known:
            headers["content-length"] = str(len(body))
            if encoding is not None:
                headers["content-encoding"] = encoding
        status = 304 if is_known else 200
        await send({"type": "http.response.start", "status": status, "headers": headers.raw})
        is_empty = scope["method"] == "HEAD"
        await send({"type": "http.response.body", "body": b"" if is_empty else body})


def _make_tag(question: Question, shell: Shell) -> str:
    """A hash of all that a first view is made of."""
    parts = (*question.key, hash_code(), asset_version(), shell.html, shell.origin)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:20]


async def _wait_for_table(catalog: Catalog, named: str | None) -> str | None:
    """Wait until the table is read, but not for long; then say how far that is."""
    if catalog.is_ready or (named is not None and catalog.keeps(named)):
        return None
    reading, waited = catalog.start(), 0.0
    while not reading.is_over and waited < PATIENCE:
        await asyncio.sleep(BEAT)
        waited += BEAT
    if reading.is_over:
        return str(reading.error) if isinstance(reading.error, TableError) else None
    moment = reading.progress.now()
    return "Reading the table." if moment is None else f"{moment.say()}."


def _ask_plainly(scope: Scope) -> Scope:
    """The request for the page as it is, whole: what is sent of it is decided here."""
    unasked = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
    headers = [each for each in scope["headers"] if each[0].lower() not in unasked]
    return {**scope, "method": "GET", "headers": headers}


class _Caught:
    """An answer held back until it is whole."""

    def __init__(self) -> None:
        self.start: Message = {}
        self._messages: list[Message] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        self._messages.append(message)

    def read_html(self) -> str | None:
        """The page; None if the answer is no page."""
        headers = Headers(raw=self.start.get("headers", []))
        is_page = headers.get("content-type", "").startswith("text/html")
        if self.start.get("status") != 200 or not is_page or "content-encoding" in headers:
            return None
        body = b"".join(each.get("body", b"") for each in self._messages)
        return body.decode("utf-8", "replace")

    async def replay(self, send: Send) -> None:
        """Send the answer as it was."""
        for message in self._messages:
            await send(message)
