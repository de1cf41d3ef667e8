"""The first view in a browser: without a script, in place, until the live page is whole."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.dashboard import (
    PAGES,
    PATIENCE_MS,
    choose,
    link_to,
    open_page,
    read_figures,
    turn_to,
    wait_for_live_page,
    wait_settled,
)

NewReader = Callable[..., Page]
AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"
TABLET = {"width": 768, "height": 1024}
MEASURE = """
window.shifts = [];
const name = (node) => node?.nodeType === 1
  ? `${node.tagName} ${node.id} ${node.getAttribute("class") ?? ""} ${node.dataset?.testid ?? ""}`
  : `text "${node?.nodeValue?.slice(0, 40)}"`;
const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts.push([each.value,
    each.sources.map((source) =>
      `${name(source.node)}: ${box(source.previousRect)} to ${box(source.currentRect)}`)]);
}).observe({ type: "layout-shift", buffered: true });
"""
"""How far parts of a page were moved without the reader's doing, and which."""
PLACES = {
    ".kicker": ".st-key-heading .kicker",
    "h1": ".st-key-heading h1",
    ".figures": ".figures",
    ".views": ".st-key-views",
    ".picture": ".st-key-map_box iframe",
    ".steps": ".st-key-steps",
    ".legend": ".st-key-timeline .legend",
    ".marks": ".st-key-timeline .marks",
    ".bars": ".st-key-timeline .bars",
    ".order": ".order",
    ".list": ".rows",
}
"""Parts of the first view, and what takes their place."""


def block(page: Page) -> None:
    """Let no page of this reader speak with the server."""
    page.route_web_socket("**/_stcore/stream", lambda socket: socket.close())


@pytest.mark.parametrize("path", PAGES)
def test_without_a_script_every_page_shows_its_content(
    server: str, new_reader: NewReader, path: str
) -> None:
    reader = new_reader(java_script_enabled=False)
    reader.goto(link_to(server, path, incident=AIN_AL_ASAD if path == "incident" else "", q="base"))
    main = reader.locator("#first-view main")
    expect(main.locator("noscript p")).to_be_visible()
    expect(main.get_by_text("takes its place")).to_be_hidden()
    shown = {
        "": "wounded", "timeline": "Change against", "casualties": "where sources differ most",
        "data": "Download CSV", "about": "How to read the figures", "incident": "Ain al-Asad",
    }  # fmt: skip
    expect(main.get_by_text(shown[path]).first).to_be_visible()
    menu = reader.get_by_role("navigation", name="Pages")
    menu.get_by_role("link", name="About" if path != "about" else "Data").click()
    expect(
        main.get_by_text("Download CSV" if path == "about" else "Unknown is not zero")
    ).to_be_visible()
    assert "q=base" in reader.url


def test_without_a_script_a_row_leads_to_its_incident(server: str, new_reader: NewReader) -> None:
    reader = new_reader(java_script_enabled=False)
    reader.goto(link_to(server, q="Ain al-Asad"))
    row = reader.get_by_role("region", name="Incidents").get_by_role("row").nth(1)
    words = row.inner_text().split("\t")
    row.get_by_role("link").click()
    expect(reader.locator("#first-view .facts").first).to_be_visible()
    expect(reader.locator("#first-view main")).to_contain_text(words[0])


def test_a_blocked_connection_leaves_the_first_view_with_a_sentence(
    server: str, new_reader: NewReader
) -> None:
    reader = new_reader()
    block(reader)
    reader.goto(link_to(server, type="air strike"))
    note = reader.get_by_role("status").filter(has_text="could not start")
    expect(note).to_be_visible(timeout=PATIENCE_MS)
    expect(reader.locator("#first-view h1")).to_contain_text("of type air strike")
    expect(reader.locator("#first-view .figure").first).to_be_visible()
    expect(reader.get_by_test_id("stApp")).to_be_hidden()
    # Its links still work.
    reader.get_by_role("link", name="Clear Type").click()
    expect(reader.locator("#first-view h1")).to_contain_text("All incidents")


def test_a_script_that_does_not_come_leaves_the_first_view(
    server: str, new_reader: NewReader
) -> None:
    reader = new_reader()
    reader.route("**/static/js/index.*.js", lambda route: route.abort())
    reader.goto(server)
    expect(reader.get_by_text("could not start")).to_be_visible(timeout=PATIENCE_MS)
    expect(reader.locator("#first-view .figure").first).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_live_page_takes_its_place_without_a_jump(
    server: str, new_reader: NewReader, size: Any
) -> None:
    reader = new_reader(viewport=size)
    open_page(reader, server)
    figures = read_figures(reader)
    blocked = new_reader(viewport=size)
    block(blocked)
    blocked.goto(server)
    assert [each.split() for each in read_figures(blocked)] == [each.split() for each in figures]
    for first, live in PLACES.items():
        box: Any = blocked.locator(f"#first-view {first}").first.bounding_box()
        taken: Any = reader.locator(live).first.bounding_box()
        assert (box["x"], box["width"]) == pytest.approx((taken["x"], taken["width"]), abs=1) or (
            first in ("h1", ".kicker", ".views")
        )
        assert box["y"] == pytest.approx(taken["y"], abs=1), first
        assert first == ".list" or box["height"] == pytest.approx(taken["height"], abs=2), first


@pytest.mark.parametrize(("stored", "system"), [("Dark", "light"), ("Light", "dark")])
def test_the_ground_is_the_one_that_the_reader_chose(
    server: str, new_reader: NewReader, stored: str, system: str
) -> None:
    read = "element => getComputedStyle(element).backgroundColor"
    reader = new_reader(color_scheme=system)
    block(reader)
    reader.goto(server)
    first = reader.locator("#first-view")
    by_system = first.evaluate(read)
    key, value = "stActiveTheme-/-v2", json.dumps(stored)
    reader.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    reader.reload()
    chosen = first.evaluate(read)
    assert chosen != by_system
    # Streamlit takes the same key for its own: the live page has the same ground.
    live = reader.context.new_page()
    live.goto(server)
    wait_for_live_page(live)
    assert live.get_by_test_id("stApp").evaluate(read) == chosen
    live.close()


def test_where_the_reader_was_the_live_page_is(server: str, new_reader: NewReader) -> None:
    reader = new_reader(viewport=PHONE)
    reader.goto(server, wait_until="commit")
    reader.locator("#first-view .bars").wait_for()
    reader.evaluate("window.scrollTo(0, 400)")
    wait_for_live_page(reader)
    assert reader.get_by_test_id("stMain").evaluate("element => element.scrollTop") > 200


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text(hostile_server: str, new_reader: NewReader, path: str) -> None:
    reader = new_reader()
    block(reader)
    reader.goto(link_to(hostile_server, path))
    expect(reader.locator("#first-view main")).to_be_visible()
    assert reader.locator("#first-view img, #first-view script, #first-view iframe").count() == 0


def test_a_page_that_is_open_stays_as_it_is(server: str, page: Page) -> None:
    open_page(page, server)
    turn_to(page, "Timeline")
    expect(page.locator("#first-view")).to_have_count(0)
    assert page.locator("#root").evaluate("e => getComputedStyle(e).visibility") == "visible"


@pytest.mark.parametrize("path", [*PAGES, "difference"])
def test_all_that_a_page_announces_it_loads(server: str, new_reader: NewReader, path: str) -> None:
    """Loaded without being told, a page asks for everything that it would have been told."""
    reader, asked = new_reader(), set()
    announced: list[str] = []

    def tell_nothing(route: Route) -> None:
        answer = route.fetch()
        before, first, after = answer.text().partition("first-view.js")
        told, end, rest = after.partition("</head>")
        announced.extend(re.findall(r'<link [^>]*href="\./([^"]+)">', told))
        stripped = re.sub(r"<link [^>]*>", "", told)
        route.fulfill(response=answer, body=f"{before}{first}{stripped}{end}{rest}")

    address = link_to(server, path, incident=AIN_AL_ASAD if path == "incident" else "")
    reader.route(address, tell_nothing)
    reader.on("request", lambda request: asked.add(request.url))
    reader.goto(address)
    wait_for_live_page(reader)
    wait_settled(reader)
    assert len(announced) > 3
    assert [name for name in announced if f"{server}/{name}" not in asked] == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_nothing_moves_while_a_page_opens(
    server: str, new_reader: NewReader, path: str, size: Any
) -> None:
    reader = new_reader(viewport=size)
    reader.add_init_script(MEASURE)
    open_page(reader, link_to(server, path, incident=AIN_AL_ASAD if path == "incident" else ""))
    wait_settled(reader)
    reader.evaluate("() => new Promise(requestAnimationFrame)")
    shifts = reader.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) < 0.1, json.dumps(shifts, indent=1)


@pytest.mark.parametrize("path", [*PAGES, "difference"])
def test_the_live_page_has_the_title_of_its_first_view(server: str, page: Page, path: str) -> None:
    query = {"incident": AIN_AL_ASAD} if path == "incident" else {"type": "air strike"}
    address = link_to(server, path, **query)
    first = page.request.get(address, headers={"accept": "text/html"}).text()
    title = first.partition("<title>")[2].partition("</title>")[0]
    open_page(page, address)
    expect(page).to_have_title(unescape(title))
    if path in ("", "timeline", "casualties", "data"):
        choose(page, "Type", "rocket attack")
        expect(page).to_have_title(re.compile("rocket attack"), timeout=PATIENCE_MS)
