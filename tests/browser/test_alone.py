"""Parts of the dashboard alone, live, in frames of a page of another host."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import PHONE, StartServer
from tests.browser.dashboard import MAP, PATIENCE_MS, link_to, read_address

NewReader = Callable[..., Page]
PARTS = {
    "map": f"{MAP} >> visible=true",
    "timeline": ".st-key-timeline .bars",
    "figures": ".figures",
    "list": ".st-key-list",
}
FILTERS = {"type": "rocket attack", "gov": "Anbar"}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *told: object) -> None:
        pass


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A host of other pages: its address, and the folder that they are in."""
    folder = tmp_path_factory.mktemp("newsroom")
    host = ThreadingHTTPServer(("", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield f"http://localhost:{host.server_port}", folder
    host.shutdown()
    host.server_close()


@pytest.fixture(scope="module")
def embeddable(start_server: StartServer, newsroom: tuple[str, Path]) -> Iterator[str]:
    """A server that lets the newsroom show it."""
    with start_server(env={"INCIDENTS_EMBEDDERS": newsroom[0]}) as address:
        yield address


@pytest.fixture
def show(newsroom: tuple[str, Path]) -> Callable[[Page, str], FrameLocator]:
    """Function that opens an article with a frame, 600 x 400, and gives what is in it."""
    host, folder = newsroom

    def show(reader: Page, address: str) -> FrameLocator:
        frame = f'<iframe src="{address.replace("&", "&amp;")}" width="600" height="400"></iframe>'
        (folder / "article.html").write_text(f"<h1>Article</h1>{frame}", "utf-8")
        reader.goto(f"{host}/article.html")
        return reader.frame_locator("iframe")

    return show


Show = Callable[[Page, str], FrameLocator]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_stands_alone_and_leads_to_the_whole(
    embeddable: str, new_reader: NewReader, show: Show, part: str
) -> None:
    reader = new_reader(color_scheme="dark" if part == "list" else "light")
    inside = show(reader, link_to(embeddable, embed=part, **FILTERS))
    expect(inside.locator("#first-view")).to_have_count(0, timeout=PATIENCE_MS)
    for name, place in PARTS.items():
        expect(inside.locator(place)).to_have_count(1 if name == part else 0, timeout=PATIENCE_MS)
    for other in ("stSidebar", "stHeader", "stExpandSidebarButton", "stToolbar"):
        expect(inside.get_by_test_id(other).locator("visible=true")).to_have_count(0)
    expect(inside.locator(".st-key-navigation, .st-key-heading")).to_have_count(0)
    if part == "map":
        status = inside.frame_locator(MAP).locator(".incident-status")
        expect(status).to_contain_text("6 of 6 incidents", timeout=PATIENCE_MS)
    if part == "timeline":
        frame, chart = reader.locator("iframe"), inside.locator(PARTS[part])
        heights = [(each.bounding_box() or {}).get("height", 0.0) for each in (frame, chart)]
        assert 0.8 < heights[1] / heights[0] < 1
    way = inside.get_by_role("link", name="Open the whole")
    expect(way).to_be_in_viewport(ratio=1)
    with reader.context.expect_page() as opened:
        way.click()
    whole = opened.value
    expect(whole.locator("#first-view")).to_have_count(0, timeout=PATIENCE_MS)
    heading = whole.locator(".st-key-heading h1")
    expect(heading).to_contain_text("in Anbar, of type rocket attack", timeout=PATIENCE_MS)
    asked = read_address(whole)
    assert "embed" not in asked and asked["type"] == ["rocket attack"] and "data" in asked
    assert reader.url.endswith("article.html")


def test_it_is_live(embeddable: str, new_reader: NewReader, show: Show) -> None:
    reader = new_reader()
    inside = show(reader, link_to(embeddable, embed="list", **FILTERS))
    expect(inside.locator("#first-view")).to_have_count(0, timeout=PATIENCE_MS)
    inside.locator(".st-key-list tbody tr").first.click()
    expect(inside.locator(".st-key-card")).to_contain_text("Ain al-Asad", timeout=PATIENCE_MS)
    # It stays alone, whatever is chosen in it.
    expect(inside.get_by_test_id("stSidebar")).to_have_count(0)
    expect(inside.get_by_role("button", name="Full record")).to_be_hidden()
    inside.get_by_role("button", name="Back to the list").click()
    expect(inside.locator(".st-key-list tbody tr").first).to_be_visible(timeout=PATIENCE_MS)
    (frame,) = [each for each in reader.frames if "embed=list" in each.url]
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_without_a_script_it_shows_the_part_too(
    embeddable: str, new_reader: NewReader, show: Show
) -> None:
    reader = new_reader(java_script_enabled=False)
    inside = show(reader, link_to(embeddable, embed="map", **FILTERS))
    expect(inside.locator("#first-view .picture svg.map")).to_be_visible()
    expect(inside.locator("aside, header")).to_have_count(0)
    expect(inside.get_by_role("link", name="Open the whole")).to_be_in_viewport()


def test_on_a_phone_nothing_is_wider_than_the_frame(embeddable: str, new_reader: NewReader) -> None:
    reader = new_reader(viewport=PHONE)
    for part in PARTS:
        reader.goto(link_to(embeddable, embed=part))
        expect(reader.locator("#first-view")).to_have_count(0, timeout=PATIENCE_MS)
        expect(reader.get_by_role("link", name="Open the whole")).to_be_in_viewport(ratio=1)
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_streamlits_own_embedding_is_as_it_was(embeddable: str, new_reader: NewReader) -> None:
    reader = new_reader()
    reader.goto(link_to(embeddable, embed="true", **FILTERS))
    expect(reader.locator("#first-view")).to_have_count(0, timeout=PATIENCE_MS)
    expect(reader.locator(".st-key-heading h1")).to_contain_text("in Anbar, of type rocket attack")
    expect(reader.locator(".figures")).to_be_visible()


@pytest.mark.parametrize("part", PARTS)
def test_hostile_text_is_text_in_every_part(
    hostile_server: str, new_reader: NewReader, part: str
) -> None:
    reader = new_reader()
    reader.goto(link_to(hostile_server, embed=part))
    expect(reader.locator("#first-view")).to_have_count(0, timeout=PATIENCE_MS)
    expect(reader.locator(PARTS[part])).to_have_count(1)
    expect(reader.locator(".whole")).to_contain_text("Incidents in <img src=x onerror=alert(1)>")
    assert reader.locator("img[src=x]").count() == 0
