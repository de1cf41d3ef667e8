"""Run the dashboard for a while among readers, imports and accidents, and see that it holds.

    python benchmarks/soak.py [--minutes 30] [--seed 1] [--no-browser]

Starts the server on a folder of its own; where this may mount one, on a small file system, which is
filled up and emptied. Meanwhile one reader asks every 200 ms, one asks the API each second, and one
opens pages by WebSocket. In turn: a table is imported by the command, one is published in a
browser, a version's file is damaged, a version is deleted, the disk is filled, the server is ended
(SIGTERM) and killed (SIGKILL, also while a table is imported). The last third has no restart.

It holds if no reader waits for more than 2 s while the server is up, every version that was
published and not deleted opens with all its rows, memory is back within `MARGIN` of what the last
server had after its first half minute, and no draft or other file is left behind.
"""

import argparse
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from browsing import run_browser  # noqa: E402
from servers import stop  # noqa: E402
from soak_readers import Heard  # noqa: E402
from soak_server import Soak, make_folder  # noqa: E402

MOST_VERSIONS = 25  # of a few megabytes each: older ones are deleted
MARGIN = 150
"""Megabytes by which memory of its own may be above what it was after the first half minute."""
REST = 180.0  # seconds after the load: Streamlit keeps a closed session for two minutes


def run(soak: Soak, minutes: float) -> float:
    """Let things happen, one after the other; megabytes that the last server has in the end."""
    end = time.monotonic() + minutes * 60
    calm = end - minutes * 60 / 3
    soak.import_by_command()
    turns = [soak.import_by_command, soak.publish_in_browser, soak.damage, soak.fill_disk,
             soak.terminate, soak.import_by_command, soak.damage, soak.kill]  # fmt: skip
    quiet = [each for each in turns if each not in (soak.terminate, soak.kill)]
    turn = 0
    while time.monotonic() < calm:
        act(soak, turns[turn % len(turns)])
        turn += 1
    soak.terminate()
    time.sleep(min(30.0, minutes * 6))
    before = soak.read_memory()
    while time.monotonic() < end:
        act(soak, quiet[turn % len(quiet)])
        turn += 1
    return before


def act(soak: Soak, action: Callable[[], None]) -> None:
    """Do one thing, and delete what is too much."""
    name = action.__name__.replace("_", " ")
    print(f"{time.strftime('%H:%M:%S')} {name}", flush=True)
    try:
        action()
        soak.done[name] += 1
        while len(soak.published) > MOST_VERSIONS:
            soak.delete()
            soak.done["delete"] += 1
        if len(soak.published) > 3 and soak.done.total() % 5 == 0:
            soak.delete()
            soak.done["delete"] += 1
    except Exception as error:
        soak.faults.append(f"{name}: {type(error).__name__} {str(error)[:300]}")
    time.sleep(2)


def judge(soak: Soak, heard: Heard, before: float, after: float, left: list[str]) -> list[str]:
    """What did not hold, in sentences."""
    found = [*soak.faults, *heard.faults]
    if after > before + MARGIN:
        found.append(f"Memory is {after:,.0f} MB, and was {before:,.0f} MB.")
    if left:
        found.append(f"{len(left)} files are left behind: {', '.join(left[:10])}.")
    return found


def main() -> int:
    """Run, print a table, and what did not hold; 1 if anything did not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30, help="how long (30)")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen at random (1)")
    parser.add_argument("--no-browser", action="store_true", help="publish by the command only")
    asked = parser.parse_args()
    random.seed(asked.seed)
    with make_folder() as (folder, has_disk), run_if(not asked.no_browser) as browser:
        soak = Soak(folder, has_disk, browser)
        try:
            before = run(soak, asked.minutes)
            soak.check_all()
            soak.readers.end()
            rest = time.monotonic() + REST
            while (after := soak.read_memory()) > before + MARGIN and time.monotonic() < rest:
                time.sleep(5)
            soak.restart(signal.SIGTERM)
            soak.check_all()
        finally:
            soak.readers.pause()
            stop(soak.server)
        left = soak.list_left()
        log = (folder / "log.txt").read_text(errors="replace")
    heard = soak.readers.heard
    found = judge(soak, heard, before, after, left)
    if "Traceback" in log:
        found.append(f"The log has a traceback: {log[log.index('Traceback') :][:1500]}")
    for what, number in sorted(soak.done.items()):
        print(f"{what:28} {number:8}")
    for who, number in sorted(heard.answers.items()):
        print(f"{who:28} {number:8}  longest {heard.longest[who]:.2f} s")
    print(f"{'restarts':28} {len(soak.restarts):8}  longest {max(soak.restarts):.1f} s")
    print(f"{'versions kept':28} {len(soak.published):8}")
    print(f"{'memory, MB':28} {before:8.0f}  in the end {after:.0f}")
    print(f"{'files left behind':28} {len(left):8}")
    print(f"{'load of the machine':28} {os.getloadavg()[1]:8.1f}  cores {os.cpu_count()}")
    for sentence in found[:30]:
        print(f"Does not hold: {sentence}")
    return 1 if found else 0


@contextmanager
def run_if(wanted: bool) -> Iterator[Any]:
    """A browser, where it is wanted."""
    if not wanted:
        yield None
        return
    with run_browser() as browser:
        yield browser


if __name__ == "__main__":
    sys.exit(main())
