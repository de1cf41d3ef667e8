"""A disk that takes no more: the cause is told, nothing is called damaged, no draft is left."""

import subprocess
import sys
from pathlib import Path

import pytest

from incidents.table.settings import ROOT

# The system itself refuses to write more to a file than this.
LIMITED = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from incidents.table.errors import IncidentsError
from incidents.table.settings import read_settings
from incidents.versions.catalog import Catalog
table, home, most, again = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
catalog = Catalog(replace(read_settings({}), table=table, snapshots=home))
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, unlimited[1]))
try:
    catalog.current.store
except IncidentsError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
print(catalog.current.store.extent.span is not None and catalog.current.snapshot.rows)
"""
TABLE = "date,place\n" + "".join(f"2021-07-0{n},Hit {n}\n" for n in range(1, 8))


@pytest.mark.parametrize("most", [0, 2000], ids=["nothing", "no table"])
def test_a_failed_write_is_told_by_its_cause_and_leaves_nothing(tmp_path: Path, most: int) -> None:
    table, home = tmp_path / "own.csv", tmp_path / "snapshots"
    table.write_text(TABLE, "utf-8")
    command = [sys.executable, "-c", LIMITED, str(table), str(home), str(most)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told, *rest = done.stdout.splitlines()
    assert "File too large" in told, done.stdout + done.stderr
    assert "damaged" not in told and "Traceback" not in done.stderr
    assert str(home) not in told
    # As soon as there is room, it goes on.
    assert rest == ["7"]
    assert list(home.rglob(".draft-*")) == []


def test_a_version_without_room_for_its_database_is_asked_all_the_same(tmp_path: Path) -> None:
    """The version itself has been written: it is small, so it is asked in memory."""
    table, home = tmp_path / "own.csv", tmp_path / "snapshots"
    table.write_text(TABLE, "utf-8")
    command = [sys.executable, "-c", LIMITED, str(table), str(home), "40000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["7"], done.stdout + done.stderr
    assert list(home.rglob("*.duckdb")) == [] and list(home.rglob(".draft-*")) == []
