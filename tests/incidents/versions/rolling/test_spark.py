"""Spark rolls up to the same version as DuckDB: a real master with two workers, and its end."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from incidents.asking.rolled.choosing import open_engine
from incidents.asking.rolled.manifest import Manifest, read_manifest
from incidents.intake.reading.files import read_table
from incidents.table.errors import TableError
from incidents.table.progress import Tell
from incidents.versions.rolling.preparing import Asked
from incidents.versions.rolling.steps import roll_up
from tests.spark import HERE, Cluster, run_cluster

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
    shutil.copytree(raw_days[0], home / "source")
    first = roll_up(ask_for(home / "source", home / "target"))
    shutil.copytree(home / "target", home / "first")
    shutil.copy(raw_days[1], home / "source" / "c.parquet")
    second = roll_up(ask_for(home / "source", home / "target"))
    return (home / "first", first), (home / "target", second)


@pytest.fixture(scope="module")
def by_spark(
    cluster: Cluster,
    by_duckdb: tuple[Folder, Folder],
    ask_for: Ask,
    tmp_path_factory: pytest.TempPathFactory,
) -> Folder:
    """The first version, brought up by the cluster; it loses a worker as rows are prepared.

    From nothing Spark makes the folders of `tests/incidents/parity/`.
    """

    def lose_one(step: str, total: int | None) -> Tell:
        if step == "prepare":
            cluster.workers[0].kill()
        return lambda *_: None

    (first, _), (second, _) = by_duckdb
    target = tmp_path_factory.mktemp("by_spark") / "target"
    shutil.copytree(first, target)
    return target, roll_up(ask_for(second.parent / "source", target, cluster.address), lose_one)


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


def test_a_new_day_touches_its_partitions_alone(
    by_duckdb: tuple[Folder, Folder], by_spark: Folder
) -> None:
    (_, first), (_, later) = by_duckdb[0], by_spark
    before, after = ({each.path for each in m.pieces["incidents"]} for m in (first, later))
    assert {each.key[0] for each in later.pieces["incidents"] if each.path not in before} == {2021}
    assert before & after


def test_it_ended_though_a_worker_was_lost(cluster: Cluster, by_spark: Folder) -> None:
    assert cluster.workers[0].poll() is not None and cluster.workers[1].poll() is None
    folder, manifest = by_spark
    kept = read_manifest(folder)
    assert kept is not None and kept.id == manifest.id


def test_what_a_worker_cannot_do_is_told_in_its_words(cluster: Cluster, tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    with (
        open_engine(cluster.address, tmp_path) as engine,
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
