"""The dashboard behind Caddy and nginx as they are shipped: nothing is lost, nobody is believed."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import InvalidStatus

from tests.deploy.conftest import RUN, Proxy, trust_nobody
from tests.sessions import open_session

BASE = "/attacks"
RATE = 40
StartServer = Callable[..., AbstractContextManager[str]]
MakeFolder = pytest.TempPathFactory


def make_client(address: str, **options: object) -> httpx2.Client:
    return httpx2.Client(base_url=address, verify=trust_nobody(), trust_env=False, timeout=30,
                         **options)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Iterator[str]:
    """Host and port of the dashboard, below a path."""
    env = {"STREAMLIT_SERVER_BASE_URL_PATH": BASE.strip("/"), "INCIDENTS_TLS": "on"}
    with start_server(env=env, base=BASE) as address:
        yield address.removeprefix("http://").replace("localhost", "127.0.0.1")


@pytest.fixture(scope="module", params=RUN)
def proxy(
    request: pytest.FixtureRequest, server: str, tmp_path_factory: MakeFolder
) -> Iterator[Proxy]:
    with RUN[request.param](tmp_path_factory.mktemp("proxy"), server, BASE) as found:
        yield found


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx2.Client]:
    with make_client(proxy.address) as client:
        yield client


def test_a_page_and_an_answer_below_the_path(client: httpx2.Client) -> None:
    page = client.get(f"{BASE}/?type=air+strike")
    assert page.status_code == 200 and "Attacks in Iraq and Syria" in page.text
    answer = client.get(f"{BASE}/api/figures")
    assert answer.json()["incidents"] > 0
    assert "max-age" in answer.headers["strict-transport-security"]
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    with make_client(proxy.plain) as client:
        answer = client.get(f"{BASE}/timeline?type=other")
    assert answer.status_code in (301, 308)
    assert answer.headers["location"].startswith("https://localhost")
    assert answer.headers["location"].endswith(f"{BASE}/timeline?type=other")


def test_http_2_is_spoken(proxy: Proxy) -> None:
    context = trust_nobody()
    context.set_alpn_protocols(["h2", "http/1.1"])
    port = int(proxy.address.rpartition(":")[2])
    with (
        socket.create_connection(("localhost", port), 10) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        assert secure.selected_alpn_protocol() == "h2"


def run_script(proxy: Proxy, origin: str) -> set[str | None]:
    """Open a session as a browser does; kinds of the messages until the script has ended."""
    address, query = f"{proxy.address}{BASE}", "type=air+strike"
    with open_session(address, query, origin=origin, tls=trust_nobody()) as session:
        # What they say to each other goes packed, also through a proxy.
        assert session.packed == ["permessage-deflate"]
        return set(session.told)


def test_a_session_runs(proxy: Proxy) -> None:
    assert "delta" in run_script(proxy, proxy.address)


def test_a_page_of_another_host_opens_none(proxy: Proxy) -> None:
    with pytest.raises(InvalidStatus):
        run_script(proxy, "https://evil.example")


def find_script(client: httpx2.Client) -> str:
    """Address of Streamlit's first script."""
    page = client.get(f"{BASE}/").text
    name = page.partition("static/js/")[2].partition('"')[0]
    return f"{BASE}/static/js/{name}"


def test_what_is_packed_is_packed_once(client: httpx2.Client) -> None:
    script = find_script(client)
    plain = client.get(script, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for path in (script, f"{BASE}/api/facets", f"{BASE}/api/incidents.csv", f"{BASE}/"):
        whole = client.get(path, headers={"accept-encoding": "identity"}).content
        for encoding in ("gzip", "br"):
            answer = client.get(path, headers={"accept-encoding": encoding})
            assert answer.headers.get_list("content-encoding") in ([], [encoding]), path
            if path != f"{BASE}/":  # a page names the moment
                assert answer.content == whole
    assert client.get(script, headers={"accept-encoding": "br"}).headers["content-encoding"] == "br"


def test_part_of_a_file(client: httpx2.Client) -> None:
    script = find_script(client)
    headers = {"range": "bytes=100-199", "accept-encoding": "identity"}
    part = client.get(script, headers=headers)
    whole = client.get(script, headers={"accept-encoding": "identity"})
    assert part.status_code == 206 and part.content == whole.content[100:200]
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.content)}"


def test_what_is_known_already_is_not_sent_again(client: httpx2.Client) -> None:
    first = client.get(f"{BASE}/api/figures")
    again = client.get(f"{BASE}/api/figures", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


def test_nobody_tells_the_dashboard_where_it_is(client: httpx2.Client, proxy: Proxy) -> None:
    forged = {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "ftp",
        "x-forwarded-prefix": "/evil",
    }
    brief = client.get(f"{BASE}/api/brief.html?type=other", headers=forged)
    assert brief.status_code == 200
    assert f"{proxy.address}{BASE}/" in brief.text and "evil" not in brief.text


def test_an_upload_is_for_the_dashboard_to_judge(client: httpx2.Client) -> None:
    upload = client.put(f"{BASE}/_stcore/upload_file/none/none", content=bytes(5_000_000))
    assert upload.status_code in (400, 403, 404), upload.text


@pytest.fixture(params=["off", "127.0.0.1"])
def limited(
    request: pytest.FixtureRequest, start_server: StartServer, tmp_path_factory: MakeFolder
) -> Iterator[tuple[bool, list[Proxy]]]:
    """Both proxies in front of a server that answers few requests; whether it believes them."""
    env = {"INCIDENTS_RATE": str(RATE), "INCIDENTS_PROXY": request.param}
    with ExitStack() as held:
        address = held.enter_context(start_server(env=env))
        server = address.removeprefix("http://").replace("localhost", "127.0.0.1")
        yield (
            request.param != "off",
            [held.enter_context(run(tmp_path_factory.mktemp("proxy"), server))
             for run in RUN.values()],
        )  # fmt: skip


def ask(proxy: Proxy, here: str, times: int = 1) -> list[int]:
    """Statuses of answers to a client with this address, that says each time it is another."""
    transport = httpx2.HTTPTransport(verify=trust_nobody(), local_address=here)
    address = proxy.address.replace("localhost", "127.0.0.1")
    forged = [{"x-forwarded-for": f"192.0.2.{n}", "host": "localhost"} for n in range(times)]
    with make_client(address, transport=transport) as client:
        return [
            client.get("/api/health/live", headers=each, extensions={"sni_hostname": "localhost"})
            .status_code
            for each in forged
        ]  # fmt: skip


def test_the_client_is_who_a_proxy_says_only_where_that_is_told(
    limited: tuple[bool, list[Proxy]],
) -> None:
    is_believed, proxies = limited
    for number, proxy in enumerate(proxies):
        greedy, other = f"127.0.0.{10 * number + 12}", f"127.0.0.{10 * number + 13}"
        assert 429 in ask(proxy, greedy, RATE + 5)
        # Told so, another client has not been asking; untold, all that it sees is the proxy.
        assert ask(proxy, other) == [200 if is_believed else 429]


def test_nothing_is_logged_by_the_proxy(tmp_path: Path, server: str) -> None:
    folder = tmp_path / "nginx"
    folder.mkdir()
    with RUN["nginx"](folder, server, BASE) as proxy, make_client(proxy.address) as client:
        client.get(f"{BASE}/?token=s3cret")
        httpx2.get(f"{proxy.plain}{BASE}/?token=s3cret", trust_env=False)
    # Nor where nothing answers behind it.
    with RUN["nginx"](folder, "127.0.0.1:9", BASE) as proxy, make_client(proxy.address) as client:
        assert client.get(f"{BASE}/?token=s3cret").status_code == 502
    logs = [path.read_text() for path in folder.iterdir() if path.suffix in (".txt", ".log")]
    assert "s3cret" not in "".join(logs)
