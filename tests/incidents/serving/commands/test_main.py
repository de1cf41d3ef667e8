"""The command line: what each command answers, with which exit status, in whose words."""

import subprocess
import sys
from pathlib import Path

import pytest

from incidents.serving.commands.main import main
from incidents.serving.commands.screen import clean
from incidents.table.settings import ROOT
from incidents.versions.snapshots import list_snapshots
from tests.incidents.serving.commands.conftest import GOOD, Run, Write


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("no.csv", None, "no.csv is not there. Check the name of the file."),
        ("x.pdf", "%PDF-1.7", "x.pdf is a PDF document"),
        ("reports.csv", "report,incident\nr,I1\n", "There is no table of incidents here"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    run: Run, tmp_path: Path, write: Write, name: str, content: str | None, words: str
) -> None:
    path = tmp_path / name if content is None else write(content, name)
    answer = run("check", path)
    assert (answer.status, answer.written) == (2, b"")
    assert answer.told.startswith(words) and answer.told.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "�[31mred"),
        ("a\nb\tc", "a b c"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("عين", "عين"),
    ],
)
def test_no_text_of_a_table_steers_a_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_hostile_cells_are_told_as_they_are_without_escapes(run: Run, write: Write) -> None:
    said = run("check", write("date,place\n\x1b[2J[red]x[/red],Hit\n")).said
    assert "\x1b" not in said and "[red]x[/red]" in said


def test_help_tells_the_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["check", "--help"], ["diff", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        assert "exit status:" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nope"], ["check"], ["check", "x", "--most", "-1"]])
def test_a_command_that_is_not_understood(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_a_fault_of_its_own_is_no_status_that_means_something() -> None:
    broken = (
        "import runpy, incidents.serving.commands.main as module;"
        "module.main = lambda: 1 / 0; runpy.run_module('incidents', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", broken], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "ZeroDivisionError" in ended.stderr


def test_it_runs_as_a_program(home: Path, write: Write) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "incidents", "import", str(write(GOOD))],
        cwd=ROOT,
        env={"INCIDENTS_SNAPSHOTS": str(home), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"Kept as version {list_snapshots(home)[0].id}." in ended.stdout


def test_what_goes_wrong_is_told_to_programs_too(run: Run) -> None:
    answer = run("check", "no.csv", "--json")
    assert answer.status == 2
    assert answer.json == {"error": answer.told.strip()}
