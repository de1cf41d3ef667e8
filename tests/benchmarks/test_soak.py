"""What the soak takes for a fault; the soak itself runs for minutes and is no test."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from incidents.table.settings import ROOT


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    from soak_readers import Heard

    return Heard()


def judge(heard: Any, before: float = 200, after: float = 200, left: tuple[str, ...] = ()) -> Any:
    from soak import judge

    return judge(SimpleNamespace(faults=[]), heard, before, after, list(left))


def test_nothing_is_found_where_all_holds(heard: Any) -> None:
    heard.note("prober", "/", 1.9)
    assert judge(heard, after=300) == []
    assert heard.longest == {"prober": 1.9}


def test_a_long_wait_and_no_answer_are_faults(heard: Any) -> None:
    heard.note("prober", "/", 2.5)
    heard.note("questions", "/api/facets", 0.1, "503")
    assert [each.partition(" ")[2] for each in judge(heard)] == [
        "prober: /: an answer after 2.5 s", "questions: /api/facets: 503 after 0.1 s"
    ]  # fmt: skip


def test_memory_and_files_are_faults(heard: Any) -> None:
    assert judge(heard, after=400) == ["Memory is 400 MB, and was 200 MB."]
    assert judge(heard, left=("snapshots/.draft-1",)) == [
        "1 files are left behind: snapshots/.draft-1."
    ]


def test_files_that_are_left_are_listed(heard: Any, tmp_path: Path) -> None:
    from soak_server import Soak

    for name in ("tmp", "snapshots/4490ae0554b3", "snapshots/packed", "snapshots/.draft-a"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "tmp" / "a").touch()
    (tmp_path / "snapshots" / "odd").touch()
    soak = SimpleNamespace(disk=tmp_path, home=tmp_path / "snapshots")
    assert Soak.list_left(soak) == ["snapshots/.draft-a", "snapshots/odd", "tmp/a"]
