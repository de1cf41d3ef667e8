"""The map: it keeps its place, follows the filters and opens incidents."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    ask,
    choose,
    expect_sentence,
    in_map,
    link_to,
    map_frame,
    map_status,
    open_page,
    read_address,
    read_place,
    turn_to,
    wait_for_address,
    wait_for_map,
    wait_in_map,
    wait_settled,
    zoom_with_wheel,
)

BASHIQA = "IQ-2021-04-14-BASHIQA-1"


def test_filter_keeps_the_map_and_its_place(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    map_frame(page).evaluate("() => { window.marker = 'mine'; }")
    zoom_with_wheel(page)
    before = read_place(page)
    total = ask(page, server, "map", type="drone attack")["total"]
    choose(page, "Type", "drone attack")
    wait_for_map(page, f"of {total} incidents on screen")
    assert map_frame(page).evaluate("() => window.marker") == "mine"
    assert read_place(page) == before


def test_map_comes_back_to_its_place_after_another_page(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page)
    zoom_with_wheel(page)
    before = read_place(page)
    turn_to(page, "Casualties")
    expect_sentence(page, "All incidents")
    turn_to(page, "Overview")
    wait_for_map(page)
    wait_in_map(page, f"() => liveLayer.map.getZoom() === {json.dumps(before['zoom'])}")
    after = read_place(page)
    assert abs(after["lat"] - before["lat"]) < 0.01
    assert abs(after["lng"] - before["lng"]) < 0.01


def test_clicking_a_mark_opens_the_incident_again_and_again(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", place="Bashiqa"))
    wait_for_map(page, "of 1 incident on screen")
    mark = in_map(page).locator("path.incident-mark")
    for _ in range(2):
        mark.click()
        card = page.locator(".st-key-card")
        expect(card).to_contain_text("Bashiqa")
        wait_for_address(page, lambda query: query.get("incident") == [BASHIQA])
        wait_settled(page)
        assert {*read_address(page)} == {"place", "incident"}
        page.get_by_role("button", name="Back to the list").click()
        expect(card).to_have_count(0)
        wait_for_address(page, lambda query: "incident" not in query)
        wait_settled(page)
        # The mark is drawn anew, without its ring.
        wait_in_map(page, "() => liveLayer.view.selected === null")


def test_list_of_a_spot_opens_an_incident(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", place="US Embassy Baghdad"))
    wait_for_map(page, "of 3 incidents")
    in_map(page).locator(".incident-spot").click()
    box = in_map(page).locator(".incident-list")
    expect(box.get_by_role("button")).to_have_count(3)
    box.get_by_role("button").filter(has_text="8 Jul 2021").click()
    wait_for_address(
        page, lambda query: query.get("incident") == ["IQ-2021-07-08-BAGHDAD-GREEN-ZONE-1"]
    )
    expect(page.locator(".st-key-card")).to_contain_text("8 Jul 2021")


def test_area_opens_its_incident(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", place="Basra Governorate"))
    wait_for_map(page, "of 1 incident on screen")
    expect(in_map(page).locator("path.incident-mark")).to_have_count(0)
    in_map(page).locator(".incident-count").click()
    wait_for_address(page, lambda query: query.get("incident") == ["IQ-2021-07-11-BASRA-CONVOY-1"])


def test_back_and_forward(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", place="Bashiqa"))
    wait_for_map(page, "of 1 incident on screen")
    in_map(page).locator("path.incident-mark").click()
    card = page.locator(".st-key-card")
    expect(card).to_contain_text("Bashiqa")
    wait_for_address(page, lambda query: query.get("incident") == [BASHIQA])
    wait_settled(page)
    page.go_back()
    expect(card).to_have_count(0)
    expect_sentence(page, "at Bashiqa")
    page.go_forward()
    expect(card).to_contain_text("Bashiqa")
    expect_sentence(page, "at Bashiqa")


def test_places_are_drawn_as_exactly_as_they_are_known(server: str, page: Page) -> None:
    answer = ask(page, server, "map")["features"]
    rough = [f for f in answer if f["properties"]["precision"] in ("governorate", "district")]
    assert rough
    open_page(page, link_to(server, "", precision="town"))
    wait_for_map(page, f"of {len(answer) - len(rough)} incidents on screen")
    expect(in_map(page).locator(".incident-count")).to_have_count(0)
    expect(in_map(page).locator(".incident-area")).to_have_count(0)


AREAS = ("district", "governorate", "country")


def test_an_area_is_filled_only_while_it_is_pointed_at(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", place="Basra Governorate"))
    wait_for_map(page, "of 1 incident on screen")
    area = in_map(page).locator("path.incident-area")
    expect(area).to_have_css("fill-opacity", "0")
    in_map(page).locator(".incident-count").hover()
    expect(area).to_have_css("fill-opacity", "0.16")
    in_map(page).locator(".incident-legend").hover()
    expect(area).to_have_css("fill-opacity", "0")
    in_map(page).locator(".incident-count").click()
    expect(in_map(page).locator("path.incident-area.chosen")).to_have_css("fill-opacity", "0.16")


def test_badges_and_legend_count_what_is_known_to_areas_only(server: str, page: Page) -> None:
    features = ask(page, server, "map")["features"]
    vague = sum(f["properties"]["precision"] in AREAS for f in features)
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    wait_in_map(page, "() => liveLayer.shapes.size > 0")
    badges = in_map(page).locator(".incident-count").all_inner_texts()
    assert sum(map(int, badges)) == vague > 0
    legend = in_map(page).locator(".incident-legend")
    expect(legend).to_contain_text(f"Place known to that area only: {vague}")


def test_no_badge_covers_a_mark(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    wait_in_map(page, "() => liveLayer.shapes.size > 0")
    covered = map_frame(page).evaluate(
        """() => {
          const boxes = (name) => [...document.querySelectorAll(name)].map((node) => {
            const { x, y, width, height } = node.getBoundingClientRect();
            return { x: x + width / 2, y: y + height / 2, radius: Math.min(width, height) / 2 };
          });
          const badges = boxes(".incident-count"), marks = boxes(".incident-spot, .incident-mark");
          return badges.filter((a) => [...marks, ...badges].some((b) => a !== b
            && Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius - 3)).length;
        }"""
    )
    assert covered == 0


def test_zoom_to_what_is_filtered_and_back_to_the_whole_area(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", gov="Erbil"))
    wait_for_map(page)
    whole = read_place(page)
    in_map(page).get_by_role("button", name="Zoom to what is filtered").click()
    wait_in_map(page, f"() => liveLayer.map.getZoom() > {json.dumps(whole['zoom'])} + 1")
    total = ask(page, server, "map", gov="Erbil")["total"]
    wait_for_map(page, f"{total} of {total} incidents on screen")
    in_map(page).get_by_role("button", name="Whole area").click()
    wait_in_map(page, f"() => liveLayer.map.getZoom() === {json.dumps(whole['zoom'])}")


def test_failed_zoom_is_told(server: str, page: Page) -> None:
    page.route("**/api/figures?*", lambda route: route.abort())
    open_page(page, server)
    wait_for_map(page)
    in_map(page).get_by_role("button", name="Zoom to what is filtered").click()
    wait_for_map(page, "The map could not be updated.")


def test_tooltips_stay_inside_the_map(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", place="Bashiqa"))
    wait_for_map(page, "of 1 incident on screen")
    for corner in ("getNorthWest", "getNorthEast", "getSouthEast"):
        # The mark stands a little inside of each corner in turn.
        map_frame(page).evaluate(
            f"""() => {{
              const map = liveLayer.map, at = map.project(liveLayer.getLayers()[0].getLatLng());
              const size = map.getSize(), corner = map.latLngToContainerPoint(
                map.getBounds().{corner}());
              const inside = L.point(corner.x ? size.x - 30 : 30, corner.y ? size.y - 90 : 12);
              map.setView(map.unproject(at.add(size.divideBy(2)).subtract(inside)), map.getZoom(),
                {{ animate: false }});
            }}"""
        )
        wait_in_map(page, "() => !liveLayer.request")
        in_map(page).locator("path.incident-mark").dispatch_event("mouseover")
        tip = in_map(page).locator(".leaflet-tooltip")
        expect(tip).to_contain_text("Bashiqa")
        own = tip.evaluate("node => node.getBoundingClientRect().toJSON()")
        room = in_map(page).locator("#map_div").evaluate("n => n.getBoundingClientRect().toJSON()")
        assert own["left"] >= room["left"] and own["right"] <= room["right"], corner
        assert own["top"] >= room["top"] and own["bottom"] <= room["bottom"], corner
        in_map(page).locator("path.incident-mark").dispatch_event("mouseout")
        expect(tip).to_have_count(0)


@pytest.mark.parametrize("turns", [1, -3])
def test_a_map_dragged_round_the_world_shows_the_same(server: str, page: Page, turns: int) -> None:
    open_page(page, server)
    wait_for_map(page, "of 64 incidents")
    before, told = read_place(page), map_status(page).inner_text()
    width = map_frame(page).evaluate("() => liveLayer.map.getPixelWorldBounds().getSize().x")
    for _ in range(abs(turns)):
        map_frame(page).evaluate(
            "by => liveLayer.map.panBy([by, 0], { animate: false })",
            width * (1 if turns > 0 else -1),
        )
    wait_for_map(page, told)
    after = read_place(page)
    assert after["lng"] == pytest.approx(before["lng"], abs=0.2)
    land = map_frame(page).locator(".leaflet-land-pane path").first
    assert land.bounding_box() is not None
