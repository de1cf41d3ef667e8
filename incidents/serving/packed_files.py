"""Scripts, styles and fonts as they travel: compressed once, kept on disk, sent to all readers.

Streamlit sends its scripts as they are, 5 MB for a page of ours; compressing them for each reader
would take longer than a slow line does.
"""

import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import brotli
from fontTools.ttLib import TTLibError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from incidents.serving.icons import cut_icons
from incidents.table.kept_files import write_whole

FOLDER = "packed"
"""Name of the folder beside the snapshots. A file is named by the hash of what it holds."""
PATHS = ("/static/", "/component/", "/_stcore/bidi-components/", "/api/assets/")
"""Below these, files are the same for every reader, and belong to an installed version."""
UNPACKED = (".woff2", ".woff", ".png", ".gif", ".jpg", ".webp", ".ico")
"""Endings of files that are packed in themselves."""
SMALLEST = 1024
"""Bytes below which packing gains less than its header takes."""
QUICK, BEST = 5, 11
"""Brotli's quality while the first reader waits, and for what is kept."""
YEAR = "public, max-age=31536000, immutable"
_HASHED = re.compile(r"\.[\w-]{8}\.\w+$")
_ICON_FONT = re.compile(r"/static/media/MaterialSymbols[^/]*\.woff2$")
ENCODINGS = ("br", "gzip")
"""From the best to the least."""
Pack = Callable[[str, bytes, str | None], tuple[bytes, str | None]]


def choose_encoding(accepted: str) -> str | None:
    """The best of ``br`` and ``gzip`` that a browser takes; None if it takes neither.

    A client may name one to refuse it: ``br;q=0``.
    """
    offers: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (text.strip() for text in part.split(";"))
        quality = next((text[2:] for text in parameters if text.startswith("q=")), "1")
        try:
            offers[name] = float(quality)
        except ValueError:
            offers[name] = 0.0
    # What is named counts before the star.
    return next((name for name in ENCODINGS if offers.get(name, offers.get("*", 0.0)) > 0), None)


class Packer:
    """Packed bodies by content. Safe from many threads, and for several servers on one folder.

    Parameters
    ----------
    folder
        Where they are kept. What cannot be written is packed anew by the next process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="pack")
        self._asked: set[str] = set()
        self._lock = threading.Lock()

    def pack(self, body: bytes, encoding: str) -> bytes:
        """The body in this encoding: as it is kept, or quickly packed while the best is made."""
        if encoding == "gzip":
            return self.keep(name_content(body, "gz"), lambda: gzip.compress(body, 9, mtime=0))
        kept = self._read(name_content(body, "br"))
        if kept is not None:
            return kept
        self.pack_ahead(body)
        return pack_quickly(body, encoding)

    def pack_ahead(self, body: bytes) -> None:
        """Let the best be made and kept, after what was asked for before."""
        name = name_content(body, "br")
        with self._lock:
            is_new = name not in self._asked
            self._asked.add(name)
        if is_new:
            self._worker.submit(self.keep, name, lambda: brotli.compress(body, quality=BEST))

    def keep(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under this name, which says all that it is made of; else made and kept."""
        kept = self._read(name)
        if kept is None:
            kept = make()
            self._write(name, kept)
        return kept

    def _read(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def _write(self, name: str, packed: bytes) -> None:
        # A full or read-only disk costs time, not the answer.
        with suppress(OSError):
            write_whole(self.folder / name, packed)

    def finish(self) -> None:
        """Wait until everything that was asked for is kept; nothing more may be asked ahead."""
        self._worker.shutdown(wait=True)


def pack_quickly(body: bytes, encoding: str) -> bytes:
    """A body in an encoding of `ENCODINGS`, packed while a reader waits."""
    if encoding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    return bytes(brotli.compress(body, quality=QUICK))


def name_content(body: bytes, ending: str) -> str:
    """A name that says what a file holds."""
    return f"{hashlib.sha256(body).hexdigest()}.{ending}"


class PackedFiles:
    """ASGI middleware: static files go out packed, and browsers keep what bears a hash for a year.

    Only whole answers below `PATHS` are touched; parts of a file (``Range``), answers of another
    status and what is packed already pass as they are. A page's own answers are not concerned.

    Parameters
    ----------
    base
        Path of the host that the dashboard is served below, such as ``/attacks``; or "".
    icons
        Names of the icons that Streamlit's font of icons goes out with, see `cut_icons`.
    """

    def __init__(
        self, app: ASGIApp, packer: Packer, base: str = "", icons: Iterable[str] = ()
    ) -> None:
        self.app, self.packer = app, packer
        self._paths = tuple(f"{base}{path}" for path in PATHS)
        self._icons = sorted(icons)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope["type"] != "http" or not scope["path"].startswith(self._paths):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        encoding = choose_encoding(headers.get("accept-encoding", ""))
        if scope["method"] != "GET" or "range" in headers:
            await self.app(scope, receive, send)
            return
        answer = _Answer(self._pack, encoding, scope["path"], send)
        await self.app(_ask_plainly(scope, encoding), receive, answer.send)

    def _pack(self, path: str, body: bytes, encoding: str | None) -> tuple[bytes, str | None]:
        """What is sent, and its encoding if it has one."""
        if _ICON_FONT.search(path):
            return self.cut(body), None
        if encoding is None or path.endswith(UNPACKED) or len(body) < SMALLEST:
            return body, None
        return self.packer.pack(body, encoding), encoding

    def cut(self, font: bytes) -> bytes:
        """The font of icons with ours alone; as it is, if it is not one that can be cut."""
        made_of = font + "\n".join(self._icons).encode()

        def make() -> bytes:
            try:
                return cut_icons(font, self._icons)
            except (TTLibError, KeyError, AttributeError):
                return font

        return self.packer.keep(name_content(made_of, "woff2"), make)


def _ask_plainly(scope: Scope, encoding: str | None) -> Scope:
    """The request without what the app below would compress by, or does not know: our tags."""
    headers = MutableHeaders(scope=dict(scope, headers=list(scope["headers"])))
    headers["accept-encoding"] = "identity"
    if "if-none-match" in headers:
        headers["if-none-match"] = headers["if-none-match"].replace(f'-{encoding}"', '"')
    return {**scope, "headers": headers.raw}


class _Answer:
    """One answer on its way out: held back until it is whole, then sent packed."""

    def __init__(self, pack: Pack, encoding: str | None, path: str, send: Send) -> None:
        self._pack, self._encoding, self._path, self._send = pack, encoding, path, send
        self._start: Message = {}
        self._body = bytearray()
        self._is_held = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            headers = MutableHeaders(raw=message["headers"])
            self._mark(message["status"], headers)
            self._is_held = message["status"] == 200 and "content-encoding" not in headers
            if not self._is_held:
                await self._send(message)
        elif not self._is_held:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_packed()

    def _mark(self, status: int, headers: MutableHeaders) -> None:
        if status not in (200, 304):
            return
        headers.add_vary_header("Accept-Encoding")
        if "etag" in headers and self._encoding is not None:
            headers["etag"] = headers["etag"].removesuffix('"') + f'-{self._encoding}"'
        # For a script of another version Streamlit answers with its page.
        is_page = "html" in headers.get("content-type", "html")
        if status == 200 and _HASHED.search(self._path) and not is_page:
            headers["cache-control"] = YEAR

    async def _send_packed(self) -> None:
        body = bytes(self._body)
        headers = MutableHeaders(raw=self._start["headers"])
        body, encoding = await run_in_threadpool(self._pack, self._path, body, self._encoding)
        if encoding is not None:
            headers["content-encoding"] = encoding
        headers["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})
