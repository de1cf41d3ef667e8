"""Every answer says what browsers may do with it, whoever gives it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from incidents.serving.access.headers import SafeHeaders, make_private, write_policies
from incidents.serving.access.roles import COOKIE
from incidents.serving.first_html import THEME_HASH
from incidents.table.settings import Settings

StartServer = Callable[..., AbstractContextManager[str]]
ASKED = [
    *("/", "/timeline", "/casualties", "/data", "/about", "/incident", "/difference", "/nowhere"),
    *("/api/health", "/api/figures", "/api/incidents.csv", "/api/map?bbox=wrong", "/api/nothing"),
    *("/api/picture.png", "/api/assets/leaflet.js", "/api/assets/../../etc/passwd"),
    *(
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
    ),
    *("/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/upload_file/a/b"),
    *("/media/none.png", "/favicon.png", "/manifest.json", "/static/js/none.js", "/auth/login"),
    *("/oauth2callback", "/component/streamlit_folium.st_folium/index.html", "/%2e%2e/x", "//x/"),
]


@pytest.fixture(scope="module")
def client(start_server: StartServer) -> Iterator[httpx2.Client]:
    with (
        start_server() as address,
        httpx2.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client


def read_policy(answer: httpx2.Response) -> dict[str, str]:
    (policy,) = answer.headers.get_list("content-security-policy")
    return dict(rule.partition(" ")[::2] for rule in policy.split("; "))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ASKED)
def test_every_answer_has_them(client: httpx2.Client, method: str, path: str) -> None:
    answer = client.request(method, path, headers={"origin": str(client.base_url).rstrip("/")})
    policy = read_policy(answer)
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "*" not in "".join(policy.values())
    is_frame = path.startswith("/component/")
    assert ("'unsafe-eval'" in policy.get("script-src", "")) is is_frame
    assert ("'unsafe-inline'" in policy.get("script-src", "")) is is_frame
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers
    assert [name for name in answer.headers if name.startswith("access-control-")] == []


@pytest.mark.parametrize(("kind", "status"), [("document", 403), ("iframe", 200)])
def test_the_frame_of_the_map_is_no_page_of_its_own(
    client: httpx2.Client, kind: str, status: int
) -> None:
    path = "/component/streamlit_folium.st_folium/index.html"
    assert client.get(path, headers={"sec-fetch-dest": kind}).status_code == status


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:1", "null"])
def test_no_other_origin_sends_anything(client: httpx2.Client, origin: str) -> None:
    for method in ("PUT", "DELETE", "POST"):
        answer = client.request(method, "/_stcore/upload_file/a/b", headers={"origin": origin})
        assert answer.status_code == 403
        assert "another host" in answer.text
    for path in ("/_stcore/health", "/api/health", "/media/x"):
        answer = client.get(path, headers={"origin": origin})
        assert [name for name in answer.headers if name.startswith("access-control-")] == []


def make_client(settings: Settings, base: str = "", **given: Any) -> TestClient:
    async def answer(request: Request) -> PlainTextResponse:
        if "fails" in request.url.path:
            raise ValueError("secret of the host")
        headers = {"access-control-allow-origin": "*", "Access-Control-Allow-Credentials": "true"}
        headers["cache-control"] = "public, max-age=9"
        answer = PlainTextResponse(request.url.scheme, headers=headers)
        for cookie in ("one=1; Path=/", "two=2; secure; Path=/"):
            answer.headers.append("set-cookie", cookie)
        return answer

    inner = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "PUT"])])
    return TestClient(SafeHeaders(inner, settings, base, **given), raise_server_exceptions=False)


def test_a_failure_has_them_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL):
        answer = make_client(Settings()).get("/fails")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


def test_behind_tls_browsers_use_nothing_else() -> None:
    answer = make_client(Settings(tls=True)).get("/x")
    assert answer.text == "https"
    assert answer.headers.get_list("set-cookie") == [
        "one=1; Path=/; Secure",
        "two=2; secure; Path=/",
    ]
    assert make_client(Settings()).get("/x").headers.get_list("set-cookie")[0] == "one=1; Path=/"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in make_client(Settings()).get("/x").headers


def test_the_host_names_who_frames_it() -> None:
    answer = make_client(Settings(embedders=("https://news.example",))).get("/x")
    policy = answer.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://news.example")


def test_tiles_come_only_to_the_map_and_only_if_the_host_says_so() -> None:
    for tiles, kinds in ((True, ["map"]), (False, [])):
        policies = write_policies(Settings(tiles=tiles))
        assert [name for name, each in policies.items() if "openstreetmap" in each] == kinds


def test_scripts_in_the_page_are_named_by_what_they_say() -> None:
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    assert html.count("<script>") == 1
    policy = write_policies(Settings(), html)["page"]
    (scripts,) = [rule for rule in policy.split("; ") if rule.startswith("script-src ")]
    assert scripts.split()[:4] == ["script-src", "'self'", "blob:", f"'{THEME_HASH}'"]
    assert scripts.count("'sha256-") == 2
    other = write_policies(Settings(), html.replace("prerenderReady", "other"))["page"]
    assert other != policy


def test_below_a_path_of_the_host() -> None:
    client = make_client(Settings(), "/attacks")
    for path, is_map in (("/attacks/component/x", True), ("/attacks/x/component/x", False)):
        policy = client.get(path).headers["content-security-policy"]
        assert ("'unsafe-eval'" in policy) is is_map


def test_origins_that_the_host_names_may_send() -> None:
    client = make_client(Settings(), origins=["https://front.example/"])
    for origin, status in (("https://front.example", 200), ("https://front.example.evil", 403)):
        answer = client.put("/x", headers={"origin": origin})
        assert answer.status_code == status
        assert [name for name in answer.headers if name.startswith("access-control-")] == []


@pytest.mark.parametrize(
    ("access", "sent", "control"),
    [
        ("public", {}, "public, max-age=9"),
        ("public", {"cookie": "a=1"}, "public, max-age=9"),
        ("public", {"cookie": f"a=1; {COOKIE}=x"}, "private, max-age=9"),
        ("public", {"authorization": "Bearer x"}, "private, max-age=9"),
        ("link", {}, "private, max-age=9"),
    ],
)
def test_what_is_for_one_is_kept_by_no_shared_cache(
    access: str, sent: dict[str, str], control: str
) -> None:
    answer = make_client(Settings(access=access)).get("/x", headers=sent)
    assert answer.headers["cache-control"] == control
    assert ("cookie" in answer.headers.get("vary", "").lower()) is control.startswith("private")
    assert ("x-robots-tag" in answer.headers) is (access != "public")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "private, no-cache"),
        ("no-cache", "private, no-cache"),
        ("no-store", "no-store"),
        ("public", "private, no-cache"),
        ("public, max-age=60, s-maxage=90, immutable", "private, max-age=60, immutable"),
        ("private, max-age=1", "private, max-age=1"),
    ],
)
def test_a_rule_for_caches_is_made_private(before: str, after: str) -> None:
    assert make_private(before) == after
