"""How a first view is sent: tagged, packed, in time, whatever is wrong behind it."""

import asyncio
import gzip
import threading
import time
from collections.abc import Callable
from typing import Any

import brotli
import httpx2
import pytest
from starlette.testclient import TestClient

from incidents.asking.address import Address, to_query
from incidents.serving import first_view
from incidents.serving.first_view import KEPT
from tests.incidents.serving.conftest import INDEX, read

PATIENCE = first_view.PATIENCE


def test_the_same_question_is_answered_304(client: TestClient) -> None:
    first = client.get("/?type=air+strike")
    tag = first.headers["etag"]
    assert (first.headers["cache-control"], first.headers["x-kept"]) == ("no-cache", "yes")
    assert tag != '"streamlit"'
    again = client.get("/?type=air+strike", headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    others = ("/", "/?type=rocket+attack", "/timeline?type=air+strike", "/?type=air+strike&page=2")
    for path in others:
        other = client.get(path, headers={"if-none-match": tag})
        assert other.status_code == 200 and other.headers["etag"] != tag


@pytest.mark.parametrize("encoding", ["br", "gzip", None])
def test_it_goes_out_packed(client: TestClient, encoding: str | None) -> None:
    with client.stream("GET", "/", headers={"accept-encoding": encoding or "identity"}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    assert int(answer.headers["content-length"]) == len(body) < 120_000
    unpack: Callable[[bytes], bytes] = {
        "br": brotli.decompress, "gzip": gzip.decompress, None: bytes
    }[encoding]  # fmt: skip
    assert b'id="first-view"' in unpack(body)


def test_a_head_request_has_no_body(client: TestClient) -> None:
    answer = client.head("/")
    assert answer.content == b"" and int(answer.headers["content-length"]) > 1000


@pytest.mark.parametrize("path", ["/nothing", "/timeline/x", "/static/a.js", "/other/timeline"])
def test_other_addresses_pass_as_they_are(client: TestClient, path: str) -> None:
    assert 'id="first-view"' not in client.get(path).text
    assert client.get("/other/timeline").text == "as it is"
    assert 'id="first-view"' not in client.post("/").text


def test_queries_that_take_long_do_not_hold_the_page_up(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()
    answer = first_view.answer

    def wait(*arguments: Any) -> Any:
        let_go.wait(30)
        return answer(*arguments)

    monkeypatch.setattr(first_view, "answer", wait)
    monkeypatch.setattr(first_view, "PATIENCE", 0.01)
    first = client.get("/?type=other")
    assert first.headers["cache-control"] == "no-store"
    assert "The figures are being counted" in first.text and "data-waits" in first.text
    # It may be a visitor's: no search engine lists what nobody has looked at yet.
    assert first.headers["x-robots-tag"] == "noindex"
    let_go.set()
    monkeypatch.setattr(first_view, "PATIENCE", 30)
    assert read(client, "/", "type=other").figures


def test_those_that_wait_are_bounded(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    let_go, begun, answer = threading.Event(), [], first_view.answer

    def wait(*arguments: Any) -> Any:
        begun.append(arguments)
        let_go.wait(30)
        return answer(*arguments)

    monkeypatch.setattr(first_view, "answer", wait)
    monkeypatch.setattr(first_view, "PATIENCE", 0.01)
    monkeypatch.setattr(first_view, "BEAT", 0.01)
    monkeypatch.setattr(first_view, "MOST", 3)

    async def ask() -> list[str]:
        transport = httpx2.ASGITransport(client.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://x") as reader:
            told = [(await reader.get(f"/?q=nothing{n}")).text for n in range(9)]
        let_go.set()
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})
        return told

    assert all("The figures are being counted" in each for each in asyncio.run(ask()))
    assert len(begun) == 3


def test_the_table_and_the_queries_share_the_time_that_a_page_waits(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()

    async def read_slowly(*arguments: Any) -> None:
        await asyncio.sleep(0.8)

    assert PATIENCE < 2
    monkeypatch.setattr(first_view, "PATIENCE", 1.0)
    monkeypatch.setattr(first_view, "_wait_for_table", read_slowly)
    monkeypatch.setattr(first_view, "answer", lambda *arguments: let_go.wait(30))
    started = time.monotonic()
    assert "The figures are being counted" in client.get("/?type=nothing").text
    waited = time.monotonic() - started
    let_go.set()
    assert waited < 1.7


def test_a_fault_in_it_leaves_streamlits_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: Any) -> Any:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(first_view, "answer", fail)
    answer = client.get("/about?q=fault")
    assert (answer.status_code, answer.text) == (200, INDEX)
    assert answer.headers["cache-control"] == "no-store" and "a fault" in caplog.text


def test_what_is_kept_is_bounded(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    answer = first_view.answer

    def note(catalog: Any, question: Any) -> Any:
        made.append(to_query(Address(question.asked.filters)))
        return answer(catalog, question)

    monkeypatch.setattr(first_view, "answer", note)
    monkeypatch.setattr(first_view, "KEPT", 2)
    for path in ("/about", "/about", "/about?q=a", "/about?q=b", "/about?q=b", "/about"):
        client.get(path)
    assert made == ["", "q=a", "q=b", ""] and KEPT >= 2
