"""Whatever stands in a cell is shown as text: on pages, in popups, tooltips and charts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    PAGES,
    PATIENCE_MS,
    in_map,
    link_to,
    map_frame,
    open_page,
    read_address,
    wait_for_address,
    wait_for_map,
    wait_settled,
)

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPTS = "a[href^='javascript:' i], img[src='x'], img[src*='evil.example'], [onerror]"


def assert_no_element_came_of_text(page: Page) -> None:
    """No frame holds an image or a script's link that a cell wrote."""
    for frame in page.frames:
        assert frame.locator(SCRIPTS).count() == 0, frame.url


@pytest.fixture
def tab(page: Page) -> Iterator[Page]:
    """The watched tab; at the end no element may have come of a table's text."""
    yield page
    assert_no_element_came_of_text(page)


# The Data page is opened tab by tab below; the page about the project shows no cell.
@pytest.mark.parametrize("path", [path for path in PAGES if path not in ("data", "about")])
def test_every_page(hostile_server: str, tab: Page, hostile: str, path: str) -> None:
    query = {"incident": f"HA {hostile}"} if path in ("", "timeline", "incident") else {}
    open_page(tab, link_to(hostile_server, path, **query))
    if path in ("", "timeline", "incident"):
        expect(tab.get_by_text(IMAGE).first).to_be_visible(timeout=PATIENCE_MS)
    if path == "":
        wait_for_map(tab)
    if path == "incident":
        expect(tab.locator(".report")).to_have_count(2)
        expect(tab.locator(".report").first).to_contain_text(IMAGE)
    if path == "about":
        expect(tab.get_by_text("![x](x.png)").first).to_be_visible()


def test_filters_of_hostile_values(hostile_server: str, tab: Page, hostile: str) -> None:
    keys = ("type", "gov", "place", "direction", "target", "actor", "weapon")
    open_page(tab, link_to(hostile_server, "", q=IMAGE, **dict.fromkeys(keys, hostile)))
    expect(tab.locator(".st-key-heading")).to_contain_text(f"of type {IMAGE}")
    wait_for_map(tab, "of 5 incidents on screen")
    assert read_address(tab)["type"] == [hostile]


def test_hostile_parameters(hostile_server: str, tab: Page, hostile: str) -> None:
    query = {"q": hostile, "type": hostile + "?", "dates": hostile, hostile: hostile}
    open_page(tab, link_to(hostile_server, "", **query, incident=hostile, data=hostile))
    expect(tab.get_by_test_id("stToast").first).to_contain_text("Left out of the link")
    expect(tab.get_by_test_id("stAlert").first).to_contain_text(f"Incident “{IMAGE} ![x](")
    expect(tab.get_by_test_id("stAlert").locator("a")).to_have_count(0)


def test_data_tabs(hostile_server: str, tab: Page) -> None:
    open_page(tab, link_to(hostile_server, "data"))
    for name in ("Places matched", "Review"):
        tab.get_by_role("tab", name=name).click()
        panel = tab.get_by_role("tabpanel", name=name)
        expect(panel.get_by_test_id("stDataFrame")).to_be_visible()
    expect(tab.get_by_text("1 of 6 rows of")).to_contain_text("![x](x.png)")
    panel.get_by_text("Places in doubt").click()
    expect(in_map(tab).locator(".incident-legend")).to_contain_text("Click where it lies")
    tab.get_by_role("tab", name="Versions").click()
    expect(tab.locator("table.versions")).to_contain_text("<img src=x")


def test_tooltips_of_the_map(hostile_server: str, tab: Page) -> None:
    open_page(tab, hostile_server)
    wait_for_map(tab)
    tip = in_map(tab).locator(".leaflet-tooltip")
    for mark in ("path.incident-mark", ".incident-spot", ".incident-count"):
        in_map(tab).locator(mark).hover()
        expect(tip).to_contain_text(IMAGE)
        tab.mouse.move(5, 5)
        expect(tip).to_have_count(0)
    map_frame(tab).evaluate(
        "() => liveLayer.groups.areas.eachLayer((layer) => {"
        " if (layer.options.pane === 'lines' && layer.getTooltip()) layer.openTooltip(); })"
    )
    expect(tip).to_contain_text(f"Launch site: {IMAGE}")
    assert_no_element_came_of_text(tab)


def test_incidents_opened_on_the_map(hostile_server: str, tab: Page, hostile: str) -> None:
    open_page(tab, hostile_server)
    wait_for_map(tab)
    in_map(tab).locator(".incident-count").click()
    wait_for_address(tab, lambda query: query.get("incident") == [f"HD {hostile}"])
    wait_settled(tab)
    in_map(tab).locator(".incident-spot").click()
    box = in_map(tab).locator(".incident-list")
    expect(box).to_contain_text(IMAGE)
    expect(box.get_by_role("button")).to_have_count(2)
    assert_no_element_came_of_text(tab)
    box.get_by_role("button").last.click()
    spot = ([f"HA {hostile}"], [f"HB {hostile}"])
    wait_for_address(tab, lambda query: query.get("incident") in spot)
    expect(tab.locator(".st-key-card")).to_contain_text(IMAGE)
    wait_settled(tab)


def test_tooltip_of_a_chart(hostile_server: str, tab: Page) -> None:
    open_page(tab, link_to(hostile_server, "casualties"))
    marks = tab.get_by_test_id("stVegaLiteChart").last.locator(
        "g.mark-rect.role-mark path, .mark-text.role-mark text"
    )
    marks.first.wait_for(timeout=PATIENCE_MS)
    wait_settled(tab)
    marks.first.hover(force=True)
    tip = tab.locator("#vg-tooltip-element")
    expect(tip).to_be_visible(timeout=PATIENCE_MS)
    expect(tip).to_contain_text("<img src=x")


def test_words_of_the_timeline(hostile_server: str, tab: Page) -> None:
    open_page(tab, link_to(hostile_server, "timeline"))
    chart = tab.locator(".st-key-timeline .bars")
    expect(chart.locator(".legend")).to_contain_text("<img src=x", timeout=PATIENCE_MS)
    wait_settled(tab)
    bar = chart.locator("path[class*='type-']").first.bounding_box()
    assert bar is not None
    tab.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(chart.locator(".tip")).to_contain_text("<img src=x", timeout=PATIENCE_MS)
    assert_no_element_came_of_text(tab)
