"""A server that is started anew: an open page says so, and comes back by itself as it was."""

import signal
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.dashboard import (
    PATIENCE_MS,
    choose,
    expect_sentence,
    link_to,
    open_page,
    wait_settled,
)
from tests.incidents.serving.running.test_goodbye import run_server
from tests.servers import answers_in_time

LOOK = "() => document.dispatchEvent(new Event('visibilitychange'))"


def test_a_page_outlives_its_server(
    chromium: Browser, free_port: Callable[[], int], tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://localhost:{port}"
    with chromium.new_context() as context:
        page = context.new_page()
        away = page.get_by_text("This page comes back by itself.")
        with run_server(tmp_path, port) as server:
            assert answers_in_time(server, f"{address}/api/health")
            open_page(page, link_to(address, type="air strike"))
            expect(away).to_have_count(0)
            server.send_signal(signal.SIGTERM)
            server.wait(30)
        page.evaluate(LOOK)
        expect(away).to_be_visible(timeout=PATIENCE_MS)
        # What it showed stays.
        expect_sentence(page, "of type air strike")
        with run_server(tmp_path, port) as server:
            assert answers_in_time(server, f"{address}/api/health")
            expect(away).to_have_count(0, timeout=PATIENCE_MS)
            expect_sentence(page, "of type air strike")
            choose(page, "Governorate", "Anbar")
            expect_sentence(page, "Anbar")


def test_a_choice_that_got_lost_is_sent_again(server: str, page: Page) -> None:
    """As where a server that was started anew does not know the panel yet."""
    lost: list[bytes | str] = []
    loses = False

    def hear(socket: WebSocketRoute) -> None:
        away = socket.connect_to_server()

        def send_on(message: bytes | str) -> None:
            nonlocal loses
            if loses:
                lost.append(message)
                loses = False
            else:
                away.send(message)

        socket.on_message(send_on)

    page.route_web_socket("**/_stcore/stream**", hear)
    open_page(page, link_to(server, type="air strike"))
    expect_sentence(page, "of type air strike")
    wait_settled(page)
    loses = True
    choose(page, "Governorate", "Anbar")
    expect_sentence(page, "Anbar")
    assert len(lost) == 1
