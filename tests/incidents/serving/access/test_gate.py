"""Nobody without access gets past the gate, by any route of the running app."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from incidents.serving.access.gate import BEAT, CLOSED, OPEN, _take_token
from incidents.serving.access.links import Link, make_link, revoke_link
from incidents.serving.access.refusals import TITLE
from incidents.serving.access.roles import COOKIE
from incidents.table.settings import ROOT
from incidents.telling.words.heading import TITLE as SUBJECT

StartServer = Callable[..., AbstractContextManager[str]]
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
LIST_ROUTES = """
import json, app
from incidents.serving.access.gate import Gate
built = app.app._build_starlette_app()
print(json.dumps([
    [each.cls.__name__ for each in built.user_middleware],
    [[type(each).__name__, each.path] for each in built.routes],
]))
"""


@dataclass
class Host:
    """A server that is not public, and its folder of snapshots."""

    address: str
    home: Path

    def share(self, role: str = "reader") -> tuple[Link, str]:
        return make_link(self.home, 7, "test", role)

    def client(self, token: str | None = None) -> httpx2.Client:
        cookies = {} if token is None else {COOKIE: token}
        return httpx2.Client(base_url=self.address, cookies=cookies, timeout=60, trust_env=False)

    def connect(self, token: str | None = None, base: str = "") -> ClientConnection:
        headers = {} if token is None else {"cookie": f"{COOKIE}={token}"}
        url = f"{self.address.replace('http', 'ws', 1)}{base}/_stcore/stream"
        return connect(url, additional_headers=headers, subprotocols=["streamlit"], proxy=None)


@pytest.fixture(scope="module")
def host(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    home = tmp_path_factory.mktemp("private")
    env = {"INCIDENTS_ACCESS": "link", "INCIDENTS_SNAPSHOTS": str(home)}
    with start_server(env=env) as address:
        yield Host(address, home)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Middleware and routes of the app as it is served, Streamlit's own among them."""
    home = tmp_path_factory.mktemp("listed")
    found = subprocess.run(
        [sys.executable, "-c", LIST_ROUTES],
        cwd=ROOT,
        env={**os.environ, "INCIDENTS_ACCESS": "link", "INCIDENTS_SNAPSHOTS": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    listed: list[list[str]] = json.loads(found.stdout.splitlines()[-1])
    return listed


def test_the_gate_stands_before_all_others(built: list[list[str]]) -> None:
    # What counts and notes answers nothing, limits but refusals; who tries tokens is counted, too.
    assert built[0][:5] == ["Watched", "SafeHeaders", "Limits", "Paced", "Gate"]


def test_no_route_answers_without_access(host: Host, built: list[list[str]]) -> None:
    paths = {re.sub(r"\{[^}]*\}", "x", path) or "/" for kind, path in built[1] if kind != "Mount"}
    paths |= {f"{path}/x" for kind, path in built[1] if kind == "Mount"}
    paths |= {"/", "/timeline", "/nowhere", "/static/x", "/index.html", "//", "/../x"}
    assert len(paths) > 30
    assert {"/_stcore/stream", "/api/figures", "/_stcore/upload_file/x/x", "/media/x"} <= paths
    said = set()
    with host.client("wrong") as client:
        for path in sorted(paths):
            for method in METHODS:
                answer = client.request(method, f"{path}?data=0123456789ab")
                if path in OPEN and method in ("GET", "HEAD"):
                    assert answer.text in ("ok", "not ready", "")
                    continue
                assert answer.status_code == 401, f"{method} {path}"
                said.add(answer.text)
                assert "no-store" in answer.headers["cache-control"]
                assert answer.headers["x-robots-tag"] == "noindex"
    (words,) = said - {""}
    assert words.startswith(TITLE)
    assert SUBJECT not in words


def test_no_session_opens_without_access(host: Host, built: list[list[str]]) -> None:
    assert [path for kind, path in built[1] if kind == "WebSocketRoute"] == ["/_stcore/stream"]
    for token in (None, "wrong"):
        with pytest.raises(InvalidStatus) as refused, host.connect(token):
            pass
        assert refused.value.response.status_code == 403


def test_a_browser_gets_a_page_that_tells_nothing(host: Host) -> None:
    with host.client() as client:
        answer = client.get("/timeline?gov=Anbar", headers={"accept": "text/html,*/*"})
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="en">' in answer.text and f"<h1>{TITLE}</h1>" in answer.text
    for word in ("Anbar", "Iraq", "og:", "<script", "data="):
        assert word not in answer.text


def test_the_token_leaves_the_address_and_all_else_stays(host: Host) -> None:
    _, token = host.share()
    asked = f"/timeline?type=air%20strike&token={token}&q=a%26b&q=%D8%A8+x&empty="
    with host.client() as client:
        first = client.get(asked)
        assert first.status_code == 303
        assert first.headers["location"] == "./timeline?type=air%20strike&q=a%26b&q=%D8%A8+x&empty="
        assert first.headers["cache-control"] == "no-store"
        cookie = first.headers["set-cookie"]
        assert cookie.startswith(f"{COOKIE}={token}; ")
        for flag in ("HttpOnly", "Path=/", "SameSite=lax"):
            assert flag in cookie
        assert "Secure" not in cookie
        (age,) = re.findall(r"Max-Age=(\d+)", cookie)
        assert 7 * 86400 - 60 < int(age) <= 7 * 86400
        page = client.get(asked, follow_redirects=True)
        assert page.status_code == 200
        assert token not in str(page.url) and token not in page.text
        figures = client.get("/api/figures")
        assert figures.status_code == 200
        assert "private" in figures.headers["cache-control"]
        assert "public" not in figures.headers["cache-control"]
        assert "cookie" in figures.headers["vary"].lower()
        script = client.get("/api/assets/leaflet.js?v=1")
        assert script.headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "//evil.example/x", "/\\evil.example", "/data", "/a/b/"])
def test_the_exchange_leads_to_no_other_host(host: Host, path: str) -> None:
    _, token = host.share()
    with host.client() as client:
        address = client.get(f"{host.address}{path}?token={token}").headers["location"]
    assert address.startswith("./")
    assert "evil" not in address or "%5C" in address or address == "./x"


def test_a_wrong_token_opens_nothing_and_leaves_the_address(host: Host) -> None:
    link, token = host.share()
    revoke_link(host.home, link.id)
    for wrong in ("", "x", token, f"{token}x"):
        with host.client() as client:
            answer = client.get(f"/?token={wrong}&type=raid")
            assert (answer.status_code, answer.headers["location"]) == (303, "./?type=raid")
            assert "set-cookie" not in answer.headers
            assert client.get("/?type=raid").status_code == 401


def test_a_program_sends_the_token_in_a_header(host: Host) -> None:
    _, token = host.share()
    with host.client() as client:
        told = {"authorization": f"Bearer {token}"}
        assert client.get("/api/figures", headers=told).status_code == 200
        for wrong in ("Bearer", "Bearer x", f"Basic {token}", token):
            answer = client.get("/api/figures", headers={"authorization": wrong})
            assert answer.status_code == 401


def test_health_tells_who_has_access_more(host: Host) -> None:
    _, token = host.share()
    with host.client() as client:
        assert client.get("/api/health").text == "ok"
        # Nor does it ask anything for who has none.
        for query in ("data=000000000000", "f=000000000000", "x.unit=a", "bbox=wrong"):
            assert client.get(f"/api/health?{query}").text == "ok"
        assert client.get("/api/health", headers={"if-none-match": "*"}).status_code == 200
    with host.client(token) as client:
        assert client.get("/api/health").json()["rows"] == 64


def test_a_reader_uploads_nothing(host: Host) -> None:
    for role, status in (("reader", 403), ("bringer", 403), ("editor", 403)):
        _, token = host.share(role)
        with host.client(token) as client:
            answer = client.put("/_stcore/upload_file/x/x", content=b"x")
            assert answer.status_code == status
            # Past the gate, Streamlit wants its own token against forged requests.
            assert ("not change anything" in answer.text) is (role == "reader")


def test_streamlits_ways_for_programs_are_shut(host: Host) -> None:
    _, token = host.share("editor")
    with host.client(token) as client:
        for path in ("/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore/metrics"):
            assert path.startswith(CLOSED)
            assert client.get(path).status_code == 404


def test_revoked_a_link_closes_its_sessions_and_no_others(host: Host) -> None:
    (link, token), (_, other) = host.share(), host.share()
    with host.connect(token) as session, host.connect(other) as stays, host.client(token) as client:
        assert client.get("/api/figures").status_code == 200
        revoke_link(host.home, link.id)
        begun = time.monotonic()
        assert client.get("/api/figures").status_code == 401
        with pytest.raises(ConnectionClosed):
            while True:
                session.recv(timeout=3 * BEAT)
        assert time.monotonic() - begun < 2 * BEAT
        assert session.close_code == 1008
        stays.ping().wait(BEAT)
        assert stays.close_code is None


def test_a_message_after_revocation_is_not_answered(host: Host) -> None:
    link, token = host.share()
    with host.connect(token) as session:
        revoke_link(host.home, link.id)
        session.send(b"\x00")
        begun = time.monotonic()
        with pytest.raises(ConnectionClosed):
            session.recv(timeout=BEAT)
        assert time.monotonic() - begun < BEAT / 2


@pytest.mark.parametrize(
    ("query", "taken"),
    [
        ("", (None, "")),
        ("a=1", (None, "a=1")),
        ("token=x", ("x", "")),
        ("a=1&token=x%2By&b=%26", ("x+y", "a=1&b=%26")),
        ("%74oken=x&a", ("x", "a")),
        ("token", ("", "")),
        ("token=x&token=y&tokens=z", ("y", "tokens=z")),
    ],
)
def test_a_token_is_taken_out_of_a_query(query: str, taken: tuple[str | None, str]) -> None:
    assert _take_token(query) == taken


def test_below_a_path_behind_tls(start_server: StartServer, tmp_path: Path) -> None:
    env = {
        "INCIDENTS_ACCESS": "link",
        "INCIDENTS_TLS": "on",
        "INCIDENTS_SNAPSHOTS": str(tmp_path),
        "STREAMLIT_SERVER_BASE_URL_PATH": "attacks",
    }
    with start_server(env=env, base="/attacks") as address:
        host = Host(address, tmp_path)
        _, token = host.share()
        with host.client() as client:
            assert client.get("/attacks/api/figures").status_code == 401
            assert client.get("/attacks/api/health").text in ("ok", "not ready")
            first = client.get(f"/attacks/?token={token}")
            assert first.headers["location"] == "./"
            assert "Path=/attacks;" in first.headers["set-cookie"]
            assert "Secure" in first.headers["set-cookie"]
        with host.client(token) as client:
            assert client.get("/attacks/api/figures").status_code == 200
        with host.connect(token, "/attacks") as session:
            session.ping().wait(BEAT)
