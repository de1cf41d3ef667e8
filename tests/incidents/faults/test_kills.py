"""A handful of kills; `make kills` does fifty."""

import os
from pathlib import Path
from typing import Any

import pytest

from incidents.table.settings import ROOT


@pytest.fixture
def kills(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import kills

    return kills


def test_nothing_is_lost(kills: Any, tmp_path: Path) -> None:
    done = kills.run(tmp_path, 3, seed=os.getpid(), tell=lambda _: None)
    assert done.faults == []
    assert done.done.total() == 3
    # And what is wrong would be found.
    found = next(each for each in kills.list_snapshots(done.home) if each.origin == "import")
    whole = (found.folder / "claims.parquet").read_bytes()
    (found.folder / "claims.parquet").write_bytes(b"PAR1")
    done._check("import", set())
    (found.folder / "claims.parquet").write_bytes(whole)
    found.folder.rename(tmp_path / "away")
    done._check("import", {found.id})
    (done.home / ".damaged-0123456789ab-01234567").mkdir()
    done._check("import", set())
    assert len(done.faults) == 3, done.faults
    for words, fault in zip(("half there", "lost", "left behind"), done.faults, strict=True):
        assert words in fault
