"""A reader's own table in a browser: dropped, mapped, published, and opened by its link."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    expect_sentence,
    open_page,
    read_address,
    turn_to,
    wait_for_map,
    wait_settled,
)

NewReader = Callable[..., Page]
ROWS = [("2020-03-01", "Hit", "2"), ("2020-03-02", "Erbil", ""), ("2020-03-03", "Narnia", "1")]
ODD = "Day of it;Spot;Fallen\n" + "".join(";".join(row) + "\n" for row in ROWS)


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    wait_settled(page)


def pick(page: Page, label: str, column: str) -> None:
    box = page.get_by_test_id("stMain").get_by_role("combobox", name=label, exact=True)
    box.click()
    page.get_by_role("option", name=column).click()
    wait_settled(page)


def test_a_table_is_dropped_mapped_and_published(
    server: str, page: Page, new_reader: NewReader, tmp_path: Path
) -> None:
    table = tmp_path / "odd & own.csv"
    table.write_text(ODD, "utf-8")
    open_page(page, f"{server}/data?killed=1&killed=5")
    open_tab(page, "Bring a table")
    page.locator('input[type="file"]').set_input_files(table)
    expect(page.get_by_text("Check which column holds what")).to_be_visible(timeout=PATIENCE_MS)
    pick(page, "Place", "Spot")
    pick(page, "Killed", "Fallen")
    page.get_by_role("button", name="Check and place").click()
    counts = page.get_by_text("3 rows read: 3 accepted, 0 set aside.")
    expect(counts).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Publish").click()
    # The new version, without the filters of the old one.
    expect_sentence(page, "All incidents, 1–3 Mar 2020")
    (made,) = read_address(page)["data"]
    expect(page.locator(".st-key-made")).to_contain_text("Only people who have the link")
    wait_settled(page)
    first = page.get_by_test_id("stSidebar").get_by_label("Dates: from")
    expect(first).to_have_attribute("min", "2020-03-01")
    turn_to(page, "Overview")
    wait_for_map(page, "2 of 3 incidents")
    friend = new_reader()
    open_page(friend, f"{server}/?data={made}")
    expect_sentence(friend, "All incidents, 1–3 Mar 2020")


def test_on_a_phone_the_form_fits(server: str, new_reader: NewReader, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text(ODD, "utf-8")
    page = new_reader(viewport={"width": 390, "height": 844})
    open_page(page, f"{server}/data")
    open_tab(page, "Bring a table")
    page.locator('input[type="file"]').set_input_files(table)
    expect(page.get_by_role("button", name="Check and place")).to_be_visible(timeout=PATIENCE_MS)
    wait_settled(page)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_a_file_over_the_limit_is_refused_in_a_sentence(
    start_server: Callable[..., object], page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "large.csv"
    table.write_bytes(ODD.encode() + b"x" * 2_000_000)
    with start_server(env={"INCIDENTS_LARGEST": "1"}) as server:  # type: ignore[attr-defined]
        open_page(page, f"{server}/data")
        open_tab(page, "Bring a table")
        expect(page.get_by_text("1MB per file")).to_be_visible(timeout=PATIENCE_MS)
        page.locator('input[type="file"]').set_input_files(table)
        expect(page.get_by_text("must be 1.0MB or smaller")).to_be_visible(timeout=PATIENCE_MS)
        page.goto("about:blank")
