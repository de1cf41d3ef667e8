"""A page that the browser translates: it puts nodes of its own in the place of the page's words."""

from collections.abc import Callable
from difflib import unified_diff

import pytest
from playwright.sync_api import Page

from tests.browser.dashboard import (
    PATIENCE_MS,
    choose,
    link_to,
    open_page,
    wait_settled,
)

NewTab = Callable[[], Page]
TRANSLATE = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.nodeValue.trim() && !node.parentElement.closest("script, style, svg, font")
      ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
  const found = [];
  while (words.nextNode()) found.push(words.currentNode);
  for (const node of found) {
    const outer = document.createElement("font"), inner = document.createElement("font");
    inner.textContent = node.nodeValue;
    outer.append(inner);
    node.replaceWith(outer);
  }
}"""
"""What Chromium's translation does to a page, with the same words; it leaves drawings alone."""


READ = """() => document.querySelector("[data-testid=stMain]").innerText.replace(/\\s+/g, " ")"""


def expect_same_words(page: Page, fresh: Page) -> None:
    """Wait until a page says what a freshly opened one says; both may have late parts."""
    for _ in range(PATIENCE_MS // 500):
        words, told = page.evaluate(READ), fresh.evaluate(READ)
        if words == told:
            return
        page.wait_for_timeout(500)
    lines = unified_diff(
        told.split(), words.split(), "opened fresh", "translated", n=5, lineterm=""
    )
    pytest.fail("The words differ:\n" + "\n".join(lines), pytrace=False)


def choose_type(page: Page) -> None:
    choose(page, "Type", "roadside bomb")


def open_one_after_the_other(page: Page) -> None:
    rows = page.locator(".rows tbody tr")
    rows.nth(0).click()
    page.get_by_role("button", name="Back to the list").wait_for()
    page.evaluate(TRANSLATE)
    page.get_by_role("button", name="Back to the list").click()
    rows.nth(5).click()
    page.get_by_role("button", name="Back to the list").wait_for()


ACTIONS = [
    ("", choose_type),
    ("", open_one_after_the_other),
    ("timeline", choose_type),
    ("casualties", choose_type),
    ("data", choose_type),
]


@pytest.mark.parametrize(("path", "act"), ACTIONS)
def test_words_follow_what_is_asked(
    server: str, page: Page, new_tab: NewTab, path: str, act: Callable[[Page], None]
) -> None:
    open_page(page, link_to(server, path))
    wait_settled(page)
    page.evaluate(TRANSLATE)
    before = page.url
    act(page)
    page.wait_for_function("before => location.href !== before", arg=before)
    wait_settled(page)
    fresh = new_tab()
    open_page(fresh, page.url)
    wait_settled(fresh)
    expect_same_words(page, fresh)
