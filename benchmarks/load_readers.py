"""The readers of `load.py`: what each of them does, and how long he waits for it."""

import asyncio
import json
import random
import time
from collections import defaultdict
from statistics import median
from urllib.parse import urlencode

import httpx2
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

IDLE = (3.0, 30.0)
COMING = 30.0
"""Seconds within which all readers come."""
PATIENCE = 60.0
TYPES = ("rocket attack", "air strike", "drone attack", "roadside bomb", "mortar attack")
PAGES = ("", "", "", "timeline", "casualties")
"""Most stay on the first one."""
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
        asked.rerun_script.query_string = encode(self._query)
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
        address = f"{self._address}{path}{'?' if query else ''}{encode(query)}"
        answer = await self._http.get(address)
        if answer.status_code != 200:
            raise ValueError(f"{answer.status_code} {answer.text[:150]}")
        return answer.content

    def _note(self, what: str, begun: float) -> None:
        self._waited.seconds[what].append(time.monotonic() - begun)


def encode(query: Query) -> str:
    """The query of an address."""
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        parts = value.split(",") if name in ("dates", "killed") else [value]
        pairs += [(name, part) for part in parts]
    return urlencode(pairs)
