"""Tell what two checkouts of this project answer differently, byte for byte.

    python scripts/compare_answers.py OLD NEW [--rows 5000] [--only /api/map]

The old checkout makes two versions: one of the table that it ships, one of a generated table. Then
each checkout in turn serves them from the same folder of versions, as a host does that updates, and
is asked every route of the API with many filters. Each checkout runs in its own ``.venv``, or, if
it has none, in the Python that runs this script. Nothing is written into either.

Exit status: 0 nothing is different, 1 something is, 2 a checkout cannot be run.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.api_questions import ROUTES, Question, list_questions  # noqa: E402

COMPARED = ("content-type", "content-disposition")
"""Headers that say what the body is. The others name times, servers and code."""
SHOWN = 100
"""Signs of a value that are shown."""
LIMIT, PATIENCE = 300.0, 60.0
"""Seconds within which a server must serve the tables, and answer a question."""
DIFFERENT, BROKEN = 1, 2


@dataclass(frozen=True)
class Answer:
    """What a server answered, without what names a time or the code."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class CheckoutError(Exception):
    """A checkout cannot be run."""


@dataclass(frozen=True)
class Checkout:
    """A folder of the project, and how it is run with a folder of versions."""

    folder: Path
    environment: Mapping[str, str]

    @property
    def python(self) -> str:
        own = self.folder / ".venv" / "bin" / "python"
        return str(own) if own.exists() else sys.executable

    def run(self, *arguments: str) -> str:
        """What a program of the checkout prints; exit status 1 says that rows were set aside."""
        command = [self.python, *arguments]
        ended = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if ended.returncode not in (0, 1) or (not ended.stdout and ended.stderr):
            raise CheckoutError(f"{self.folder}: {' '.join(arguments)}\n{ended.stderr}")
        return ended.stdout

    @contextmanager
    def serve(self) -> Iterator[str]:
        """The address of its dashboard, from when it serves its table."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = ("--server.port", str(port), "--server.address", "127.0.0.1",
                   "--server.headless", "true", "--server.fileWatcherType", "none")  # fmt: skip
        process = subprocess.Popen(
            [self.python, "-m", "streamlit", "run", "app.py", *options],
            cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            self._wait(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()

    def _wait(self, address: str, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + LIMIT
        while time.monotonic() < until:
            if process.poll() is not None:
                raise CheckoutError(f"{self.folder}: its server ended.")
            if ask(address, ("/api/health", "")).status == 200:
                return
            time.sleep(0.2)
        raise CheckoutError(f"{self.folder}: its server was not ready within {LIMIT:.0f} s.")


def ask(address: str, question: Question) -> Answer:
    """What a server answers to a question; status 0 if it does not in `PATIENCE` seconds."""
    route, query = question
    # No proxy of the environment, and nothing packed: how bytes travel is no answer.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(
        f"{address}{route}?{query}", headers={"accept-encoding": "identity"}
    )
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            headers = tuple((name, answer.headers.get(name, "")) for name in COMPARED)
            return Answer(answer.status, headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, (), error.read())
    except OSError as error:
        return Answer(0, (), repr(error).encode())


def make_versions(old: Checkout, folder: Path, rows: int) -> str:
    """The id of the version of the generated table; the shipped one's is made when it is served."""
    table = folder / "generated.csv"
    old.run("benchmarks/make_table.py", str(rows), str(table))
    told = json.loads(old.run("-m", "incidents", "import", str(table), "--json"))
    return str(told["snapshot"])


def tell(answers: Mapping[Question, Answer], others: Mapping[Question, Answer]) -> int:
    """Print what is different, the same difference of many answers once; gives the exit status."""
    asked = Counter(route for route, _ in answers)
    differing = [question for question in answers if answers[question] != others[question]]
    counted = Counter(route for route, _ in differing)
    for route, number in asked.items():
        print(f"{route}: {number} asked, {counted[route]} different")
        found: dict[str, list[tuple[str, str]]] = {}
        for question in [each for each in differing if each[0] == route]:
            for what, example in dict(describe(answers[question], others[question])).items():
                found.setdefault(what, []).append((question[1], example))
        for what, cases in sorted(found.items(), key=lambda each: -len(each[1])):
            print(f"  {len(cases)} × {what}: {cases[0][1]}, as in ?{cases[0][0]}")
    statuses = Counter(answer.status for answer in answers.values())
    told = ", ".join(f"{number} of status {status}" for status, number in sorted(statuses.items()))
    print(f"{len(answers)} questions ({told}), {len(differing)} answered differently.")
    return DIFFERENT if differing else 0


def describe(old: Answer, new: Answer) -> Iterator[tuple[str, str]]:
    """What two answers differ in, and an example of each: the last of a kind comes last."""
    if (old.status, old.headers) != (new.status, new.headers):
        yield "status or kind", f"{old.status} {old.headers} → {new.status} {new.headers}"
        if old.status != new.status:
            return
    if old.body == new.body:
        return
    try:
        both = json.loads(old.body), json.loads(new.body)
    except ValueError:
        yield describe_bytes(old.body, new.body)
        return
    found = list(find_differences(*both))
    yield from found or [("the same values", "written in another way")]


def describe_bytes(old: bytes, new: bytes) -> tuple[str, str]:
    """Where two files differ first: a line, or their sizes if they are no text."""
    try:
        texts = old.decode(), new.decode()
    except UnicodeDecodeError:
        return "bytes", f"{len(old):,} → {len(new):,}"
    pairs = zip_longest(*(text.splitlines(True) for text in texts), fillvalue="")
    number, (before, after) = next(
        (number, pair) for number, pair in enumerate(pairs, 1) if pair[0] != pair[1]
    )
    return "lines", f"line {number}, {before!r:.{SHOWN}} → {after!r:.{SHOWN}}"


def find_differences(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Where two values of JSON differ, and how; ``*`` in the path is any place of a list."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            here = f"{path}/{name}"
            if name not in old:
                yield f"{here} is new", f"{new[name]!r:.{SHOWN}}"
            elif name not in new:
                yield f"{here} is gone", f"{old[name]!r:.{SHOWN}}"
            else:
                yield from find_differences(old[name], new[name], here)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        ordered = [sorted(json.dumps(each) for each in side) for side in (old, new)]
        if old != new and ordered[0] == ordered[1]:
            yield f"{path} in another order", f"{old[0]!r:.{SHOWN}} first → {new[0]!r:.{SHOWN}}"
            return
        for before, after in zip(old, new, strict=True):
            yield from find_differences(before, after, f"{path}/*")
    elif old != new or type(old) is not type(new):
        yield path or "/", f"{old!r:.{SHOWN}} → {new!r:.{SHOWN}}"


def ask_all(
    checkout: Checkout, address: str, questions: Sequence[Question]
) -> dict[Question, Answer]:
    """All answers of a server; from time to time says how far it is."""
    answers = {}
    for number, question in enumerate(questions, 1):
        answers[question] = ask(address, question)
        if number % 100 == 0 or number == len(questions):
            print(f"{checkout.folder}: {number} of {len(questions)}", file=sys.stderr)
    return answers


def compare(old: Path, new: Path, rows: int, only: Collection[str]) -> int:
    """Ask both checkouts, and print what is different."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = {
            "INCIDENTS_TABLE": str(old / "data"),
            "INCIDENTS_SNAPSHOTS": str(folder / "versions"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        # Nothing that a host has set for itself.
        own = {name: text for name, text in os.environ.items() if "INCIDENTS_" not in name}
        both = [Checkout(each, own | settings) for each in (old, new)]
        generated = make_versions(both[0], folder, rows)
        with both[0].serve() as address:
            health = json.loads(ask(address, ("/api/health", "")).body)
            questions = []
            for version in (health["snapshot"], generated):
                facets = json.loads(ask(address, ("/api/facets", f"data={version}")).body)
                questions += list_questions(version, facets)
            asked = dict.fromkeys(questions)
            questions = [each for each in asked if not only or each[0] in only]
            answers = ask_all(both[0], address, questions)
        with both[1].serve() as address:
            others = ask_all(both[1], address, questions)
    return tell(answers, others)


def main() -> int:
    """Run by the words of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old", type=Path, help="folder of the checkout whose answers are right")
    parser.add_argument("new", type=Path, help="folder of the other one")
    parser.add_argument("--rows", type=int, default=5_000, help="rows of the generated table")
    parser.add_argument("--only", nargs="+", choices=ROUTES, default=(), help="routes to ask")
    given = parser.parse_args()
    # A server must not outlive the one who is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(BROKEN))
    old, new = given.old.resolve(), given.new.resolve()
    try:
        return compare(old, new, given.rows, given.only)
    except CheckoutError as error:
        print(error, file=sys.stderr)
        return BROKEN


if __name__ == "__main__":
    sys.exit(main())
