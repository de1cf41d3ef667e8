"""A real Chromium that opens pages and times them from within (`probe.js`)."""

import base64
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from plan import LATE, NotMeasured
from playwright.sync_api import Browser, Frame, Page, sync_playwright
from playwright.sync_api import TimeoutError as BrowserTimeout

from tests.chromium import CHROMIUM_ARGUMENTS

ROOT = Path(__file__).resolve().parent.parent
Outside = Callable[[str], tuple[str, bytes]]
"""What another host answers to an address: media type and body."""

PROBE = (ROOT / "benchmarks" / "probe.js").read_text(encoding="utf-8")
DESK = {"width": 1440, "height": 900}
QUIET_MS = 400
"""So long nothing may change any more for a page to be settled; not part of the time."""


@contextmanager
def run_browser() -> Iterator[Browser]:
    """Chromium, found as the tests find it."""
    path = subprocess.check_output(["sh", ROOT / "scripts" / "find_browser.sh"], text=True).strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def new_page(browser: Browser, limit: float, outside: Outside | None = None) -> Iterator[Page]:
    """A page of a reader who comes for the first time: nothing is kept in the browser.

    `outside` answers what is asked of other hosts; without it they are out of reach.
    """
    context = browser.new_context(viewport=DESK)
    try:
        page = context.new_page()
        page.set_default_timeout(limit * 1000)
        if outside is not None:
            answer_outside(page, outside)
        yield page
    finally:
        context.close()


def answer_outside(page: Page, outside: Outside) -> None:
    """Answer requests to other hosts; those to this machine are not held up, as a route would."""
    session = page.context.new_cdp_session(page)

    def fulfil(event: dict[str, Any]) -> None:
        media, body = outside(event["request"]["url"])
        headers = {"content-type": media, "access-control-allow-origin": "*"}
        session.send(
            "Fetch.fulfillRequest",
            {
                "requestId": event["requestId"],
                "responseCode": 200,
                "responseHeaders": [{"name": k, "value": v} for k, v in headers.items()],
                "body": base64.b64encode(body).decode(),
            },
        )

    session.on("Fetch.requestPaused", fulfil)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "https://*"}]})


def start_probe(
    where: Page | Frame, look: str, needed: Sequence[str], start: str, action: str = ""
) -> None:
    """Begin to look; `start` is "navigation", "pointer" (the next release of it) or "now".

    `action` is a script to be run at once.
    """
    where.evaluate(PROBE)
    options = {"needed": list(needed), "from": start, "quiet": QUIET_MS}
    where.evaluate(f"(options) => {{ window.probe({look}, options); {action} }}", options)


def read_probe(where: Page | Frame, limit: float) -> float:
    """Seconds until the page was settled.

    Raises
    ------
    NotMeasured
        It was not within `limit` seconds, or it shows an error.
    """
    try:
        # The limit is kept by the browser's driver: also a page that hangs comes to it.
        where.wait_for_function("() => window.probed.done", timeout=limit * 1000)
    except BrowserTimeout:
        raise NotMeasured(f"{LATE} {limit:.0f} s") from None
    probed = where.evaluate("() => window.probed")
    if probed["error"]:
        raise NotMeasured(f"fails: {probed['error'].splitlines()[0]}")
    return float(probed["ms"]) / 1000


def time_opening(page: Page, address: str, look: str, needed: Sequence[str], limit: float) -> float:
    """Seconds from the navigation until the page is settled."""
    page.goto(address, wait_until="commit")
    start_probe(page, look, needed, "navigation")
    return read_probe(page, limit)


def choose_type(page: Page, option: str) -> None:
    """Choose one more type in the sidebar of a page of Streamlit."""
    sidebar = page.get_by_test_id("stSidebar")
    listed = sidebar.get_by_role("group", name="Type", exact=True)
    if listed.count():
        listed.locator("label.option", has_text=option).click()
        return
    # The peers: Streamlit's own field.
    sidebar.get_by_role("combobox", name=re.compile("^Type")).click()
    page.get_by_role("option", name=re.compile(f"^{re.escape(option)}")).click()
