"""A real PostgreSQL for the length of a `with` block: tests kill it and start it again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

USER = "tester"
_SECONDS = 60


def find_programs() -> Path | None:
    """Folder of initdb and postgres: where Debian has them, or on the path."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next(iter(folders), Path(found).parent if found else None)


class Server:
    """A server of its own folder and port; it listens on this machine alone."""

    def __init__(self, programs: Path, home: Path, port: int) -> None:
        self.programs, self.home, self.port = programs, home, port
        self.process: subprocess.Popen[bytes] | None = None
        # It refuses to run as root.
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            names = {each.pw_name for each in pwd.getpwall()}
            user = "postgres" if "postgres" in names else "nobody"
            who = pwd.getpwnam(user)
            os.chown(home, who.pw_uid, who.pw_gid)
            self._as = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}

    def address(self, database: str = "postgres", user: str = USER, password: str = "") -> str:
        login = f"{user}:{password}" if password else user
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        self._run("initdb", "-D", self.home / "data", "-U", USER, "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def start(self) -> None:
        # What was committed outlives a kill of the processes: the system writes it, in its time.
        options = {
            "fsync": "off", "full_page_writes": "off",
            "unix_socket_directories": "", "listen_addresses": "127.0.0.1", "port": self.port,
            "shared_buffers": "16MB", "max_connections": 60, "autovacuum": "off",
        }  # fmt: skip
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.home / "data", *words]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **self._as)
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            try:
                psycopg.connect(self.address(), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError((self.home / "log").read_text())

    def kill(self) -> None:
        """As a machine that loses its power: with all that it serves."""
        assert self.process is not None
        # Each connection is served by a child, which would end by itself only when it looks up.
        own = self.process.pid
        served = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        for pid in (own, *map(int, served)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)
        self.process = None

    def make_database(self, name: str) -> str:
        """A new database; its address. It orders and folds texts in another way than we do."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            has_icu = connection.info.server_version >= 150_000
            by = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'" if has_icu else ""
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 {by}'.encode())
        return self.address(name)

    def _run(self, program: str, *words: object) -> None:
        command = [str(self.programs / program), *map(str, words)]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self._as)


@contextmanager
def run_server() -> Iterator[Server]:
    """One that runs; skips where PostgreSQL is not installed, as `make test` installs it."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; make test installs it where it may")
    # Not below pytest's folders: nobody else may look into these.
    home = Path(tempfile.mkdtemp(prefix="incidents-postgres-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(programs, home, port)
    try:
        server.make()
        server.start()
        yield server
    finally:
        if server.process is not None:
            server.process.send_signal(signal.SIGINT)
            server.process.wait()
        shutil.rmtree(home, ignore_errors=True)
