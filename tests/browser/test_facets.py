"""Below each filter stand its options with their counts; a click chooses an option."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    ask,
    choose,
    expect_sentence,
    link_to,
    open_page,
    read_address,
    wait_for_address,
    wait_settled,
)


def find_list(page: Page, label: str) -> Locator:
    """The list of counts of one filter."""
    words = f"{label}: incidents under the other filters"
    return page.get_by_test_id("stSidebar").get_by_role("group", name=words)


def find_option(page: Page, label: str, option: str) -> Locator:
    """One option of the list of counts of a filter."""
    return find_list(page, label).get_by_role("button", name=f"{option}, ")


def expect_counts(page: Page, label: str, counts: list[tuple[str, int]]) -> None:
    """Wait until the list of a filter shows these options first."""
    shown = [re.compile(rf"^{re.escape(value)}\s*{n:,}$") for value, n in counts]
    rows = find_list(page, label).get_by_role("button")
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
    expect(option).to_have_attribute("aria-pressed", "false", timeout=PATIENCE_MS)
    option.click()
    wait_for_address(page, lambda query: query.get("type") == ["drone attack"])
    expect_sentence(page, "of type drone attack")
    expect(option).to_have_attribute("aria-pressed", "true")
    chip = page.get_by_test_id("stMultiSelect").get_by_text("drone attack")
    expect(chip).to_be_visible()
    option.press("Enter")
    wait_for_address(page, lambda query: "type" not in query)
    expect_sentence(page, "All incidents")
    expect(option).to_have_attribute("aria-pressed", "false")
    expect(chip).to_have_count(0)


def test_counts_follow_the_other_filters_and_not_their_own(server: str, page: Page) -> None:
    open_page(page, server)
    every = read_counts(page, server, "type")
    choose(page, "Type", "air strike")
    expect_counts(page, "Governorate", read_counts(page, server, "gov", type="air strike"))
    expect_counts(page, "Type", every)
    assert read_counts(page, server, "gov", type="air strike") != read_counts(page, server, "gov")
    expect(find_option(page, "Governorate", "Baghdad")).to_have_text(re.compile(r"Baghdad\s*0$"))


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
    options = find_list(page, "Governorate").get_by_role("button")
    expect(options).to_have_count(5, timeout=PATIENCE_MS)
    expect(options.last).to_have_attribute("aria-pressed", "true")
    total = len(ask(page, server, "facets")["gov"]["options"])
    page.get_by_role("button", name=f"Show all {total}", exact=True).last.click()
    expect(options).to_have_count(total)
    page.get_by_role("button", name="Show fewer").click()
    expect(options).to_have_count(5)


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


def test_hostile_options_are_text(hostile_server: str, page: Page, hostile: str) -> None:
    open_page(page, hostile_server)
    option = find_list(page, "Type").get_by_role("button")
    expect(option).to_contain_text("<img src=x onerror=alert(1)>", timeout=PATIENCE_MS)
    assert option.locator("img").count() == 0
    option.click()
    wait_for_address(page, lambda query: query.get("type") == [hostile])
    expect(option).to_have_attribute("aria-pressed", "true")
