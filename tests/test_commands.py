"""The commands that README.md shows exist, and `make help` explains each."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
VARIABLES = {"PORT", "PYTHON", "CHROMIUM"}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},  # without the flags of a make that runs these tests
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


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


@pytest.mark.parametrize("arguments", [(), ("help",)], ids=["make", "make help"])
def test_help_lists_every_target(arguments: tuple[str, ...]) -> None:
    lines = make(*arguments).stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [["make", target] for target in TARGETS]
    assert all(len(line.split()) > 3 for line in lines), "each with a line that explains it"


@pytest.mark.parametrize("target", TARGETS)
def test_target_can_be_made(target: str) -> None:
    assert make("-n", target).returncode == 0
