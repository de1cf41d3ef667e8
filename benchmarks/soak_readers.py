"""Readers of the soak: one who asks every 200 ms, one who asks the API, one with open pages."""

import json
import random
import threading
import time
import urllib.error
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle
from urllib.parse import quote

from servers import OPENER
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

BEAT = 0.2
PATIENCE = 2.0
"""Seconds within which every reader has an answer, while the server is up."""
PROBES = ("/api/health", "/api/figures", "/", "/api/map?bbox=38,29,49,38&z=6")
QUESTIONS = (
    "/api/figures?type=rocket%20attack",
    "/api/facets",
    "/api/timeline?step=week",
    "/api/incidents.csv",
    "/api/incidents.geojson?q=base",
    "/api/casualties?by=type",
    "/api/escalation",
    "/api/schema",
)
PAGES = ("", "timeline", "casualties", "data", "about")


@dataclass
class Heard:
    """What the readers heard: how long they waited, and what was no answer."""

    longest: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    def note(self, who: str, what: str, seconds: float, fault: str = "") -> None:
        """Note an answer to `what` that took so long; `fault` says why it was none."""
        self.longest[who] = max(seconds, self.longest.get(who, 0.0))
        self.answers[who] += 1
        if fault or seconds > PATIENCE:
            said = f"{fault or 'an answer'} after {seconds:.1f} s"
            self.faults.append(f"{time.strftime('%H:%M:%S')} {who}: {what}: {said}")


class Readers:
    """Threads that read until they are stopped; what they wait for at a restart is not counted.

    Parameters
    ----------
    address
        Of the server.
    versions
        Gives the ids of the versions that can be asked for.
    """

    def __init__(self, address: str, versions: Callable[[], list[str]]) -> None:
        self.address, self.heard = address, Heard()
        self._versions = versions
        self._up, self._stop = threading.Event(), threading.Event()
        self._life = 0
        tasks = (self._probe, self._ask, self._view)
        self._threads = [threading.Thread(target=task, daemon=True) for task in tasks]
        for thread in self._threads:
            thread.start()

    def pause(self) -> None:
        """The server goes down: what is under way is not counted."""
        self._up.clear()
        self._life += 1

    def resume(self) -> None:
        """The server is up."""
        self._up.set()

    def end(self) -> None:
        """Stop reading."""
        self._stop.set()
        self._up.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def _repeat(self, who: str, every: float, choose: Callable[[], str]) -> None:
        while not self._stop.wait(every):
            self._up.wait()
            life, path, started = self._life, choose(), time.monotonic()
            fault = self._get(path)
            if life == self._life and self._up.is_set():
                self.heard.note(who, path, time.monotonic() - started, fault)

    def _probe(self) -> None:
        paths = cycle(PROBES)
        self._repeat("prober", BEAT, lambda: next(paths))

    def _ask(self) -> None:
        def choose() -> str:
            path = random.choice(QUESTIONS)
            version = random.choice(["", *self._versions()])
            glue = "&" if "?" in path else "?"
            return f"{path}{glue}data={version}" if version else path

        self._repeat("questions", 1.0, choose)

    def _get(self, path: str) -> str:
        """Why there is no answer; "" where there is one."""
        try:
            with OPENER.open(self.address + path, timeout=30) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            with error:
                # A version may be deleted between the choice and the question.
                gone = "data=" in path and error.code in (400, 404)
                return "" if gone else f"{error.code}, {error.read(200)!r}"
        except (OSError, HTTPException) as error:
            return f"{type(error).__name__} {error}"
        return ""

    def _view(self) -> None:
        while not self._stop.wait(2.0):
            self._up.wait()
            life, started = self._life, time.monotonic()
            fault = ""
            try:
                view(self.address, random.choice(["", *self._versions()]))
            except (OSError, HTTPException, WebSocketException, ValueError) as error:
                fault = f"{type(error).__name__} {error}"
            if life == self._life and self._up.is_set():
                # A page is several answers; the prober says how long one may take.
                self.heard.answers["pages"] += 1
                seconds = time.monotonic() - started
                self.heard.longest["pages"] = max(seconds, self.heard.longest.get("pages", 0.0))
                self.heard.faults += [f"pages: {fault}"] if fault else []


def view(address: str, version: str) -> None:
    """Open a page as a browser does, first view and WebSocket, and change its filters once.

    Raises
    ------
    ValueError
        A page ended with an error.
    OSError, WebSocketException
        There was no answer.
    """
    page = random.choice(PAGES)
    with suppress(urllib.error.HTTPError), OPENER.open(f"{address}/{page}", timeout=30) as answer:
        answer.read()
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=30) as socket:  # type: ignore[list-item]
        for query in ("", f"q=base&data={quote(version)}" if version else "q=base"):
            asked = BackMsg()
            asked.rerun_script.query_string, asked.rerun_script.page_name = query, page
            socket.send(asked.SerializeToString())
            while True:
                told = ForwardMsg.FromString(socket.recv(timeout=60))
                kind = told.WhichOneof("type")
                if kind == "script_finished":
                    break
                if kind == "delta" and told.delta.new_element.WhichOneof("type") == "exception":
                    raise ValueError(f"/{page}: {told.delta.new_element.exception.message[:200]}")


def count_rows(address: str, version: str) -> int | str:
    """Incidents of a version, or why there is no answer."""
    try:
        query = f"scope=all&data={quote(version)}"
        with OPENER.open(f"{address}/api/figures?{query}", timeout=60) as answer:
            return int(json.load(answer)["incidents"])
    except urllib.error.HTTPError as error:
        with error:
            return f"{error.code}: {error.read(200).decode(errors='replace')}"
    except (OSError, HTTPException) as error:
        return f"{type(error).__name__} {error}"
