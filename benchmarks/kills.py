"""Kill a process at random points of an import, a publication and a pruning; see what is lost.

    python benchmarks/kills.py [--kills 50] [--seed 1]

After each kill, and what a server does as it starts next: every version that was there is there,
with every byte, or has expired and says so; what is new is whole, or not there; no draft is left.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

FULL = "There is no room for another version"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from incidents.intake.bundles import Brought, Bundle  # noqa: E402
from incidents.intake.reading.files import table_from_bytes  # noqa: E402
from incidents.intake.reading.tables import Tables  # noqa: E402
from incidents.table.errors import IncidentsError  # noqa: E402
from incidents.table.kept_files import sweep_drafts  # noqa: E402
from incidents.table.settings import Settings, read_settings  # noqa: E402
from incidents.versions.catalog import Catalog  # noqa: E402
from incidents.versions.drafts import prepare, publish  # noqa: E402
from incidents.versions.notes import find_gone  # noqa: E402
from incidents.versions.pruning import prune  # noqa: E402
from incidents.versions.snapshots import list_snapshots  # noqa: E402
from incidents.versions.soundness import find_sound  # noqa: E402

LEFT = (".draft-", ".expired-", ".damaged-")
# Loads what takes long, says so, and does one thing; a table is named by what it holds.
CHILD = """
import sys
from functools import partial
from pathlib import Path
from incidents.intake.bundles import Brought, Bundle
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.tables import Tables
from incidents.serving.commands.main import main
from incidents.table.settings import read_settings
from incidents.versions.catalog import get_catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.pruning import make_room, prune
what, table = sys.argv[1], Path(sys.argv[2])
settings, world = read_settings(), get_catalog().world
print("begin", flush=True)
if what == "import":
    main(["import", "--json", str(table)])
elif what == "publish":
    read = Tables(table_from_bytes(table.read_bytes(), table.name))
    draft = prepare(Bundle((Brought("mine", read),), source=table.name), world)
    publish(draft, settings.snapshots, "upload", make_room=partial(make_room, settings))
else:
    prune(settings)
print("end", flush=True)
"""
TASKS = ("import", "publish", "prune")
DAY = 24 * 3600


class Kills:
    """A folder of versions, and processes that are killed at it."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.home, self.folder = folder / "snapshots", folder
        self.faults: list[str] = []
        self.done: Counter[str] = Counter()
        self._number, self._random = 0, random.Random(seed)
        # Two stay when a visitor publishes, one is let go each time something is pruned.
        self._environment = {
            "INCIDENTS_SNAPSHOTS": str(self.home), "INCIDENTS_VERSIONS": "3",
        }  # fmt: skip
        self.settings: Settings = read_settings(self._environment)
        self._catalog = Catalog(self.settings)
        self._seconds = {task: self._run(task, None) for task in TASKS}

    def kill(self, task: str) -> None:
        """Kill one process that does this, and look at what is left."""
        before = {each.id for each in list_snapshots(self.home)}
        took = self._run(task, self._random.uniform(0, self._seconds[task] * 1.1))
        self.done[f"{task}, {'to its end' if took else 'killed'}"] += 1
        self._check(task, before)

    def _run(self, task: str, seconds: float | None) -> float:
        """How long it took; 0 where it was killed, so many seconds after its begin."""
        table = self._write_table()
        if task == "prune":
            self._bring_old()
        command = [sys.executable, "-c", CHILD, task, str(table)]
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None and process.stderr is not None
            if process.stdout.readline() != "begin\n":
                raise SystemExit(process.stderr.read())
            begun = time.monotonic()
            try:
                process.wait(60 if seconds is None else seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                return 0.0
            took = time.monotonic() - begun
            said = "" if "end" in process.stdout.read() else process.stderr.read()
            # Where all have been opened within a day, the next is rightly refused.
            if said and FULL not in said:
                self.faults.append(f"{task} failed: {said[-500:]}")
            return took

    def _write_table(self, rows: int = 400) -> Path:
        self._number += 1
        path = self.folder / f"table {self._number}.csv"
        lines = (f"2021-07-{n % 28 + 1:02},Hit,{n % 5},{self._number} {n}" for n in range(rows))
        path.write_text("\n".join(["date,place,killed,summary", *lines]), "utf-8")
        return path

    def _bring_old(self) -> None:
        """Versions of visitors that nobody has opened for two days: more than may stay."""
        for _ in range(5):
            path = self._write_table(5)
            read = Tables(table_from_bytes(path.read_bytes(), path.name))
            bundle = Bundle((Brought("mine", read),), source=path.name)
            kept = publish(prepare(bundle, self._catalog.world), self.home, "upload")
            for file in kept.folder.iterdir():
                then = file.stat().st_mtime - 2 * DAY
                os.utime(file, (then, then))

    def _check(self, task: str, before: set[str]) -> None:
        # What a server does first of all.
        sweep_drafts(self.home)
        for name in before:
            if not self._is_whole(name) and find_gone(self.home, name) is None:
                self.faults.append(f"{task}: version {name} is lost")
        for each in list_snapshots(self.home):
            if not self._is_whole(each.id):
                self.faults.append(f"{task}: version {each.id} is half there")
        prune(replace(self.settings, versions=None))
        left = [path.name for path in self.home.rglob(".*") if path.name.startswith(LEFT)]
        if left:
            self.faults.append(f"{task}: left behind: {', '.join(left)}")

    def _is_whole(self, name: str) -> bool:
        try:
            return find_sound(self.home, name) is not None
        except IncidentsError:
            return False


def run(folder: Path, kills: int, seed: int, tell: Callable[[str], None] = print) -> Kills:
    """So many kills, in turn of each task."""
    all_ = Kills(folder, seed)
    for number in range(kills):
        all_.kill(TASKS[number % len(TASKS)])
        tell(f"{number + 1} of {kills}: {len(all_.faults)} faults")
    return all_


def main() -> int:
    """Kill, print a table and what did not hold; 1 if anything did not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=50, help="how many (50)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        done = run(Path(name), asked.kills, asked.seed)
    for what, number in sorted(done.done.items()):
        print(f"{what:28} {number:6}")
    for sentence in done.faults:
        print(f"Does not hold: {sentence}")
    return 1 if done.faults else 0


if __name__ == "__main__":
    sys.exit(main())
