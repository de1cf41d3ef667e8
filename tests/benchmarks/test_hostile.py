"""`benchmarks/hostile.py` on a kind that is quick, and its judgement of costs."""

import subprocess
import sys

import pytest

from benchmarks.hostile import STEEP, Cost, find_growth
from incidents.table.settings import ROOT


def test_prints_time_against_size() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "hostile.py"), "mapping: values"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    head, line = ended.stdout.splitlines()
    assert head.split()[:4] == ["kind", "size", "n", "2n"]
    assert line.startswith("mapping: values") and line.count(" s ") == 3


@pytest.mark.parametrize(
    ("seconds", "growth"), [((1, 2, 4), 1.0), ((1, 4, 16), 2.0), ((0.5, 0.5, 0.5), 0.0)]
)
def test_growth_is_the_exponent(seconds: tuple[float, ...], growth: float) -> None:
    found = find_growth([Cost(each, 0) for each in seconds])
    assert found == pytest.approx(growth)
    assert (growth > STEEP) == (found is not None and found > STEEP)


def test_what_is_too_quick_or_too_slow_has_no_growth() -> None:
    assert find_growth([Cost(0.0, 0), Cost(0.0, 0), Cost(0.01, 0)]) is None
    assert find_growth([Cost(1, 0), Cost(2, 0), None]) is None
