"""Start and stop the measured servers, and ask what memory they take."""

import json
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from plan import NotMeasured

SECONDS_TO_STOP = 5
# The servers are on this machine: a proxy of the environment is not for them.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Server:
    """A server that answers: where, its process, and the seconds from its start to its answer."""

    address: str
    process: int
    seconds: float


@contextmanager
def run_server(
    command: Sequence[str | Path],
    address: str,
    is_ready: Callable[[], bool],
    limit: float,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[Server]:
    """Run a command for the length of a `with` block, from when it is ready.

    Raises
    ------
    NotMeasured
        It was not ready in `limit` seconds, or ended.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not is_ready():
            if process.poll() is not None:
                raise NotMeasured("the server ended")
            if time.perf_counter() - started > limit:
                raise NotMeasured(f"the server was not ready within {limit:.0f} s")
            time.sleep(0.02)
        yield Server(address, process.pid, time.perf_counter() - started)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server, by force if it is too busy to listen."""
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers(url: str) -> bool:
    """Whether an address answers with success."""
    with suppress(OSError), OPENER.open(url, timeout=60) as answer:
        return bool(answer.status == 200)
    return False


def has_rows(address: str, rows: int) -> bool:
    """Whether the dashboard at an address serves a table of so many rows."""
    with suppress(OSError, ValueError), OPENER.open(f"{address}/api/health", timeout=600) as answer:
        return bool(json.load(answer).get("rows") == rows)
    return False


def read_memory(process: int) -> float | None:
    """Resident memory of a process and all its children in MB; None without Linux's ``/proc``."""
    kilobytes = {}
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            text = status.read_text()
            number = int(status.parent.name)
            parents[number] = int(re.findall(r"^PPid:\s+(\d+)", text, flags=re.M)[0])
            kilobytes[number] = sum(map(int, re.findall(r"^VmRSS:\s+(\d+)", text, flags=re.M)))
    tree = {process}
    while more := {child for child, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return sum(kilobytes.get(each, 0) for each in tree) * 1024 / 1e6 if kilobytes else None
