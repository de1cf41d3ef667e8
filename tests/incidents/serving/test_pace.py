"""Who sends, or reads, a byte now and then holds no place of the server."""

import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from incidents.serving.pace import Paced

GRACE, RATE = 0.3, 20_000_000
ended: list[str] = []


async def take(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def write() -> AsyncIterator[bytes]:
    for _ in range(400):
        yield bytes(100_000)


async def give(request: Request) -> StreamingResponse:
    return StreamingResponse(write())


class Noting:
    """Stands where places are counted: notes what has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            ended.append(scope["path"])


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = Starlette(
        routes=[Route("/take", take, methods=["PUT"]), Route("/give", give)],
        middleware=[Middleware(Noting), Middleware(Paced, grace=GRACE, rate=RATE)],
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=lambda: server.run([listening]))
        thread.start()
        wait_until(lambda: server.started)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(400):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it never was")


def begin(port: int, text: str) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), 20)
    client.sendall(text.encode())
    return client


def put(port: int, size: int) -> socket.socket:
    return begin(port, f"PUT /take HTTP/1.1\r\nhost: x\r\ncontent-length: {size}\r\n\r\n")


def read(client: socket.socket) -> str:
    told = b""
    while piece := client.recv(1 << 16):
        told += piece
        if told.endswith(b"100"):
            break
    return told.decode()


def test_a_byte_now_and_then_is_answered_with_a_sentence(port: int) -> None:
    ended.clear()
    with put(port, 100) as client:
        client.settimeout(0.05)
        told = b""
        for _ in range(200):
            try:
                told = client.recv(1 << 16)
                break
            except TimeoutError:
                client.sendall(b"x")
        client.settimeout(20)
        told += read(client).encode()
    assert told.startswith(b"HTTP/1.1 408")
    assert b"comes too slowly" in told and b"connection: close" in told.lower()
    wait_until(lambda: "/take" in ended)


def test_a_whole_body_is_taken(port: int) -> None:
    with put(port, 100) as client:
        client.sendall(b"x" * 100)
        assert read(client).endswith("\r\n\r\n100")


def test_an_answer_that_nobody_reads_is_given_up(port: int) -> None:
    ended.clear()
    with begin(port, "GET /give HTTP/1.1\r\nhost: x\r\n\r\n") as client:
        wait_until(lambda: "/give" in ended)
        size = 0
        while piece := client.recv(1 << 20):
            size += len(piece)
    assert size < 40_000_000


def test_an_answer_that_is_read_goes_out_whole(port: int) -> None:
    with begin(port, "GET /give HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n") as client:
        size = 0
        while piece := client.recv(1 << 20):
            size += len(piece)
    assert size > 40_000_000
