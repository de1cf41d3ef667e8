"""Dragging over the timeline sets the dates, in the widget, the sentence and the address."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    ask,
    expect_sentence,
    link_to,
    open_page,
    read_address,
    read_figures,
    wait_for_address,
    wait_for_map,
    wait_settled,
)


def drag_over_timeline(page: Page, start: float, end: float) -> None:
    """Drag over the bars, from one share of their width to another."""
    area = page.get_by_test_id("stVegaLiteChart").first.locator("path.background").first
    area.wait_for(state="attached", timeout=PATIENCE_MS)
    wait_settled(page)
    area.scroll_into_view_if_needed()
    box: Any = area.bounding_box()
    height = box["y"] + box["height"] * 0.6
    page.mouse.move(box["x"] + box["width"] * start, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (start + end) / 2, height, steps=4)
    page.mouse.move(box["x"] + box["width"] * end, height, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("path", ["", "timeline"], ids=["overview", "timeline"])
def test_brush_sets_the_dates_and_all_dates_clears(server: str, page: Page, path: str) -> None:
    open_page(page, link_to(server, path))
    drag_over_timeline(page, 0.5, 0.8)
    wait_for_address(page, lambda query: len(query.get("dates", [])) == 2)
    first, last = read_address(page)["dates"]
    # The axis runs from Monday 4 January to Monday 2 August 2021: 210 days.
    assert "2021-04-17" <= first <= "2021-04-21"
    assert "2021-06-19" <= last <= "2021-06-23"
    expect_sentence(page, "from ")
    page.wait_for_function(
        """dates => document.querySelector('[data-testid="stDateInput"]').innerText
            .replace(/\\s/g, "").endsWith(dates)""",
        arg=f"{first}–{last}",
        timeout=PATIENCE_MS,
    )
    total = ask(page, server, "map", dates=[first, last])["total"]
    expect(page.locator(".figure-value").first).to_have_text(str(total))
    if path == "":
        wait_for_map(page, f"of {total} incidents on screen")
    # The pointer still rests on the chart, whose tools must not lie over the button.
    page.get_by_role("button", name="All dates").click(timeout=20_000)
    expect_sentence(page, "All incidents")
    wait_for_address(page, lambda query: "dates" not in query)
    wait_settled(page)
    assert read_figures(page)[0].split()[0] == "64"


def test_second_brush_moves_the_dates(server: str, page: Page) -> None:
    open_page(page, link_to(server, "timeline", dates=["2021-02-01", "2021-03-01"]))
    drag_over_timeline(page, 0.6, 0.9)
    wait_for_address(page, lambda query: query.get("dates", [""])[0] > "2021-04")
    expect_sentence(page, "from ")


def test_steps(server: str, page: Page) -> None:
    open_page(page, link_to(server, "timeline"))
    bars = page.get_by_test_id("stVegaLiteChart").first.locator(
        "g.mark-rect.role-mark:not([class*='span']) path"
    )
    expect(bars.first).to_be_visible(timeout=PATIENCE_MS)
    weeks = bars.count()
    page.get_by_role("radio", name="Month").click()
    wait_settled(page)
    # The chart by week is gone once there are as few bars as months ask for.
    expect(bars).not_to_have_count(weeks, timeout=PATIENCE_MS)
    bars.first.hover(force=True)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("2021", timeout=PATIENCE_MS)
    expect(page.locator("#vg-tooltip-element")).not_to_contain_text("Week of")
