"""`rollup`: what its engine lacks is told in a sentence, before anything is done."""

import os
import subprocess
import sys
from pathlib import Path

from incidents.table.settings import ROOT
from tests.incidents.serving.commands.conftest import Run
from tests.incidents.versions.rolling.conftest import write_events
from tests.servers import find_free_port


def test_a_master_that_does_not_answer(run: Run, tmp_path: Path) -> None:
    address = f"spark://127.0.0.1:{find_free_port()}"
    asked = run("rollup", str(tmp_path), str(tmp_path / "target"), "--engine", address)
    assert asked.status == 2
    assert asked.told == f"There is no Spark at {address}: start its master, or name another.\n"
    assert not (tmp_path / "target").exists()


def test_a_machine_without_java(tmp_path: Path) -> None:
    write_events(tmp_path / "events" / "a.parquet", [])
    command = [sys.executable, "-m", "incidents", "rollup", tmp_path / "events", tmp_path / "to"]
    asked = subprocess.run(
        [*command, "--engine", "local"],
        env=os.environ | {"JAVA_HOME": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert asked.returncode == 2
    assert "Spark has not begun: it needs Java 17" in asked.stderr
    assert "Traceback" not in asked.stderr
