"""A page that nobody touches, while the database that answers is away and once it is back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.dashboard import PATIENCE_MS, expect_sentence, open_page
from tests.postgres import Server

StartServer = Callable[..., AbstractContextManager[str]]
SENTENCE = "All incidents, 7–8 Jul 2021"


def test_the_banner_comes_and_goes_by_itself(
    start_server: StartServer, page: Page, postgres: Server, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    rows = ("date,place,killed", "2021-07-07,Ain al-Asad,0", "2021-07-08,Baghdad,2")
    table.write_text("\n".join(rows), "utf-8")
    kept = {"INCIDENTS_STORE": postgres.make_database("browser"),
            "INCIDENTS_SNAPSHOTS": str(tmp_path / "kept")}  # fmt: skip
    with start_server(table, kept) as server:
        open_page(page, server)
        expect_sentence(page, SENTENCE)
        banner = page.get_by_text("does not answer since")
        expect(banner).to_have_count(0)
        postgres.kill()
        try:
            expect(banner.first).to_be_visible(timeout=PATIENCE_MS)
            expect_sentence(page, SENTENCE)
        finally:
            postgres.start()
        expect(banner).to_have_count(0, timeout=PATIENCE_MS)
        expect_sentence(page, SENTENCE)
        page.goto("about:blank")
