"""The container's recipe: it copies all that the dashboard needs, which nothing changes."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from incidents.serving.running.goodbye import GOODBYE
from incidents.table.settings import ROOT, ROWS, read_settings
from tests.deploy.conftest import DEPLOY, find_program
from tests.servers import answers_in_time, is_ok, stop

KNOWN = {
    "FROM", "WORKDIR", "COPY", "RUN", "ENV", "VOLUME", "USER", "EXPOSE", "STOPSIGNAL",
    "HEALTHCHECK", "CMD",
}  # fmt: skip
Lines = list[tuple[str, str]]


@pytest.fixture(scope="module")
def lines() -> Lines:
    """Instructions and what they say."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    found = [line.split(" ", 1) for line in text.splitlines() if line and line[0] != "#"]
    return [(name, rest) for name, rest in found]


def list_copied(lines: Lines) -> list[tuple[list[str], str]]:
    copied = [rest.split() for name, rest in lines if name == "COPY" and "--from" not in rest]
    return [(sources, where) for *sources, where in copied]


def read_variables(lines: Lines) -> dict[str, str]:
    (rest,) = (rest for name, rest in lines if name == "ENV")
    return dict(pair.split("=", 1) for pair in rest.split())


def test_every_instruction_is_one(lines: Lines) -> None:
    assert {name for name, _ in lines} <= KNOWN
    assert [rest for name, rest in lines if name == "VOLUME"] == ["/versions"]
    for name, rest in lines:
        if rest.startswith("["):
            assert all(isinstance(part, str) for part in json.loads(rest)), name
    # Root prepares it, and somebody else runs it.
    users = [rest for name, rest in lines if name == "USER"]
    assert users == ["10001:10001"]
    assert [name for name, _ in lines].index("USER") > max(
        at for at, (name, _) in enumerate(lines) if name == "RUN"
    )


def test_images_are_pinned_by_a_tag_or_a_whole_digest(lines: Lines) -> None:
    for name, rest in lines:
        if name == "FROM":
            assert re.fullmatch(r"[\w./-]+:[\w.-]+(@sha256:[0-9a-f]{64})?( AS \w+)?", rest)
            assert ":latest" not in rest


def test_packages_are_those_of_the_lock_file(lines: Lines) -> None:
    (install,) = (rest for _, rest in lines if "pip install" in rest)
    assert "--require-hashes -r requirements.lock" in install


def test_what_is_copied_is_sent_to_the_builder(lines: Lines) -> None:
    sent = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for sources, _ in list_copied(lines):
        for each in sources:
            assert (ROOT / each).exists() and f"!{each}" in sent


def test_what_is_copied_is_all_that_it_needs(
    lines: Lines, tmp_path: Path, free_port: Callable[[], int]
) -> None:
    app, port = tmp_path / "app", free_port()
    for sources, where in list_copied(lines):
        for each in sources:
            target = app / where if len(sources) == 1 and where != "./" else app / each
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / each).is_dir():
                junk = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / each, target, ignore=junk)
            else:
                shutil.copy(ROOT / each, target)
    before = {path: path.stat().st_mtime_ns for path in app.rglob("*") if path.is_file()}
    env = {name: os.environ[name] for name in ("PATH",)} | read_variables(lines)
    env |= {
        "HOME": str(tmp_path), "INCIDENTS_SNAPSHOTS": str(tmp_path / "versions"),
        "STREAMLIT_SERVER_PORT": str(port),
    }  # fmt: skip
    # The last instruction, with this Python in place of the container's.
    name, rest = lines[-1]
    assert name == "CMD"
    command = [sys.executable, *json.loads(rest)[1:]]
    checks = [sys.executable, str(app / "deploy" / "check_alive.py")]
    assert subprocess.run(checks, env=env, check=False, capture_output=True).returncode == 1
    with (
        (tmp_path / "log.txt").open("wb") as log,
        subprocess.Popen(command, cwd=app, env=env, stdout=log, stderr=log) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            assert answers_in_time(server, f"{address}/api/health"), log.name
            assert subprocess.run(checks, env=env, check=False).returncode == 0
            assert is_ok(f"{address}/about") and is_ok(f"{address}/api/picture.png")
        finally:
            stop(server)
    after = {path: path.stat().st_mtime_ns for path in app.rglob("*") if path.is_file()}
    assert after == before


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """As it is read where nothing is set."""
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text))
    return found


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = compose["services"]
    return found


@pytest.mark.parametrize("name", ["dashboard", "caddy"])
def test_services_may_do_little(services: dict[str, dict[str, object]], name: str) -> None:
    service = services[name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_only_the_proxy_is_reached_and_believed(
    compose: dict[str, Any], services: dict[str, dict[str, object]]
) -> None:
    assert "ports" not in services["dashboard"] and services["dashboard"]["networks"] == ["inside"]
    environment = services["dashboard"]["environment"]
    assert isinstance(environment, dict)
    set_here = {name: str(value) for name, value in environment.items()}
    assert set(set_here) <= set(ROWS)
    settings = read_settings(set_here)
    assert settings.tls and settings.access == "link" and settings.metrics is not None
    inside = compose["networks"]["inside"]
    assert inside["internal"] is True
    # Readers of a private network of the host are not proxies, whose word is taken.
    assert [str(each) for each in settings.proxy] == [inside["ipam"]["config"][0]["subnet"]]


def test_whoever_stops_it_waits_for_its_goodbye(services: dict[str, dict[str, object]]) -> None:
    assert int(str(services["dashboard"]["stop_grace_period"]).removesuffix("s")) > GOODBYE
    unit = (DEPLOY / "incidents.service").read_text("utf-8")
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    assert int(seconds) > GOODBYE


def test_the_unit_is_one_and_may_do_little(tmp_path: Path) -> None:
    program = find_program("systemd-analyze")
    unit = tmp_path / "incidents.service"
    text = (DEPLOY / "incidents.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/incidents/.venv/bin/python", sys.executable), "utf-8")
    checked = subprocess.run(
        [program, "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert "incidents.service" not in checked.stderr, checked.stderr
    judged = subprocess.run(
        [program, "security", "--offline=true", "--threshold=20", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stdout[-300:]
