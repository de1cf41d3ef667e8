"""The table's file changes while somebody looks: the page tells, and changes nothing by itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.dashboard import PATIENCE_MS, expect_sentence, open_page

StartServer = Callable[..., AbstractContextManager[str]]
TABLE = "date,place,killed\n2021-07-07,Ain al-Asad,0\n2021-07-08,Baghdad,2\n"


def wait_for_health(page: Page, server: str, name: str, old: object) -> object:
    """What the server's health says under a name, once it is another thing than before."""
    for _ in range(PATIENCE_MS // 200):
        value: object = page.request.get(f"{server}/api/health").json()[name]
        if value != old:
            return value
        page.wait_for_timeout(200)
    raise AssertionError(f"{name} is still {old!r}")


def come_back(page: Page) -> None:
    """As if the reader had looked at another tab meanwhile."""
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_an_open_page_is_told_of_a_new_version_and_of_a_broken_file(
    start_server: StartServer, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "own.csv"
    table.write_text(TABLE, "utf-8")
    with start_server(table) as server:
        open_page(page, server)
        old = page.request.get(f"{server}/api/health").json()["snapshot"]
        table.write_text(TABLE + "2021-07-10,Erbil,1\n", "utf-8")
        wait_for_health(page, server, "snapshot", old)
        come_back(page)
        news = page.get_by_role("status").filter(has_text="The table has changed.")
        expect(news).to_be_visible(timeout=PATIENCE_MS)
        expect_sentence(page, "All incidents, 7–8 Jul 2021")
        news.get_by_role("link", name="Show the new version").click()
        expect_sentence(page, "All incidents, 7–10 Jul 2021")
        table.write_text("", "utf-8")
        wait_for_health(page, server, "notice", None)
        come_back(page)
        banner = page.get_by_role("status").filter(has_text="last good version")
        expect(banner).to_be_visible(timeout=PATIENCE_MS)
        expect_sentence(page, "All incidents, 7–10 Jul 2021")
        page.goto("about:blank")
