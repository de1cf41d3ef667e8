"""A download is whole, or the client sees that it is not: never a table that ends too soon."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pandas as pd
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware

from incidents.asking.store import Store
from incidents.serving import answers, downloads, routes
from incidents.table.problems import problems_frame
from incidents.table.settings import Settings
from incidents.versions.catalog import Catalog
from incidents.versions.keeping import write_snapshot
from incidents.versions.snapshots import Snapshot
from tests.servers import find_free_port

ROWS = 260_000
"""More than DuckDB reads at a time."""
CSV, GEOJSON, PARQUET = (f"/api/incidents.{each}" for each in ("csv", "geojson", "parquet"))


@pytest.fixture(scope="module")
def large(
    make_incidents: Callable[..., pd.DataFrame], make_store: Callable[..., Store],
    tmp_path_factory: pytest.TempPathFactory,
) -> Snapshot:  # fmt: skip
    """A version of many rows that do not compress well."""
    one = make_store({"place": "Hit"})
    tables = {name: one.table(name).to_pyarrow().to_pandas() for name in ("reports", "claims")}
    incidents = make_incidents({"place": "Hit"}).assign(
        located_by=None, match=None, match_reason=None
    )
    many = incidents.loc[incidents.index.repeat(ROWS)].reset_index(drop=True)
    words = np.random.default_rng(1).integers(0, 1 << 62, (2, ROWS)).astype("U")
    many["incident"], many["summary"] = words[0], words[1]
    home = tmp_path_factory.mktemp("large")
    return write_snapshot(home, {"incidents": many, **tables}, problems_frame([]), "x.csv", 0)


@pytest.fixture
def client(
    large: Snapshot, shipped_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx2.Client]:
    """A client of a real server of this version, which has not read it yet."""
    catalog = Catalog(replace(shipped_settings, snapshots=large.folder.parent))
    for module in (routes, answers):
        monkeypatch.setattr(module, "get_catalog", lambda: catalog)
    monkeypatch.setattr(Catalog, "is_ready", True)
    port = find_free_port()
    # What Streamlit puts before them packs what it is given.
    app = Starlette(routes=list(routes.list_routes()), middleware=create_streamlit_middleware())
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    base = f"http://127.0.0.1:{port}"
    query = {"data": large.id}
    with httpx2.Client(base_url=base, params=query, timeout=60, trust_env=False) as client:
        yield client
    server.should_exit = True
    thread.join()


def blank_databases(folder: Path) -> None:
    for path in folder.glob("*.duckdb"):
        path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("path", [CSV, GEOJSON, PARQUET])
def test_what_is_damaged_meanwhile_is_no_whole_file(
    client: httpx2.Client,
    large: Snapshot,
    path: str,
    encoding: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client.headers["accept-encoding"] = encoding
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding", "identity") == encoding
        pieces = answer.iter_raw(1000)
        next(pieces)
        blank_databases(large.folder)
        with pytest.raises(httpx2.RemoteProtocolError, match="without sending complete"):
            list(pieces)
    errors = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert "A download was cut off: A file of this version" in errors[0].getMessage()
    assert [each.getMessage() for each in errors if each.exc_info] == [], "no traceback"
    # The next one is whole: the database was made anew.
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200


def ask_as_old_proxy(client: httpx2.Client, path: str) -> tuple[bytes, bytes]:
    """Head and body as a client of HTTP/1.0 reads them: until the connection ends."""
    url = client.base_url
    with socket.create_connection((url.host, url.port), timeout=60) as connection:
        asked = f"GET {path}?{client.params} HTTP/1.0\r\nhost: x\r\n\r\n"
        connection.sendall(asked.encode())
        told = b"".join(iter(lambda: connection.recv(1 << 20), b""))
    head, _, body = told.partition(b"\r\n\r\n")
    return head.lower(), body


def test_who_cannot_be_told_gets_it_whole_with_its_length(
    client: httpx2.Client, large: Snapshot
) -> None:
    head, body = ask_as_old_proxy(client, CSV)
    assert b" 200 " in head and f"content-length: {len(body)}".encode() in head
    assert body == client.get(CSV).content and body.count(b"\n") == ROWS + 1


def test_what_is_damaged_meanwhile_is_told_to_him_by_a_status(
    client: httpx2.Client, large: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(pieces: Iterator[bytes], *rest: Any) -> Response:
        def give() -> Iterator[bytes]:
            yield next(pieces)
            yield next(pieces)
            blank_databases(large.folder)
            yield from pieces

        return downloads.send_file(give(), *rest)

    with monkeypatch.context() as patch:
        patch.setattr(downloads, "WHOLE", 1000)
        patch.setattr(answers, "send_file", spoil)
        head, body = ask_as_old_proxy(client, CSV)
    assert b" 503 " in head and body.startswith(b"The file could not be written to its end.")
    assert client.get(CSV).status_code == 200


def test_a_small_answer_is_made_anew_before_it_is_sent(
    client: httpx2.Client, large: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "WHOLE", 1_000_000_000)
    times = 0

    def spoil(pieces: Iterator[bytes], *rest: Any) -> Response:
        nonlocal times
        times += 1
        first = next(pieces)
        if times == 1:
            blank_databases(large.folder)
        return downloads.send_file(chain([first], pieces), *rest)

    monkeypatch.setattr(answers, "send_file", spoil)
    client.headers["accept-encoding"] = "identity"
    answer = client.get(CSV)
    assert answer.status_code == 200 and times == 2
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.content.count(b"\n") == ROWS + 1


def test_only_so_much_is_held(tmp_path: Path) -> None:
    taken = 0

    def give() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield bytes(downloads.WHOLE // 10 + 1)

    answer = downloads.send_file(give(), "text/csv", "x.csv", lambda: tmp_path, lambda: None)
    assert taken == 10 and "content-length" not in answer.headers
