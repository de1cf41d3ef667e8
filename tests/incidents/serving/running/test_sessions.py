"""What pages that have gone held is let go by itself, with nobody to come after them."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx2
import pytest

from incidents.serving.running import sessions
from incidents.serving.running.sessions import closing_in_time
from tests.sessions import open_session
from tests.waiting import wait_for

StartServer = Callable[..., AbstractContextManager[str]]
FILE = bytes(1_000_000)


def upload(address: str, session: str, name: str) -> int:
    with httpx2.Client(base_url=address, trust_env=False, timeout=60) as client:
        client.get("/_stcore/health")
        sent = client.put(
            f"/_stcore/upload_file/{session}/{name}",
            files={"file": ("mine.csv", FILE)},
            headers={"origin": address, "x-xsrftoken": client.cookies["_streamlit_xsrf"]},
        )
        return sent.status_code


def test_files_of_pages_that_have_gone_make_room(start_server: StartServer) -> None:
    # A page that has gone has a second to come back.
    env = {"INCIDENTS_LARGEST": "1", "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}
    with start_server(env=env) as address:
        with open_session(address) as first, open_session(address) as second:
            sent = [upload(address, page.id, name) for page in (first, second) for name in "ab"]
            assert sent == [204] * 4
        with open_session(address) as third:
            # There is room for five, as long as the others may come back.
            wait_for(lambda: upload(address, third.id, "a") == 204)
            wait_for(lambda: upload(address, third.id, "b") == 204)


def test_one_failure_is_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "EVERY", 0.01)

    class Failing:
        asked = 0

        def count_held(self) -> dict[str, int]:
            return {}

        def close_expired(self) -> int:
            self.asked += 1
            raise RuntimeError("of some kind")

    async def run() -> int:
        failing = Failing()
        async with closing_in_time(failing):
            while failing.asked < 3:
                await asyncio.sleep(0.01)
        return failing.asked

    assert asyncio.run(run()) >= 3
