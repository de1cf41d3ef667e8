"""What only the dashboard has: a map that asks for its window, and a timeline to drag over."""

from collections.abc import Callable
from statistics import median
from typing import Any

from browsing import new_page, read_probe, start_probe
from plan import Plan, Results, take
from playwright.sync_api import Browser, Frame, Page, Request
from servers import Server
from subjects import DASHBOARD, OWN

from tests.browser.dashboard import map_frame

# Pixels, back and forth: no window is seen twice, and none leaves the data.
MOVES = ((260, 0), (0, 180), (-390, 0), (0, -270), (200, 90), (-100, 150), (170, -60))
MAP_ALONE = "() => ({ parts: { map: liveLayer.answer }, busy: false })"


def measure_own_page(browser: Browser, server: Server, plan: Plan, results: Results) -> None:
    """Moving the map, the size of its answers, and the timeline's brush."""
    with new_page(browser, plan.limit) as page:
        asked = note_requests(page)
        OWN.open(page, server.address, plan.limit)
        frame = map_frame(page)
        take(results, "pan", lambda: time_moves(frame, pan, plan))
        take(results, "zoom", lambda: time_moves(frame, zoom, plan))
        OWN.filter(page, server.address, 0, plan.limit)
        take(results, "payload", lambda: max(map(size_of, asked)) / 1000)
    with new_page(browser, plan.limit) as page:
        OWN.open(page, server.address, plan.limit)
        take(results, "brush", lambda: median(time_brush(page, n, plan) for n in range(plan.runs)))


def note_requests(page: Page) -> list[Request]:
    """List that fills with the map's requests that were answered."""
    asked: list[Request] = []

    def note(request: Any) -> None:
        if "/api/map?" in request.url:
            asked.append(request)

    page.on("requestfinished", note)
    return asked


def size_of(request: Request) -> int:
    """Bytes of an answer as sent, so compressed if it is."""
    return int(request.sizes()["responseBodySize"])


def pan(number: int) -> str:
    """Script that moves the map aside, at once."""
    x, y = MOVES[number % len(MOVES)]
    return f"liveLayer.map.panBy([{x}, {y}], {{ animate: false }})"


def zoom(number: int) -> str:
    """Script that moves the map closer by a step, at once; after five steps out again."""
    by = 1 if (number + 1) % 6 else -4
    return f"liveLayer.map.setZoom(liveLayer.map.getZoom() + {by}, {{ animate: false }})"


def time_moves(frame: Frame, move: Callable[[int], str], plan: Plan) -> float:
    """Median seconds from a movement until the features of the new window are painted."""
    seconds = []
    for number in range(plan.runs):
        start_probe(frame, MAP_ALONE, ["map"], "now", action=move(number))
        seconds.append(read_probe(frame, plan.limit))
    return median(seconds)


def time_brush(page: Page, number: int, plan: Plan) -> float:
    """Seconds from the end of a drag over the timeline until figures and map are new."""
    drawing = page.locator(".st-key-timeline .marks")
    drawing.scroll_into_view_if_needed()
    box: Any = drawing.bounding_box()
    start = box["x"] + box["width"] * (0.12 + 0.08 * (number % 7))
    height = box["y"] + box["height"] * 0.4
    page.mouse.move(start, height)
    page.mouse.down()
    page.mouse.move(start + box["width"] * 0.25, height, steps=8)
    start_probe(page, DASHBOARD, ("figures", "map"), "pointer")
    page.mouse.up()
    return read_probe(page, plan.limit)
