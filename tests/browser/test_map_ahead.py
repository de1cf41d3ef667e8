"""The map asks for what the panel sets while the page still runs; what the page says counts."""

from urllib.parse import parse_qs

from playwright.sync_api import Page, WebSocketRoute

from tests.browser.dashboard import (
    ask,
    choose,
    expect_sentence,
    find_option,
    link_to,
    map_frame,
    map_status,
    open_page,
    wait_for_map,
    wait_settled,
)


def test_the_map_does_not_wait_for_the_page(server: str, page: Page) -> None:
    held: list[str | bytes] = []
    is_held = False

    def hold(socket: WebSocketRoute) -> None:
        to_server = socket.connect_to_server()
        socket.on_message(lambda sent: held.append(sent) if is_held else to_server.send(sent))

    page.route_web_socket("**/_stcore/stream", hold)
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    total = ask(page, server, "map", type="drone attack")["total"]
    wait_settled(page)
    is_held = True
    find_option(page, "Type", "drone attack").click()
    wait_for_map(page, f"of {total} incidents on screen")
    expect_sentence(page, "All incidents")


def test_what_the_page_says_counts(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    frame = map_frame(page)
    asked: list[str] = []
    page.on(
        "response", lambda got: asked.append(f"{got.status}") if "/api/map" in got.url else None
    )
    with page.expect_response(lambda got: "/api/map" in got.url and got.status == 400):
        frame.evaluate("() => liveLayer.askAhead({ killed: ['many'] })")
    frame.evaluate("() => liveLayer.askAhead({ type: ['drone attack'] })")
    total = ask(page, server, "map", type="drone attack")["total"]
    wait_for_map(page, f"of {total} incidents on screen")
    assert "could not be updated" not in map_status(page).inner_text()
    choose(page, "Type", "air strike")
    strikes = ask(page, server, "map", type="air strike")["total"]
    wait_for_map(page, f"of {strikes} incidents on screen")
    # Asked ahead and then shown: once.
    assert asked.count("200") == 2


def test_the_server_is_told_of_the_page_that_will_ask(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", step="month", sort="-killed"))
    wait_for_map(page, "of 64 incidents")
    wait_settled(page)
    with page.expect_request(lambda asked: "/api/map" in asked.url) as told:
        find_option(page, "Type", "drone attack").click()
    shown = parse_qs(told.value.headers["x-page"].removeprefix("?"))
    assert (shown["step"], shown["sort"]) == (["month"], ["-killed"])
    expect_sentence(page, "drone attack")
    # A map that is moved asks for itself alone.
    with page.expect_request(lambda asked: "/api/map" in asked.url) as moved:
        map_frame(page).evaluate("() => liveLayer.map.panBy([80, 0], { animate: false })")
    assert "x-page" not in moved.value.headers
