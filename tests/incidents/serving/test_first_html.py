"""What the head of a page tells chat programs and search engines."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from incidents.asking.facets import read_facets
from incidents.serving import answers, assets, routes
from incidents.serving.first_html import THEME_HASH, THEME_SCRIPT, Shell, insert
from incidents.serving.first_view import FirstView
from incidents.serving.origin import find_origin
from incidents.table.settings import Settings
from incidents.telling.pages.document import Document as Written
from incidents.versions.catalog import Catalog
from tests.conftest import HOSTILE
from tests.incidents.serving.conftest import INDEX, THEMES

AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"


class Preview(HTMLParser):
    """Properties of Open Graph as a chat program reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.told: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("property") or given.get("name")
        if tag == "meta" and name:
            self.told[name] = given.get("content") or ""


@pytest.fixture
def make_client(monkeypatch: pytest.MonkeyPatch) -> Callable[..., TestClient]:
    """Function that gives a client of pages and answers of a catalog."""

    def make(catalog: Catalog, base: str = "") -> TestClient:
        for module in (routes, answers, assets):
            monkeypatch.setattr(module, "get_catalog", lambda: catalog)

        async def index(request: Any) -> HTMLResponse:
            return HTMLResponse(INDEX)

        listed = [*routes.list_routes(base, THEMES["light"]), Route("/{path:path}", index)]
        before = [Middleware(FirstView, base=base, themes=THEMES, find_catalog=lambda: catalog)]
        return TestClient(
            Starlette(routes=listed, middleware=before), base_url="https://news.example:8443"
        )

    return make


@pytest.fixture
def client(make_client: Callable[..., TestClient], shipped_catalog: Catalog) -> TestClient:
    shipped_catalog.start().result()
    return make_client(shipped_catalog)


LINKS = [
    ("/", {}, "All incidents"),
    ("/timeline", {"type": "air strike"}, "of type air strike"),
    ("/", {"gov": ["Anbar", "Erbil"], "killed": ["1", "9"], "basis": "low"}, "in Anbar or Erbil"),
    (
        "/incident",
        {"incident": AIN_AL_ASAD},
        "4–30 rockets at Ain al-Asad Air Base, 2–3 w",
    ),
]


@pytest.mark.parametrize(("path", "query", "words"), LINKS)
def test_a_link_has_a_preview_with_its_picture(
    client: TestClient, path: str, query: dict[str, Any], words: str
) -> None:
    answer = client.get(path, params=query)
    told = Preview(answer.text).told
    assert words in told["og:title"] and told["twitter:card"] == "summary_large_image"
    assert told["og:description"] == told["description"] == told["og:image:alt"]
    assert told["og:url"].startswith("https://news.example:8443/")
    picture = client.get(told["og:image"])
    assert picture.status_code == 200 and picture.headers["content-type"] == "image/png"
    with Image.open(BytesIO(picture.content)) as drawn:
        size = (int(told["og:image:width"]), int(told["og:image:height"]))
        assert drawn.size == size == (1200, 630)
        assert len(drawn.convert("RGB").getcolors(1_000_000) or []) > 20
    whole = client.get("/api/picture.png").content
    assert (picture.content == whole) == (query == {})


def test_below_a_path_the_preview_names_it(
    make_client: Callable[..., TestClient], shipped_catalog: Catalog
) -> None:
    shipped_catalog.start().result()
    client = make_client(shipped_catalog, base="/attacks")
    told = Preview(client.get("/attacks/casualties?q=base").text).told
    assert told["og:image"] == "https://news.example:8443/attacks/api/picture.png?q=base"
    assert client.get(told["og:image"]).status_code == 200


@pytest.mark.parametrize(
    "host", ['x" onload="alert(1)', "a b", "<script>", "", "x" * 300, "a/../b", "[zz]", "a:b:c"]
)
def test_a_host_that_is_none_is_not_told(host: str) -> None:
    scope = {"type": "http", "scheme": "https", "headers": [(b"host", host.encode())]}
    assert find_origin(scope) == ""


@pytest.mark.parametrize("host", ["news.example", "localhost:8501", "10.0.0.7:80", "[::1]:8501"])
def test_a_host_is_told_with_its_scheme(host: str) -> None:
    scope = {"type": "http", "scheme": "https", "headers": [(b"host", host.encode())]}
    assert find_origin(scope) == f"https://{host}"


def test_each_host_has_its_own(client: TestClient) -> None:
    for host in ("a.example", "b.example", "a.example"):
        told = Preview(client.get("/", headers={"host": host}).text).told
        assert told["og:image"].startswith(f"https://{host}/api/picture.png")


def test_whatever_a_table_holds_is_text_in_it(
    make_client: Callable[..., TestClient],
    hostile_table: Path,
    shipped_settings: Settings,
    tmp_path: Path,
) -> None:
    catalog = Catalog(replace(shipped_settings, table=hostile_table, snapshots=tmp_path))
    catalog.start().result()
    client = make_client(catalog)
    kind = catalog.current.store.ask(read_facets).values["type"][0]
    told = Preview(client.get("/", params={"type": kind}).text).told
    assert HOSTILE.split()[0] in told["og:title"]
    assert client.get("/api/picture.png", params={"type": kind}).status_code == 200


def test_wrong_filters_make_no_picture(client: TestClient) -> None:
    answer = client.get("/api/picture.png?killed=many")
    assert answer.status_code == 400 and "killed" in answer.text


def test_one_script_stands_in_the_page_and_has_a_hash(client: TestClient) -> None:
    html = client.get("/").text
    inline = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    own = [each for each in inline if each not in INDEX]
    assert own == [THEME_SCRIPT]
    assert THEME_HASH.startswith("sha256-")
    assert re.search(r'<script defer src="\./api/assets/first-view\.js\?v=\w+"></script>', html)


def test_streamlits_own_page_is_all_there(client: TestClient) -> None:
    html = client.get("/timeline").text
    lines = re.findall(r"<(?:script|link)[^>]*(?:src|href)=\"\./static[^>]*>", INDEX)
    assert len(lines) > 5 and all(line in html for line in lines)
    assert html.index('id="first-view"') < html.index('id="root"')
    assert "You need to enable JavaScript" not in html


def test_what_is_no_page_of_streamlits_passes_as_it_is() -> None:
    page = Written("a", "b", "./", "c")
    for html in ("<p>Something else</p>", "<head></head><body></body>"):
        assert insert(Shell(html, ""), page, THEMES, "") == html
