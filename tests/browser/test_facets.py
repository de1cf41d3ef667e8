"""The panel: options with their counts, to tick; chips of what is set; all by keyboard, too."""

import csv
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    ask,
    choose,
    expect_sentence,
    find_list,
    find_option,
    in_panel,
    link_to,
    open_page,
    read_address,
    wait_for_address,
    wait_settled,
)

StartServer = Callable[..., AbstractContextManager[str]]


def expect_counts(page: Page, label: str, counts: list[tuple[str, int]]) -> None:
    """Wait until the list of a filter shows these options first."""
    shown = [re.compile(rf"^{re.escape(value)}\s*{n:,}$") for value, n in counts]
    rows = find_list(page, label).locator("label.option")
    for row, words in enumerate(shown):
        expect(rows.nth(row)).to_have_text(words, timeout=PATIENCE_MS)


def read_counts(page: Page, server: str, name: str, **query: Any) -> list[tuple[str, int]]:
    """The first counts of a filter as the server tells them."""
    return [(value, n) for value, n in ask(page, server, "facets", **query)[name]["options"][:4]]


def test_counts_stand_below_the_filters(server: str, page: Page) -> None:
    open_page(page, server)
    for label, name in {"Type": "type", "Governorate": "gov", "Place": "place"}.items():
        expect_counts(page, label, read_counts(page, server, name))
    assert sum(n for _, n in read_counts(page, server, "direction")) == 64


def test_click_filters_and_second_click_lets_go(server: str, page: Page) -> None:
    open_page(page, server)
    option = find_option(page, "Type", "drone attack")
    expect(option).not_to_be_checked(timeout=PATIENCE_MS)
    option.click()
    wait_for_address(page, lambda query: query.get("type") == ["drone attack"])
    expect_sentence(page, "of type drone attack")
    expect(option).to_be_checked()
    chip = in_panel(page).get_by_role("button", name="Remove Type: drone attack")
    expect(chip).to_be_visible()
    option.press("Space")
    wait_for_address(page, lambda query: "type" not in query)
    expect_sentence(page, "All incidents")
    expect(option).not_to_be_checked()
    expect(chip).to_have_count(0)


def test_chips_let_go_one_by_one_and_all_at_once(server: str, page: Page) -> None:
    query = {"type": ["drone attack", "rocket attack"], "q": "base", "killed": ["0", "0"]}
    open_page(page, link_to(server, "timeline", **query))
    in_panel(page).get_by_role("button", name="Remove Type: drone attack").click()
    wait_for_address(page, lambda asked: asked.get("type") == ["rocket attack"])
    in_panel(page).get_by_role("button", name="Clear all").click()
    wait_for_address(page, lambda asked: not asked)
    expect_sentence(page, "All incidents")


def test_every_filter_by_keyboard_alone(server: str, page: Page) -> None:
    open_page(page, link_to(server, "timeline"))
    panel = in_panel(page)
    expect(find_option(page, "Type", "air strike")).to_be_visible(timeout=PATIENCE_MS)
    panel.get_by_label("Words").focus()
    page.keyboard.type("base")
    page.keyboard.press("Enter")
    wait_for_address(page, lambda query: query.get("q") == ["base"])
    page.keyboard.press("Tab")
    expect(panel.get_by_label("Dates: from")).to_be_focused()
    page.keyboard.type("02012021")
    panel.get_by_label("Dates: to").focus()
    page.keyboard.type("07202021")
    page.keyboard.press("Tab")
    wait_for_address(page, lambda query: query.get("dates") == ["2021-02-01", "2021-07-20"])
    find_option(page, "Type", "rocket attack").focus()
    page.keyboard.press("Space")
    wait_for_address(page, lambda query: query.get("type") == ["rocket attack"])
    panel.get_by_label("Killed: at most").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    wait_for_address(page, lambda query: query.get("killed") == ["0", "3"])
    panel.get_by_role("radio", name="Lowest").focus()
    page.keyboard.press("Space")
    wait_for_address(page, lambda query: query.get("basis") == ["low"])
    panel.get_by_label("Whose harm").focus()
    page.keyboard.type("Coal")
    wait_for_address(page, lambda query: query.get("who") == ["coalition"])
    panel.get_by_text("More filters").focus()
    page.keyboard.press("Enter")
    panel.get_by_label("Publishers").focus()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    wait_for_address(page, lambda query: query.get("sources") == ["2"])
    expect_sentence(page, "of type rocket attack")


def test_a_drag_over_a_histogram_is_one_choice(server: str, page: Page) -> None:
    open_page(page, server)
    bars = find_list(page, "Dates").locator("svg")
    expect(bars.locator("rect").first).to_be_attached(timeout=PATIENCE_MS)
    box = bars.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 10, steps=5)
    page.mouse.up()
    wait_for_address(page, lambda query: len(query.get("dates", [])) == 2)
    first, last = read_address(page)["dates"]
    assert "2021-04-14" <= first <= "2021-04-18" and "2021-05-25" <= last <= "2021-05-30"
    page.go_back()
    wait_for_address(page, lambda query: not query)
    expect_sentence(page, "All incidents")


def test_search_within_a_long_list(server: str, page: Page) -> None:
    open_page(page, server)
    choose(page, "Place", "Bashiqa")
    wait_for_address(page, lambda query: query.get("place") == ["Bashiqa"])
    search = find_list(page, "Place").get_by_role("searchbox")
    search.fill("nowhere at all")
    expect(find_list(page, "Place").get_by_text("Nothing of this name.")).to_be_visible()


def test_counts_follow_the_other_filters_and_not_their_own(server: str, page: Page) -> None:
    open_page(page, server)
    every = read_counts(page, server, "type")
    choose(page, "Type", "air strike")
    expect_counts(page, "Governorate", read_counts(page, server, "gov", type="air strike"))
    expect_counts(page, "Type", every)
    assert read_counts(page, server, "gov", type="air strike") != read_counts(page, server, "gov")
    name = "Baghdad, 0 incidents"
    expect(find_option(page, "Governorate", "Baghdad")).to_have_accessible_name(name)


def test_quick_clicks_are_all_taken(server: str, page: Page) -> None:
    open_page(page, server)
    for label, option in (("Type", "drone attack"), ("Type", "rocket attack")) * 2:
        find_option(page, label, option).click()
    for label, option in (
        ("Governorate", "Baghdad"),
        ("Governorate", "Anbar"),
        ("Type", "drone attack"),
        ("Direction", "attack on coalition"),
    ):
        find_option(page, label, option).click()
    chosen = {
        "type": ["drone attack"],
        "gov": ["Baghdad", "Anbar"],
        "direction": ["attack on coalition"],
    }
    wait_for_address(page, lambda query: query == chosen)
    expect_sentence(page, "in Baghdad or Anbar, of type drone attack, whose direction is attack")
    wait_settled(page)
    assert read_address(page) == chosen


def test_all_options_and_the_chosen_one_among_the_first(server: str, page: Page) -> None:
    open_page(page, link_to(server, "timeline", gov="Najaf"))
    listed = find_list(page, "Governorate")
    options = listed.locator("label.option")
    expect(options).to_have_count(6, timeout=PATIENCE_MS)
    expect(options.last.locator("input")).to_be_checked()
    total = len(ask(page, server, "facets")["gov"]["options"])
    listed.get_by_role("button", name=f"Show all {total}", exact=True).click()
    expect(options).to_have_count(total)
    listed.get_by_role("button", name="Show fewer").click()
    expect(options).to_have_count(6)


def test_country_and_precision(server: str, page: Page) -> None:
    open_page(page, server)
    page.get_by_test_id("stSidebar").get_by_text("More filters").click()
    find_option(page, "Country", "Syria").click()
    expect_sentence(page, "in Syria")
    find_option(page, "Place known to", "town").click()
    find_option(page, "Place known to", "site").click()
    wait_for_address(page, lambda query: query.get("precision") == ["site"])
    expect_sentence(page, "in Syria, placed to the site or better")
    find_option(page, "Place known to", "site").click()
    wait_for_address(page, lambda query: "precision" not in query)


def test_page_asks_once_for_all_lists(server: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if "api/facets" in each.url else None)
    open_page(page, server)
    expect_counts(page, "Type", read_counts(page, server, "type"))
    expect_counts(page, "Place", read_counts(page, server, "place"))
    assert len(asked) == 1


def test_without_counts_the_filters_still_work(server: str, page: Page) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503, body="no")

    page.route("**/api/facets*", refuse)
    open_page(page, server)
    note = page.get_by_text("The numbers cannot be shown just now.")
    expect(note.first).to_be_visible(timeout=PATIENCE_MS)
    choose(page, "Type", "air strike")
    expect_sentence(page, "of type air strike")
    page.unroute("**/api/facets*")
    choose(page, "Governorate", "Anbar")
    expect_counts(page, "Governorate", read_counts(page, server, "gov", type="air strike"))
    expect(note).to_have_count(0)


def test_hostile_options_are_text(
    start_server: StartServer, page: Page, hostile: str, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = [["2021-07-07", "Hit", "IQ", kind] for kind in (hostile, "other")]
        csv.writer(file).writerows([["date", "place", "country", "type"], *rows])
    with start_server(table) as server:
        open_page(page, server)
        row = find_list(page, "Type").locator("label.option", has_text="onerror")
        expect(row).to_contain_text("<img src=x onerror=alert(1)>", timeout=PATIENCE_MS)
        assert row.locator("img").count() == 0
        row.click()
        wait_for_address(page, lambda query: query.get("type") == [hostile])
        expect(row.locator("input")).to_be_checked()
