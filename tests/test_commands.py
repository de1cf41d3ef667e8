"""The commands of README.md: they exist, refuse what cannot work before they touch anything, and
do not install twice. They run in a copy of the Makefile and scripts, with stand-ins for Python.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
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
VARIABLES = {"PORT", "PYTHON", "CHROMIUM"}

# Stands for a Python of some version: answers the questions that the scripts ask, makes a
# virtual environment with a copy of itself, and writes down what it was asked to install or run.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
*version_info*) echo {version} ;;
*ensurepip*) exit {ensurepip} ;;
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


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
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
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
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
    return path


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
def calls(tmp_path: Path) -> Callable[[], list[str]]:
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


def started(port: str) -> str:
    return f"-m streamlit run app.py --server.port {port}"


# README.md


def read_commands(readme: str) -> list[str]:
    """Commands of the fenced sh blocks, one per simple command, comments and prompts taken off."""
    blocks = re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```", readme, flags=re.M | re.S)
    lines = [re.sub(r"(^|\s)#.*$", "", line) for block in blocks for line in block.splitlines()]
    parts = [part for line in lines for part in re.split(r"&&|;|\|", line)]
    return [part.strip().removeprefix("$ ") for part in parts if part.strip()]


def test_commands_are_read_from_fenced_blocks_only() -> None:
    text = (
        "`make no`\n```sh\n# why\n$ make run PORT=1 # here\npip x && make test\n```\n```\nno\n```\n"
    )
    assert read_commands(text) == ["make run PORT=1", "pip x", "make test"]


def test_readme_shows_only_commands_that_exist() -> None:
    commands = read_commands((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {"make run", "make test"} <= set(commands)
    for command in commands:
        program, *words = command.split()
        if program == "make":
            variables = {word.split("=")[0] for word in words if "=" in word}
            assert {word for word in words if "=" not in word} <= set(TARGETS), command
            assert variables <= VARIABLES, command
        for name in re.findall(r"[\w./-]+\.(?:txt|py|sh)\b", command):
            assert (ROOT / name).is_file(), command


def test_ci_runs_the_test_command() -> None:
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "make test" in run.read_text()


# make help


@pytest.mark.parametrize("arguments", [(), ("help",)], ids=["make", "make help"])
def test_help_lists_every_target(make: Make, arguments: tuple[str, ...]) -> None:
    lines = make(*arguments).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["make", target] for target in TARGETS]
    assert all(len(line.split()) > 3 for line in lines), "each with a line that explains it"


@pytest.mark.parametrize("target", TARGETS)
def test_target_can_be_made(make: Make, target: str) -> None:
    assert make("-n", target).returncode == 0


# What is refused: one sentence with the remedy, and nothing made or installed


def assert_refused(result: subprocess.CompletedProcess[str], folder: Path, *words: str) -> None:
    sentences = [line for line in result.stderr.splitlines() if not line.startswith("make:")]
    assert result.returncode != 0
    assert len(sentences) == 1, result.stderr
    assert all(word in sentences[0] for word in words), sentences[0]
    assert not result.stdout
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize("target", ["run", "test"])
@pytest.mark.parametrize("version", ["2.7", "3.9", "3.10"])
def test_old_python_is_refused(
    make: Make, folder: Path, programs: Path, target: str, version: str
) -> None:
    write_python(programs / "python3", version=version)
    words = (f"python3 is Python {version}, which is too old", "3.11", "PYTHON=python3.12")
    assert_refused(make(target), folder, *words)


def test_missing_python_is_refused(make: Make, folder: Path, programs: Path) -> None:
    (programs / "python3").unlink()
    assert_refused(make("run"), folder, "python3 was not found", "install Python 3.11")


def test_python_that_does_not_start_is_refused(make: Make, folder: Path, programs: Path) -> None:
    """As /usr/bin/python3 of a new Mac does, which only offers to install itself."""
    write_program(programs / "python3", "#!/bin/sh\nexit 1\n")
    assert_refused(make("run"), folder, "python3 was not found or does not start")


def test_named_python_is_not_replaced_by_another(make: Make, folder: Path) -> None:
    assert_refused(make("run", "PYTHON=python3.99"), folder, "python3.99 was not found")


@pytest.mark.parametrize(
    ("python", "package"),
    [("python3", "python3-venv"), ("python3.12", "python3.12-venv")],
)
def test_missing_venv_module_is_refused(
    make: Make, folder: Path, programs: Path, python: str, package: str
) -> None:
    write_python(programs / python, version="3.12", ensurepip=1)
    result = make("run", f"PYTHON={python}")
    assert_refused(result, folder, "venv module is missing", f"apt install {package}")


@pytest.mark.parametrize("port", ["abc", "-1", "0", "65536", "85 01", "8501.5", "٨٥٠١"])
def test_what_is_no_port_is_refused(make: Make, folder: Path, port: str) -> None:
    result = make("run", f"PORT={port}")
    assert_refused(result, folder, f"PORT={port} is not a port", "make run PORT=8600")


@pytest.mark.parametrize("address", ["127.0.0.1", ""], ids=["one address", "all addresses"])
def test_port_in_use_is_refused(make: Make, folder: Path, address: str) -> None:
    with socket.create_server((address, 0)) as server:
        port = server.getsockname()[1]
        result = make("run", f"PORT={port}")
    assert_refused(result, folder, f"Port {port} is in use", "make run PORT=8600")


# What is installed, and when


def test_first_start_installs_and_second_does_not(
    make: Make, calls: Callable[[], list[str]], port: str
) -> None:
    result = make("run", f"PORT={port}")
    assert result.returncode == 0, result.stderr
    assert f"http://localhost:{port}" in result.stdout
    assert calls() == ["install", started(port)]
    make("run", f"PORT={port}")
    assert calls() == [started(port)]


def test_newer_python_is_found_beside_an_old_one(
    make: Make, programs: Path, calls: Callable[[], list[str]], port: str
) -> None:
    write_python(programs / "python3", version="3.9")
    write_python(programs / "python3.12", version="3.12")
    assert make("run", f"PORT={port}").returncode == 0
    assert calls() == ["install", started(port)]


def test_failed_install_is_told_and_done_again(
    make: Make, calls: Callable[[], list[str]], port: str
) -> None:
    result = make("run", f"PORT={port}", PIP_RESULT="1")
    assert result.returncode != 0
    assert "could not be installed" in result.stderr
    assert calls() == ["install"]
    make("run", f"PORT={port}")
    assert calls() == ["install", started(port)]


def add_requirement(folder: Path, _: Path) -> None:
    with (folder / "requirements.txt").open("a") as file:
        file.write("another>=1\n")


def change_python(_: Path, programs: Path) -> None:
    write_python(programs / "python3", version="3.12")


def break_python(folder: Path, _: Path) -> None:
    (folder / ".venv" / "bin" / "python").unlink()


def leave_unfinished(folder: Path, _: Path) -> None:
    (folder / ".venv" / "unfinished").touch()


def put_in_copied_venv(folder: Path, _: Path) -> None:
    (folder / ".venv" / "bin" / "pip").write_text("#!/elsewhere/.venv/bin/python\n")


@pytest.mark.parametrize(
    ("change", "is_made_anew"),
    [
        (add_requirement, False),
        (change_python, True),
        (break_python, True),
        (leave_unfinished, True),
        (put_in_copied_venv, True),
    ],
)
def test_install_is_done_again_after(
    change: Callable[[Path, Path], None],
    is_made_anew: bool,
    make: Make,
    folder: Path,
    programs: Path,
    calls: Callable[[], list[str]],
    port: str,
) -> None:
    make("run", f"PORT={port}")
    calls()
    kept = folder / ".venv" / "kept"
    kept.touch()
    change(folder, programs)
    result = make("run", f"PORT={port}")
    assert calls() == ["install", started(port)]
    assert ("Making .venv anew" in result.stdout) == is_made_anew
    assert kept.exists() != is_made_anew


# make test


@pytest.fixture
def browser(programs: Path) -> Path:
    path = programs / "chromium"
    write_program(path, "#!/bin/sh\n")
    return path


def test_checks_and_tests_run_in_order(
    make: Make, calls: Callable[[], list[str]], browser: Path
) -> None:
    result = make("test")
    assert result.returncode == 0, result.stderr
    assert calls() == [
        "install",
        "-m ruff check .",
        "-m ruff format --check .",
        "-m mypy",
        "-m pytest -m not browser",
        "-m pytest -m browser",
    ]
    assert [line for line in result.stdout.splitlines() if line.startswith("== ")] == [
        "== Style (ruff check)",
        "== Format (ruff format)",
        "== Types (mypy)",
        "== Tests of code and pages (pytest)",
        f"== Tests in a browser, {browser} (pytest)",
    ]


def test_start_after_tests_installs_nothing(
    make: Make, calls: Callable[[], list[str]], browser: Path, port: str
) -> None:
    make("test")
    calls()
    make("run", f"PORT={port}")
    assert calls() == [started(port)]


def test_failing_check_fails_the_command(
    make: Make, folder: Path, calls: Callable[[], list[str]], browser: Path
) -> None:
    make("test")
    calls()
    python = folder / ".venv" / "bin" / "python"
    python.write_text(
        python.read_text().replace("case", 'case "$*" in *mypy) exit 1;; esac\ncase', 1)
    )
    assert make("test").returncode != 0
    assert calls() == ["-m ruff check .", "-m ruff format --check ."]


def test_named_browser_that_does_not_start_is_refused(make: Make, browser: Path) -> None:
    result = make("test", "CHROMIUM=/nowhere/chrome")
    assert result.returncode != 0
    assert "CHROMIUM=/nowhere/chrome does not start" in result.stderr


@pytest.mark.skipif(Path("/Applications").exists(), reason="a Mac's browser is not found by PATH")
def test_without_a_browser_the_tests_are_refused(
    make: Make, programs: Path, calls: Callable[[], list[str]]
) -> None:
    (programs / "id").unlink()
    write_program(programs / "id", "#!/bin/sh\necho 1000\n")  # no administrator: no apt
    result = make("test")
    assert result.returncode != 0
    assert "install Chromium or Chrome" in result.stderr
    assert not any("pytest" in call for call in calls())
