"""A dashboard that is not public, in a browser: a link opens it, revoked it is gone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from incidents.serving.access.links import make_link, revoke_link
from tests.browser.dashboard import (
    PATIENCE_MS,
    expect_sentence,
    open_page,
    read_address,
    turn_to,
    wait_for_map,
    wait_settled,
    watch_page,
)
from tests.incidents.serving.access.provider import run_provider
from tests.incidents.serving.access.test_login import write_secrets
from tests.servers import find_free_port

StartServer = Callable[..., AbstractContextManager[str]]


USER = {"sub": "1", "email": "desk@x.example", "groups": ["desk"]}


@pytest.fixture
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies."""
    with chromium.new_context() as context:
        yield context


def test_a_link_opens_it_until_it_is_revoked(
    start_server: StartServer, reader: BrowserContext, tmp_path: Path
) -> None:
    env = {"INCIDENTS_ACCESS": "link", "INCIDENTS_SNAPSHOTS": str(tmp_path)}
    with start_server(env=env) as server:
        page = reader.new_page()
        page.goto(f"{server}/timeline")
        expect(page.get_by_role("heading", name="This page is not public")).to_be_visible()
        link, token = make_link(tmp_path, 1, "", "reader")
        watch = watch_page(page)
        open_page(page, f"{server}/?type=air+strike&token={token}")
        expect_sentence(page, "air strike")
        assert token not in page.url
        assert read_address(page) == {"type": ["air strike"]}
        wait_for_map(page)
        turn_to(page, "Data")
        page.get_by_role("tab", name="Bring a table").click()
        wait_settled(page)
        expect(page.get_by_text("You cannot bring tables here")).to_be_visible()
        (cookie,) = [each for each in reader.cookies() if each["value"] == token]
        assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
        assert token not in page.evaluate("() => document.cookie")
        watch.assert_clean()
        revoke_link(tmp_path, link.id)
        expect(page.get_by_text("You have no access any more")).to_be_visible(timeout=PATIENCE_MS)
        page.reload()
        expect(page.get_by_role("heading", name="This page is not public")).to_be_visible()


def test_one_logs_in_and_out(
    start_server: StartServer, reader: BrowserContext, tmp_path: Path
) -> None:
    port = find_free_port()
    with run_provider(find_free_port()) as provider:
        provider.user = USER
        secrets = write_secrets(tmp_path / "secrets.toml", port, provider.port)
        env = {
            "INCIDENTS_ACCESS": "login",
            "INCIDENTS_GROUPS": "desk=editor",
            "STREAMLIT_SECRETS_FILES": str(secrets),
            "NO_PROXY": "localhost",
        }
        with start_server(env=env, port=port) as server:
            page = reader.new_page()
            watch = watch_page(page)
            page.goto(f"{server}/about?type=air+strike")
            page.get_by_role("link", name="Log in").click()
            expect(page.get_by_text("Logged in as desk@x.example, editor.")).to_be_visible(
                timeout=PATIENCE_MS
            )
            assert read_address(page) == {"type": ["air strike"]}
            wait_settled(page)
            page.get_by_role("button", name="Log out").click()
            expect(page.get_by_role("link", name="Log in")).to_be_visible(timeout=PATIENCE_MS)
            watch.assert_clean()
