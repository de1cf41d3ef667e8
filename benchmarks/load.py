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
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import httpx2
from make_table import make_table
from servers import Server, has_rows, run_server
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import find_free_port  # noqa: E402

IDLE = (3.0, 30.0)
COMING = 30.0
"""Seconds within which all readers come."""
PATIENCE = 60.0
TYPES = ("rocket attack", "air strike", "drone attack", "roadside bomb", "mortar attack")
PAGES = ("", "", "", "timeline", "casualties")
"""Most stay on the first one."""
GOALS = {"filter": (1.0, 2.5)}
"""Seconds: the median, and 95 %."""
Query = dict[str, str]


class Waited:
    """How long readers waited for what, and what was no answer."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []

    def tell(self) -> list[str]:
        """A line for each thing that readers did."""
        return [
            f"{what:16} {len(all_):7} times  median {median(all_):6.2f} s"
            f"  95 % {find_slow(all_):6.2f} s  longest {max(all_):6.2f} s"
            for what, all_ in sorted(self.seconds.items())
        ]


def find_slow(seconds: list[float]) -> float:
    """What 95 of 100 were faster than."""
    return sorted(seconds)[min(int(len(seconds) * 0.95), len(seconds) - 1)]


class Reader:
    """One reader: what he asked for last, and his open session."""

    def __init__(
        self, address: str, http: httpx2.AsyncClient, waited: Waited, seed: int, pause: float = 1.0
    ) -> None:  # fmt: skip
        self._address, self._http, self._waited, self._pause = address, http, waited, pause
        self._random = random.Random(seed)
        self._query: Query = {}
        self._page = ""
        self._incidents: list[str] = []

    async def read(self, until: float) -> None:
        """Come, read until that moment, and go."""
        await asyncio.sleep(self._random.uniform(0, min(COMING, until - time.monotonic())))
        while time.monotonic() < until:
            try:
                await self._visit(until)
            except (OSError, ValueError, WebSocketException, httpx2.HTTPError, TimeoutError) as why:
                self._waited.faults.append(f"/{self._page}: {type(why).__name__} {str(why)[:200]}")
                await asyncio.sleep(1)

    async def run_on(self, until: float) -> None:
        """Have the page run again and again until that moment."""
        try:
            async with self._connect() as session:
                while time.monotonic() < until:
                    self._choose()
                    begun = time.monotonic()
                    await self._run(session)
                    if time.monotonic() < until:
                        self._note("run", begun)
        except (OSError, ValueError, WebSocketException, TimeoutError) as why:
            self._waited.faults.append(f"run: {type(why).__name__} {str(why)[:200]}")

    def _connect(self) -> connect:
        stream = f"{self._address.replace('http', 'ws', 1)}/_stcore/stream"
        return connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=PATIENCE)  # type: ignore[list-item]

    async def _visit(self, until: float) -> None:
        self._page, self._query = self._random.choice(PAGES), {}
        begun = time.monotonic()
        await self._get(f"/{self._page}", {})
        async with self._connect() as session:
            await self._run(session)
            await self._look()
            self._note("open", begun)
            for _ in range(self._random.randint(4, 12)):
                await asyncio.sleep(self._random.uniform(*IDLE) * self._pause)
                if time.monotonic() > until:
                    return
                await self._act(session)

    async def _act(self, session: ClientConnection) -> None:
        acts = [self._filter, self._filter, self._pan, self._pan, self._turn, self._open_one]
        act = self._random.choice(acts)
        begun = time.monotonic()
        await act(session)
        self._note(act.__name__.strip("_").replace("_", " "), begun)

    async def _filter(self, session: ClientConnection) -> None:
        self._choose()
        await self._run(session)
        await self._look()

    def _choose(self) -> None:
        year = self._random.randint(2014, 2021)
        self._query = self._random.choice(
            [
                {"type": self._random.choice(TYPES)},
                {"dates": f"{year}-01-01", "type": self._random.choice(TYPES)},
                {"q": "base"},
                {"killed": "1"},
                {},
            ]
        )
        for name, upper in (("dates", f"{year}-12-31"), ("killed", "50")):
            if name in self._query:
                self._query[name] += f",{upper}"

    async def _pan(self, session: ClientConnection) -> None:
        await self._look()

    async def _turn(self, session: ClientConnection) -> None:
        self._query["page"] = str(int(self._query.get("page", "1")) + 1)
        await self._run(session)

    async def _open_one(self, session: ClientConnection) -> None:
        if self._incidents:
            self._query["incident"] = self._random.choice(self._incidents)
        await self._run(session)
        self._query.pop("incident", None)

    async def _look(self) -> None:
        """What the map asks for, of a window somewhere."""
        zoom = self._random.choice((6, 8, 11))
        west, south = self._random.uniform(39, 46), self._random.uniform(31, 36)
        wide = 360 / 2**zoom * 3
        box = ",".join(f"{each:.3f}" for each in (west, south, west + wide, south + wide / 2))
        filters = {name: value for name, value in self._query.items() if name != "page"}
        answer = await self._get("/api/map", {**filters, "bbox": box, "z": str(zoom)})
        told = json.loads(answer)
        found = [each["properties"].get("incident") for each in told.get("features", ())]
        self._incidents = [each for each in found if each][:20] or self._incidents

    async def _run(self, session: ClientConnection) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = _encode(self._query)
        asked.rerun_script.page_name = self._page
        await session.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(session.recv(), PATIENCE))
            kind = told.WhichOneof("type")
            if kind == "script_finished":
                return
            if kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                raise ValueError(told.delta.new_element.exception.message[:200])

    async def _get(self, path: str, query: Query) -> bytes:
        address = f"{self._address}{path}{'?' if query else ''}{_encode(query)}"
        answer = await self._http.get(address)
        if answer.status_code != 200:
            raise ValueError(f"{answer.status_code} {answer.text[:150]}")
        return answer.content

    def _note(self, what: str, begun: float) -> None:
        self._waited.seconds[what].append(time.monotonic() - begun)


def _encode(query: Query) -> str:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        parts = value.split(",") if name in ("dates", "killed") else [value]
        pairs += [(name, part) for part in parts]
    return urlencode(pairs)


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
    goals: Sequence[str] = tuple(GOALS),
) -> list[str]:
    """What did not hold, in sentences; of the aims in seconds, those of `goals`."""
    found = [f"No answer: {fault}" for fault in waited.faults[:20]]
    for what, (middle, slow) in ((each, GOALS[each]) for each in goals):
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
    found = judge(waited, looks["before"], looks["after"], [] if asked.runs else list(GOALS))
    for sentence in found:
        print(f"Does not hold: {sentence}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
