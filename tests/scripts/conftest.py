"""A copy of the commands to run, with stand-ins for Python and for the browser."""

import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PROGRAMS = (
    "awk",
    "cat",
    "cmp",
    "cp",
    "dirname",
    "grep",
    "id",
    "make",
    "mkdir",
    "mv",
    "rm",
    "sh",
)

# Stands for a Python of some version: answers the questions that the scripts ask, makes a
# virtual environment with a copy of itself, and writes down what it was asked to install or run.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
*version_info*) echo {version} ;;
*"import venv, ensurepip"*) exit {ensurepip} ;;
*check_port.py*) exec {python} "$@" ;;
"-m venv "*)
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python"
    echo "#!$3/bin/python" >"$3/bin/pip"
    ;;
"-m pip "*) echo "$*" >>"$CALLS"; exit "${{PIP_RESULT:-0}}" ;;
*) echo "$*" >>"$CALLS" ;;
esac
"""

Make = Callable[..., subprocess.CompletedProcess[str]]
Calls = Callable[[], list[str]]
PutProgram = Callable[[str, str], Path]
PutPython = Callable[..., None]


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def write_python(path: Path, version: str = "3.11", ensurepip: int = 0) -> None:
    text = FAKE_PYTHON.format(
        version=version, ensurepip=ensurepip, python=shlex.quote(sys.executable)
    )
    write_program(path, text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what the commands consist of, in a folder with a space in its name."""
    copy = tmp_path / "a copy"
    shutil.copytree(ROOT / "scripts", copy / "scripts")
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """The only folder on PATH: what the scripts need of the system, and a Python that is fine."""
    path = tmp_path / "programs"
    path.mkdir()
    for name in SYSTEM_PROGRAMS:
        found = shutil.which(name)
        assert found is not None, name
        (path / name).symlink_to(found)
    write_python(path / "python3")
    write_program(path / "java", "#!/bin/sh\n")
    return path


@pytest.fixture
def put_program(programs: Path) -> PutProgram:
    """Function that puts a script on PATH under this name, in place of what was there."""

    def put(name: str, text: str) -> Path:
        (programs / name).unlink(missing_ok=True)  # a link to the system's own stays as it is
        write_program(programs / name, text)
        return programs / name

    return put


@pytest.fixture
def put_python(programs: Path) -> PutPython:
    """Function that puts a stand-in for Python, with this name and version, on PATH."""

    def put(name: str, version: str = "3.11", ensurepip: int = 0) -> None:
        write_python(programs / name, version, ensurepip)

    return put


@pytest.fixture
def make(tmp_path: Path, folder: Path, programs: Path) -> Make:
    def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", *arguments],
            cwd=folder,
            env={"PATH": str(programs), "CALLS": str(tmp_path / "calls")} | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    """Function that gives what Python was asked to install or run since the last time."""

    def read() -> list[str]:
        path = tmp_path / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return ["install" if "pip install" in line else line for line in lines]

    return read


@pytest.fixture
def port() -> Iterator[str]:
    """A port that is free."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        number = server.getsockname()[1]
    yield str(number)


@pytest.fixture
def browser(put_program: PutProgram) -> Path:
    return put_program("chromium", "#!/bin/sh\n")
