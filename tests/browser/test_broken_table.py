"""A table that cannot be read: a sentence, and the last good version where there is one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    expect_sentence,
    in_navigation,
    open_page,
    wait_for_map,
)

StartServer = Callable[..., AbstractContextManager[str]]
GARBAGE = b"\x00\x01PK garbage \xff\xfe" * 50
TABLE = "date,place,killed\n2021-07-07,Ain al-Asad,0\n2021-07-08,Baghdad,2\n"


def test_broken_table_without_an_earlier_version(
    start_server: StartServer, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "broken.csv"
    table.write_bytes(GARBAGE)
    with start_server(table) as server:
        for path in ("", "timeline"):
            page.goto(f"{server}/{path}")
            error = page.get_by_test_id("stAlert")
            expect(error).to_contain_text("broken.csv", timeout=PATIENCE_MS)
            expect(in_navigation(page)).to_have_count(5)
            for word in ("Traceback", "Error:", str(tmp_path)):
                expect(page.get_by_text(word)).to_have_count(0)
        page.goto("about:blank")


def test_broken_table_shows_the_last_good_version(
    start_server: StartServer, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "broken.csv"
    snapshots = tmp_path / "snapshots"
    table.write_text(TABLE, "utf-8")
    env = {"INCIDENTS_SNAPSHOTS": str(snapshots)}
    with start_server(table, env) as server:
        good = page.request.get(f"{server}/api/health").json()["snapshot"]
    table.write_bytes(GARBAGE)
    with start_server(table, env) as server:
        open_page(page, server)
        expect(page.get_by_test_id("stAlert")).to_contain_text(
            "The last good version of the table is shown.", timeout=PATIENCE_MS
        )
        expect_sentence(page, "All incidents, 7–8 Jul 2021")
        wait_for_map(page, "2 of 2 incidents")
        health = page.request.get(f"{server}/api/health").json()
        assert health["snapshot"] == good
        assert health["status"] != "ok"
        expect(page.get_by_text("Traceback")).to_have_count(0)
        page.goto("about:blank")
