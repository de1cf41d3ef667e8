"""Views of the map: each is drawn, keeps the map's place and opens from its link."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from incidents.table.sentences import VIEWS
from tests.browser.dashboard import (
    ask,
    expect_sentence,
    in_map,
    link_to,
    map_frame,
    map_status,
    open_page,
    read_address,
    read_place,
    read_share_link,
    turn_to,
    wait_for_address,
    wait_for_map,
    wait_in_map,
    zoom_with_wheel,
)

NewReader = Callable[..., Page]
WORDS = {
    "incidents": "64 of 64 incidents on screen",
    "density": "of 64 incidents around here",
    "governorates": "64 of 64 incidents by governorate",
    "lines": "of 64 incidents name a launch site",
    "change": "8 Jan 2021 – 19 Apr 2021: 2",
}
LEGENDS = {
    "incidents": "Toll unknown",
    "density": "Incidents per square",
    "governorates": "Incidents:",
    "lines": "Launch site",
    "change": "More after",
}


def choose_view(page: Page, view: str) -> None:
    page.get_by_role("radio", name=VIEWS[view], exact=True).first.click()


def test_every_view_is_drawn_in_the_same_map(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page, WORDS["incidents"])
    map_frame(page).evaluate("() => { window.marker = 'mine'; }")
    zoom_with_wheel(page)
    before = read_place(page)
    for view in (*list(VIEWS)[1:], "incidents"):
        choose_view(page, view)
        wait_in_map(page, f"() => liveLayer.answer.view === '{view}'")
        expect(in_map(page).locator(".incident-legend")).to_contain_text(LEGENDS[view])
        assert read_place(page) == before
    assert map_frame(page).evaluate("() => window.marker") == "mine"


@pytest.mark.parametrize("view", list(VIEWS)[1:])
def test_every_view_opens_from_its_link(server: str, page: Page, view: str) -> None:
    open_page(page, server)
    wait_for_map(page)
    choose_view(page, view)
    wait_for_map(page, WORDS[view])
    link = read_share_link(page)
    assert f"view={view}" in link
    fresh = page.context.new_page()
    open_page(fresh, link)
    wait_for_map(fresh, WORDS[view])
    expect(fresh.get_by_role("radio", name=VIEWS[view], exact=True).first).to_be_checked()


DRAWN = {
    "incidents": {"path.incident-mark": ".mark", ".incident-spot": ".spot",
                  ".incident-count": ".count", "path.incident-area": ".area",
                  "path.incident-launch": ".origin"},
    "governorates": {"path.incident-governorate": ".governorate"},
    "lines": {"path.incident-line": ".line"},
    "change": {".incident-change": ".change"},
}  # fmt: skip
"""Marks of the live map, and what stands for them on the map that the server draws."""


@pytest.mark.parametrize("view", VIEWS)
def test_the_servers_map_has_the_same_marks_and_legend(
    server: str, page: Page, new_reader: NewReader, view: str
) -> None:
    open_page(page, link_to(server, "", view=view))
    wait_for_map(page, WORDS[view])
    wait_in_map(page, "() => liveLayer.land")
    plain = new_reader(java_script_enabled=False)
    plain.goto(link_to(server, "", view=view))
    for live, drawn in DRAWN.get(view, {}).items():
        marks = plain.locator(f"svg.map {drawn}")
        assert in_map(page).locator(live).count() == marks.count() > 0, live
    legend = in_map(page).locator(".incident-legend .incident-key:not(.incident-save)")
    assert legend.all_inner_texts() == plain.locator("figure.picture .key").all_inner_texts()


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_the_map_is_saved_as_it_stands(server: str, page: Page, kind: str) -> None:
    open_page(page, link_to(server, "", type="drone attack"))
    wait_for_map(page)
    zoom_with_wheel(page)
    bounds = map_frame(page).evaluate("() => liveLayer.map.getBounds().toBBoxString()")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_download() as download:
        in_map(page).get_by_role("button", name=f"Save this map as {kind}").click()
    assert download.value.suggested_filename.endswith(f"-map.{kind.lower()}")
    start = download.value.path().read_bytes()[:4]
    assert start == {"PNG": b"\x89PNG", "SVG": b"<svg"}[kind]
    (address,) = [url for url in asked if f"/api/map.{kind.lower()}?" in url]
    query = parse_qs(urlsplit(address).query)
    assert query["type"] == ["drone attack"]
    told, shown = (list(map(float, text.split(","))) for text in (query["bbox"][0], bounds))
    assert told == pytest.approx(shown, abs=1e-4)


def test_shade_follows_the_widget_and_the_link(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", view="governorates"))
    wait_for_map(page, WORDS["governorates"])
    page.locator(".st-key-views").get_by_role("radio", name="Killed").click()
    legend = in_map(page).locator(".incident-legend")
    expect(legend).to_contain_text("People killed, highest claims")
    expect(legend).to_contain_text("Unknown")
    open_page(page, read_share_link(page))
    expect(legend).to_contain_text("People killed, highest claims")


def test_governorate_is_a_filter_by_one_click(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", view="governorates"))
    wait_for_map(page, WORDS["governorates"])
    wait_in_map(page, "() => liveLayer.shapes.size > 0")
    anbar = next(
        area for area in ask(page, server, "map", view="governorates")["areas"]
        if area["gov"] == "Anbar"
    )  # fmt: skip
    point = map_frame(page).evaluate(
        "() => { const p = liveLayer.shapes.get('IQ/Anbar').properties;"
        " return liveLayer.map.latLngToContainerPoint([p.label_lat, p.label_lon]); }"
    )
    in_map(page).locator("#map_div").hover(position=point)
    expect(in_map(page).locator(".leaflet-tooltip")).to_contain_text(f"{anbar['n']} incidents")
    in_map(page).locator("#map_div").click(position=point)
    wait_for_address(page, lambda query: query.get("gov") == ["Anbar"])
    expect_sentence(page, "in Anbar")
    wait_for_map(page, f"{anbar['n']} of {anbar['n']} incidents by governorate")


def test_line_of_one_incident_opens_it(server: str, page: Page) -> None:
    lines = ask(page, server, "map", view="lines")["features"]
    single = next(line["properties"] for line in lines if line["properties"]["n"] == 1)
    open_page(page, link_to(server, "", view="lines", place=single["place"]))
    wait_for_map(page, "name a launch site")
    in_map(page).locator("path.incident-line").first.dispatch_event("click")
    wait_for_address(page, lambda query: query.get("incident") == [single["incident"]])
    expect(page.locator(".st-key-card")).to_be_visible()


def test_lines_that_are_stubs_from_afar_are_zoomed_to(server: str, page: Page) -> None:
    longest = (
        "() => Math.max(...[...document.querySelectorAll('path.incident-line')]"
        ".map((line) => line.getTotalLength()))"
    )
    open_page(page, link_to(server, "", view="lines"))
    wait_for_map(page, "name a launch site")
    assert map_frame(page).evaluate(longest) < 30
    button = in_map(page).get_by_role("button", name="Zoom to lines")
    button.click()
    first = read_place(page)
    number = int(button.inner_text().rpartition(" of ")[2])
    assert number > 1
    for at in range(2, number + 1):
        assert map_frame(page).evaluate(longest) > 60
        button.click()
        expect(button).to_have_text(f"Zoom to lines: {at} of {number}")
        assert read_place(page) != first
    # After the last group comes the first one again.
    button.click()
    assert read_place(page) == first


def test_change_compares_the_periods_of_the_link(server: str, page: Page) -> None:
    periods = {"dates": ["2021-07-01", "2021-07-29"], "before": ["2021-06-01", "2021-06-30"]}
    open_page(page, link_to(server, "", view="change", **periods))
    expect(map_status(page)).to_contain_text("1 Jun 2021 – 30 Jun 2021", timeout=45_000)
    expect(map_status(page)).to_contain_text("1 Jul 2021 – 29 Jul 2021")
    assert read_address(page)["before"] == periods["before"]
    assert "before=2021-06-01" in read_share_link(page)


def test_change_says_what_was_not_monitored(server: str, page: Page) -> None:
    dates = ["2021-01-08", "2021-03-31"]
    open_page(page, link_to(server, "", view="change", dates=dates))
    expect(map_status(page)).to_contain_text("not monitored before 1 Jan 2021", timeout=45_000)


def test_view_comes_back_with_its_page(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page)
    choose_view(page, "density")
    wait_for_map(page, WORDS["density"])
    turn_to(page, "Timeline")
    turn_to(page, "Overview")
    wait_for_map(page, WORDS["density"])


def test_unknown_is_hatched_and_none_is_blank(server: str, page: Page) -> None:
    areas = ask(page, server, "map", view="governorates")["areas"]
    unknown = [area["gov"] for area in areas if area["killed"] == [None, None]]
    assert unknown
    open_page(page, link_to(server, "", view="governorates", shade="Killed"))
    wait_for_map(page, WORDS["governorates"])
    hatched = in_map(page).locator("path.incident-governorate[fill='url(#incident-hatch)']")
    expect(hatched).to_have_count(len(unknown))
    expect(in_map(page).locator(".incident-legend")).to_contain_text("No incident")
