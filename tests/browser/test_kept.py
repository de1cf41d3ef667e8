"""What is brought and not published, in browsers: over a reload and a restart, for one reader."""

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.dashboard import PATIENCE_MS, open_page, wait_settled
from tests.browser.test_import import ODD, open_tab, pick
from tests.servers import find_free_port, run_dashboard

NewReader = Callable[..., Page]


def bring(page: Page, server: str, table: Path) -> None:
    open_page(page, f"{server}/data")
    open_tab(page, "Bring a table")
    page.locator('input[type="file"]').set_input_files(table)
    expect(page.get_by_role("button", name="Check and place")).to_be_visible(timeout=PATIENCE_MS)
    wait_settled(page)


def expect_piece(page: Page, server: str, words: str) -> None:
    open_page(page, f"{server}/data")
    open_tab(page, "Bring a table")
    piece = page.locator('[class*="st-key-piece_"]')
    expect(piece).to_contain_text(words, timeout=PATIENCE_MS)
    expect(piece).to_have_count(1)
    wait_settled(page)


def test_two_readers_find_each_their_own_again(new_reader: NewReader, tmp_path: Path) -> None:
    settings = dict(os.environ) | {"INCIDENTS_SNAPSHOTS": str(tmp_path / "snapshots")}
    settings.pop("INCIDENTS_TABLE", None)
    port, log = find_free_port(), tmp_path / "log.txt"
    first, second, third = new_reader(), new_reader(), new_reader()
    for name, text in (("one", ODD), ("two", f"{ODD}2020-03-04;Mosul;9\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "data.csv").write_text(text, "utf-8")
    with run_dashboard(port, settings, log) as server:
        bring(first, server, tmp_path / "one" / "data.csv")
        pick(first, "Place", "Spot")
        bring(second, server, tmp_path / "two" / "data.csv")
        expect_piece(first, server, "3 rows")
        # Another tab of the same browser finds it, too; another browser does not.
        expect_piece(first.context.new_page(), server, "3 rows")
        open_page(third, f"{server}/data")
        open_tab(third, "Bring a table")
        expect(third.get_by_text("as a version of its own")).to_be_visible(timeout=PATIENCE_MS)
    with run_dashboard(port, settings, log) as server:
        for reader, rows in ((first, "3 rows"), (second, "4 rows")):
            expect_piece(reader, server, rows)
        box = first.get_by_test_id("stMain").get_by_role("combobox", name="Place", exact=True)
        expect(box).to_have_value("Spot · Hit", timeout=PATIENCE_MS)
        first.get_by_role("button", name="Remove").click()
        expect(first.get_by_text("as a version of its own")).to_be_visible(timeout=PATIENCE_MS)
        wait_settled(first)
        open_page(first, f"{server}/data")
        open_tab(first, "Bring a table")
        expect(first.get_by_text("as a version of its own")).to_be_visible(timeout=PATIENCE_MS)
        for reader in (first, second, third):
            reader.goto("about:blank")


def test_what_the_host_no_longer_has_is_told(
    start_server: Callable[..., object], new_reader: NewReader, tmp_path: Path
) -> None:
    table, kept = tmp_path / "odd.csv", tmp_path / "snapshots"
    table.write_text(ODD, "utf-8")
    page = new_reader()
    with start_server(env={"INCIDENTS_SNAPSHOTS": str(kept)}) as server:  # type: ignore[attr-defined]
        bring(page, server, table)
        for path in kept.glob("brought/*/*"):
            path.unlink()
        open_page(page, f"{server}/data")
        expect(page.get_by_text("this host no longer has it")).to_be_visible(timeout=PATIENCE_MS)
        wait_settled(page)
        # It is told once.
        open_page(page, f"{server}/data")
        expect(page.get_by_text("this host no longer has it")).to_have_count(0)
        page.goto("about:blank")
