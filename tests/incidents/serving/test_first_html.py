"""What the head of a page tells chat programs and search engines."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from linkpreview import link_preview
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from incidents.asking.address import Address
from incidents.asking.facets import read_facets
from incidents.asking.filters import Filters
from incidents.serving import answers, assets, routes
from incidents.serving.first_html import THEME_HASH, THEME_SCRIPT, Shell, insert
from incidents.serving.first_view import FirstView
from incidents.table.columns import CLAIM_COLUMNS, COLUMNS, REPORT_COLUMNS
from incidents.table.problems import problems_frame
from incidents.table.settings import Settings
from incidents.telling.files.qr import draw_qr
from incidents.telling.pages.document import Document as Written
from incidents.versions.catalog import Catalog
from incidents.versions.keeping import write_snapshot
from incidents.versions.long_links import shorten_query
from tests.hostile_rows import HOSTILE
from tests.incidents.conftest import frame_of
from tests.incidents.serving.conftest import INDEX, THEMES
from tests.incidents.serving.previews import Preview

AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"


FILTERED = "/?type=air+strike&gov=Anbar&killed=1&killed=99"


@pytest.mark.parametrize(
    "address",
    ["/", "/?embed=map", FILTERED, f"/incident?incident={AIN_AL_ASAD}", "/timeline?step=month"],
)
def test_a_parser_of_previews_reads_a_card(client: TestClient, address: str) -> None:
    html = client.get(address).text
    read = link_preview(f"https://news.example:8443{address}", html)
    told = Preview(html).told
    assert read.title == told["og:title"] == told["twitter:title"]
    assert read.description == told["og:description"] == told["twitter:description"]
    assert read.absolute_image == told["og:image"] == told["twitter:image"]
    assert read.site_name == "Attacks in Iraq and Syria"
    assert told["twitter:card"] == "summary_large_image"
    assert told["twitter:image:alt"] == told["og:image:alt"] == told["og:description"]
    soup = BeautifulSoup(html, "html.parser")
    (canonical,) = [str(each["href"]) for each in soup.select("link[rel=canonical]")]
    assert canonical == told["og:url"] and "embed" not in canonical
    assert canonical.startswith("https://news.example:8443/")
    assert soup.title is not None and soup.title.text == told["og:title"]
    assert client.get(read.absolute_image).headers["content-type"] == "image/png"
    assert soup.select("meta[name=robots]") == []


def test_a_version_of_a_visitor_has_a_neutral_card(
    make_client: Callable[..., TestClient], shipped_settings: Settings, tmp_path: Path
) -> None:
    catalog = Catalog(replace(shipped_settings, snapshots=tmp_path))
    catalog.start().result()
    rows = frame_of(COLUMNS, ({"incident": "A", "date": "2021-07-07", "place": "Secret"},))
    tables = {
        "incidents": rows.assign(located_by=None, match=None, match_reason=None),
        "reports": frame_of(REPORT_COLUMNS, ()),
        "claims": frame_of(CLAIM_COLUMNS, ()),
    }
    made = write_snapshot(tmp_path, tables, problems_frame([]), "mine.csv", 0, origin="upload")
    client = make_client(catalog)
    cards = []
    for query in (f"data={made.id}", f"data={made.id}&incident=A", f"data={made.id}&q=Secret"):
        html = client.get(f"/?{query}").text
        head = html.partition("</head>")[0]
        told = Preview(head).told
        for name in ("og:url", "canonical"):
            told.pop(name, None)
        cards.append(told)
        assert "mine.csv" not in head and ">Secret" not in head and '"Secret' not in head
        assert told["og:title"] == told["og:site_name"] == "A table of incidents"
        assert told["robots"] == "noindex"
        # Who opens it sees it.
        assert "Incidents in mine.csv" in html
    assert cards[0] == cards[1] == cards[2]
    picture = client.get(cards[0]["og:image"])
    with Image.open(BytesIO(picture.content)) as drawn:
        assert drawn.size == (1200, 630)


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


def test_below_a_path_and_behind_a_proxy_what_is_sent_leads_back(
    make_client: Callable[..., TestClient], shipped_catalog: Catalog
) -> None:
    shipped_catalog.start().result()
    client = make_client(shipped_catalog, base="/attacks")
    told = {"host": "inner:8501", "x-forwarded-host": "www.example", "x-forwarded-proto": "https"}
    version = shipped_catalog.current.snapshot.id
    link = f"https://www.example/attacks/?q=base&data={version}"
    brief = client.get(f"/attacks/api/brief.html?q=base&data={version}", headers=told)
    soup = BeautifulSoup(brief.text, "html.parser")
    assert {str(a["href"]) for a in soup.select(".brief header a, .foot a")} == {link}
    plain = client.get(f"/attacks/api/brief.html?q=base&data={version}")
    assert brief.headers["etag"] != plain.headers["etag"]
    for page, path in (("overview", ""), ("timeline", "timeline")):
        query = f"q=base&data={version}"
        code = client.get(f"/attacks/api/qr/{page}.svg?{query}", headers=told)
        assert code.text == draw_qr(f"https://www.example/attacks/{path}?{query}")
    assert client.get("/attacks/api/qr/nothing.svg").status_code == 404


def test_a_code_of_very_many_filters_is_still_read(
    make_client: Callable[..., TestClient], shipped_settings: Settings, tmp_path: Path
) -> None:
    catalog = Catalog(replace(shipped_settings, snapshots=tmp_path))
    catalog.start().result()
    client = make_client(catalog)
    places = tuple(f"Place number {number}" for number in range(300))
    query = [("place", each) for each in places]
    # Whoever asks for a picture has nothing kept: strangers could ask until no name is left.
    told = client.get("/api/qr/overview.svg", params=query)
    assert (told.status_code, told.text) == (414, "This link is too long for a QR code.")
    assert not (tmp_path / "links").exists()
    # A page keeps its own address before it shows the code.
    name = shorten_query(tmp_path, Address(Filters(place=places)))
    drawn = client.get("/api/qr/overview.svg", params=query).text
    assert drawn == client.get(f"/api/qr/overview.svg?{name}").text
    assert drawn == draw_qr(f"https://news.example:8443/?{name}")
