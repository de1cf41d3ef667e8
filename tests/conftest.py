"""What the tests in a browser share: a browser, free ports and the dashboard as a server."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10
# Nothing but the tested pages is to be asked for, and a container has neither sandbox nor GPU.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

StartServer = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the browser, found as `make test` finds it; without one the test fails, not skips."""
    found = subprocess.run(
        ["sh", ROOT / "scripts" / "find_browser.sh"], capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        pytest.fail(found.stderr.strip(), pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One browser for the whole run; each test opens its own context or page in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Function that gives a port on which nothing listens."""
    return find_free_port


def find_free_port() -> int:
    with socket.socket() as server:
        server.bind(("", 0))
        return int(server.getsockname()[1])


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> StartServer:
    """Function that runs the dashboard for the length of a `with` block and gives its address.

    `table` is the file to show (the shipped one without it) and `env` adds to the environment.
    Each server keeps its snapshots in a new folder, unless `env` names one in INCIDENTS_SNAPSHOTS.
    """

    @contextmanager
    def start(table: Path | None = None, env: Mapping[str, str] | None = None) -> Iterator[str]:
        folder = tmp_path_factory.mktemp("server")
        settings = dict(os.environ)
        settings.pop("INCIDENTS_TABLE", None)
        settings["INCIDENTS_SNAPSHOTS"] = str(folder / "snapshots")
        if table is not None:
            settings["INCIDENTS_TABLE"] = str(table)
        settings.update(env or {})
        with run_dashboard(find_free_port(), settings, folder / "log.txt") as address:
            yield address

    return start


@contextmanager
def run_dashboard(port: int, settings: dict[str, str], log: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    address = f"http://localhost:{port}"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            if not answers_in_time(server, f"{address}/api/health"):
                pytest.fail(f"The dashboard did not start:\n{log.read_text()}", pytrace=False)
            yield address
        finally:
            stop(server)


def answers_in_time(server: subprocess.Popen[bytes], url: str) -> bool:
    """Ask until the answer is 200; no further when the server has ended."""
    for _ in range(SECONDS_TO_START * 10):
        if is_ok(url):
            return True
        try:
            server.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


def is_ok(url: str) -> bool:
    # The server is on this machine: a proxy of the environment is not for it.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except OSError:
        return False


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
