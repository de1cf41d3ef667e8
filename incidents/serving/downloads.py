"""Files that are sent whole, or so that the client sees that they are not."""

import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from incidents.table.errors import DamagedError, IncidentsError

_log = logging.getLogger(__name__)

WHOLE = 4_000_000
"""Bytes up to which an answer is made whole before any of it is sent: what fails gets a status."""
_PIECE = 1 << 20


class _Rest(StreamingResponse):
    """A file that is too large to be held: what fails meanwhile ends the connection.

    It is left without an end, so the client tells its reader that the download failed. To a client
    of HTTP/1.0, as some proxies are, the end of a connection is the end of a file: it waits until
    the file lies whole on the disk.

    Parameters
    ----------
    scratch
        Gives the folder where that is.
    mend
        Called where a file of the version was found damaged, so that it is made anew.
    """

    def __init__(
        self,
        pieces: Iterator[bytes],
        media: str,
        headers: dict[str, str],
        scratch: Callable[[], Path],
        mend: Callable[[], None],
    ) -> None:
        super().__init__(pieces, media_type=media, headers=headers)
        self._pieces, self._scratch, self._mend = pieces, scratch, mend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the class."""
        if scope.get("http_version") != "1.0":
            await super().__call__(scope, receive, send)
            return
        with ExitStack() as held:
            try:
                file = held.enter_context(tempfile.TemporaryFile(dir=self._scratch()))
                await run_in_threadpool(file.writelines, self._pieces)
            except (IncidentsError, OSError) as error:
                self._tell(error)
                words = "The file could not be written to its end. Please try again."
                await PlainTextResponse(words, 503)(scope, receive, send)
                return
            self.headers["content-length"] = str(file.tell())
            file.seek(0)
            self.body_iterator = _read(file)
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Send it piece by piece; without an end where there is none."""
        try:
            await super().stream_response(send)
        except IncidentsError as error:
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        _log.error("A download was cut off: %s", error)
        if isinstance(error, DamagedError):
            self._mend()


async def _read(file: IO[bytes]) -> AsyncIterator[bytes]:
    while piece := await run_in_threadpool(file.read, _PIECE):
        yield piece


def send_file(
    pieces: Iterator[bytes],
    media: str,
    name: str,
    scratch: Callable[[], Path],
    mend: Callable[[], None],
) -> Response:
    """A file to be saved under a name; of `WHOLE` bytes at the most it is whole already.

    Parameters
    ----------
    scratch, mend
        See `_Rest`.

    Raises
    ------
    IncidentsError
        What is raised while the first pieces are made.
    """
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    first, size = list[bytes](), 0
    for piece in pieces:
        first.append(piece)
        size += len(piece)
        if size > WHOLE:
            return _Rest(chain(first, pieces), media, headers, scratch, mend)
    return Response(b"".join(first), media_type=media, headers=headers)
