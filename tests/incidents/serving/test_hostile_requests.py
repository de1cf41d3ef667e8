"""What a visitor writes into an address reaches no file, no socket and no query as such."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pytest
from starlette.testclient import TestClient

from incidents.asking.address import KEYS
from incidents.asking.filters import Filters
from incidents.asking.store import Store
from incidents.versions.catalog import Version
from incidents.versions.long_links import KEY as LONG_LINK

MARK = "zq7evil"
PAYLOADS = [
    f"'; DROP TABLE incidents; -- {MARK}",
    f"' OR 1=1 -- {MARK}",
    f"x') UNION SELECT * FROM read_csv('/tmp/{MARK}') --",
    f"../../../../tmp/{MARK}",
    f"/tmp/{MARK}\x00.csv",
    f"file:///tmp/{MARK}",
    f"http://127.0.0.1:9/{MARK}",
    f"/vsicurl/http://127.0.0.1:9/{MARK}",
    f"\\\\host\\{MARK}",
    f"{{{{{MARK}}}}}${{{MARK}}}%s%n",
    f"<script>{MARK}</script>",
    f"=cmd|'{MARK}'!A0",
]
ASKED = ("/api/map", "/api/incidents.csv", "/api/figures", "/api/facets", "/api/casualties")
reached: list[str] = []


def _hear(event: str, given: tuple[Any, ...]) -> None:
    kinds = ("open", "os.", "socket.connect", "socket.getaddrinfo", "subprocess.", "exec")
    # pytest puts the name of the test into the environment.
    if event.startswith(kinds) and event != "os.putenv" and MARK in repr(given):
        reached.append(f"{event} {given!r}"[:300])


@pytest.fixture(scope="module", autouse=True)
def heard() -> Iterator[None]:
    """Python tells of every file and socket; it cannot be asked to stop."""
    sys.addaudithook(_hear)
    yield
    reached.clear()


@pytest.mark.parametrize("name", [*(key.name for key in KEYS), LONG_LINK, "nothing"])
def test_a_value_is_a_value(api_client: TestClient, name: str) -> None:
    before = api_client.get("/api/figures").json()
    for number, payload in enumerate(PAYLOADS):
        path = ASKED[number % len(ASKED)]
        answer = api_client.get(path, params=[(name, payload), (name, payload)])
        assert answer.status_code in (200, 400, 404), (payload, answer.text)
        assert "Traceback" not in answer.text
        if answer.status_code != 200:
            assert answer.headers["content-type"].startswith("text/plain")
    assert api_client.get("/api/figures").json() == before
    assert reached == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nor_is_an_address(api_client: TestClient, payload: str) -> None:
    for path in ("/api/assets/", "/api/", "/api/incidents/"):
        answer = api_client.get(path + quote(payload))
        assert answer.status_code == 404
    assert reached == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "COPY incidents TO '/tmp/incidents-copied.csv'",
        "ATTACH '/tmp/incidents-attached.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM read_parquet('http://127.0.0.1:9/x.parquet')",
    ],
)
def test_a_database_that_is_open_reaches_no_other_file(shipped: Version, query: str) -> None:
    with pytest.raises(duckdb.Error):
        shipped.store.incidents.get_backend().con.execute(query)
    assert not [path for path in Path("/tmp").glob("incidents-*") if path.is_file()]


def test_a_version_opened_twice_still_answers(shipped: Version) -> None:
    one, two = Store(shipped.snapshot.folder), Store(shipped.snapshot.folder)
    assert one.count(Filters()) == two.count(Filters())
