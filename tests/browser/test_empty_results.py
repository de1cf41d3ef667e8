"""When nothing is left, the page says which filter does it and offers to clear it."""

from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    expect_sentence,
    link_to,
    open_page,
    read_figures,
    wait_for_address,
    wait_for_map,
    wait_settled,
)


def test_button_clears_the_filter_that_empties(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", q="zanzibar", type="drone attack"))
    expect(page.get_by_text("No incident fits all of these filters.")).to_be_visible()
    wait_for_map(page, "No incidents")
    page.get_by_role("button", name="Clear “Words”").click()
    expect(page.get_by_text("No incident fits")).to_have_count(0)
    expect_sentence(page, "of type drone attack")
    wait_for_address(page, lambda query: "q" not in query and "type" in query)
    wait_settled(page)
    assert int(read_figures(page)[0].split()[0]) > 0
    expect(page.get_by_test_id("stSidebar").get_by_label("Words")).to_have_value("")


def test_clear_all(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", q="zanzibar", killed=["0", "0"]))
    page.get_by_role("button", name="Clear all filters").last.click()
    expect_sentence(page, "All incidents")
    wait_for_address(page, lambda query: "q" not in query and "killed" not in query)
    wait_for_map(page, "64 of 64 incidents")
