"""How a reader handles the dashboard in a browser: plain steps that the tests are made of."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import ConsoleMessage, Frame, FrameLocator, Locator, Page, expect

PATIENCE_MS = 45_000
MAP = 'iframe[title="streamlit_folium.st_folium"]'
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
NAMES_VERSION = re.compile(r"data=[0-9a-f]{6,}")
PAGES = ("", "timeline", "casualties", "data", "about", "incident")


@dataclass
class Watch:
    """What a page must not do: ask another machine, open a dialog, fail in its own scripts, or
    try what its policy forbids."""

    outside: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def assert_clean(self) -> None:
        """Fail if the page did any of it."""
        assert self.outside == []
        assert self.dialogs == []
        assert self.errors == []
        assert self.refused == []


def watch_page(page: Page) -> Watch:
    """Note from now on what the page and all its frames ask for."""
    watch = Watch()

    def note(url: str) -> None:
        if is_outside(url):
            watch.outside.append(url)

    def dismiss(dialog: Any) -> None:
        watch.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: note(request.url))
    page.on("websocket", lambda socket: note(socket.url))
    page.on("dialog", dismiss)

    def hear(message: ConsoleMessage) -> None:
        # A worker's, too, which hears no event of the page.
        if "Content Security Policy" in message.text or "Permissions policy" in message.text:
            watch.refused.append(message.text)

    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    page.on("console", hear)
    return watch


def is_outside(url: str) -> bool:
    """Whether an address is one of another machine."""
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob", "about") and parts.hostname != "localhost"


def link_to(server: str, page: str = "", **query: Any) -> str:
    """Address of a page with parameters; lists are repeated."""
    return f"{server}/{page}?{urlencode(query, doseq=True)}" if query else f"{server}/{page}"


def ask(page: Page, server: str, route: str, **query: Any) -> Any:
    """What a route of the server answers, apart from the page."""
    answer = page.request.get(link_to(server, f"api/{route}", **query))
    assert answer.ok, answer.text()
    return answer.json()


def open_page(page: Page, address: str) -> None:
    """Open an address and wait until the page stands."""
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    wait_for_live_page(page)
    wait_settled(page)


def wait_for_live_page(page: Page) -> None:
    """Wait until the live page has taken the place of the first view."""
    page.locator('[data-testid="stMainBlockContainer"]').wait_for()
    expect(page.locator("#first-view")).to_have_count(0, timeout=PATIENCE_MS)


def wait_settled(page: Page) -> None:
    """Wait until the server has nothing more to say for now."""
    page.locator(SETTLED).wait_for(timeout=PATIENCE_MS)


def sentence(page: Page) -> Locator:
    """The sentence that says what is filtered."""
    return page.locator(".st-key-heading h1")


def expect_sentence(page: Page, words: Any) -> None:
    """Wait until the sentence holds these words."""
    expect(sentence(page)).to_contain_text(words, timeout=PATIENCE_MS)


def read_figures(page: Page) -> list[str]:
    """The figures above the map, each with label and note."""
    page.locator(".figure").nth(3).wait_for(timeout=PATIENCE_MS)
    return page.locator(".figure").all_inner_texts()


def in_map(page: Page) -> FrameLocator:
    """The frame that holds the map."""
    return page.frame_locator(MAP)


def map_frame(page: Page) -> Frame:
    """The frame that holds the map, for running scripts in it."""
    handle = page.locator(MAP).element_handle(timeout=PATIENCE_MS)
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    return frame


def map_status(page: Page) -> Locator:
    """What the map says of itself."""
    return in_map(page).locator(".incident-status")


def wait_for_map(page: Page, words: Any = "on screen") -> None:
    """Wait until the map is drawn and says these words."""
    expect(map_status(page)).to_contain_text(words, timeout=PATIENCE_MS)


def read_place(page: Page) -> dict[str, float]:
    """Centre and zoom of the map."""
    place: dict[str, float] = map_frame(page).evaluate(
        "() => { const map = window.liveLayer.map, at = map.getCenter();"
        " return { lat: at.lat, lng: at.lng, zoom: map.getZoom() }; }"
    )
    return place


def wait_in_map(page: Page, condition: str) -> None:
    """Wait until a condition in the map's script holds."""
    map_frame(page).wait_for_function(condition, timeout=PATIENCE_MS)


def zoom_with_wheel(page: Page) -> None:
    """Turn the wheel over the map, off its centre, and wait until the map has come to rest."""
    before = read_place(page)["zoom"]
    box = page.locator(MAP).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.45)
    page.mouse.wheel(0, -240)
    wait_in_map(page, f"() => window.liveLayer.map.getZoom() > {json.dumps(before)}")
    wait_in_map(
        page,
        "() => { const map = window.liveLayer.map, stored = JSON.parse("
        "sessionStorage.getItem('incidents-map-place'));"
        " return stored && stored.zoom === map.getZoom() && !map._animatingZoom; }",
    )


def in_panel(page: Page) -> Locator:
    """The panel of filters."""
    return page.get_by_test_id("stSidebar")


def find_list(page: Page, label: str) -> Locator:
    """One filter of the panel."""
    return in_panel(page).get_by_role("group", name=label, exact=True)


def find_option(page: Page, label: str, option: str) -> Locator:
    """The box of one option of a filter that has a list of them."""
    name = page.locator(f".name:text-is({json.dumps(option)})")
    return find_list(page, label).locator("label.option").filter(has=name).locator("input")


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option in a filter that has a list of them."""
    listed = find_list(page, label)
    listed.wait_for(timeout=PATIENCE_MS)
    search = listed.get_by_role("searchbox")
    if search.count():
        search.fill(option)
    box = find_option(page, label, option)
    expect(box).to_be_visible(timeout=PATIENCE_MS)
    box.click()
    if search.count():
        search.fill("")
    wait_settled(page)


def choose_one(page: Page, label: str, option: str) -> None:
    """Choose the option of a filter that takes one of a few."""
    in_panel(page).get_by_label(label, exact=True).select_option(label=option)
    wait_settled(page)


def in_navigation(page: Page) -> Locator:
    """The links to the pages."""
    return page.locator(".st-key-navigation").get_by_role("link")


def turn_to(page: Page, name: str) -> None:
    """Turn to another page by the navigation."""
    page.locator(".st-key-navigation").get_by_role("link", name=name, exact=True).click()
    wait_settled(page)


def list_rows(page: Page) -> Locator:
    """The rows of the list of incidents."""
    return page.locator(".st-key-list tbody tr")


def read_address(page: Page) -> dict[str, list[str]]:
    """Parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def wait_for_address(page: Page, holds: Callable[[dict[str, list[str]]], bool]) -> None:
    """Wait until the parameters of the address fulfil a condition."""
    page.wait_for_url(
        lambda url: holds(parse_qs(urlsplit(url).query)), timeout=PATIENCE_MS, wait_until="commit"
    )


def read_share_link(page: Page) -> str:
    """The link that the share button offers now."""
    page.get_by_role("button", name="Share").click()
    field = page.get_by_label("Link to this view")
    field.focus()
    expect(field).to_have_value(NAMES_VERSION, timeout=PATIENCE_MS)
    link = field.input_value()
    page.keyboard.press("Escape")
    return link
