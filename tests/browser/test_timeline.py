"""Dragging over the timeline sets the dates, in the widget, the sentence and the address."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

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


def find_chart(page: Page) -> Locator:
    return page.locator(".st-key-timeline .bars")


def find_place(page: Page, share: float) -> tuple[float, float]:
    """Where a share of the axis lies on the screen, low among the bars."""
    area = find_chart(page).locator(".ground")
    area.wait_for(state="attached", timeout=PATIENCE_MS)
    wait_settled(page)
    area.scroll_into_view_if_needed()
    box: Any = area.bounding_box()
    return box["x"] + box["width"] * share, box["y"] + box["height"] * 0.6


def drag_over_timeline(page: Page, start: float, end: float) -> None:
    """Drag over the bars, from one share of their width to another."""
    page.mouse.move(*find_place(page, start))
    page.mouse.down()
    page.mouse.move(*find_place(page, (start + end) / 2), steps=4)
    page.mouse.move(*find_place(page, end), steps=4)
    page.mouse.up()


def point_at(page: Page, share: float) -> Locator:
    """What the chart tells of a share of its axis."""
    page.mouse.move(*find_place(page, share))
    return find_chart(page).locator(".tip")


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


def test_steps_are_told_where_the_pointer_is(server: str, page: Page) -> None:
    open_page(page, link_to(server, "timeline"))
    # The axis runs from Monday 28 December 2020 to Monday 2 August 2021: 217 days.
    week = (date(2021, 7, 7) - date(2020, 12, 28)).days / 217
    expect(point_at(page, week)).to_contain_text("Week of 5 Jul 2021: 10 incidents")
    expect(point_at(page, week)).to_contain_text("3 rocket attack, attack on coalition")
    expect(point_at(page, 0.01)).to_contain_text("Not monitored: 28–31 Dec 2020")
    page.get_by_role("radio", name="Month").click()
    wait_for_address(page, lambda query: query.get("step") == ["month"])
    months = (date(2021, 7, 15) - date(2021, 1, 1)).days / 212
    expect(tip := point_at(page, months)).to_contain_text("Jul 2021: 15 incidents")
    expect(tip).not_to_contain_text("Week of")
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_click_chooses_nothing(server: str, page: Page) -> None:
    open_page(page, server)
    page.mouse.click(*find_place(page, 0.5))
    wait_settled(page)
    assert "dates" not in read_address(page)


def test_a_drag_beyond_the_chart_ends_with_its_days(server: str, page: Page) -> None:
    open_page(page, server)
    page.mouse.move(*find_place(page, 0.8))
    page.mouse.down()
    page.mouse.move(*find_place(page, 1.3), steps=3)
    page.mouse.up()
    wait_for_address(page, lambda query: query.get("dates", ["", ""])[-1] == "2021-07-31")


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
    line = find_chart(page).locator("path.mean")
    expect(line).to_have_count(0)
    page.get_by_role("radio", name="4 weeks").click()
    # One for the attacks, one for the strikes below.
    expect(line).to_have_count(2, timeout=PATIENCE_MS)
    wait_for_address(page, lambda query: query.get("average") == ["4"])
    page.reload()
    expect(line).to_have_count(2, timeout=PATIENCE_MS)
    expect(point_at(page, 0.6)).to_contain_text("Mean per week, weeks up to")


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
        chart = find_chart(page)
        expect(chart.get_by_text("not monitored")).to_be_visible(timeout=PATIENCE_MS)
        # One path of two bars.
        expect(chart.locator("path.type-other")).to_have_count(1)
        lines = chart.locator("rect.interval")
        expect(lines).to_have_count(1)
        expect(chart.get_by_text("2", exact=True).first).to_be_visible()
        lines.hover(force=True)
        tip = chart.locator(".tip")
        expect(tip).to_contain_text("Some time in 1–30 Jun 2021: 2 incidents", timeout=PATIENCE_MS)
        expect(tip).to_contain_text("In no single week")


@pytest.mark.parametrize("view", VIEWS)
def test_the_legend_stays_in_every_view_of_the_map(server: str, page: Page, view: str) -> None:
    open_page(page, link_to(server, "", view=view))
    legend = find_chart(page).locator(".legend")
    expect(legend).to_contain_text("rocket attack", timeout=PATIENCE_MS)
    expect(legend).to_contain_text("strikes by the coalition, below the line")
    chart = find_chart(page).bounding_box()
    assert chart is not None
    for entry in legend.locator("li").all():
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
        if "by type" in title:
            # Legend, axes and colours, though the page's rules are not there.
            for words in ("air strike</text>", "Mar 2021", 'fill="rgb(196, 67, 43)"'):
                assert words in held.decode()
