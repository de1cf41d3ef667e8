"""The server of the soak: what was published on it, and what may befall both."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from browsing import new_page
from servers import answers, stop
from soak_readers import Readers, count_rows

from incidents.table.kept_files import DRAFT
from incidents.versions.soundness import ASIDE
from tests.servers import find_free_port

ROOT = Path(__file__).resolve().parent.parent
DISK = 300  # megabytes of the small file system
KNOWN = {"brought", "inputs", "packed", "origins", "gone", "nominatim", "links"}
PLACES = ("Hit", "Erbil", "Mosul", "Baghdad", "Narnia", "Ain al-Asad")
Rows = dict[str, int]
_ID = re.compile(r"[0-9a-f]{12,}")


class Soak:
    """The server, what was published on it, and what may befall both."""

    def __init__(self, folder: Path, has_disk: bool, browser: Any) -> None:
        self.folder, self.disk, self.has_disk = folder, folder / "disk", has_disk
        self.home = self.disk / "snapshots"
        self.published: Rows = {}
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []
        self.restarts: list[float] = []
        self._browser, self._number = browser, 0
        self._port = find_free_port()
        self.address = f"http://localhost:{self._port}"
        (self.disk / "tmp").mkdir()
        self._environment = {
            **os.environ,
            "INCIDENTS_SNAPSHOTS": str(self.home),
            "TMPDIR": str(self.disk / "tmp"),
        }
        self.server = self._start()
        (self.own,) = (path.name for path in self.home.iterdir() if _ID.fullmatch(path.name))
        self._own_rows = count_rows(self.address, self.own)
        self.readers = Readers(self.address, lambda: list(self.published))
        self.readers.resume()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port"]
        with (self.folder / "log.txt").open("ab") as log:
            server = subprocess.Popen(
                [*command, str(self._port), "--server.headless", "true"],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        started = time.monotonic()
        while not answers(f"{self.address}/api/figures"):
            if server.poll() is not None or time.monotonic() - started > 120:
                stop(server)
                raise SystemExit("The server did not start.")
            time.sleep(0.1)
        return server

    def restart(self, sign: signal.Signals) -> None:
        """End the server by a signal and start it anew."""
        self.readers.pause()
        started = time.monotonic()
        self.server.send_signal(sign)
        try:
            self.server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.faults.append("The server did not end within 30 s of SIGTERM.")
            self.server.kill()
            self.server.wait()
        self.server = self._start()
        self.restarts.append(time.monotonic() - started)
        self.readers.resume()

    # --- what happens in turn

    def import_by_command(self, is_expected: bool = True) -> None:
        """Bring a new table by the command line."""
        table, rows = self._make_table()
        done = self._run_import(table)
        if not is_expected and done.returncode:
            self.done["import refused: disk full"] += 1
        with suppress(ValueError, KeyError):
            told = json.loads(done.stdout)
            self.published[str(told["snapshot"])] = rows
            return
        if is_expected or "Traceback" in done.stderr:
            self.faults.append(f"import failed: {(done.stdout + done.stderr)[-300:]}")

    def publish_in_browser(self) -> None:
        """Bring a new table on the Data page, and publish it."""
        if self._browser is None:
            return
        table, rows = self._make_table()
        with new_page(self._browser, 60) as page:
            page.goto(f"{self.address}/data")
            page.get_by_role("tab", name="Bring a table", exact=True).click()
            page.locator('input[type="file"]').set_input_files(table)
            page.get_by_role("button", name="Check and place").click()
            page.get_by_text(f"{rows:,} rows read").wait_for()
            page.get_by_role("button", name="Publish").click()
            page.wait_for_url(re.compile(r"data=[0-9a-f]+"))
            found = re.findall(r"[?&]data=([0-9a-f]+)", page.url)
        self.published[found[0]] = rows

    def damage(self) -> None:
        """Flip a byte in a file of a version: what it was made from is still there."""
        version = random.choice([*self.published, self.own])
        path = self.home / version / "incidents.parquet"
        data = bytearray(path.read_bytes())
        data[random.randrange(len(data))] ^= 0xFF
        path.write_bytes(data)
        self._check(version)

    def delete(self) -> None:
        """Delete a version, as a host may."""
        version = random.choice(list(self.published))
        del self.published[version]
        shutil.rmtree(self.home / version)

    def fill_disk(self) -> None:
        """No byte is left for some seconds; a table is brought meanwhile, and told why not."""
        if not self.has_disk:
            return
        filler = self.disk / "filler"
        try:
            with filler.open("wb", buffering=0) as file:
                for piece in (1 << 20, 1 << 12):
                    with suppress(OSError):
                        while True:
                            file.write(bytes(piece))
            self.import_by_command(is_expected=False)
            for version in random.sample(list(self.published), min(3, len(self.published))):
                self._check(version)
        finally:
            filler.unlink()

    def terminate(self) -> None:
        """End the server as a host does."""
        self.restart(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the server, and an import that is under way."""
        table, _ = self._make_table(5_000)
        command = [sys.executable, "-m", "incidents", "import", str(table)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        importing = subprocess.Popen(command, cwd=ROOT, env=self._environment, **quiet)
        time.sleep(random.uniform(2, 6))
        importing.kill()
        importing.wait()
        self.restart(signal.SIGKILL)

    def check_all(self) -> None:
        """Every version that was published and not deleted opens, with all its rows."""
        for version in [*self.published, self.own]:
            self._check(version)

    def _check(self, version: str) -> None:
        found = count_rows(self.address, version)
        rows = self.published.get(version, self._own_rows)
        if found != rows:
            self.faults.append(f"version {version}: {found}, not {rows} rows")

    def _make_table(self, rows: int | None = None) -> tuple[Path, int]:
        self._number += 1
        rows = rows or random.randrange(50, 800)
        path = self.folder / "tables" / f"table {self._number}.csv"
        path.parent.mkdir(exist_ok=True)
        lines = (
            f"2021-07-{n % 28 + 1:02},{random.choice(PLACES)},{n % 5},{self._number} {n}"
            for n in range(rows)
        )
        path.write_text("\n".join(["date,place,killed,summary", *lines]), "utf-8")
        return path, rows

    def _run_import(self, table: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "incidents", "import", "--json", str(table)]
        return subprocess.run(
            command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False
        )

    # --- in the end

    def read_memory(self) -> float:
        """Megabytes of its own that the server holds; files that it reads are not among them."""
        status = Path(f"/proc/{self.server.pid}/status").read_text()
        return int(re.findall(r"^RssAnon:\s+(\d+)", status, flags=re.M)[0]) / 1024

    def list_left(self) -> list[str]:
        """Files that nobody needs any more, once the server has ended."""
        left = list((self.disk / "tmp").rglob("*"))
        left += self.home.rglob(f"{DRAFT}*")
        left += self.home.rglob(f"{ASIDE}*")
        left += self.home.rglob("*.tmp*")
        for path in self.home.iterdir():
            if path.name not in KNOWN and not _ID.fullmatch(path.name):
                left.append(path)
        return sorted({str(path.relative_to(self.disk)) for path in left})


@contextmanager
def make_folder() -> Iterator[tuple[Path, bool]]:
    """A folder for one run, on a file system of its own if this may mount one."""
    with tempfile.TemporaryDirectory() as name:
        disk = Path(name) / "disk"
        disk.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "soak", str(disk)]
        has_disk = False
        with suppress(OSError):
            has_disk = subprocess.run(command, capture_output=True, check=False).returncode == 0
        if not has_disk:
            print("No file system of its own can be mounted here: the disk is not filled.")
        try:
            yield Path(name), has_disk
        finally:
            if has_disk:
                subprocess.run(["umount", "--lazy", str(disk)], check=False)
