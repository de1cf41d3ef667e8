"""The Casualties page in a browser: a click filters, a chart can be saved."""

import csv
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    ask,
    expect_sentence,
    link_to,
    open_page,
    wait_for_address,
    wait_settled,
)


def rows_of(page: Page, chart: str) -> str:
    return f'[class*="st-key-chart_{chart}_"] g.rows_marks path'


def test_a_click_filters_and_opens(server: str, page: Page) -> None:
    open_page(page, link_to(server, "casualties", by="Actor"))
    bars = page.locator(rows_of(page, "bars"))
    expect(bars.first).to_be_visible(timeout=PATIENCE_MS)
    bars.first.hover(force=True)
    tip = page.locator("#vg-tooltip-element")
    expect(tip).to_contain_text("5–57", timeout=PATIENCE_MS)
    expect(tip).to_contain_text("1 incident of 2")
    bars.first.click(force=True)
    wait_for_address(page, lambda query: query.get("actor") == ["Israel"])
    expect_sentence(page, "by Israel")
    wait_settled(page)
    page.locator(rows_of(page, "differences")).first.click(force=True)
    wait_for_address(page, lambda query: "DEIR-EZ-ZOR" in query.get("incident", [""])[0])
    expect(page.get_by_role("button", name="Full record")).to_be_visible(timeout=PATIENCE_MS)


def test_a_chart_is_saved_as_it_is_drawn(server: str, page: Page, tmp_path: Path) -> None:
    open_page(page, link_to(server, "casualties", by="Governorate", basis="Lowest"))
    expect(page.locator(rows_of(page, "bars")).first).to_be_visible(timeout=PATIENCE_MS)
    # The pointer comes from the chart: its own tools must not lie over the links.
    page.locator(rows_of(page, "bars")).first.hover(force=True)
    files = {}
    for kind in ("PNG", "SVG", "CSV"):
        with page.expect_download(timeout=PATIENCE_MS) as saved:
            page.get_by_label(f"Killed by governorate: save as {kind}", exact=True).click()
        files[kind] = tmp_path / saved.value.suggested_filename
        saved.value.save_as(files[kind])
        assert files[kind].suffix == f".{kind.lower()}"
    assert files["PNG"].read_bytes().startswith(b"\x89PNG") and files["PNG"].stat().st_size > 9_000
    picture = files["SVG"].read_text("utf-8")
    assert "Deir ez-Zor" in picture and "Only the lowest claims are shown" in picture
    with files["CSV"].open(encoding="utf-8-sig", newline="") as file:
        told = [(row["value"], row["low"]) for row in csv.DictReader(file)]
    rows = ask(page, server, "casualties", by="gov", basis="low")["rows"]
    assert told == [(row["value"], "" if row["low"] is None else str(row["low"])) for row in rows]
    told = '[role="graphics-document"][aria-label^="Killed by governorate. Deir ez-Zor: 11 (+ 2"]'
    expect(page.locator(told)).to_be_visible()
