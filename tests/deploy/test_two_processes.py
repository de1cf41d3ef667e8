"""Two processes on one folder of versions, behind Caddy and nginx as they are shipped for two."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import InvalidStatus

from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.serving.access.links import make_link, revoke_link
from incidents.serving.limits import GROUPS
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from tests.deploy.conftest import RUN, Proxy, trust_nobody
from tests.servers import find_free_port
from tests.sessions import open_session
from tests.waiting import wait_for

StartServer = Callable[..., AbstractContextManager[str]]
COOKIE = "incidents_process"
RATE = 2_000


@dataclass
class Two:
    """Both processes, the folder that they share, where each tells its numbers, and a link."""

    servers: list[str]
    metrics: list[str]
    home: Path
    link: str
    token: str

    def count(self) -> list[int]:
        """Open pages of each."""
        texts = [httpx2.get(each, trust_env=False).text for each in self.metrics]
        found = [re.search(r"^incidents_sessions (\d+)", text, re.MULTILINE) for text in texts]
        return [int(each[1]) if each else 0 for each in found]


@pytest.fixture(scope="module")
def two(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    home = tmp_path_factory.mktemp("two")
    ports = [find_free_port(), find_free_port()]
    env = {
        "INCIDENTS_SNAPSHOTS": str(home), "INCIDENTS_ACCESS": "link", "INCIDENTS_TLS": "on",
        "INCIDENTS_PROXY": "127.0.0.1", "INCIDENTS_RATE": str(RATE), "INCIDENTS_LARGEST": "1",
    }  # fmt: skip
    link, token = make_link(home, 1, "Both", "bringer")
    with (
        start_server(env=env | {"INCIDENTS_METRICS": str(ports[0])}) as first,
        start_server(env=env | {"INCIDENTS_METRICS": str(ports[1])}) as second,
    ):
        servers = [each.removeprefix("http://").replace("localhost", "127.0.0.1")
                   for each in (first, second)]  # fmt: skip
        numbers = [f"http://127.0.0.1:{port}/" for port in ports]
        yield Two(servers, numbers, home, link.id, token)


@pytest.fixture(scope="module", params=RUN)
def proxy(
    request: pytest.FixtureRequest, two: Two, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("proxy")
    with RUN[request.param](folder, two.servers[0], other=two.servers[1]) as found:
        yield found


@contextmanager
def come(proxy: Proxy, token: str) -> Iterator[httpx2.Client]:
    """A new reader, who opens his link."""
    with httpx2.Client(base_url=proxy.address, verify=trust_nobody(), trust_env=False,
                       timeout=60, follow_redirects=True) as client:  # fmt: skip
        assert client.get(f"/?token={token}").status_code == 200
        yield client


@contextmanager
def open_page(proxy: Proxy, client: httpx2.Client) -> Iterator[str]:
    """The id of a session that is opened as his browser does."""
    cookies, tls = dict(client.cookies), trust_nobody()
    with open_session(proxy.address, until="new_session", cookies=cookies, tls=tls) as session:
        yield session.id


def test_a_page_stays_with_the_process_that_has_its_session(proxy: Proxy, two: Two) -> None:
    used: set[int] = set()
    for _ in range(12):
        before = two.count()
        with come(proxy, two.token) as client:
            assert COOKIE in client.cookies
            client.get("/_stcore/health")
            with open_page(proxy, client) as name:
                changes = [now - then for now, then in zip(two.count(), before, strict=True)]
                used.add(changes.index(1))
                # Only the process of the session knows what its uploads are.
                for number in range(4):
                    sent = upload(
                        proxy, client, f"{name}/{number}", b"date,place\n2021-07-01,Hit\n"
                    )
                    assert sent.status_code == 204, sent.text
        if used == {0, 1}:
            break
        wait_for(lambda before=before: two.count() == before)
    assert used == {0, 1}


def upload(proxy: Proxy, client: httpx2.Client, where: str, data: bytes) -> httpx2.Response:
    return client.put(
        f"/_stcore/upload_file/{where}",
        files={"file": ("mine.csv", data)},
        headers={"origin": proxy.address, "x-xsrftoken": client.cookies["_streamlit_xsrf"]},
    )


def test_a_page_holds_no_more_than_two_of_the_largest_files(proxy: Proxy, two: Two) -> None:
    with come(proxy, two.token) as client:
        client.get("/_stcore/health")
        with open_page(proxy, client) as name:
            first, second, third = (
                upload(proxy, client, f"{name}/{number}", bytes(1_000_000)) for number in range(3)
            )
            assert (first.status_code, second.status_code) == (204, 204), (first.text, second.text)
            assert third.status_code == 413
            assert third.text.startswith(
                "The files of one page may be at most 2 MB large together."
            )
            client.delete(
                f"/_stcore/upload_file/{name}/0",
                headers={"origin": proxy.address, "x-xsrftoken": client.cookies["_streamlit_xsrf"]},
            )
            assert upload(proxy, client, f"{name}/2", bytes(1_000_000)).status_code == 204


def test_what_one_publishes_the_other_has(two: Two) -> None:
    table = table_from_bytes(b"date,place\n2021-07-01,Hit\n", "mine.csv")
    world = Catalog(read_settings({})).world
    draft = prepare(Bundle((Brought("mine", Tables(table)),), source="mine.csv"), world)
    version = publish(draft, two.home, "upload")
    bearer = {"authorization": f"Bearer {two.token}"}
    for server in two.servers:
        answer = httpx2.get(f"http://{server}/api/figures?data={version.id}", headers=bearer,
                            trust_env=False, timeout=60)  # fmt: skip
        assert answer.json()["incidents"] == 1


def test_a_cookie_is_good_at_both_until_it_is_revoked(proxy: Proxy, two: Two) -> None:
    link, token = make_link(two.home, 1, "Soon gone", "reader")
    assert link.expires - link.made == timedelta(days=1)
    with come(proxy, token) as client:
        cookies = dict(client.cookies)
        for server in two.servers:
            assert ask(server, cookies) == 200
        revoke_link(two.home, link.id)
        assert [ask(server, cookies) for server in two.servers] == [401, 401]
        with pytest.raises(InvalidStatus), open_page(proxy, client):
            pass


def ask(server: str, cookies: dict[str, str]) -> int:
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return httpx2.get(
        f"http://{server}/api/figures", headers={"cookie": header}, trust_env=False, timeout=60
    ).status_code


def test_each_process_counts_what_it_is_asked(two: Two) -> None:
    """As docs/hosting.md says: whoever throws the cookie away has the rate of each."""
    share = next(each.share for each in GROUPS if each.holds("/api/qr/overview.svg"))
    most = RATE * share // 1_000
    bearer = {"authorization": f"Bearer {two.token}", "x-forwarded-for": "192.0.2.7"}
    first, second = ([
        httpx2.get(f"http://{server}/api/qr/overview.svg", headers=bearer, trust_env=False)
        .status_code for _ in range(times)
    ] for server, times in zip(two.servers, (most + 1, 1), strict=True))  # fmt: skip
    assert first[-1] == 429 and second == [200]
