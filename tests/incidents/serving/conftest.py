"""What tests of answers share: routes alone, and first views of a server without Streamlit."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from incidents.serving import answers, assets, first_view, routes
from incidents.serving.first_view import FirstView
from incidents.telling.pages.asked import HOME, PAGES
from incidents.telling.pages.style import Theme
from incidents.versions.catalog import Catalog

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
THEME = Theme("#fff", "#eee", "#111", "#225577", tuple(f"#00000{n}" for n in range(9)))
THEMES = {"light": THEME, "dark": replace(THEME, background="#123456")}
MakeClient = Callable[..., TestClient]
VOID = ("meta", "link", "br", "hr", "img", "input")


class Document(HTMLParser):
    """The elements of a page: name, attributes, own text; in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.elements[self.open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for at in self.open:
            self.elements[at][2].append(data)

    def find(self, tag: str, class_: str = "") -> list[str]:
        """Texts of all elements of this name and class."""
        return [
            " ".join("".join(text).split())
            for name, attributes, text in self.elements
            if name == tag and class_ in ("", *(attributes.get("class") or "").split())
        ]

    @property
    def figures(self) -> list[tuple[str, ...]]:
        parts = (self.find("span", f"figure-{part}") for part in ("value", "label", "note"))
        return list(zip(*parts, strict=True))

    @property
    def rows(self) -> list[list[str]]:
        """Cells of the list of incidents."""
        cells = self.find("td")
        heads = self.find("th")
        assert heads[-5:] == ["Date", "Place", "Killed", "Wounded", "Type"], heads
        return [cells[at : at + 5] for at in range(0, len(cells), 5)]


def read(client: TestClient, path: str = "/", query: str = "") -> Document:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return Document(answer.text)


@pytest.fixture(scope="module", autouse=True)
def patient() -> Iterator[None]:
    """However busy the machine is, what a page shows is looked at when it is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(first_view, "PATIENCE", 60)
        yield


@pytest.fixture
def make_client(monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeClient]:
    """Function that gives a client of a server which has Streamlit's own HTML at every address."""
    opened: list[TestClient] = []

    def make(catalog: Catalog, base: str = "") -> TestClient:
        monkeypatch.setattr(assets, "get_catalog", lambda: catalog)

        async def index(request: Any) -> HTMLResponse:
            return HTMLResponse(INDEX, headers={"etag": '"streamlit"', "x-kept": "yes"})

        async def text(request: Any) -> PlainTextResponse:
            return PlainTextResponse("as it is")

        served = [
            Route(f"{base}/other/timeline", text),
            Route("/{path:path}", index, methods=["GET", "POST"]),
        ]
        before = [Middleware(FirstView, base=base, themes=THEMES, find_catalog=lambda: catalog)]
        client = TestClient(Starlette(routes=served, middleware=before))
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(make_client: MakeClient, shipped_catalog: Catalog) -> TestClient:
    shipped_catalog.start().result()
    return make_client(shipped_catalog)


@pytest.fixture
def api_client(shipped_catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Client of the routes alone, of the shipped table, which is read."""
    shipped_catalog.start().result()
    for module in (routes, answers, assets):
        monkeypatch.setattr(module, "get_catalog", lambda: shipped_catalog)
    with TestClient(Starlette(routes=list(routes.list_routes()))) as opened:
        yield opened


def list_paths(base: str = "") -> dict[str, str]:
    return {name: f"{base}/" if name == HOME else f"{base}/{name}" for name in PAGES}
