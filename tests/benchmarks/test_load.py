"""What the load takes for a fault, and what its readers ask; it runs for minutes and is no test."""

from typing import Any
from urllib.parse import parse_qs

import pytest

from incidents.asking.address import from_query
from incidents.table.settings import ROOT

LOOK = {"open files": 20.0, "memory, MB": 300.0}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import load

    return load


def make_waited(load: Any, *seconds: float) -> Any:
    waited = load.Waited()
    waited.seconds["filter"] += seconds
    return waited


def test_nothing_is_found_where_all_holds(load: Any) -> None:
    waited = make_waited(load, *[0.9] * 95, *[2.4] * 5)
    assert load.judge(waited, LOOK, LOOK | {"open files": 25.0}) == []
    (line,) = waited.tell()
    assert "100 times" in line and "longest   2.40 s" in line


@pytest.mark.parametrize(
    ("seconds", "faults", "files", "said"),
    [
        ([1.1] * 20, [], 20.0, "filter"),
        ([0.1] * 18 + [9.0] * 2, [], 20.0, "filter"),
        ([], [], 20.0, "filter"),
        ([0.1], ["/: 503"], 20.0, "No answer"),
        ([0.1], [], 40.0, "still open"),
    ],
)
def test_what_does_not_hold_is_said(
    load: Any, seconds: list[float], faults: list[str], files: float, said: str
) -> None:
    waited = make_waited(load, *seconds)
    waited.faults += faults
    (sentence,) = load.judge(waited, LOOK, LOOK | {"open files": files})
    assert said in sentence


def test_readers_ask_what_is_understood(load: Any) -> None:
    import load_readers as readers  # as `load` finds it

    for query in ({"dates": "2014-01-01,2014-12-31", "type": "air strike"}, {"killed": "1,50"}):
        pairs = parse_qs(readers.encode(query))
        _, dropped = from_query([(name, each) for name, all_ in pairs.items() for each in all_])
        assert not dropped
