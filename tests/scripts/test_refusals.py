"""What cannot work is refused before anything is made: in one sentence, with the remedy."""

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Make = Callable[..., subprocess.CompletedProcess[str]]
Calls = Callable[[], list[str]]
PutProgram = Callable[[str, str], Path]
PutPython = Callable[..., None]


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
    make: Make, folder: Path, put_python: PutPython, target: str, version: str
) -> None:
    put_python("python3", version=version)
    words = (f"python3 is Python {version}, which is too old", "3.11", "PYTHON=python3.12")
    assert_refused(make(target), folder, *words)


def test_missing_python_is_refused(make: Make, folder: Path, programs: Path) -> None:
    (programs / "python3").unlink()
    assert_refused(make("run"), folder, "python3 was not found", "install Python 3.11")


def test_python_that_does_not_start_is_refused(
    make: Make, folder: Path, put_program: PutProgram
) -> None:
    """As /usr/bin/python3 of a new Mac does, which only offers to install itself."""
    put_program("python3", "#!/bin/sh\nexit 1\n")
    assert_refused(make("run"), folder, "python3 was not found or does not start")


def test_named_python_is_not_replaced_by_another(make: Make, folder: Path) -> None:
    assert_refused(make("run", "PYTHON=python3.99"), folder, "python3.99 was not found")


@pytest.mark.parametrize(
    ("python", "package"),
    [("python3", "python3-venv"), ("python3.12", "python3.12-venv")],
)
def test_missing_venv_module_is_refused(
    make: Make, folder: Path, put_python: PutPython, python: str, package: str
) -> None:
    put_python(python, version="3.12", ensurepip=1)
    result = make("run", f"PYTHON={python}")
    assert_refused(result, folder, "venv module is missing", f"apt install {package}")


@pytest.mark.parametrize("port", ["abc", "-1", "0", "65536", "85 01", "8501.5", "٨٥٠١"])
def test_what_is_no_port_is_refused(make: Make, folder: Path, port: str) -> None:
    result = make("run", f"PORT={port}")
    assert_refused(result, folder, f"PORT={port} is not a port", "make run PORT=8600")


@pytest.mark.parametrize(
    ("family", "address", "listens"),
    [
        pytest.param(socket.AF_INET, "127.0.0.1", True, id="one address"),
        pytest.param(socket.AF_INET, "", True, id="all addresses"),
        pytest.param(socket.AF_INET, "", False, id="taken but silent"),
        pytest.param(socket.AF_INET6, "::1", True, id="IPv6 only"),
    ],
)
def test_port_in_use_is_refused(
    make: Make, folder: Path, family: socket.AddressFamily, address: str, listens: bool
) -> None:
    with socket.socket(family) as server:
        try:
            server.bind((address, 0))
        except OSError:
            pytest.skip(f"this machine has no address {address}")
        if listens:
            server.listen()
        port = server.getsockname()[1]
        result = make("run", f"PORT={port}")
    assert_refused(result, folder, f"Port {port} is in use", "make run PORT=8600")


def test_named_browser_that_does_not_start_is_refused(
    make: Make, calls: Calls, browser: Path
) -> None:
    result = make("test", "CHROMIUM=/nowhere/chrome")
    assert result.returncode != 0
    assert "CHROMIUM=/nowhere/chrome does not start" in result.stderr
    assert calls() == ["install"], "no other browser is fetched, no test runs"


@pytest.mark.skipif(Path("/Applications").exists(), reason="a Mac's browser is not found by PATH")
def test_without_a_browser_the_tests_are_refused(
    make: Make, put_program: PutProgram, calls: Calls
) -> None:
    put_program("id", "#!/bin/sh\necho 1000\n")  # no administrator: no apt
    result = make("test")
    assert result.returncode != 0
    assert "install Chromium or Chrome" in result.stderr
    assert not any("pytest" in call for call in calls())
