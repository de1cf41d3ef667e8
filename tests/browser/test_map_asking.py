"""What the map asks the server for, and when."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from incidents.asking.map.cells import widen_window
from tests.browser.dashboard import (
    ask,
    choose,
    expect_sentence,
    map_frame,
    map_status,
    open_page,
    wait_for_map,
    wait_in_map,
)


def test_failed_request_is_told_and_tried_again(server: str, page: Page) -> None:
    page.route("**/api/map?*", lambda route: route.abort())
    open_page(page, server)
    wait_for_map(page, "The map could not be updated.")
    page.unroute("**/api/map?*")
    map_status(page).get_by_role("button", name="Try again").click()
    wait_for_map(page, "of 64 incidents on screen")


def test_overtaken_answer_does_not_come_through(server: str, page: Page) -> None:
    held: list[Route] = []
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    page.route(re.compile(r"/api/map\?.*type=mortar"), lambda route: held.append(route))
    choose(page, "Type", "mortar attack")
    expect_sentence(page, "mortar attack")
    expect(map_status(page)).to_have_class(re.compile(r"\bbusy\b"))
    choose(page, "Type", "drone attack")
    both = ask(page, server, "map", type=["mortar attack", "drone attack"])["total"]
    assert len(held) >= 1
    for route in held[1:]:
        route.continue_()
    wait_for_map(page, f"of {both} incidents on screen")
    held[0].fulfill(
        json={"type": "FeatureCollection", "total": 7777, "unplaced": 0, "truncated": False}
        | {"features": []}
    )
    page.unroute_all(behavior="ignoreErrors")
    map_frame(page).evaluate("() => new Promise((done) => setTimeout(done, 0))")
    expect(map_status(page)).to_contain_text(f"of {both} incidents on screen")
    expect(map_status(page)).not_to_contain_text("could not be updated")


def test_a_small_movement_asks_for_the_same_cells_and_so_for_nothing(
    server: str, page: Page
) -> None:
    open_page(page, server)
    wait_for_map(page)
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if "/api/map?" in each.url else None)
    # Of what is asked for around the screen, the corner lies 32 pixels within a cell.
    map_frame(page).evaluate("""() => {
        const map = liveLayer.map, size = map.getSize();
        map.setZoom(7, { animate: false });
        const corner = map.getPixelBounds().min.subtract(size.multiplyBy(0.1));
        const into = (number) => 32 - (((number % 64) + 64) % 64);
        map.panBy([into(corner.x), into(corner.y)], { animate: false });
    }""")
    wait_in_map(page, "() => !liveLayer.request && liveLayer.asked === liveLayer.nameAsked()")
    before = len(asked)
    assert before > 0
    shown = map_frame(page).evaluate("() => liveLayer.map.getBounds().toBBoxString()")
    told = parse_qs(urlsplit(asked[-1]).query)["bbox"][0]
    bounds, window = (tuple(map(float, text.split(","))) for text in (shown, told))
    assert window == pytest.approx(widen_window(bounds, 7), abs=2e-5)
    pan = "by => liveLayer.map.panBy([by, by], { animate: false })"
    for by in (-20, 12):
        map_frame(page).evaluate(pan, by)
        seen = map_frame(page).evaluate("() => liveLayer.countSeen(liveLayer.answer.features)")
        expect(map_status(page)).to_have_text(re.compile(rf"^{seen} of 64 "))
    map_frame(page).evaluate(pan, 150)
    wait_in_map(page, "() => !liveLayer.request && liveLayer.asked === liveLayer.nameAsked()")
    assert len(asked) == before + 1
