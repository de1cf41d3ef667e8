"""What is too long, too large or too often is refused with a sentence and its status."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from incidents.serving.limits import GROUPS, LONGEST, Limits
from incidents.table.settings import read_settings

Answer = Callable[[Request], Awaitable[PlainTextResponse]]


async def answer_at_once(request: Request) -> PlainTextResponse:
    return PlainTextResponse("fine")


async def open_socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def make_app(
    answer: Answer = answer_at_once,
    base: str = "",
    held: Callable[[], Mapping[str, int]] = dict,
    **set: str,
) -> Starlette:
    settings = read_settings({f"INCIDENTS_{name.upper()}": text for name, text in set.items()})
    routes = [
        Route("/{path:path}", answer, methods=["GET", "PUT"]),
        WebSocketRoute("/{path:path}", open_socket),
    ]
    limits = Middleware(Limits, base=base, settings=settings, count_held=held)
    return Starlette(routes=routes, middleware=[limits])


def make_client(base: str = "", **set: str) -> TestClient:
    return TestClient(make_app(base=base, **set))


def test_usual_requests_pass() -> None:
    client = make_client()
    assert all(client.get("/api/map?q=x").status_code == 200 for _ in range(300))
    assert client.put("/_stcore/upload_file/a/b", content=b"x" * 1000).status_code == 200


@pytest.mark.parametrize("path", ["/?q=", "/api/map?q=", "/x/"])
def test_a_long_address(path: str) -> None:
    client = make_client()
    assert client.get(path + "x" * (LONGEST - 100)).status_code == 200
    answer = client.get(path + "x" * LONGEST)
    assert (answer.status_code, answer.text) == (
        414, "This address is too long: it may have 15,000 letters. Ask for less."
    )  # fmt: skip


def test_a_large_upload() -> None:
    client = make_client(largest="1")
    address = "/_stcore/upload_file/a/b"
    assert client.put(address, content=b"x" * 1_000_000).status_code == 200
    answer = client.put(address, content=b"x" * 1_200_000)
    assert answer.status_code == 413
    assert answer.text.startswith("A file may be at most 1 MB large. Split the table")
    for headers in ({}, {"content-length": "1", "transfer-encoding": "chunked"}):
        answer = client.put(address, content=iter([b"x"]), headers=headers)
        assert (answer.status_code, answer.text[:6]) == (411, "Say ho")
    answer = client.put(address, headers={"content-length": "9" * 5000})
    assert answer.status_code == 413


def test_files_that_wait_in_memory_are_summed_up() -> None:
    held = {"a": 1_000_000, "b": 2_000_000}
    client = TestClient(make_app(held=lambda: held, largest="1"))

    def put(session: str) -> tuple[int, str]:
        answer = client.put(f"/_stcore/upload_file/{session}/x", content=bytes(1_000_000))
        return answer.status_code, answer.text

    assert put("a") == (200, "fine")
    assert put("b") == (
        413,
        "The files of one page may be at most 2 MB large together. Remove one, or bring them one"
        " by one.",
    )
    assert put("c") == (200, "fine")
    held["d"] = 1_900_000
    assert put("c") == (
        503,
        "Other readers' files fill the memory for files: try again in 60 seconds.",
    )
    del held["b"]
    assert put("c") == (200, "fine")


def test_files_on_their_way_count_until_they_have_come() -> None:
    async def run() -> tuple[list[int], int]:
        gate = asyncio.Event()

        async def wait(request: Request) -> PlainTextResponse:
            await gate.wait()
            return PlainTextResponse("fine")

        app = make_app(wait, largest="1")
        asked = [asyncio.create_task(_put(app, "/_stcore/upload_file/a/b")) for _ in range(3)]
        await asyncio.sleep(0.05)
        gate.set()
        return sorted(await asyncio.gather(*asked)), await _put(app, "/_stcore/upload_file/a/b")

    assert asyncio.run(run()) == ([200, 200, 413], 200)


@pytest.mark.parametrize("base", ["", "/attacks"])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/map", 40),
        ("/api/incidents.csv", 5),
        ("/api/picture.png", 1),
        ("/api/map.svg", 1),
        ("/timeline", 80),
    ],
)
def test_too_often(base: str, path: str, most: int) -> None:
    client = make_client(base, rate="40")
    answers = [client.get(base + path) for _ in range(most + 1)]
    assert [answer.status_code for answer in answers] == [200] * most + [429]
    assert answers[-1].headers["retry-after"] == "60"
    assert answers[-1].text.startswith("Too many ")
    # Other routes are still answered.
    assert client.get(f"{base}/api/assets/x.js").status_code == 200


def test_each_client_is_counted_by_itself_where_a_proxy_names_it() -> None:
    said = [{"x-forwarded-for": f"198.51.100.{n}"} for n in range(3)]
    client = TestClient(make_app(rate="40", proxy="10.0.0.7"), client=("10.0.0.7", 5000))
    for headers in said:
        got = [client.get("/api/picture.png", headers=headers).status_code for _ in range(2)]
        assert got == [200, 429]
    # Nobody else becomes another one by saying so.
    client = TestClient(make_app(rate="40"), client=("203.0.113.9", 5000))
    got = [client.get("/api/picture.png", headers=headers).status_code for headers in said]
    assert got == [200, 429, 429]


def test_no_limit_where_it_is_off() -> None:
    client = make_client(rate="off")
    assert {client.get("/api/picture.png").status_code for _ in range(700)} == {200}


def test_pages_opened_too_often() -> None:
    client = make_client(rate="40")
    for _ in range(2):
        with client.websocket_connect("/_stcore/stream"):
            pass
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        client.websocket_connect("/_stcore/stream"),
    ):
        pass
    assert refused.value.status_code == 429


async def _put(app: Any, path: str) -> int:
    return await _ask(app, path, method="PUT", headers=[(b"content-length", b"1000000")])


async def _ask(
    app: Any,
    path: str,
    client: str = "203.0.113.9",
    method: str = "GET",
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> int:
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(),
             "query_string": b"", "headers": list(headers), "client": (client, 9)}  # fmt: skip
    await app(scope, receive, send)
    return statuses[0]


def test_too_many_files_at_once() -> None:
    async def run() -> tuple[list[int], int]:
        gate = asyncio.Event()

        async def wait(request: Request) -> PlainTextResponse:
            await gate.wait()
            return PlainTextResponse("fine")

        app = make_app(wait)
        asked = [asyncio.create_task(_ask(app, "/api/incidents.csv")) for _ in range(9)]
        await asyncio.sleep(0.05)
        gate.set()
        return sorted(await asyncio.gather(*asked)), await _ask(app, "/api/incidents.csv")

    assert asyncio.run(run()) == ([200] * 8 + [429], 200)


def test_nobody_fills_the_line_of_pictures_alone() -> None:
    paths = ("/api/playback.gif", "/api/brief.html", "/api/map.png", "/api/picture.png")

    async def run() -> list[int]:
        gate = asyncio.Event()

        async def wait(request: Request) -> PlainTextResponse:
            await gate.wait()
            return PlainTextResponse("fine")

        app = make_app(wait)
        asked = [asyncio.create_task(_ask(app, path)) for path in paths]
        asked.append(asyncio.create_task(_ask(app, "/api/map.svg", "203.0.113.77")))
        await asyncio.sleep(0.05)
        gate.set()
        return await asyncio.gather(*asked)

    assert asyncio.run(run()) == [200, 200, 200, 429, 200]


def test_too_many_files_of_all_clients() -> None:
    async def run() -> list[int]:
        gate = asyncio.Event()

        async def wait(request: Request) -> PlainTextResponse:
            await gate.wait()
            return PlainTextResponse("fine")

        app = make_app(wait)
        asked = [
            asyncio.create_task(_ask(app, "/api/incidents.csv", f"203.0.113.{n}"))
            for n in range(66)
        ]
        await asyncio.sleep(0.05)
        gate.set()
        return sorted(await asyncio.gather(*asked))

    assert asyncio.run(run()) == [200] * 64 + [503] * 2


def test_every_path_belongs_to_a_group() -> None:
    assert GROUPS[-1].holds("/anything") and not GROUPS[-1].begins
