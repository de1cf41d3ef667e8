"""Dragging over the timeline sets the dates, in the widget, the sentence and the address."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from incidents.table.sentences import VIEWS
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


def test_brush_sets_the_dates_and_all_dates_clears(server: str, page: Page) -> None:
    open_page(page, server)
    drag_over_timeline(page, 0.5, 0.8)
    wait_for_address(page, lambda query: len(query.get("dates", [])) == 2)
    first, last = read_address(page)["dates"]
    # The axis runs from Monday 28 December 2020 to Monday 2 August 2021: 217 days.
    assert "2021-04-14" <= first <= "2021-04-18"
    assert "2021-06-17" <= last <= "2021-06-21"
    expect_sentence(page, "from ")
    for label, day in (("from", first), ("to", last)):
        field = page.get_by_test_id("stSidebar").get_by_label(f"Dates: {label}")
        expect(field).to_have_value(day, timeout=PATIENCE_MS)
    total = ask(page, server, "map", dates=[first, last])["total"]
    expect(page.locator(".figure-value").first).to_have_text(str(total))
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
    bars = page.get_by_test_id("stVegaLiteChart").first.locator("g.bars_marks path")
    expect(bars.first).to_be_visible(timeout=PATIENCE_MS)
    weeks = bars.count()
    page.get_by_role("radio", name="Month").click()
    wait_settled(page)
    # The chart by week is gone once there are as few bars as months ask for.
    expect(bars).not_to_have_count(weeks, timeout=PATIENCE_MS)
    bars.first.hover(force=True)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("2021", timeout=PATIENCE_MS)
    expect(page.locator("#vg-tooltip-element")).not_to_contain_text("Week of")


# Step, the chosen part of the axis, the first and last day that it may give.
EDGES = [
    ("Quarter", 0.4, 0.6, ("2021-04-18", "2021-04-22"), ("2021-06-11", "2021-06-15")),
]


@pytest.mark.parametrize(("step", "start", "end", "firsts", "lasts"), EDGES,
                         ids=[case[0] for case in EDGES])  # fmt: skip
def test_brush_takes_days_whatever_the_step(
    server: str, page: Page, step: str, start: float, end: float,
    firsts: tuple[str, str], lasts: tuple[str, str],
) -> None:  # fmt: skip
    open_page(page, link_to(server, "timeline", step=step))
    drag_over_timeline(page, start, end)
    wait_for_address(page, lambda query: len(query.get("dates", [])) == 2)
    first, last = read_address(page)["dates"]
    assert firsts[0] <= first <= firsts[1]
    assert lasts[0] <= last <= lasts[1]


def test_average_is_drawn_and_kept_in_the_link(server: str, page: Page) -> None:
    open_page(page, link_to(server, "timeline"))
    line = page.get_by_test_id("stVegaLiteChart").first.locator("g.averages_marks path")
    expect(line).to_have_count(0)
    page.get_by_role("radio", name="4 weeks").click()
    # One for the attacks, one for the strikes below.
    expect(line).to_have_count(2, timeout=PATIENCE_MS)
    wait_for_address(page, lambda query: query.get("average") == ["4"])
    page.reload()
    expect(line).to_have_count(2, timeout=PATIENCE_MS)


def test_vague_days_are_lines_and_days_not_monitored_are_shaded(
    start_server: Any, page: Page, tmp_path: Path
) -> None:
    rows = ["2021-07-01,Erbil", "2021-06,Erbil", "2021-06,Erbil", "2021-04-01,Erbil"]
    table = tmp_path / "own.csv"
    table.write_text("date,place\n" + "\n".join(rows) + "\n", "utf-8")
    period = {"start": "2021-06-01", "end": "2021-07-31"}
    (tmp_path / "own.datapackage.json").write_text(json.dumps({"temporal": period}), "utf-8")
    with start_server(table) as address:
        open_page(page, link_to(address, "timeline"))
        chart = page.get_by_test_id("stVegaLiteChart").first
        expect(chart.get_by_text("not monitored")).to_be_visible(timeout=PATIENCE_MS)
        expect(chart.locator("g.bars_marks path")).to_have_count(2)
        lines = chart.locator("g.intervals_0_marks path")
        expect(lines).to_have_count(1)
        lines.first.hover(force=True)
        tip = page.locator("#vg-tooltip-element")
        expect(tip).to_contain_text("1–30 Jun 2021", timeout=PATIENCE_MS)
        expect(tip).to_contain_text("no single week")


@pytest.mark.parametrize("view", VIEWS)
def test_the_legend_stays_in_every_view_of_the_map(server: str, page: Page, view: str) -> None:
    open_page(page, link_to(server, "", view=view))
    legend = page.get_by_test_id("stVegaLiteChart").first.locator("g.role-legend")
    expect(legend.first).to_contain_text("rocket attack", timeout=PATIENCE_MS)
    expect(legend.first).to_contain_text("strikes by the coalition, below the line")
    chart = page.get_by_test_id("stVegaLiteChart").first.bounding_box()
    assert chart is not None
    for entry in legend.locator("text").all():
        box = entry.bounding_box()
        assert box is not None
        assert chart["x"] <= box["x"] and box["x"] + box["width"] <= chart["x"] + chart["width"]


@pytest.mark.parametrize(
    ("path", "title"),
    [("", "Incidents per week by type"), ("timeline", "Incidents per week by type"),
     ("timeline", "Attacks and strikes per week")],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_charts_are_saved_with_their_words(
    server: str, page: Page, path: str, title: str, kind: str
) -> None:
    open_page(page, link_to(server, path, type=["rocket attack", "air strike"]))
    button = page.get_by_label(re.compile(f"^{title}.*: save as {kind}$"))
    with page.expect_download(timeout=PATIENCE_MS) as saved:
        button.click()
    held = saved.value.path().read_bytes()
    assert held.startswith({"PNG": b"\x89PNG", "SVG": b"<svg"}[kind])
    if kind == "SVG":
        for words in (title, "Incidents of type rocket attack or air strike", "version"):
            assert words in held.decode()
