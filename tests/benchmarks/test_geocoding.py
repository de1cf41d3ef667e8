"""`benchmarks/geocoding.py` on a small table of truth."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "geocoding.py"
TRUTH = (
    "name,lat,lon,cc,n\n"
    "Mosul,36.34,43.12,IQ,8\n"
    "Rabia,36.0,42.0,,1\n"
    "Hit,30.0,47.0,IQ,1\n"
    "near Mosul,36.4,43.1,,5\n"
    "Narnia,36.4,43.1,IQ,5\n"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_measures_what_is_placed_right_and_wrong(tmp_path: Path) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text(TRUTH, "utf-8")
    ended = run(str(truth), "--wrong")
    assert ended.returncode == 0, ended.stderr
    assert "truth.csv: 5 names, 20 events" in ended.stdout
    names, events = (
        line.split() for line in ended.stdout.splitlines() if line.startswith("ours  ")
    )
    # placed, within 5 km, within 20 km, far, wrong, ambiguous, wrong of those at town precision
    assert names[1:-1] == ["60.0", "20.0", "40.0", "20.0", "20.0", "20.0", "50.0"]
    assert events[1:-1] == ["70.0", "40.0", "65.0", "5.0", "5.0", "5.0", "11.1"]
    assert "Hit" in ended.stdout.splitlines()[-1]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    ended = run(str(tmp_path / "none.csv"))
    assert ended.returncode == 1 and "There is no file" in ended.stderr


@pytest.mark.parametrize("subject", ["exact look-up", "best rapidfuzz"])
def test_others_are_measured_beside_it(tmp_path: Path, subject: str) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text(TRUTH, "utf-8")
    assert run(str(truth)).stdout.count(f"\n{subject}") == 2


REAL = SCRIPT.parents[2] / "shared" / "datasets" / "ucdp_places_truth.csv"


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_file(), reason=f"{REAL.name} is not beside the repository")
def test_fewer_than_two_in_a_hundred_are_wrong_at_town_precision() -> None:
    lines = run(str(REAL)).stdout.splitlines()
    shares = [line.split()[-8:-1] for line in lines if line.startswith("ours")]
    placed, wrong = [float(row[0]) for row in shares[:4]], [float(row[-1]) for row in shares[:4]]
    assert len(wrong) == 4 and max(wrong) < 2, shares
    exact = [float(line.split()[2]) for line in lines if line.startswith("exact")]
    assert placed[0] > 1.5 * exact[0] and placed[2] > exact[1] + 10


def test_mentions_in_sentences_are_found_and_none_wrong() -> None:
    ended = run("--mentions")
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["arabic", "cyrillic"]
    for line in lines:
        assert "wrong" not in line
        assert float(line.split("found ")[1].split("%")[0]) > 95


def test_teaching_is_measured_on_later_events(tmp_path: Path) -> None:
    rows = ["date,country,gov,place,lat,lon"]
    rows += [f"2020-01-{day:02},SY,Aleppo,Tall Narnia,36.2,37.5" for day in range(1, 11)]
    events = tmp_path / "events.csv"
    events.write_text("\n".join(rows), "utf-8")
    ended = run("--events", str(events))
    assert ended.returncode == 0, ended.stderr
    before, after = ended.stdout.splitlines()[-2:]
    assert before.startswith("nothing taught") and "<=5 km 0.0%" in before
    assert after.startswith("1 places taught") and "<=5 km 100.0%" in after
