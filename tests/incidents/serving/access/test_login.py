"""Logging in by OpenID Connect: there and back, roles by groups, and nothing for all others."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx2
import pytest
from starlette.requests import Request
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from incidents.serving.access.endings import end_logins, has_ended, list_endings
from incidents.serving.access.gate import BEAT
from incidents.serving.access.links import make_link
from incidents.serving.access.logins import NEXT, _is_here, lead_back
from incidents.serving.access.refusals import TITLE
from incidents.serving.access.roles import COOKIE
from incidents.table.settings import ROOT
from tests.incidents.serving.access.provider import CLIENT, SECRET, Provider, run_provider
from tests.servers import find_free_port

StartServer = Callable[..., AbstractContextManager[str]]
HTML = {"accept": "text/html,*/*"}
READER, EDITOR = {"sub": "1", "email": "r@x.example"}, {"sub": "2", "groups": ["desk"]}
STRANGER = {"sub": "3", "email": "s@x.example", "groups": ["others"]}


@dataclass
class Host:
    """A server that wants a login, its folder of snapshots, and the provider."""

    address: str
    home: Path
    provider: Provider

    def client(self) -> httpx2.Client:
        return httpx2.Client(
            base_url=self.address, timeout=60, trust_env=False, follow_redirects=True, headers=HTML
        )

    def log_in(self, client: httpx2.Client, user: dict[str, Any] | None, page: str = "/") -> Any:
        """As a browser does: the page that refuses, its link, the provider, and back."""
        self.provider.user = user
        refused = client.get(page)
        assert refused.status_code == 401
        (way,) = re.findall('href="([^"]*)"', refused.text)
        return client.get(unescape(way))


def write_secrets(path: Path, port: int, provider: int) -> Path:
    path.write_text(
        f"""[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{"k" * 40}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
""",
        "utf-8",
    )
    return path


@pytest.fixture(scope="module")
def host(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    home, port = tmp_path_factory.mktemp("login"), find_free_port()
    with run_provider(find_free_port()) as provider:
        env = {
            "INCIDENTS_ACCESS": "login",
            "INCIDENTS_SNAPSHOTS": str(home / "kept"),
            "INCIDENTS_GROUPS": "desk=editor, staff=reader",
            "STREAMLIT_SECRETS_FILES": str(
                write_secrets(home / "secrets.toml", port, provider.port)
            ),
            "NO_PROXY": "localhost",
        }
        with start_server(env=env, port=port) as address:
            yield Host(address, home / "kept", provider)


def test_one_comes_back_to_the_page_that_was_asked_for(host: Host) -> None:
    asked = "/timeline?type=air%20strike&gov=Anbar&gov=Erbil"
    with host.client() as client:
        answer = host.log_in(client, EDITOR, asked)
        assert answer.status_code == 200
        assert str(answer.url) == f"{host.address}{asked}"
        assert 'id="first-view"' in answer.text
        assert client.cookies.get(NEXT) is None
        assert host.provider.asked["scope"] == "openid email profile"
        figures = client.get("/api/figures")
        assert figures.status_code == 200
        assert "private" in figures.headers["cache-control"]
        assert client.get("/").status_code == 200


def test_without_a_login_nothing_is_answered(host: Host) -> None:
    _, token = make_link(host.home, 7, "", "editor")
    forged = {COOKIE: token, "_streamlit_user": "eyJpc19sb2dnZWRfaW4iOnRydWV9.x.y"}
    with host.client() as client:
        for cookies in ({}, forged):
            client.cookies.update(cookies)
            for path in ("/", "/data", "/api/figures", "/api/assets/leaflet.js", "/media/x"):
                answer = client.get(path)
                assert answer.status_code == 401
                assert TITLE in answer.text and "Log in" in answer.text
            assert client.put("/_stcore/upload_file/x/x").status_code == 401
        assert client.get("/api/health").text == "ok"
    url = f"{host.address.replace('http', 'ws', 1)}/_stcore/stream"
    with pytest.raises(InvalidStatus), connect(url, subprotocols=["streamlit"], proxy=None):
        pass


def test_who_is_in_no_group_sees_nothing_and_is_told(host: Host) -> None:
    with host.client() as client:
        for user in (STRANGER, READER):
            answer = host.log_in(client, user, "/data")
            assert answer.status_code == 403
            assert "your account may not see it" in answer.text
            assert re.findall('href="([^"]*)"', answer.text) == ["/auth/logout"]
            assert client.get("/api/figures").status_code == 403
            client.cookies.clear()


def test_roles_come_from_groups(host: Host) -> None:
    for groups, may in ((["staff"], False), (["staff", "desk"], True)):
        with host.client() as client:
            host.log_in(client, {"sub": "1", "groups": groups})
            answer = client.put("/_stcore/upload_file/x/x", content=b"x")
            assert answer.status_code == 403
            # Past the gate, Streamlit wants its own token against forged requests.
            assert ("not change anything" not in answer.text) is may


def test_a_session_opens_with_the_cookie_of_the_login_and_ends_without(host: Host) -> None:
    with host.client() as client:
        host.log_in(client, EDITOR)
        cookies = "; ".join(f"{each.name}={each.value}" for each in client.cookies.jar)
        url = f"{host.address.replace('http', 'ws', 1)}/_stcore/stream"
        headers = {"cookie": cookies}
        with connect(url, additional_headers=headers, subprotocols=["streamlit"], proxy=None) as it:
            assert it.subprotocol == "streamlit"
        client.get("/auth/logout", follow_redirects=False)
        assert client.get("/api/figures").status_code == 401


def test_an_ended_login_is_out_within_seconds_and_no_other(host: Host) -> None:
    url = f"{host.address.replace('http', 'ws', 1)}/_stcore/stream"
    with host.client() as client, host.client() as other:
        for each, user in ((client, EDITOR | {"sub": "gone"}), (other, EDITOR)):
            host.log_in(each, user)
            assert each.get("/api/figures").status_code == 200
        cookies = "; ".join(f"{each.name}={each.value}" for each in client.cookies.jar)
        with connect(url, additional_headers={"cookie": cookies}, subprotocols=["streamlit"],
                     proxy=None) as session:  # fmt: skip
            end_logins(host.home, " GONE ")
            assert client.get("/api/figures").status_code == 401
            with pytest.raises(ConnectionClosed):
                while True:
                    session.recv(timeout=3 * BEAT)
            assert session.close_code == 1008
        assert other.get("/api/figures").status_code == 200


@pytest.mark.parametrize(
    ("user", "is_out"),
    [
        ({"sub": "1", "email": "Gone@X.example", "iat": 0}, True),
        ({"sub": "gone@x.example", "iat": 0}, True),
        ({"sub": "1", "email": "gone@x.example"}, True),
        ({"sub": "1", "email": "gone@x.example", "iat": 4_000_000_000}, False),
        ({"sub": "1", "email": "other@x.example", "iat": 0}, False),
        ({"iat": 0}, False),
    ],
)
def test_who_logs_in_again_gets_in_again(
    tmp_path: Path, user: dict[str, Any], is_out: bool
) -> None:
    assert not has_ended(tmp_path, user)
    end_logins(tmp_path, "gone@x.example")
    assert has_ended(tmp_path, user) is is_out
    assert [each.who for each in list_endings(tmp_path)] == ["gone@x.example"]


def test_a_note_that_cannot_be_read_lets_nobody_in(tmp_path: Path) -> None:
    end_logins(tmp_path, "a@x.example")
    (note,) = (tmp_path / "access" / "ended").iterdir()
    note.write_text("{")
    assert has_ended(tmp_path, {"email": "a@x.example", "iat": 4_000_000_000})


def test_groups_that_fill_several_cookies_are_read(host: Host) -> None:
    # Streamlit packs them: names that cannot be packed.
    groups = [token_hex(20) for _ in range(150)]
    with host.client() as client:
        answer = host.log_in(client, {"sub": "1", "groups": [*groups, "desk"]})
        assert answer.status_code == 200
        assert len([each for each in client.cookies if each.startswith("_streamlit_user_")]) > 1


def test_a_provider_that_refuses_leads_back_without_access(host: Host) -> None:
    with host.client() as client:
        assert host.log_in(client, None).status_code == 401
        assert client.get("/api/login?provider=other").status_code == 401
        assert client.get("/auth/login").status_code == 401
        assert client.get("/oauth2callback?state=x&code=y").status_code == 401


@pytest.mark.parametrize("page", ["//evil.example/", "https://evil.example/", "/\\evil.example",
                                  "javascript:alert(1)", "/\n/x", ""])  # fmt: skip
def test_nobody_is_led_to_another_host(host: Host, page: str) -> None:
    with host.client() as client:
        answer = client.get(
            "/api/login", params={"provider": "default", "next": page}, follow_redirects=False
        )
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/auth/login?provider=")
        assert NEXT not in answer.headers.get("set-cookie", "")
    assert not _is_here(page, "")
    scope = {"type": "http", "path": "/", "query_string": b"", "headers": []}
    scope["headers"] = [(b"cookie", f"{NEXT}={page}".encode())]
    assert Request(scope) is not None and lead_back(scope, "") is None


@pytest.mark.parametrize(
    ("secrets", "words"),
    [
        (None, "needs [auth]"),
        ('[auth]\nredirect_uri = "x"\ncookie_secret = "y"\nclient_id = "z"\n', "client_secret"),
    ],
)
def test_a_host_without_a_provider_is_told_at_the_start(
    tmp_path: Path, shipped_home: Path, secrets: str | None, words: str
) -> None:
    if secrets is not None:
        (tmp_path / "secrets.toml").write_text(secrets, "utf-8")
    env = {
        "INCIDENTS_ACCESS": "login",
        "INCIDENTS_SNAPSHOTS": str(shutil.copytree(shipped_home, tmp_path / "kept")),
        "STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml"),
    }
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            f"{find_free_port()}",
        ],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
