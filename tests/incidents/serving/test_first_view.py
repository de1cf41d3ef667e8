"""What a page's address answers before any script runs: its link in HTML."""

import asyncio
import gzip
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import brotli
import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from incidents.asking.address import Address, to_query
from incidents.asking.figures import count_figures
from incidents.asking.filters import Filters, to_sentence
from incidents.serving import assets, first_view
from incidents.serving.first_html import THEME_HASH, THEME_SCRIPT, Shell, insert
from incidents.serving.first_view import KEPT, FirstView
from incidents.table.settings import Settings
from incidents.telling.pages.asked import HOME, PAGES
from incidents.telling.pages.document import Document as Written
from incidents.telling.pages.figures import list_cards
from incidents.telling.pages.style import Theme
from incidents.versions.catalog import Catalog, Version
from tests.conftest import HOSTILE, read_sentence

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
THEME = Theme("#fff", "#eee", "#111", "#225577", tuple(f"#00000{n}" for n in range(9)))
THEMES = {"light": THEME, "dark": replace(THEME, background="#123456")}
AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"
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


PATIENCE = first_view.PATIENCE


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

        routes = [
            Route(f"{base}/other/timeline", text),
            Route("/{path:path}", index, methods=["GET", "POST"]),
        ]
        before = [Middleware(FirstView, base=base, themes=THEMES, find_catalog=lambda: catalog)]
        client = TestClient(Starlette(routes=routes, middleware=before))
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


def list_paths(base: str = "") -> dict[str, str]:
    return {name: f"{base}/" if name == HOME else f"{base}/{name}" for name in PAGES}


@pytest.mark.parametrize("base", ["", "/attacks"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_its_link_shows(
    make_client: MakeClient, shipped_catalog: Catalog, page: str, base: str
) -> None:
    shipped_catalog.start().result()
    query = f"type=air+strike&incident={AIN_AL_ASAD}" if page == "incident" else "type=air+strike"
    path = list_paths(base)[page]
    document = read(make_client(shipped_catalog, base), path, query)
    (title,) = document.find("title")[:1]
    assert "Attacks in Iraq and Syria" in title and title != "Attacks in Iraq and Syria"
    (heading,) = document.find("h1")
    assert heading in title or page == "incident"
    told = [attributes for tag, attributes, _ in document.elements if tag in ("meta", "link")]
    (description,) = (each["content"] for each in told if each.get("name") == "description")
    assert description and len(description) < 400
    (canonical,) = (each["href"] for each in told if each.get("rel") == "canonical")
    assert canonical is not None and canonical.startswith(f"{path}?")
    assert "type=air+strike" in canonical and ("incident=" in canonical) == (page == "incident")
    # A menu of links, with this page marked, that keep the filters.
    links = {text: a for (tag, a, t) in document.elements if tag == "a" for text in ["".join(t)]}
    assert links["Timeline"]["href"] == "timeline?type=air+strike"
    if page in ("overview", "timeline", "casualties", "data", "about"):
        assert links[PAGES[page]]["aria-current"] == "page"


def some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def one(*values: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from(values).map(lambda value: [value])


DAYS = st.dates(date(2020, 12, 1), date(2021, 8, 31)).map(date.isoformat)
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "type": some("air strike", "rocket attack", "no such type"),
        "gov": some("Baghdad", "Anbar", "Deir ez-Zor"),
        "dates": st.lists(DAYS, min_size=2, max_size=2),
        "killed": st.lists(st.integers(0, 70).map(str), min_size=2, max_size=2),
        "basis": one("low", "high", "known"),
        "precision": one("site", "governorate"),
        "q": one("base", "قاعدة", "nothing like it"),
        "sort": one("date", "-killed_max", "place"),
    },
)


@given(query=QUERIES)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_and_rows_are_those_of_the_live_page(
    client: TestClient, open_page: Callable[..., Any], query: dict[str, list[str]]
) -> None:
    live = open_page(query=query)
    pairs = [(name, text) for name, texts in query.items() for text in texts]
    document = Document(client.get("/", params=pairs).text)
    html = next(e.proto.body for e in live.get("html") if "figure-value" in e.proto.body)
    assert document.figures == Document(html).figures
    assert document.find("h1") == [read_sentence(live)]
    told = [json.loads(each.proto.json) for each in live.get("bidi_component")]
    lists = [each["rows"] for each in told if "rows" in each]
    if lists:
        names = ("date", "place", "killed", "wounded", "type")
        assert document.rows == [[row[name] for name in names] for row in lists[0]]
    else:
        assert "No incident fits all of these filters." in document.find("b")


LINKS: dict[str, Filters] = {
    "": Filters(),
    "type=air+strike": Filters(type=("air strike",)),
    "killed=1&killed=9&basis=low": Filters(killed=(1, 9), basis="low"),
    "dates=2021-07-08&dates=2021-07-07": Filters(dates=(date(2021, 7, 7), date(2021, 7, 8))),
    "gov=Nowhere": Filters(),
    "killed=0&killed=9999": Filters(killed=(0, 9999)),
    "nothing=1": Filters(),
}


@pytest.mark.parametrize("query", LINKS)
def test_what_cannot_be_used_of_a_link_is_told(
    client: TestClient, shipped: Version, query: str
) -> None:
    document, filters = read(client, "/", query), LINKS[query]
    figures = count_figures(shipped.store.select(filters))
    assert document.figures == [(c.value, c.label, c.note) for c in list_cards(figures)]
    assert document.find("h1")[0].startswith(to_sentence(filters))
    left_out = [text for text in document.find("p", "told") if "Left out of the link" in text]
    assert bool(left_out) == (filters == Filters() and query != "")


def test_the_map_has_the_marks_of_the_live_map(client: TestClient, shipped: Version) -> None:
    document = read(client)
    classes = [a.get("class") or "" for tag, a, _ in document.elements if tag in ("circle", "path")]
    total, placed = shipped.store.count(Filters())
    assert sum(each.startswith("area") for each in classes) > 5
    numbers = sum(int(text) for text in document.find("text") if text.isdigit())
    singles = sum(each.startswith("mark") for each in classes)
    assert numbers + singles == placed == total
    (status,) = document.find("p", "map-status")
    assert status == f"{total} of {total} incidents on screen"
    labels = [a["aria-label"] for tag, a, _ in document.elements if tag == "svg"]
    assert f"Map. {status}." in labels


@pytest.mark.parametrize("view", ["density", "governorates", "lines", "change"])
def test_the_map_shows_the_view_of_the_link(client: TestClient, view: str) -> None:
    document = read(client, "/", f"view={view}")
    kinds = {
        "density": "square",
        "governorates": "governorate",
        "lines": "line",
        "change": "change",
    }
    names = [(a.get("class") or "").split()[:1] for _, a, _ in document.elements]
    assert [kinds[view]] in names
    shown = [text for text in document.find("b") if text.lower() == view]
    assert len(shown) == 1


def test_an_incident_that_is_open_stands_in_the_lists_place(client: TestClient) -> None:
    document = read(client, "/", f"incident={AIN_AL_ASAD}")
    assert "Rocket attack" in document.find("h2")
    assert any("chosen" in (a.get("class") or "") for _, a, _ in document.elements)
    full = read(client, "/incident", f"incident={AIN_AL_ASAD}")
    assert "Rocket attack" in full.find("h2") and len(full.find("div", "report")) > 5
    gone = read(client, "/incident", "incident=nothing")
    assert "There is no such incident in this version of the table." in gone.find("b")


HOSTILE_PATHS = [*list_paths().values(), "/?view=governorates", "/?view=lines", "/?view=density"]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_whatever_a_table_holds_is_text(
    make_client: MakeClient, hostile_catalog: Catalog, path: str
) -> None:
    client = make_client(hostile_catalog)
    scripts = INDEX.count("<script") + 2
    asked = {"incident": f"HA {HOSTILE}"}, {"q": HOSTILE, "gov": HOSTILE}, {HOSTILE: HOSTILE}
    for query in ({}, *asked):
        answer = client.get(path) if "?" in path else client.get(path, params=query)
        elements = Document(answer.text).elements
        tags = [tag for tag, _, _ in elements]
        assert tags.count("script") == scripts
        assert not {"img", "iframe", "object", "form", "base"} & set(tags)
        for tag, attributes, _ in elements:
            assert not any(name.startswith("on") for name in attributes), (tag, attributes)
            for name in ("href", "src"):
                address = attributes.get(name) or ""
                assert not address.strip().lower().startswith(("javascript:", "data:")), address
                assert tag == "a" or not address.startswith("http"), address


@pytest.fixture(scope="module")
def hostile_catalog(
    hostile_table: Path, shipped_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Catalog:
    folder = tmp_path_factory.mktemp("hostile-snapshots")
    catalog = Catalog(replace(shipped_settings, table=hostile_table, snapshots=folder))
    catalog.start().result()
    return catalog


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


def test_what_is_no_page_of_streamlits_passes_as_it_is() -> None:
    page = Written("a", "b", "./", "c")
    for html in ("<p>Something else</p>", "<head></head><body></body>"):
        assert insert(Shell(html, ""), page, THEMES, "") == html


def test_a_version_that_is_not_kept_is_told_and_the_newest_shown(client: TestClient) -> None:
    document = read(client, "/", "data=abcdef123456")
    assert document.find("p", "told") == [
        'Version "abcdef123456" of the table is not kept here. The newest version is shown instead.'
    ]
    assert document.figures[0][0] == "64"


def test_the_version_that_a_link_names_is_shown(
    make_client: MakeClient, shipped_settings: Settings, tmp_path: Path
) -> None:
    table = tmp_path / "own.csv"
    table.write_text("date,place\n2021-07-07,Erbil\n", "utf-8")
    settings_of = replace(shipped_settings, table=table, snapshots=tmp_path / "kept")
    first = Catalog(settings_of).current.snapshot.id
    table.write_text("date,place\n2021-07-07,Erbil\n2021-07-08,Mosul\n", "utf-8")
    catalog = Catalog(settings_of)
    catalog.start().result()
    client = make_client(catalog)
    assert read(client).figures[0][0] == "2"
    document = read(client, "/", f"data={first}")
    assert document.figures[0][0] == "1" and document.find("div", "kicker") == [
        "Incidents in own.csv"
    ]
    links = [a["href"] or "" for tag, a, _ in document.elements if tag == "a"]
    assert all(f"data={first}" in each for each in links)
    compared = read(client, "/difference", f"against={first}")
    assert compared.find("td")[:3] == ["1", "0", "0"]
    # Its files are damaged: the page says so.
    folder = next(tmp_path.glob(f"kept/**/{first}*"))
    for file in folder.glob("*"):
        file.unlink() if file.suffix == ".duckdb" else file.write_bytes(b"nothing")
    damaged = read(make_client(Catalog(settings_of)), "/", f"data={first}")
    assert any(first in text for text in damaged.find("p", "told"))


def test_a_table_that_cannot_be_read_is_told(
    make_client: MakeClient, shipped_settings: Settings, broken_table: Path, tmp_path: Path
) -> None:
    catalog = Catalog(replace(shipped_settings, table=broken_table, snapshots=tmp_path / "kept"))
    answer = make_client(catalog).get("/timeline")
    assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers
    (told,) = Document(answer.text).find("p", "told")
    assert "broken.csv" in told and "Traceback" not in answer.text
    assert 'id="first-view" data-waits' in answer.text


def test_an_empty_table_is_told(
    make_client: MakeClient, shipped_settings: Settings, empty_table: Path, tmp_path: Path
) -> None:
    catalog = Catalog(replace(shipped_settings, table=empty_table, snapshots=tmp_path / "kept"))
    catalog.start().result()
    client = make_client(catalog)
    for path in list_paths().values():
        document = read(client, path)
        assert document.find("h1")
    assert read(client).figures[0] == ("0", "incidents", "")


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
    let_go.set()
    monkeypatch.setattr(first_view, "PATIENCE", 30)
    assert read(client, "/", "type=other").figures


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


def test_many_marks_stay_small(make_client: MakeClient, many_catalog: Catalog) -> None:
    with make_client(many_catalog).stream("GET", "/", headers={"accept-encoding": "gzip"}) as got:
        size = len(b"".join(got.iter_raw()))
    assert size < 60_000


@pytest.fixture(scope="module")
def many_catalog(shipped_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """As many marks as the map draws one by one, each of its own kind and place."""
    table = tmp_path_factory.mktemp("many") / "many.csv"
    types = ("rocket attack", "drone attack", "air strike")
    rows = [
        f"2021-{1 + n % 12:02}-{1 + n % 28:02},Place number {n},{types[n % 3]},"
        f"{30 + n * 7919 % 60000 / 10000:.4f},{40 + n * 104729 % 70000 / 10000:.4f},site,"
        f"{n % 13 if n % 4 else ''}\n"
        for n in range(2000)
    ]
    head = "date,place,type,lat,lon,precision,killed_min\n"
    table.write_text(head + "".join(rows), "utf-8")
    folder = tmp_path_factory.mktemp("many-snapshots")
    catalog = Catalog(replace(shipped_settings, table=table, snapshots=folder))
    catalog.start().result()
    return catalog


def test_links_ask_for_what_they_say(client: TestClient) -> None:
    document = read(client, "/", "type=air+strike&gov=Baghdad")
    links = {
        attributes.get("aria-label") or "".join(text): attributes["href"]
        for tag, attributes, text in document.elements
        if tag == "a"
    }
    assert links["Clear Type"] == "./?gov=Baghdad"
    assert links["Density"] == "./?gov=Baghdad&type=air+strike&view=density"
    assert links["Casualties"] == "casualties?gov=Baghdad&type=air+strike"
