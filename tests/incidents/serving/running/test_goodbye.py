"""A server that is told to end: answers go out, pages are told, nobody holds it up for long."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from incidents.table.settings import ROOT
from tests.servers import answers_in_time, stop

SLOW = "/api/playback.gif?step=day&length=6&dates=2021-01-01&dates=2021-07-31&q=base"
# Stands for a server that waits for an answer which never ends.
ENDLESS = """
import signal, threading, time
from incidents.serving.running.goodbye import end_in_time
def finish(number, frame):
    print("told", flush=True)
signal.signal(signal.SIGTERM, finish)
# A thread that the end of Python would wait for.
threading.Thread(target=time.sleep, args=(60,)).start()
with end_in_time(0.5):
    print("up", flush=True)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        time.sleep(0.1)
"""


@contextmanager
def run_server(folder: Path, port: int, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    """The dashboard as a process; its output goes to ``log.txt`` in the folder."""
    given = os.environ | {"INCIDENTS_SNAPSHOTS": str(folder / "kept")} | env
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (
        (folder / "log.txt").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=given, stdout=log, stderr=log) as server,
    ):
        try:
            yield server
        finally:
            stop(server)


def test_what_is_under_way_ends_and_pages_are_told(
    tmp_path: Path, shipped_home: Path, free_port: Callable[[], int]
) -> None:
    shutil.copytree(shipped_home, tmp_path / "kept")
    port, numbers = free_port(), free_port()
    address = f"http://localhost:{port}"
    with (
        run_server(tmp_path, port, INCIDENTS_METRICS=str(numbers)) as server,
        ThreadPoolExecutor(1) as pool,
    ):
        assert answers_in_time(server, f"{address}/api/health")
        stream = f"ws://localhost:{port}/_stcore/stream"
        with connect(stream, subprotocols=["streamlit"], max_size=None) as page:  # type: ignore[list-item]
            # Where Prometheus asks is no place for readers, and the other way round.
            told = httpx2.get(f"http://127.0.0.1:{numbers}/api/metrics", trust_env=False).text
            assert "\nincidents_sessions 1.0\n" in told
            assert httpx2.get(f"{address}/api/metrics", trust_env=False).status_code == 404
            slow = pool.submit(httpx2.get, address + SLOW, timeout=60, trust_env=False)
            time.sleep(0.4)
            assert not slow.done()
            server.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                page.recv(timeout=10)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1012  # it is restarting: come back
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(f"{address}/api/health/live", trust_env=False)
        answer = slow.result()
        assert answer.status_code == 200 and answer.content.endswith(b"\x3b")  # a GIF's last byte
        assert server.wait(10) in (0, -signal.SIGTERM)
    log = (tmp_path / "log.txt").read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    ended = {line["route"]: line for line in lines}
    assert ended["/_stcore/stream"]["status"] == 101
    assert ended["/api/playback.gif"]["bytes"] == len(answer.content)
    assert "base" not in log and "localhost" not in "".join(map(str, lines))


def test_nobody_holds_it_up_for_long() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert 0.4 < time.monotonic() - begun < 10
        assert process.stdout.readlines() == [
            "told\n", "Answers that were not over 0.5 s after SIGTERM are cut off.\n"
        ]  # fmt: skip


def test_an_address_of_metrics_that_is_taken_is_told(
    tmp_path: Path, free_port: Callable[[], int]
) -> None:
    port = free_port()
    with run_server(tmp_path, port, INCIDENTS_METRICS="192.0.2.1:9100") as server:
        assert server.wait(60) != 0
    log = (tmp_path / "log.txt").read_text()
    assert "INCIDENTS_METRICS=192.0.2.1:9100 cannot be answered" in log
