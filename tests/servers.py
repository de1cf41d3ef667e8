"""The dashboard as a server of its own, started and stopped by tests."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from incidents.table.settings import ROOT

SECONDS_TO_START = 60
SECONDS_TO_STOP = 10

StartServer = Callable[..., AbstractContextManager[str]]


def find_free_port() -> int:
    with socket.socket() as server:
        server.bind(("", 0))
        return int(server.getsockname()[1])


@contextmanager
def run_dashboard(
    port: int, settings: dict[str, str], log: Path, is_read: bool = True, base: str = ""
) -> Iterator[str]:
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
            path = "api/health" if is_read else "api/health/live"
            if not answers_in_time(server, f"{address}{base}/{path}"):
                pytest.fail(f"The dashboard did not start:\n{log.read_text()}", pytrace=False)
            yield address
        finally:
            stop(server)


def answers_in_time(server: subprocess.Popen[bytes], url: str) -> bool:
    """Ask until the server answers; no further when it has ended."""
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
        with error:
            # It runs, but its table cannot be read; or is not read yet.
            said = error.read()
            return error.code == 503 and b'"reading"' not in said and said != b"not ready"
    except OSError:
        return False


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
