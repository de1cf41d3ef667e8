"""An area drawn on the map is a filter: of the list, the figures and the link."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    ask,
    expect_sentence,
    in_map,
    link_to,
    map_frame,
    map_status,
    open_page,
    read_address,
    read_figures,
    read_place,
    read_share_link,
    turn_to,
    wait_for_address,
    wait_for_map,
    wait_settled,
)

BAGHDAD = (33.0, 44.0, 33.6, 44.8)


def find_point(page: Page, lat: float, lon: float) -> tuple[float, float]:
    """Where a point of the map is on the page."""
    at = map_frame(page).evaluate(f"() => liveLayer.map.latLngToContainerPoint([{lat}, {lon}])")
    box: Any = in_map(page).locator("#map_div").bounding_box()
    return box["x"] + at["x"], box["y"] + at["y"]


def draw_rectangle(page: Page, south: float, west: float, north: float, east: float) -> None:
    in_map(page).get_by_role("button", name="rectangle").click()
    page.mouse.move(*find_point(page, north, west))
    page.mouse.down()
    page.mouse.move(*find_point(page, (south + north) / 2, (west + east) / 2), steps=3)
    page.mouse.move(*find_point(page, south, east), steps=3)
    page.mouse.up()


def test_rectangle_filters_all_and_comes_back_from_its_link(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page)
    before = read_place(page)
    draw_rectangle(page, *BAGHDAD)
    wait_for_address(page, lambda query: "area" in query)
    expect_sentence(page, "in the area drawn on the map")
    west, south, east, north = map(float, read_address(page)["area"][0].split(","))
    assert abs(west - 44.0) < 0.1 and abs(south - 33.0) < 0.1
    assert abs(east - 44.8) < 0.1 and abs(north - 33.6) < 0.1
    inside = ask(page, server, "map", area=read_address(page)["area"][0])["total"]
    assert 0 < inside < 64
    wait_for_map(page, f"of {inside} incidents on screen")
    assert read_figures(page)[0].split()[0] == str(inside)
    assert read_place(page) == before
    fresh = page.context.new_page()
    open_page(fresh, read_share_link(page))
    wait_for_map(fresh, f"of {inside} incidents on screen")
    expect(in_map(fresh).locator("path.incident-drawn")).to_be_visible()
    expect_sentence(fresh, "in the area drawn on the map")


def test_area_stays_on_the_next_page_and_is_removed_with_a_button(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", area="44,33,44.8,33.6"))
    expect_sentence(page, "in the area drawn on the map")
    wait_for_map(page)
    turn_to(page, "Casualties")
    expect_sentence(page, "in the area drawn on the map")
    wait_for_address(page, lambda query: query.get("area") == ["44,33,44.8,33.6"])
    turn_to(page, "Overview")
    wait_for_map(page)
    in_map(page).get_by_role("button", name="Remove the area").click()
    wait_for_address(page, lambda query: "area" not in query)
    expect_sentence(page, "All incidents")
    wait_for_map(page, "of 64 incidents on screen")


def test_polygon(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page)
    in_map(page).get_by_role("button", name="polygon").click()
    expect(map_status(page)).to_contain_text("Click the corners")
    corners = [(36.8, 42.8), (36.8, 44.8), (35.8, 44.8), (36.8, 42.8)]
    for lat, lon in corners:
        page.mouse.click(*find_point(page, lat, lon))
    wait_for_address(page, lambda query: len(query.get("area", [""])[0].split(",")) == 6)
    inside = ask(page, server, "map", area=read_address(page)["area"][0])["total"]
    assert 0 < inside < 64
    wait_for_map(page, f"of {inside} incidents on screen")
    chip = page.get_by_role("button", name="Remove Area drawn on the map")
    chip.click()
    expect_sentence(page, "All incidents")
    wait_for_address(page, lambda query: "area" not in query)


def test_escape_ends_drawing_and_marks_open_again(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", place="Bashiqa"))
    wait_for_map(page, "of 1 incident on screen")
    in_map(page).get_by_role("button", name="polygon").click()
    in_map(page).locator("path.incident-mark").click()
    page.keyboard.press("Escape")
    wait_for_map(page, "of 1 incident on screen")
    wait_settled(page)
    assert "incident" not in read_address(page)
    in_map(page).locator("path.incident-mark").click()
    wait_for_address(page, lambda query: "incident" in query)


def test_bad_area_is_told(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", area="1,2,3,4,5"))
    expect(page.get_by_test_id("stToast")).to_contain_text("three or more corners")
    expect_sentence(page, "All incidents")
