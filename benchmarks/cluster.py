"""Measure Spark workers of one core each: as many rows, by one worker and by several.

    python benchmarks/cluster.py [--rows 1000000] [--workers 1 2 …]

A master and its workers are started on this machine, and raw events (`make_events.py`) rolled up
by them. Told are seconds on the clock, and processor seconds of the driver (this command and its
Java) and of the workers; starting Spark is apart. The version has to be the same.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.make_events import make_events  # noqa: E402
from tests.spark import HERE, run_cluster  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")


class Meter:
    """Processor seconds of some processes and of all below them, looked at twice a second."""

    def __init__(self, *roots: int) -> None:
        self._tree = dict.fromkeys(roots, 0.0)
        self.look()
        self._begun = sum(self._tree.values())

    def look(self) -> float:
        """Seconds until now; what has ended keeps what it had."""
        parents, busy = {}, {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended
                told = path.read_text().rpartition(")")[2].split()
                number = int(path.parent.name)
                parents[number], busy[number] = int(told[1]), sum(map(int, told[11:13])) / TICK
        for _ in range(5):  # each of them has children
            new = [n for n, p in parents.items() if p in self._tree and n not in self._tree]
            self._tree |= dict.fromkeys(new, 0.0)
        self._tree |= {n: busy[n] for n in self._tree if n in busy}
        return sum(self._tree.values()) - getattr(self, "_begun", 0.0)


def roll(source: Path, target: Path, workers: int) -> dict[str, Any]:
    """Seconds of one rollup by so many workers."""
    with tempfile.TemporaryDirectory() as home, run_cluster(Path(home), workers) as cluster:
        command = [sys.executable, __file__, "--roll", str(source), str(target), cluster.address]
        steps: dict[str, tuple[float, float, float]] = {}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            meters = Meter(process.pid), Meter(*(worker.pid for worker in cluster.workers))
            has_ended = threading.Event()

            def watch() -> None:
                while not has_ended.wait(0.5):
                    for each in meters:
                        each.look()

            watching = threading.Thread(target=watch)
            watching.start()
            assert process.stdout is not None
            for line in process.stdout:
                step, told = json.loads(line)
                steps[step] = (told, meters[0].look(), meters[1].look())
                print("  {:7.1f} s {:7.1f} {:7.1f}".format(*steps[step]), step, flush=True)
            has_ended.set()
            watching.join()
            if process.wait():
                raise SystemExit("The rollup failed.")
    manifest = json.loads((target / "rollup.json").read_text())
    took = (end - start for start, end in zip(steps["names"], steps["summed"], strict=True))
    return {
        "workers": workers,
        **dict(zip(("seconds", "of the driver", "of workers"), took, strict=True)),
        "partitions": sorted(map(str, manifest["partitions"])),
    }


def roll_here(source: Path, target: Path, engine: str) -> None:
    """Roll up in this process; a line for each step that begins, with the seconds until then."""
    from incidents.versions.catalog import get_catalog
    from incidents.versions.rolling.preparing import Asked
    from incidents.versions.rolling.sources import Source
    from incidents.versions.rolling.steps import roll_up

    start = time.perf_counter()

    def tell(step: str) -> None:
        print(json.dumps([step, time.perf_counter() - start]), flush=True)

    def begin(step: str, total: int | None) -> Any:
        tell(step)
        return lambda done, of: tell("summed") if step == "summaries" and done == of else None

    world = get_catalog().world
    asked = Asked(Source(str(source)), target, engine, world, "feed", rules="1")
    roll_up(asked, begin)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description="Measure Spark workers of one core each.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, nargs="+", default=(1, 2))
    parser.add_argument("--roll", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.roll:
        roll_here(Path(given.roll[0]), Path(given.roll[1]), given.roll[2])
        return
    os.environ.update(SPARK_LOCAL_IP=HERE)
    with tempfile.TemporaryDirectory(prefix="cluster-") as home:
        os.environ["INCIDENTS_SNAPSHOTS"] = f"{home}/snapshots"
        make_events(given.rows, Path(home) / "raw")
        found = []
        for number, workers in enumerate(given.workers):
            found.append(roll(Path(home) / "raw", Path(home) / str(number), workers))
            told = {name: value for name, value in found[-1].items() if name != "partitions"}
            print(json.dumps(told), flush=True)
        assert all(each["partitions"] == found[0]["partitions"] for each in found), "one version"


if __name__ == "__main__":
    main()
