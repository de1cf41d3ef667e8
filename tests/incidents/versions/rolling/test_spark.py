"""Spark rolls up to the same version as DuckDB: a real master with two workers, and its end."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from incidents.asking.rolled.choosing import open_engine
from incidents.asking.rolled.manifest import Manifest, read_manifest
from incidents.intake.reading.files import read_table
from incidents.table.errors import TableError
from incidents.table.settings import ROOT
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.steps import WORK, roll_up
from tests.spark import HERE, Cluster, run_cluster
from tests.waiting import wait_for

Ask = Callable[..., Asked]
Folder = tuple[Path, Manifest]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", HERE)
        with run_cluster(tmp_path_factory.mktemp("spark")) as found:
            yield found


@pytest.fixture(scope="module")
def by_duckdb(
    raw_days: tuple[Path, Path], ask_for: Ask, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Folder, Folder]:
    """A folder at its first version, and brought up to a later file."""
    home = tmp_path_factory.mktemp("duckdb")
    shutil.copytree(raw_days[0], home / "feed")
    first = roll_up(ask_for(home / "feed", home / "target"))
    shutil.copytree(home / "target", home / "first")
    shutil.copy(raw_days[1], home / "feed" / "c.parquet")
    second = roll_up(ask_for(home / "feed", home / "target"))
    return (home / "first", first), (home / "target", second)


Prepared = dict[str, set[int]]
"""Units of rows that were prepared, and each time at which one of them was."""
Runs = tuple[Path, Manifest, Manifest, Prepared]
"""The folder, its first version, that after the kill, and what was prepared on the way."""


@pytest.fixture(scope="module")
def killed_and_run_again(
    cluster: Cluster, by_duckdb: tuple[Folder, Folder], tmp_path_factory: pytest.TempPathFactory
) -> Runs:
    """The same by the commands of docs/hosting.md, as they stand there.

    DuckDB's makes the first version, Spark's brings it up: its driver is killed once rows are
    prepared, and it is run again; then it loses a worker, as partitions are written.
    From nothing Spark makes the folders of `tests/incidents/parity/`.
    """
    home = tmp_path_factory.mktemp("by_spark")
    source, target = home / "feed", home / "rolled"
    later = by_duckdb[1][0].parent / "feed"
    shutil.copytree(later, source, ignore=shutil.ignore_patterns("c.parquet"))
    by_itself, install, by_spark = read_commands(source, target, cluster.address)
    prepared: Prepared = {}

    def begin(command: str) -> subprocess.Popen[bytes]:
        env = {**os.environ, "INCIDENTS_SNAPSHOTS": str(home / "kept")}
        return subprocess.Popen(["sh", "-ec", command], cwd=ROOT, env=env, start_new_session=True)

    def look() -> Prepared:
        for path in (target / WORK).glob("*/*.json"):
            with suppress(FileNotFoundError):  # all is done, and it is taken away
                prepared.setdefault(path.stem, set()).add(path.stat().st_mtime_ns)
        return prepared

    for command in (by_itself, install):
        assert begin(command).wait() == 0
    first = read_manifest(target)
    assert first is not None and first.id == by_duckdb[0][1].id
    shutil.copy(later / "c.parquet", source)
    with begin(by_spark) as driver:
        wait_for(look)
        os.killpg(driver.pid, signal.SIGKILL)
    kept = read_manifest(target)
    assert kept is not None and kept.id == first.id
    with begin(by_spark) as driver:
        written = len(list((target / "incidents").rglob("*.parquet")))
        while driver.poll() is None:
            look()
            if len(list((target / "incidents").rglob("*.parquet"))) > written:
                cluster.workers[0].kill()
            time.sleep(0.02)
    assert driver.returncode == 1, "rows were set aside"
    manifest = read_manifest(target)
    assert manifest is not None
    return target, first, manifest, prepared


def read_commands(source: Path, target: Path, master: str) -> list[str]:
    """What docs/hosting.md says to roll up with: by itself, what Spark needs, by Spark."""
    text = (ROOT / "docs" / "hosting.md").read_text("utf-8")
    part = text.partition("## More rows than one table")[2].partition("\n## ")[0]
    found = re.findall(r"^.*\.venv/bin/python.*$", part, re.MULTILINE)
    ours = {"runuser -u incidents -- ": "", ".venv/bin/python": sys.executable,
            "/srv/events": str(source), "/srv/rolled": str(target),
            "spark://master:7077": master}  # fmt: skip
    for theirs, own in ours.items():
        assert any(theirs in each for each in found), theirs
        found = [each.replace(theirs, own) for each in found]
    return found


@pytest.fixture(scope="module")
def by_spark(killed_and_run_again: Runs) -> Folder:
    """The version that Spark brought the first one up to."""
    folder, _, manifest, _ = killed_and_run_again
    return folder, manifest


def read_rows(folder: Path, manifest: Manifest, name: str) -> list[dict[str, object]]:
    """The rows of a table of a version, in an order of their own."""
    files = [pq.ParquetFile(folder / each.path).read() for each in manifest.pieces[name]]
    rows = pa.concat_tables(files, promote_options="permissive").to_pylist() if files else []
    return sorted(rows, key=lambda row: repr(sorted(row.items())))


def test_its_version_is_that_of_duckdb_row_for_row(
    by_duckdb: tuple[Folder, Folder], by_spark: Folder
) -> None:
    (wanted_in, wanted), (folder, found) = by_duckdb[1], by_spark
    assert found.id == wanted.id != by_duckdb[0][1].id
    assert found.partitions == wanted.partitions
    assert set(found.pieces) == set(wanted.pieces)
    for name in wanted.pieces:
        assert read_rows(folder, found, name) == read_rows(wanted_in, wanted, name), name
    assert found.engine.startswith("spark://")


def test_a_new_day_touches_its_partitions_alone(killed_and_run_again: Runs) -> None:
    _, first, later, _ = killed_and_run_again
    before, after = ({each.path for each in m.pieces["incidents"]} for m in (first, later))
    assert {each.key[0] for each in later.pieces["incidents"] if each.path not in before} == {2021}
    assert before & after


def test_what_a_killed_driver_had_prepared_is_not_prepared_again(
    killed_and_run_again: Runs,
) -> None:
    *_, prepared = killed_and_run_again
    assert [len(times) for times in prepared.values()] == [1]


def test_it_ended_though_a_worker_was_lost(cluster: Cluster, by_spark: Folder) -> None:
    assert cluster.workers[0].poll() is not None and cluster.workers[1].poll() is None
    folder, manifest = by_spark
    kept = read_manifest(folder)
    assert kept is not None and kept.id == manifest.id


def test_what_a_worker_cannot_do_is_told_in_its_words(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    with (
        open_engine("local", tmp_path) as engine,
        pytest.raises(TableError, match=r"^missing\.csv is not there\."),
    ):
        list(engine.work(read_table, missing, [None]))


def test_without_spark_it_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "incidents.asking.rolled.spark", None)
    with (
        pytest.raises(TableError, match=r"pip install -r requirements-spark\.txt"),
        open_engine("local", tmp_path),
    ):
        pass
