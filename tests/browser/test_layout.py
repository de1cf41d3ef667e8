"""What is on screen, where: at a desk and on a phone."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from incidents.table.sentences import VIEWS
from tests.browser.dashboard import (
    MAP,
    PAGES,
    link_to,
    list_rows,
    map_frame,
    open_page,
    sentence,
    wait_for_map,
    wait_in_map,
    watch_page,
)

NewReader = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
AIN_AL_ASAD = "IQ-2021-07-07-AIN-AL-ASAD-1"


def box_of(locator: Locator) -> dict[str, float]:
    locator.wait_for()
    box: Any = locator.bounding_box()
    return {**box, "bottom": box["y"] + box["height"], "right": box["x"] + box["width"]}


def chart(page: Page) -> Locator:
    return page.locator(".st-key-timeline svg.marks")


def listing(page: Page) -> Locator:
    return page.locator(".st-key-list .list").first


@pytest.fixture(scope="module")
def phones(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader on a phone who has been here before."""
    settings: Any = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    with chromium.new_context(**settings, device_scale_factor=2) as context:
        yield context


@pytest.fixture
def phone(phones: BrowserContext) -> Iterator[Page]:
    """A new tab on the phone, watched."""
    tab = phones.new_page()
    watch = watch_page(tab)
    yield tab
    tab.close()
    watch.assert_clean()


def test_desk_shows_all_without_scrolling(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page)
    for part in (sentence(page), page.locator(".figures"), page.locator(MAP), chart(page)):
        box = box_of(part)
        assert box["y"] >= 0
        assert box["bottom"] <= 900
        assert box["right"] <= 1440
    assert box_of(page.locator(MAP))["height"] >= 400


@pytest.mark.parametrize("query", [{}, {"dates": ["2021-06-01", "2021-07-10"]}])
def test_overview_does_not_scroll_at_a_desk(
    server: str, page: Page, query: dict[str, list[str]]
) -> None:
    open_page(page, link_to(server, "", **query))
    wait_for_map(page)
    box_of(chart(page))
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollHeight - main.clientHeight") == 0


def test_chosen_dates_push_nothing(server: str, page: Page) -> None:
    tops = []
    for query in ({}, {"dates": ["2021-06-01", "2021-07-10"]}):
        open_page(page, link_to(server, "", **query))
        wait_for_map(page)
        tops.append(box_of(chart(page))["y"])
    expect(page.get_by_role("button", name="All dates")).to_be_visible()
    assert tops[0] == tops[1]


# A tablet; and what a desk of 1440 × 900 shows at a zoom of 200 %.
@pytest.mark.parametrize("size", [(768, 1024), (720, 450)])
def test_list_shows_killed_and_wounded_on_narrow_screens(
    server: str, new_reader: NewReader, size: tuple[int, int]
) -> None:
    reader = new_reader(viewport={"width": size[0], "height": size[1]})
    open_page(reader, server)
    wait_for_map(reader)
    for name in ("Date", "Place", "Killed", "Wounded"):
        head = listing(reader).get_by_role("columnheader", name=name)
        expect(head).to_be_in_viewport(ratio=1)
    killed = list_rows(reader).first.locator("td.killed")
    expect(killed).to_have_css("text-align", "end")
    assert box_of(killed)["right"] <= size[0]


# Whether the middle of a mark is covered by a control.
COVERED = """() => {
  const boxes = (names) =>
    [...document.querySelectorAll(names)].map((each) => each.getBoundingClientRect());
  const controls = boxes(".leaflet-top.leaflet-left .leaflet-bar");
  return boxes(".incident-spot, .incident-count, path.incident-mark").filter((mark) => {
    const [x, y] = [mark.x + mark.width / 2, mark.y + mark.height / 2];
    return controls.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom);
  }).length;
}"""


@pytest.mark.parametrize("size", [(1440, 900), (768, 1024), (390, 844)])
def test_no_mark_is_below_the_controls_at_first(
    server: str, new_reader: NewReader, size: tuple[int, int]
) -> None:
    reader = new_reader(viewport={"width": size[0], "height": size[1]})
    open_page(reader, server)
    wait_for_map(reader)
    wait_in_map(reader, "() => liveLayer.land")
    assert map_frame(reader).evaluate(COVERED) == 0


def test_views_of_the_map_fit_a_phone(server: str, phone: Page) -> None:
    open_page(phone, server)
    for view in VIEWS.values():
        radio = phone.locator(".st-key-views").get_by_role("radio", name=view, exact=True)
        expect(radio).to_be_in_viewport(ratio=1)


def test_wide_screen_is_used(server: str, new_reader: NewReader) -> None:
    reader = new_reader(viewport={"width": 1920, "height": 1080})
    open_page(reader, server)
    wait_for_map(reader)
    assert box_of(reader.locator(MAP))["width"] >= 800
    assert box_of(chart(reader))["bottom"] <= 1080


def test_phone_shows_figures_map_timeline_list_in_this_order(server: str, phone: Page) -> None:
    open_page(phone, server)
    wait_for_map(phone)
    parts = [phone.locator(".figures"), phone.locator(MAP), chart(phone), listing(phone)]
    boxes = [box_of(part) for part in parts]
    for upper, lower in pairwise(boxes):
        assert upper["bottom"] <= lower["y"]
    assert boxes[0]["bottom"] < 844 / 2
    assert 0.42 * 844 <= boxes[1]["height"] <= 0.58 * 844


def test_phone_keeps_filters_in_a_drawer(server: str, phone: Page) -> None:
    open_page(phone, server)
    words = phone.get_by_test_id("stSidebar").get_by_label("Words")
    expect(words).not_to_be_in_viewport()
    phone.get_by_test_id("stExpandSidebarButton").click()
    expect(words).to_be_in_viewport()


def test_nothing_scrolls_sideways_on_a_phone(server: str, phone: Page) -> None:
    for path in PAGES:
        query = {"incident": AIN_AL_ASAD} if path == "incident" else {}
        open_page(phone, link_to(server, path, **query))
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= phone.evaluate("innerWidth") <= 391, path
        main = phone.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0, path


@pytest.mark.parametrize("size", [(1440, 900), (768, 1024), (390, 844)])
def test_the_head_covers_nothing_of_an_incident(
    server: str, new_reader: NewReader, size: tuple[int, int]
) -> None:
    reader = new_reader(viewport={"width": size[0], "height": size[1]})
    open_page(reader, link_to(server, "incident", incident=AIN_AL_ASAD))
    head = box_of(reader.get_by_test_id("stHeader"))
    for name in ("Cite", "Share"):
        assert box_of(reader.get_by_role("button", name=name))["y"] >= head["bottom"]
