"""The address and the browser's history: one entry for one action, and Back leads through them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    choose,
    expect_sentence,
    find_option,
    in_navigation,
    link_to,
    list_rows,
    open_page,
    read_address,
    read_figures,
    turn_to,
    wait_for_address,
    wait_for_map,
    wait_settled,
)

NewReader = Callable[..., Page]


def count_entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def test_back_and_forward_walk_through_what_was_done(server: str, page: Page) -> None:
    open_page(page, server)
    wait_for_map(page)
    start, figures = count_entries(page), [read_figures(page)]
    choose(page, "Type", "drone attack")
    expect_sentence(page, "of type drone attack")
    figures.append(read_figures(page))
    choose(page, "Governorate", "Erbil")
    expect_sentence(page, "in Erbil")
    figures.append(read_figures(page))
    list_rows(page).first.click()
    wait_for_address(page, lambda query: "incident" in query)
    wait_settled(page)
    page.get_by_role("button", name="Full record").click()
    page.wait_for_url("**/incident?*", wait_until="commit")
    expect(page.locator(".report").first).to_be_visible(timeout=PATIENCE_MS)
    wait_settled(page)
    assert count_entries(page) == start + 4
    page.go_back()
    expect(page.locator(".st-key-card")).to_be_visible(timeout=PATIENCE_MS)
    expect_sentence(page, "in Erbil, of type drone attack")
    page.go_back()
    expect(page.locator(".st-key-card")).to_have_count(0, timeout=PATIENCE_MS)
    expect_sentence(page, "in Erbil, of type drone attack")
    assert read_figures(page) == figures[2]
    page.go_back()
    expect_sentence(page, "of type drone attack")
    expect(find_option(page, "Governorate", "Erbil")).not_to_be_checked(timeout=PATIENCE_MS)
    wait_settled(page)
    assert read_figures(page) == figures[1]
    page.go_back()
    expect_sentence(page, "All incidents")
    expect(find_option(page, "Type", "drone attack")).not_to_be_checked(timeout=PATIENCE_MS)
    wait_for_map(page, "64 of 64 incidents")
    wait_settled(page)
    assert read_figures(page) == figures[0]
    page.go_forward()
    expect_sentence(page, "of type drone attack")
    expect(find_option(page, "Type", "drone attack")).to_be_checked(timeout=PATIENCE_MS)
    page.go_forward()
    expect_sentence(page, "in Erbil, of type drone attack")


def test_a_page_turn_is_one_entry_from_every_view(server: str, page: Page) -> None:
    query = {"type": "drone attack", "view": "governorates", "shade": "killed", "step": "month"}
    open_page(page, link_to(server, "", **query))
    wait_for_map(page, "by governorate")
    wait_settled(page)
    start = count_entries(page)
    for number, name in enumerate(("Timeline", "Casualties", "Data"), 1):
        turn_to(page, name)
        page.wait_for_url(f"**/{name.lower()}?*", wait_until="commit")
        expect_sentence(page, "of type drone attack")
        wait_settled(page)
        assert count_entries(page) == start + number
    page.go_back()
    page.wait_for_url("**/casualties?*", wait_until="commit")
    # Streamlit notes a page anew that the reader has left before it began to run.
    page.get_by_role("radio", name="Wounded").wait_for()
    wait_settled(page)
    page.go_back()
    page.wait_for_url("**/timeline?*", wait_until="commit")
    expect(page.get_by_role("radio", name="Month")).to_be_checked(timeout=PATIENCE_MS)
    page.go_back()
    page.wait_for_url(f"{server}/?*", wait_until="commit")
    expect(page.get_by_role("radio", name="Governorates")).to_be_checked(timeout=PATIENCE_MS)
    assert read_address(page) == {name: [value] for name, value in query.items()}


def test_back_undoes_what_is_shown_too(server: str, page: Page) -> None:
    open_page(page, link_to(server, "casualties"))
    page.get_by_role("radio", name="Wounded").click()
    wait_for_address(page, lambda query: query.get("harm") == ["wounded"])
    wait_settled(page)
    page.go_back()
    wait_for_address(page, lambda query: not query)
    expect(page.get_by_role("radio", name="Killed")).to_be_checked(timeout=PATIENCE_MS)


def test_typing_is_one_entry(server: str, page: Page) -> None:
    open_page(page, link_to(server, "timeline"))
    start = count_entries(page)
    page.get_by_test_id("stSidebar").get_by_label("Words").press_sequentially("embassy", delay=40)
    wait_for_address(page, lambda query: query.get("q") == ["embassy"])
    expect_sentence(page, "embassy")
    wait_settled(page)
    assert count_entries(page) == start + 1


def test_reload_keeps_the_view(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", type="air strike"))
    choose(page, "Governorate", "Anbar")
    expect_sentence(page, "in Anbar, of type air strike")
    wait_settled(page)
    said = read_figures(page)
    page.reload()
    expect_sentence(page, "in Anbar, of type air strike")
    wait_settled(page)
    assert read_figures(page) == said


def test_two_tabs_filter_apart(server: str, page: Page, new_reader: NewReader) -> None:
    other = new_reader()
    open_page(page, link_to(server, "timeline"))
    open_page(other, link_to(server, "timeline"))
    choose(page, "Type", "air strike")
    choose(other, "Type", "drone attack")
    expect_sentence(page, "of type air strike")
    expect_sentence(other, "of type drone attack")
    assert read_address(page) == {"type": ["air strike"]}


def test_a_link_pasted_into_a_running_tab(server: str, page: Page) -> None:
    open_page(page, link_to(server, "", type="air strike"))
    expect_sentence(page, "of type air strike")
    open_page(page, link_to(server, "timeline", gov="Erbil", sort="date"))
    expect_sentence(page, "Incidents in Erbil")
    assert read_address(page) == {"gov": ["Erbil"], "sort": ["date"]}


def test_a_page_turned_at_once_keeps_the_filters(server: str, page: Page) -> None:
    page.goto(link_to(server, "", type="air strike", dates=["2021-02-01", "2021-07-20"]))
    in_navigation(page).get_by_text("Timeline", exact=True).click(timeout=PATIENCE_MS)
    page.wait_for_url("**/timeline?*", wait_until="commit")
    expect_sentence(page, "from 1 Feb 2021 to 20 Jul 2021, of type air strike")
    wait_settled(page)
    asked = read_address(page)
    assert asked == {"type": ["air strike"], "dates": ["2021-02-01", "2021-07-20"]}
