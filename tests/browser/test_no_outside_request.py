"""No request of the reader's browser leaves the machine."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.dashboard import (
    PAGES,
    expect_sentence,
    is_outside,
    link_to,
    open_page,
    read_share_link,
    wait_for_map,
    wait_settled,
    watch_page,
)

NewReader = Callable[..., Page]
AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_asks_this_server_only(server: str, new_reader: NewReader, theme: str) -> None:
    reader = new_reader(color_scheme=theme)
    # What a theme loads, every page loads.
    for path in PAGES if theme == "light" else ("",):
        query = {"incident": AIN_AL_ASAD} if path == "incident" else {}
        open_page(reader, link_to(server, path, **query))
        if path in ("", "incident"):
            wait_for_map(reader, "known to the site" if path else "on screen")
        if path == "":
            read_share_link(reader)
        if path in ("", "timeline", "casualties"):
            chart = "stVegaLiteChart" if path == "casualties" else "stBidiComponentRegular"
            expect(reader.get_by_test_id(chart).first).to_be_visible()
        ground = "rgb(255, 255, 255)" if theme == "light" else "rgb(18, 22, 29)"
        expect(reader.get_by_test_id("stApp")).to_have_css("background-color", ground)


def test_opening_an_incident_asks_this_server_only(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", incident=AIN_AL_ASAD))
    expect(page.get_by_role("button", name="Full record")).to_be_visible()
    page.get_by_role("button", name="Full record").click()
    expect(page.locator(".report").first).to_be_visible()
    wait_settled(page)


@pytest.mark.parametrize(
    "script",
    [
        "fetch('http://evil.example/x').catch(() => 0)",
        "new Image().src = 'http://evil.example/x.png'",
        "new WebSocket('ws://evil.example/x')",
        "document.body.append(Object.assign(document.createElement('iframe'),"
        " {srcdoc: '<img src=http://evil.example/x.png>'}))",
    ],
    ids=["fetch", "image", "socket", "frame"],
)
def test_the_watch_sees_a_request_to_another_host(desk: BrowserContext, script: str) -> None:
    tab = desk.new_page()
    watch = watch_page(tab)
    # The server's own answers come with a policy that has the browser refuse.
    tab.goto("about:blank")
    assert watch.outside == []
    tab.evaluate(f"() => {{ {script} }}")
    expect(tab.locator("body")).to_be_visible()
    tab.wait_for_function("() => true")
    tab.evaluate("() => new Promise(requestAnimationFrame)")
    for _ in range(100):
        if watch.outside:
            break
        tab.evaluate("() => new Promise(requestAnimationFrame)")
    assert len(watch.outside) == 1
    tab.close()


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("http://localhost:8501/x", False),
        ("ws://localhost:8501/x", False),
        ("data:image/png;base64,AA", False),
        ("blob:http://localhost/1", False),
        ("https://fonts.example/a.woff2", True),
        ("wss://evil.example/x", True),
        ("http://localhost.evil.example/", True),
    ],
)
def test_what_counts_as_outside(url: str, outside: bool) -> None:
    assert is_outside(url) is outside


def test_an_alert_is_seen(desk: BrowserContext) -> None:
    tab = desk.new_page()
    watch = watch_page(tab)
    tab.goto("about:blank")
    tab.set_content("<img src=x onerror=alert(1)>")
    tab.wait_for_function("() => document.images[0].complete")
    assert watch.dialogs == ["1"]
    tab.close()


def test_sentence_of_the_front_page(server: str, page: Page) -> None:
    open_page(page, server)
    expect_sentence(page, "All incidents, 8 Jan – 29 Jul 2021")
