"""What the browser tests share: a server per table, and readers whose requests are watched."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.dashboard import PATIENCE_MS, Watch, watch_page

# Also what names no time of its own: five seconds are none on a busy machine.
expect.set_options(timeout=PATIENCE_MS)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

StartServer = Callable[..., AbstractContextManager[str]]
NewReader = Callable[..., Page]
NewTab = Callable[[], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(start_server: StartServer) -> Iterator[str]:
    """Address of a server that shows the shipped table."""
    with start_server() as address:
        yield address


@pytest.fixture(scope="session")
def hostile_server(start_server: StartServer, hostile_table: Path) -> Iterator[str]:
    """Address of a server that shows hostile text in every text cell."""
    with start_server(hostile_table) as address:
        yield address


@pytest.fixture(scope="session")
def desk(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader at a desk who has been here before: scripts and letters are in the cache."""
    with chromium.new_context(viewport=DESK) as context:
        yield context


@pytest.fixture
def new_tab(desk: BrowserContext) -> Iterator[NewTab]:
    """Function that gives a new tab of the reader at the desk; see `page`.

    What the reader left in this browser, such as a table not published, goes with the test: the
    next one would see it, and only if both are in the same process.
    """
    tabs: list[tuple[Page, Watch]] = []

    def open_tab() -> Page:
        tab = desk.new_page()
        tabs.append((tab, watch_page(tab)))
        return tab

    yield open_tab
    for tab, _ in tabs:
        tab.close()
    desk.set_storage_state({})
    for _, watch in tabs:
        watch.assert_clean()


@pytest.fixture
def page(new_tab: NewTab) -> Page:
    """A new tab of the reader at the desk; the test fails if a request leaves the machine."""
    return new_tab()


@pytest.fixture
def new_reader(chromium: Browser) -> Iterator[NewReader]:
    """Function that gives a tab in a fresh browser, watched as `page` is."""
    watches = []
    with ExitStack() as contexts:

        def open_reader(**options: Any) -> Page:
            settings = {"viewport": DESK} | options
            context = contexts.enter_context(chromium.new_context(**settings))
            tab = context.new_page()
            watches.append(watch_page(tab))
            return tab

        yield open_reader
    for watch in watches:
        watch.assert_clean()
