"""What is still to be connected holds nothing back; what is there already stays as it is."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator

import pytest

from incidents.serving import front
from incidents.serving.running.sockets import send_at_once


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """As Streamlit makes it: one that does not say that it is of TCP."""
    with socket.socket(family=socket.AF_INET) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(10)
        yield server


def is_at_once(server: socket.socket) -> bool:
    """Whether a new connection with it sends at once."""
    with socket.create_connection(server.getsockname(), 10), server.accept()[0] as connection:
        return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_connections_to_come_send_at_once(listening: socket.socket) -> None:
    assert not is_at_once(listening)
    send_at_once()
    assert is_at_once(listening)
    assert listening.gettimeout() == 10


def test_the_server_sees_to_it_as_it_starts(
    listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "lifespan", front.asynccontextmanager(do_nothing))

    async def run() -> bool:
        async with front._run(lambda: None, Nobody(), None):
            return is_at_once(listening)

    assert asyncio.run(run())


class Nobody:
    """No page is open."""

    def count_held(self) -> dict[str, int]:
        return {}

    def close_expired(self) -> int:
        return 0


async def do_nothing(app: object) -> AsyncIterator[None]:
    yield


def test_what_is_open_and_no_such_socket_stays(listening: socket.socket) -> None:
    one, other = socket.socketpair()
    reading, writing = os.pipe()
    with one, other, socket.socket(family=socket.AF_INET) as bound:
        bound.bind(("127.0.0.1", 0))
        send_at_once()
        assert not bound.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        one.sendall(b"x")
        assert other.recv(1) == b"x"
        os.write(writing, b"y")
        assert os.read(reading, 1) == b"y"
    os.close(reading)
    os.close(writing)
