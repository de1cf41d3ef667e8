"""Measure how a rolled-up table grows: bringing it in, and asking it.

    python benchmarks/scale.py [--rows 100000 1000000 …] [--engine duckdb] [--keep FOLDER]

For each size raw events are made (`make_events.py`), rolled up by the command, and asked in a
process of its own: a window of the map, figures, timeline, counts of the filters, a page of the
list. Each question is asked seven times, of other filters or windows each time, so that no answer
is kept from the last; the median counts, on the clock and of all processors. Memory is the most
that the process held.
"""

import argparse
import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.make_events import make_events  # noqa: E402
from incidents.asking.display import Display  # noqa: E402
from incidents.asking.facets import count_facets, read_facets  # noqa: E402
from incidents.asking.figures import read_figures  # noqa: E402
from incidents.asking.filters import Filters  # noqa: E402
from incidents.asking.listing import read_page  # noqa: E402
from incidents.asking.map.cells import widen_window  # noqa: E402
from incidents.asking.map.features import read_map  # noqa: E402
from incidents.asking.rolled.manifest import describe, read_manifest  # noqa: E402
from incidents.asking.rolled.opening import RolledTables  # noqa: E402
from incidents.asking.store import Store  # noqa: E402
from incidents.asking.time.timeline import describe_timeline  # noqa: E402

RUNS = 7
SIZES = (100_000, 1_000_000, 10_000_000)
TYPES = ("rocket attack", "drone attack", "mortar attack", "roadside bomb", "air strike", "other")
SUBREAPER = 36
"""Of Linux's ``prctl``."""
Question = Callable[[Store, int], Any]


def choose_days(run: int) -> tuple[date, date]:
    """Days that neither begin nor end a month."""
    first = date(2012, 3, 5) + timedelta(days=97 * run)
    return first, first + timedelta(days=777)


def choose_window(run: int) -> tuple[float, float, float, float]:
    """A window of the map over Mosul or Baghdad, as a screen at zoom 8 has it."""
    west, south = 41.0 + 0.31 * run, 32.1 + 0.17 * run
    return west, south, west + 6.5, south + 3.4


QUESTIONS: dict[str, Question] = {
    "whole map": lambda store, run: read_map(store, Filters(), Display(z=2 + run)),
    "window": lambda store, run: read_map(
        store, Filters(window=widen_window(choose_window(run), 8)), Display(z=8)
    ),
    "window, any": lambda store, run: read_map(
        store, Filters(window=choose_window(run)), Display(z=8)
    ),
    "figures": lambda store, run: read_figures(store, Filters(dates=choose_days(run))),
    "timeline": lambda store, run: describe_timeline(
        store, Filters(dates=choose_days(run)), "month", None
    ),
    "filter change: figures": lambda store, run: read_figures(
        store, Filters(type=(TYPES[run % 6],))
    ),
    "filter change: map": lambda store, run: read_map(
        store, Filters(type=(TYPES[run % 6],)), Display(z=6)
    ),
    "filter counts": lambda store, run: count_facets(store, Filters(type=(TYPES[run % 6],))),
    "filter counts of days": lambda store, run: count_facets(
        store, Filters(dates=choose_days(run))
    ),
    "list": lambda store, run: read_page(store, Filters(dates=choose_days(run)), "-date", 1),
    "two filters and days": lambda store, run: read_figures(
        store, Filters(dates=choose_days(run), type=(TYPES[run % 6],), actor=("Group 3",))
    ),
}


def ask(folder: Path) -> dict[str, Any]:
    """Seconds of each question, and megabytes of memory."""
    store = Store(folder, open_tables=RolledTables)
    start = time.perf_counter()
    store.ask(read_facets)
    found = {"first facets": time.perf_counter() - start}
    for name, question in QUESTIONS.items():
        seconds, busy = [], []
        for run in range(RUNS):
            start, begun = time.perf_counter(), time.process_time()
            question(store, run)
            seconds.append(time.perf_counter() - start)
            busy.append(time.process_time() - begun)
        found[name], found[f"{name}, of processors"] = median(seconds), median(busy)
    found["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return found


def roll(source: Path, target: Path, engine: str) -> dict[str, Any]:
    """Seconds on the clock and of the processors that the command takes."""
    # The processes of its pool outlive it by a moment: they become our children, and count.
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    command = [sys.executable, "-m", "incidents", "rollup", str(source), str(target), "--engine",
               engine]  # fmt: skip
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=False)
    seconds = time.perf_counter() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit("The rollup failed.")
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": seconds, "processor seconds": busy}


def measure(rows: int, home: Path, engine: str) -> dict[str, Any]:
    """All figures of one size."""
    source, target = home / f"raw-{rows}", home / f"rolled-{rows}"
    start = time.perf_counter()
    make_events(rows, source)
    made = time.perf_counter() - start
    took = roll(source, target, engine)
    manifest = read_manifest(target)
    assert manifest is not None, "it was rolled up"
    told = describe(manifest)
    asked = subprocess.run(
        [sys.executable, __file__, "--ask", str(target)], capture_output=True, check=True, cwd=ROOT
    )
    return {
        "rows": rows, "making, s": made, **took,
        "rows per second and core": rows / took["processor seconds"],
        "bytes per row": told["bytes"] / told["rows"],
        "of summaries": told["bytes_of_summaries"] / told["rows"],
        **json.loads(asked.stdout),
    }  # fmt: skip


def say(results: Sequence[dict[str, Any]]) -> str:
    """A table in Markdown, a column for each size."""
    lines = ["| | " + " | ".join(f"{each['rows']:,}" for each in results) + " |"]
    lines.append("|---" * (len(results) + 1) + "|")
    for name in results[0]:
        if name != "rows":
            cells = (f"{each[name]:,.3f}" if each[name] < 10 else f"{each[name]:,.0f}"
                     for each in results)  # fmt: skip
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description="Measure how a rolled-up table grows.")
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--keep", type=Path, help="folder whose files stay")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask is not None:
        print(json.dumps(ask(given.ask)))
        return
    home = given.keep or Path(tempfile.mkdtemp(prefix="scale-"))
    results = []
    try:
        for rows in given.rows:
            results.append(measure(rows, home, given.engine))
            print(say(results), flush=True)
    finally:
        if given.keep is None:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
