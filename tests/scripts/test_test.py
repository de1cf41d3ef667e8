"""`make test`: what it runs, in which order, and that a failure is one."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Make = Callable[..., subprocess.CompletedProcess[str]]
Calls = Callable[[], list[str]]


def started(port: str) -> str:
    return f"-m streamlit run app.py --server.port {port}"


def test_checks_and_tests_run_in_order(make: Make, calls: Calls, browser: Path) -> None:
    result = make("test")
    assert result.returncode == 0, result.stderr
    assert calls() == [
        "install",
        "-c import pyspark",
        "-m ruff check .",
        "-m ruff format --check .",
        "-m mypy",
        "-m pytest -m not browser -n auto --dist loadfile --no-loadscope-reorder",
        "-m pytest tests/browser -n 3 --dist loadfile --reruns 1",
    ]
    assert [line for line in result.stdout.splitlines() if line.startswith("== ")] == [
        "== Style (ruff check)",
        "== Format (ruff format)",
        "== Types (mypy)",
        "== Tests of code and pages (pytest)",
        f"== Tests in a browser, {browser} (pytest)",
    ]


def test_start_after_tests_installs_nothing(
    make: Make, calls: Calls, browser: Path, port: str
) -> None:
    make("test")
    calls()
    make("run", f"PORT={port}")
    assert calls() == [started(port)]


def test_failing_check_fails_the_command(
    make: Make, folder: Path, calls: Calls, browser: Path
) -> None:
    make("test")
    calls()
    python = folder / ".venv" / "bin" / "python"
    python.write_text(
        python.read_text().replace("case", 'case "$*" in *mypy) exit 1;; esac\ncase', 1)
    )
    assert make("test").returncode != 0
    assert calls() == ["-c import pyspark", "-m ruff check .", "-m ruff format --check ."]
