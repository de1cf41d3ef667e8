"""Two real servers of the dashboard on one real database, which is killed and started again."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from incidents.table.settings import ROOT
from tests.postgres import Server
from tests.servers import StartServer
from tests.waiting import wait_for


def ask(url: str) -> tuple[int, Any]:
    """Status and body of an answer; JSON as what it says. It waits for nobody for ever."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            status, body = answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read().decode()
    return status, json.loads(body) if body.startswith("{") else body


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("date,place,lat,lon\n2021-07-07,Baghdad,33.3,44.4\n", "utf-8")
    return path


def test_two_servers_on_one_database(
    start_server: StartServer, postgres: Server, table: Path, tmp_path: Path
) -> None:
    store = {"INCIDENTS_STORE": postgres.make_database("servers")}
    with (
        start_server(table, env=store) as one,
        start_server(env={**store, "INCIDENTS_TABLE": "store"}) as two,
    ):
        newest = lambda url: ask(f"{url}/api/health")[1]["snapshot"]  # noqa: E731
        assert newest(one) == newest(two)
        # A new version of one server's file is the newest of both, without a restart.
        with table.open("a", encoding="utf-8") as file:
            file.write("2021-07-08,Mosul,36.3,43.1\n")
        new = wait_for(lambda: ask(f"{two}/api/figures")[1]["incidents"] == 2 and newest(two))
        wait_for(lambda: newest(one) == new)
        # What a command imports is opened on both.
        other = tmp_path / "other.csv"
        other.write_text(table.read_text("utf-8").replace("Mosul", "Erbil"), "utf-8")
        said = subprocess.run(
            [sys.executable, "-m", "incidents", "import", "--json", str(other)],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env={**store, "INCIDENTS_SNAPSHOTS": str(tmp_path / "third"), "PATH": ""},
        )  # fmt: skip
        imported = json.loads(said.stdout)["snapshot"]
        for url in (one, two):
            assert ask(f"{url}/api/figures?data={imported}")[1]["incidents"] == 2
        kept = ask(f"{two}/api/figures?data={new}")
        postgres.kill()
        try:
            assert ask(f"{two}/api/figures?data={new}") == kept
            status, words = ask(f"{two}/api/figures?data={new}&type=airstrike")
            assert status == 503
            assert "does not answer since" in words
            status, ready = ask(f"{two}/api/health/ready")
            assert (status, ready["status"]) == (200, "degraded")
            assert ask(f"{two}/api/health")[1]["status"] == "database away"
        finally:
            postgres.start()
        wait_for(lambda: ask(f"{two}/api/health/ready")[1]["status"] == "ready")
        assert ask(f"{two}/api/figures?data={new}&type=airstrike")[0] == 200
