"""A reader's own columns in a browser: brought, ticked, ranged, listed, let go."""

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as BrowserTimeout

from tests.browser.dashboard import (
    PATIENCE_MS,
    expect_sentence,
    find_list,
    find_option,
    in_panel,
    list_rows,
    open_page,
    read_address,
    wait_for_address,
    wait_settled,
)
from tests.browser.test_import import open_tab
from tests.incidents.own_tables import ANALYST


def test_own_columns_are_chosen_filtered_listed_and_let_go(
    server: str, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "analyst.csv"
    table.write_text(ANALYST, "utf-8")
    open_page(page, f"{server}/data")
    open_tab(page, "Bring a table")
    page.locator('input[type="file"]').set_input_files(table)
    page.get_by_text("Columns", exact=True).first.click(timeout=PATIENCE_MS)
    # What stood below moves: for a moment it is there twice.
    page.locator("details[open] [data-testid=stSelectbox]").first.wait_for(timeout=PATIENCE_MS)
    own = page.get_by_text("Columns of its own")
    expect(own).to_have_count(1, timeout=PATIENCE_MS)
    own.click()
    page.get_by_label("Range km").wait_for(timeout=PATIENCE_MS)
    wait_settled(page)
    for label, kind in (("Range km", "Numbers"), ("Checked on", "Days")):
        box = page.get_by_test_id("stMain").get_by_role("combobox", name=label, exact=True)
        option = page.get_by_role("option", name=kind)
        # A run that ends as the list opens closes it: who sees it closed clicks again.
        for _ in range(5):
            if not option.is_visible():
                box.click(timeout=PATIENCE_MS)
            with suppress(BrowserTimeout):
                option.wait_for(timeout=5_000)
                break
        option.click()
        expect(option).to_be_hidden(timeout=PATIENCE_MS)
        wait_settled(page)
    page.get_by_role("button", name="Check and place").click()
    page.get_by_role("button", name="Publish").click(timeout=PATIENCE_MS)
    wait_for_address(page, lambda query: "data" in query)
    version = read_address(page)["data"][0]

    open_page(page, f"{server}/?data={version}")
    in_panel(page).get_by_text("Columns of this table").click(timeout=PATIENCE_MS)
    find_option(page, "Verified by", "AP").click()
    expect_sentence(page, "where “Verified by” is “AP”")
    find_option(page, "Verified by", "Unknown").click()
    expect_sentence(page, "where “Verified by” is “AP” or unknown")
    expect(list_rows(page)).to_have_count(3, timeout=PATIENCE_MS)
    # A name is text, whatever it looks like.
    assert find_list(page, "Verified by").get_by_text("<b>Bellingcat</b>").count() == 1

    numbers = find_list(page, "Range km")
    numbers.get_by_label("Range km: at most").fill("40")
    numbers.get_by_label("Range km: at most").press("Enter")
    expect_sentence(page, "where “Range km” is from -2 to 40")
    numbers.get_by_label("Range km: unknown").check()
    expect_sentence(page, "from -2 to 40 or unknown")
    days = find_list(page, "Checked on")
    days.get_by_label("Checked on: all that is known").check()
    expect_sentence(page, "where “Checked on” is known")
    expect(list_rows(page)).to_have_count(2, timeout=PATIENCE_MS)

    page.get_by_text("Columns", exact=True).last.click()
    page.locator(".choice").get_by_label("Verified by").check()
    wait_for_address(page, lambda query: query.get("cols") == ["x.verified_by"])
    expect(page.locator("th.own")).to_have_text("Verified by", timeout=PATIENCE_MS)
    expect(list_rows(page).first.locator("td.own")).to_have_text("?", timeout=PATIENCE_MS)

    page.go_back()
    expect(page.locator("th.own")).to_have_count(0, timeout=PATIENCE_MS)
    page.go_back()
    wait_for_address(page, lambda query: "x.checked_on" not in query)
    expect_sentence(page, "from -2 to 40 or unknown")
    page.get_by_role("button", name="Remove Verified by: Unknown").click()
    wait_for_address(page, lambda query: query.get("x.verified_by") == ["AP"])
    page.get_by_role("button", name="Clear all").click()
    wait_for_address(page, lambda query: not any(name.startswith("x.") for name in query))
    expect_sentence(page, "All incidents")
