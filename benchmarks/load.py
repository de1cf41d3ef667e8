"""A hundred readers at once, in the manner of real ones; see how long each of them waits.

    python benchmarks/load.py [--readers 100] [--minutes 5] [--rows 1000000] [--rest 150]
                              [--processes 1] [--pause 1] [--pinned] [--runs]

Each reader opens a page as a browser does, its first view by HTTP and its session by WebSocket,
and then filters, pans the map, opens an incident, turns pages; between two acts 3 to 30 s pass. A
change of the filters lasts until the page has run and the map has its answer. They come within the
first half minute. Memory and open files are looked at after one reader was there alone, and again
`--rest` seconds after all have left: Streamlit keeps a closed session for two minutes.

With `--processes 2` each reader has one of two servers on one folder of versions, as behind a proxy
with sticky sessions. Compare the acts a second with those of one server under `--pause 0`. With
`--pinned` each server has one core to itself, or shares it with the readers: one server takes more
than one core, as DuckDB works on all of them, so two on a machine of two would show nothing.

With `--runs` all sessions are open at once and do nothing but run the overview under other filters,
each as soon as it has the last run: how many runs a second a server has at the most.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
from load_readers import PATIENCE, Reader, Waited, find_slow
from make_table import make_table
from servers import Server, has_rows, run_server

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import find_free_port  # noqa: E402

Goals = dict[str, tuple[float, float]]
GOALS: Goals = {"filter": (1.0, 2.5)}
"""Seconds: the median, and 95 %."""


async def read_all(
    servers: Sequence[Server],
    readers: int,
    minutes: float,
    waited: Waited,
    pause: float = 1.0,
    runs: bool = False,
) -> float:
    """Let all of them read; the most megabytes that the servers had meanwhile."""
    until, most = time.monotonic() + minutes * 60, 0.0
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx2.AsyncClient(timeout=PATIENCE, trust_env=False, limits=limits) as http:
        all_ = [
            Reader(server.address, http, waited, seed, pause)
            for seed, server in zip(range(readers), cycle(servers), strict=False)
        ]
        reading = [
            asyncio.create_task(each.run_on(until) if runs else each.read(until)) for each in all_
        ]
        while not all(each.done() for each in reading):
            await asyncio.sleep(1)
            most = max(most, look_at_all(servers)["memory, MB"])
        await asyncio.gather(*reading)
    return most


def look_at_all(servers: Sequence[Server]) -> dict[str, float]:
    """The same of several processes, in all."""
    looks = [look_at(each.process) for each in servers]
    return {name: sum(look[name] for look in looks) for name in looks[0]}


def look_at(process: int) -> dict[str, float]:
    """Memory of its own, files and sockets that are open, processor seconds so far."""
    proc = Path(f"/proc/{process}")
    status = dict(
        line.split(":", 1) for line in (proc / "status").read_text().splitlines() if ":" in line
    )
    fields = (proc / "stat").read_text().rpartition(")")[2].split()
    return {
        "memory, MB": int(status["RssAnon"].split()[0]) / 1024,
        "open files": len(list((proc / "fd").iterdir())),
        "processor, s": (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
    }


def judge(
    waited: Waited,
    before: dict[str, float],
    after: dict[str, float],
    goals: Goals = GOALS,
) -> list[str]:
    """What did not hold, in sentences."""
    found = [f"No answer: {fault}" for fault in waited.faults[:20]]
    for what, (middle, slow) in goals.items():
        seconds = waited.seconds.get(what, [])
        if not seconds or median(seconds) > middle or find_slow(seconds) > slow:
            found.append(f"{what}: more than {middle:g} s in the median or {slow:g} s at 95 %.")
    if after["open files"] > before["open files"] + 10:
        found.append(f"{after['open files'] - before['open files']:.0f} files are still open.")
    return found


def report(waited: Waited, looks: dict[str, dict[str, float]], most: float) -> None:
    """Print what was measured."""
    for line in waited.tell():
        print(line)
    print(f"{'no answer':16} {len(waited.faults):7}")
    for when, look in looks.items():
        told = ", ".join(f"{name} {value:,.0f}" for name, value in look.items())
        print(f"{when:16} {told}")
    print(f"{'most memory, MB':16} {most:7.0f}")
    print(f"processor of the readers, s {time.process_time():.0f}")
    print(f"load of the machine {os.getloadavg()[1]:.1f}, cores {os.cpu_count()}")


def _start(rows: int, env: dict[str, str], core: int | None) -> AbstractContextManager[Server]:
    port = find_free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    if core is not None:
        command = ["taskset", "--cpu-list", str(core), *command]
    return run_server(command, address, lambda: has_rows(address, rows), 1800, env, ROOT)


def main() -> int:
    """Measure, print, and say what did not hold; 1 if anything did not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, default, kind in (
        ("readers", 100, int), ("minutes", 5.0, float), ("rows", 1_000_000, int),
        ("rest", 150.0, float), ("processes", 1, int), ("pause", 1.0, float),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=kind, default=default, help=f"({default:g})")
    for name in ("pinned", "runs"):
        parser.add_argument(f"--{name}", action="store_true")
    asked: Any = parser.parse_args()
    waited = Waited()
    with tempfile.TemporaryDirectory() as name, ExitStack() as held:
        table = Path(name) / "incidents.parquet"
        make_table(asked.rows).to_parquet(table)
        env = {"INCIDENTS_TABLE": str(table), "INCIDENTS_SNAPSHOTS": str(Path(name) / "kept")}
        cores = range(asked.processes) if asked.pinned else [None] * asked.processes
        servers = [held.enter_context(_start(asked.rows, env, core)) for core in cores]
        asyncio.run(read_all(servers, asked.processes, 0.5, Waited()))
        looks = {"before": look_at_all(servers)}
        most = asyncio.run(
            read_all(servers, asked.readers, asked.minutes, waited, asked.pause, asked.runs)
        )
        looks["as they leave"] = look_at_all(servers)
        time.sleep(asked.rest)
        looks["after"] = look_at_all(servers)
    acts = sum(map(len, waited.seconds.values()))
    print(f"{'acts a second':16} {acts / asked.minutes / 60:7.2f}, processes {asked.processes}")
    report(waited, looks, most)
    found = judge(waited, looks["before"], looks["after"], {} if asked.runs else GOALS)
    for sentence in found:
        print(f"Does not hold: {sentence}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
