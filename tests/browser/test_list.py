"""The list of a long table: paged and sorted in the store, and in the link; and how it is read."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    ask,
    link_to,
    list_rows,
    open_page,
    read_address,
    read_share_link,
    turn_to,
    wait_for_address,
    wait_settled,
)

StartServer = Callable[..., AbstractContextManager[str]]
NewReader = Callable[..., Page]
ROWS = 250


@pytest.fixture(scope="module")
def long_server(
    start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a server that shows three pages of incidents, a day apart, ids I000 to I249."""
    first = date(2021, 1, 1)
    rows = [f"I{n:03},{first + timedelta(days=n)},Erbil,{n % 7}\n" for n in range(ROWS)]
    table = tmp_path_factory.mktemp("long") / "long.csv"
    table.write_text("incident,date,place,killed_min\n" + "".join(rows), "utf-8")
    with start_server(table) as address:
        yield address


def pages_of(page: Page) -> Locator:
    """The words and buttons of the pages, of the list and of the table on Data."""
    return page.locator(".st-key-list .pages, .st-key-pages")


def expect_rows(page: Page, words: str) -> None:
    expect(pages_of(page)).to_contain_text(words, timeout=PATIENCE_MS)


def open_first_row(page: Page) -> str:
    """Click the first row of the list; the id of the incident that opens."""
    list_rows(page).first.click()
    wait_for_address(page, lambda query: "incident" in query)
    return read_address(page)["incident"][0]


def test_page_and_order_are_in_the_link(
    long_server: str, page: Page, new_reader: NewReader
) -> None:
    open_page(page, link_to(long_server, "timeline"))
    expect_rows(page, "1–100 of 250")
    pages_of(page).get_by_role("button", name="Next").dblclick()
    wait_for_address(page, lambda query: query.get("page") == ["3"])
    expect_rows(page, "201–250 of 250")
    page.get_by_role("button", name="Latest first").click()
    wait_for_address(page, lambda query: query.get("sort") == ["date"] and "page" not in query)
    expect_rows(page, "1–100 of 250")
    pages_of(page).get_by_role("button", name="Next").click()
    wait_for_address(page, lambda query: query.get("page") == ["2"])
    expect_rows(page, "101–200 of 250")
    wait_settled(page)
    link = read_share_link(page)
    assert "sort=date" in link and "page=2" in link
    colleague = new_reader()
    open_page(colleague, link)
    expect_rows(colleague, "101–200 of 250")
    # The row opens the incident that it shows, and back in the list its page stands.
    assert open_first_row(colleague) == "I100"
    wait_settled(colleague)
    colleague.go_back()
    expect_rows(colleague, "101–200 of 250")


def test_order_stays_from_page_to_page(long_server: str, page: Page) -> None:
    open_page(page, f"{long_server}/timeline?sort=date&page=2")
    expect_rows(page, "101–200 of 250")
    turn_to(page, "Data")
    wait_for_address(page, lambda query: query.get("sort") == ["date"])
    expect(page.get_by_role("button", name="Oldest first")).to_be_visible()
    expect_rows(page, "1–100 of 250")


def test_a_filter_leads_to_the_first_page(long_server: str, page: Page) -> None:
    open_page(page, f"{long_server}/timeline?page=3")
    expect_rows(page, "201–250 of 250")
    words = page.get_by_test_id("stSidebar").get_by_label("Words")
    words.fill("эрбиль")
    words.press("Enter")
    wait_for_address(page, lambda query: "q" in query and "page" not in query)
    expect_rows(page, "1–100 of 250")
    assert ask(page, long_server, "map", q="أربيل")["total"] == ROWS


def test_list_fits_a_phone(long_server: str, new_reader: NewReader) -> None:
    reader = new_reader(viewport={"width": 390, "height": 844})
    open_page(reader, link_to(long_server, "timeline"))
    expect_rows(reader, "1–100 of 250")
    main = reader.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
    for part in (".st-key-list .order", ".st-key-list .pages"):
        box = reader.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_reading_a_large_table_shows_how_far_it_is(
    start_server: StartServer, new_reader: NewReader, tmp_path: Path
) -> None:
    table = tmp_path / "large.csv"
    row = "{day},Ain al-Asad,IQ,{n},rockets at a base number {n}\n"
    first = date(2010, 1, 1)
    with table.open("w", encoding="utf-8") as file:
        file.write("date,place,country,killed_min,summary\n")
        for n in range(200_000):
            file.write(row.format(day=first + timedelta(days=n % 4_000), n=n))
    reader = new_reader()
    with start_server(table, is_read=False) as server:
        reader.goto(server)
        bar = reader.get_by_test_id("stProgress")
        expect(bar).to_contain_text(re.compile(r"200,000 rows"), timeout=PATIENCE_MS)
        health = reader.request.get(f"{server}/api/health")
        assert health.status == 200 or health.json()["status"] == "reading"
        reader.locator(".st-key-heading").wait_for(timeout=2 * PATIENCE_MS)
        expect(bar).to_have_count(0)
        reader.close()
