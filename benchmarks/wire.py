"""What goes over the wire: bytes as they are sent, packed or not, by HTTP and by WebSocket."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65_536


class Relay:
    """Stands between a browser and a server, and counts what the server sends.

    Attributes
    ----------
    address
        Where a browser opens the server through it.
    received
        Bytes that have come from the server.
    """

    def __init__(self, server: str) -> None:
        self._server = (urlsplit(server).hostname or "localhost", urlsplit(server).port or 80)
        self._listening = socket.create_server(("localhost", 0))
        self._lock, self.received = threading.Lock(), 0
        self.address = f"http://localhost:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections; those that are open end with the browser."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser = self._listening.accept()[0]
                server = socket.create_connection(self._server)
                for ends in ((browser, server, False), (server, browser, True)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if counts:
                    with self._lock:
                        self.received += len(piece)
                target.sendall(piece)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def relay(server: str) -> Iterator[Relay]:
    """A relay before this server."""
    made = Relay(server)
    try:
        yield made
    finally:
        made.close()
