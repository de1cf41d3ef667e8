"""What is measured of every subject: opening, filtering, bytes and memory."""

from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from browsing import new_page, run_browser
from lines import measure_lines
from own_page import measure_own_page
from plan import TYPES, Plan, Result, Results, take
from playwright.sync_api import Browser
from servers import Server, read_memory
from subjects import OWN, Subject
from wire import relay

PATIENCE_FOR_READERS = 10
"""A subject whose opening takes more seconds is not opened for many readers."""


def measure_subject(subject: Subject, plan: Plan, results: Results) -> None:
    """Add all measures to the results; of one that does not open in time, nothing more."""
    with subject.start(plan) as server, run_browser() as browser:
        if not take(results, "first reader", lambda: time_open(subject, browser, server, plan)):
            return
        if not take(results, "open", lambda: time_opens(subject, browser, server, plan)):
            return
        take(results, "received", lambda: count_for_filter(subject, browser, server, plan))
        if plan.is_first:
            measure_lines(subject, browser, server, plan, results)
        if subject is OWN:
            measure_own_page(browser, server, plan, results)
    take(results, "filter", lambda: time_filters(subject, plan))
    # A server of its own: the memory of few readers must not hold what others left.
    with subject.start(plan) as server, run_browser() as browser:
        measure_memory(subject, browser, server, plan, results)


def time_open(subject: Subject, browser: Browser, server: Server, plan: Plan) -> float:
    """Seconds until the page stands, in a browser that has kept nothing."""
    with new_page(browser, plan.limit, subject.outside) as page:
        return subject.open(page, server.address, plan.limit)


def time_opens(subject: Subject, browser: Browser, server: Server, plan: Plan) -> float:
    """Median of several openings, each as a new reader."""
    return median(time_open(subject, browser, server, plan) for _ in range(plan.runs))


def time_filters(subject: Subject, plan: Plan) -> float:
    """Median of choosing one type more, five times by each of some readers.

    Each has a server of his own and begins with another type: no answer is known already.
    """
    seconds = []
    for first in range(min(plan.runs, len(TYPES))):
        with (
            subject.start(plan) as server,
            run_browser() as browser,
            new_page(browser, plan.limit, subject.outside) as page,
        ):
            subject.open(page, server.address, plan.limit)
            for step in range(len(TYPES) - 1):
                number = (first + step) % len(TYPES)
                seconds.append(subject.filter(page, server.address, number, plan.limit))
    return median(seconds)


def count_for_filter(subject: Subject, browser: Browser, server: Server, plan: Plan) -> float:
    """Kilobytes that the page receives when one type is chosen; a run of its own, not timed."""
    with relay(server.address) as wire, new_page(browser, plan.limit, subject.outside) as page:
        subject.open(page, wire.address, plan.limit)
        before = wire.received
        subject.filter(page, wire.address, 0, plan.limit)
        return (wire.received - before) / 1000


def measure_memory(
    subject: Subject, browser: Browser, server: Server, plan: Plan, results: Results
) -> None:
    """Megabytes of the server with one reader, and with many who have chosen something each."""
    with ExitStack() as stack:

        def weigh(numbers: Sequence[int]) -> Result:
            for number in numbers:
                page = stack.enter_context(new_page(browser, plan.limit, subject.outside))
                subject.open(page, server.address, plan.limit)
                subject.filter(page, server.address, number % len(TYPES), plan.limit)
            memory = read_memory(server.process)
            return "unknown on this system" if memory is None else memory

        def weigh_many() -> Result:
            seconds = results["open"]
            if isinstance(seconds, str) or seconds > PATIENCE_FOR_READERS:
                return f"not tried: opening takes more than {PATIENCE_FOR_READERS} s"
            return weigh(range(1, plan.readers))

        take(results, "memory, 1 reader", lambda: weigh([0]))
        take(results, "memory, many readers", weigh_many)
