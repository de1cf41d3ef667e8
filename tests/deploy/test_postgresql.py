"""The commands by which docs/hosting.md moves a dashboard to PostgreSQL, as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.deploy.conftest import DEPLOY
from tests.postgres import Server

ROOT = DEPLOY.parent


def read_commands(kind: str) -> str:
    """The first block of a kind in the part on PostgreSQL."""
    text = (ROOT / "docs" / "hosting.md").read_text("utf-8")
    part = text.partition("## Several servers on one PostgreSQL")[2]
    found = re.search(rf"```{kind}\n(.*?)```", part, re.DOTALL)
    assert found is not None
    return found[1]


def test_a_folder_moves_by_the_commands_of_the_docs(postgres: Server, tmp_path: Path) -> None:
    with psycopg.connect(postgres.address(), autocommit=True) as connection:
        for statement in read_commands("sql").split(";"):
            if statement.strip():
                connection.execute(statement.encode())
    table = tmp_path / "table.csv"
    table.write_text("date,place,lat,lon\n2021-07-07,Baghdad,33.3,44.4\n", "utf-8")
    env = {**os.environ, "INCIDENTS_SNAPSHOTS": str(tmp_path / "kept")}
    env.pop("INCIDENTS_STORE", None)
    python = [sys.executable, "-m", "incidents"]
    subprocess.run([*python, "import", str(table)], cwd=ROOT, env=env, check=True)
    script = read_commands("sh").replace("db.example", f"127.0.0.1:{postgres.port}")
    script = script.replace(".venv/bin/python", sys.executable)
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith("Versions put into the store: 1;")
    address = postgres.address("attacks", "dashboard", "choose-one")
    with psycopg.connect(address) as connection:
        (space,) = connection.execute("SELECT space FROM incidents.relations").fetchone() or ("",)
        rights = "SELECT has_table_privilege('incidents_reader', %s, %s)"
        for right, has in (("SELECT", True), ("INSERT", False)):
            relation = f'"{space}".incidents'
            assert connection.execute(rights, [relation, right]).fetchone() == (has,)
