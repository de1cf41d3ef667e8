"""One line for each request: how it ended, and nothing that a visitor chose."""

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from incidents.serving.access.gate import ROLE
from incidents.serving.routes import list_routes
from incidents.serving.running import requests
from incidents.serving.running.requests import Seen, Watched, write_line

SECRET = "s3cret"


class Told:
    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.sessions: list[int] = []


async def answer(request: Request) -> Response:
    request.scope[ROLE] = "reader"
    return PlainTextResponse("seven b", 418)


async def stream(request: Request) -> Response:
    return StreamingResponse(iter(["ab", "cde"]))


async def fail(request: Request) -> Response:
    raise RuntimeError("no")


async def fail_late(request: Request) -> Response:
    def pieces() -> Iterator[str]:
        yield "ab"
        raise RuntimeError("no")

    return StreamingResponse(pieces())


async def open_session(socket: WebSocket) -> None:
    if "refused" in socket.query_params:
        await socket.close()
        return
    await socket.accept()
    while True:
        try:
            text = await socket.receive_text()
        except WebSocketDisconnect:
            return
        await socket.send_text(f"{text}é")
        await socket.send_bytes(b"1234")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def client(told: Told) -> Iterator[TestClient]:
    routes = [
        Route("/api/figures", answer, methods=["GET", "BREW"]),
        Route("/api/incidents.csv", stream),
        Route("/api/map", fail),
        Route("/api/facets", fail_late),
        WebSocketRoute("/_stcore/stream", open_session),
    ]
    watched = Middleware(
        Watched,
        tellers=[told.seen.append],
        routes=list_routes(),
        count_sessions=told.sessions.append,
    )
    with TestClient(Starlette(routes=routes, middleware=[watched])) as client:
        yield client


def test_an_answer(client: TestClient, told: Told) -> None:
    client.get(f"/api/figures?q={SECRET}&token={SECRET}", headers={"cookie": f"a={SECRET}"})
    (seen,) = told.seen
    assert seen[:4] == ("http", "GET", "/api/figures", 418)
    assert (seen.sent, seen.role, seen.is_whole) == (7, "reader", True)
    line = write_line(seen)
    assert "\n" not in line and SECRET not in line
    assert json.loads(line)["ms"] >= 0


def test_a_streamed_answer_is_counted_to_its_end(client: TestClient, told: Told) -> None:
    client.get("/api/incidents.csv")
    assert [(each.sent, each.is_whole) for each in told.seen] == [(5, True)]


def test_a_failure_is_told_too(client: TestClient, told: Told) -> None:
    for path, status, sent in (("/api/map", None, 0), ("/api/facets", 200, 2)):
        with pytest.raises(RuntimeError):
            client.get(path)
        seen = told.seen.pop()
        assert (seen.status, seen.sent, seen.is_whole) == (status, sent, False)
        assert json.loads(write_line(seen))["cut"] is True


def test_a_session_is_told_when_it_ends(client: TestClient, told: Told) -> None:
    with client.websocket_connect(f"/_stcore/stream?q={SECRET}") as socket:
        socket.send_text("ab")
        assert socket.receive_text() == "abé"
        socket.receive_bytes()
        assert told.seen == [] and told.sessions == [1]
    assert told.sessions == [1, -1]
    (seen,) = told.seen
    assert seen[:4] == ("websocket", "GET", "/_stcore/stream", 101)
    assert (seen.sent, seen.is_whole) == (8, True)


def test_a_refused_session(client: TestClient, told: Told) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream?refused"),
    ):
        pass
    assert [each.status for each in told.seen] == [403] and told.sessions == []


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/timeline", "/timeline"),
        ("/api/figures", "/api/figures"),
        ("/api/qr/timeline.svg", "/api/qr/{page}.svg"),
        (f"/api/assets/{SECRET}", "/api/assets/{name:path}"),
        (f"/api/{SECRET}/x", "/api/{path:path}"),
        ("/_stcore/stream", "/_stcore/stream"),
        (f"/_stcore/upload_file/{SECRET}/{SECRET}", "/_stcore/upload_file/…"),
        (f"/_stcore/{SECRET}", "/_stcore/…"),
        (f"/media/{SECRET}.csv", "/media/…"),
        (f"/static/{SECRET}", "/static/…"),
        (f"/{SECRET}", "other"),
        (f"/timeline/{SECRET}", "other"),
        ("/media", "other"),
        ("", "/"),
    ],
)
@pytest.mark.parametrize("base", ["", "/attacks"])
def test_routes_have_a_name_that_no_visitor_chose(path: str, route: str, base: str) -> None:
    async def nothing(*_: object) -> None: ...

    watched = Watched(nothing, [], list_routes(base), base)
    assert watched.name_route(base + path) == route


def test_a_method_of_a_visitor_s_own_is_not_told(client: TestClient, told: Told) -> None:
    client.request("BREW", "/api/figures")
    assert [each.method for each in told.seen] == ["other"]


def test_lines_go_to_the_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    requests._log.handlers.clear()
    requests.open_log()
    requests.open_log()
    requests.log(Seen("http", "GET", "/", 200, 0.1234, 10, None, True))
    requests._log.handlers.clear()
    said = capsys.readouterr()
    assert said.err == ""
    told = json.loads(said.out)
    assert told.pop("time").endswith("+00:00")
    assert told == {
        "kind": "http", "method": "GET", "route": "/", "status": 200, "ms": 123.4, "bytes": 10
    }  # fmt: skip
