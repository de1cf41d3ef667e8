"""Opening a link over lines that are not this machine, and what comes over them."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from browsing import new_page
from plan import Plan, Results, take
from playwright.sync_api import Browser, Page
from servers import Server
from subjects import OWN, Subject
from wire import relay

FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


@dataclass(frozen=True)
class Line:
    """A line to the server, as Chromium makes it (HTTP; messages of a WebSocket pass freely)."""

    name: str
    megabits: float
    milliseconds: float

    def lay(self, page: Page) -> None:
        """Let this page be asked for, and answered, over this line."""
        rate = self.megabits * 1e6 / 8
        conditions = {"offline": False, "latency": self.milliseconds,
                      "downloadThroughput": rate, "uploadThroughput": rate}  # fmt: skip
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", conditions)


LINES = (Line("9 Mbit/s", 9, 85), Line("1.6 Mbit/s", 1.6, 150))


def measure_lines(
    subject: Subject, browser: Browser, server: Server, plan: Plan, results: Results
) -> None:
    """Openings over each line, and the bytes of a first and a second visit."""
    for line in LINES:
        seen: list[float] = []

        def open_once(line: Line = line, seen: list[float] = seen) -> float:
            with new_page(browser, plan.limit, subject.outside) as page:
                line.lay(page)
                seconds = subject.open(page, server.address, plan.limit)
                seen.append(page.evaluate(FIRST_PAINT))
                return seconds

        take(results, f"open, {line.name}", repeat(open_once, plan.runs))
        if seen:
            take(results, f"first view, {line.name}", lambda seen=seen: median(seen))
    if subject is OWN or subject.is_empty:
        take(results, "first visit", lambda: count_visits(subject, browser, server, plan, 1))
        take(results, "second visit", lambda: count_visits(subject, browser, server, plan, 2))


def repeat(measure: Callable[[], float], times: int) -> Callable[[], float]:
    """The same several times; the median."""
    return lambda: median(measure() for _ in range(times))


def count_visits(
    subject: Subject, browser: Browser, server: Server, plan: Plan, number: int
) -> float:
    """Kilobytes that the n-th visit of one reader receives."""
    before = 0
    with relay(server.address) as wire, new_page(browser, plan.limit, subject.outside) as first:
        for visit in range(1, number + 1):
            page = first if visit == 1 else first.context.new_page()
            before = wire.received
            subject.open(page, wire.address, plan.limit)
        return (wire.received - before) / 1000
