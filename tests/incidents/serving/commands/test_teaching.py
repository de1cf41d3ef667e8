"""`teach`: the places of a table for later ones."""

import csv
from pathlib import Path

import pytest

from tests.incidents.serving.commands.conftest import (
    GOOD,
    Run,
)

EXACT = (
    "incident,date,country,gov,place,lat,lon\n"
    "I1,2021-07-07,SY,Aleppo,Tall Narnia,36.2,37.5\nI2,2021-07-08,SY,Aleppo,Manbij,36.5,37.9\n"
)


def test_a_table_teaches_its_places_for_later_ones(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(EXACT, "utf-8")
    words = ("teach", tmp_path / "own.csv", "--source", "ACLED", "--licence", "its terms", "--json")
    answer = run(*words)
    assert (answer.status, answer.json["places"], answer.json["rows"]) == (0, 2, 2)
    written = Path(answer.json["file"])
    assert written.parent == home.parent / "gazetteers"
    lines = list(csv.DictReader(written.read_text("utf-8-sig").splitlines()))
    assert [each["name"] for each in lines] == ["Manbij", "Tall Narnia"]
    assert {(each["source"], each["licence"], each["events"]) for each in lines} == {
        ("ACLED", "its terms", "1")
    }


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        (GOOD, ("--source", "A", "--licence", "B"), "teaches nothing"),
        (EXACT, ("--source", "A"), "--licence"),
        (EXACT, ("--licence", "A"), "--source"),
    ],
)
def test_teaching_needs_coordinates_source_and_licence(
    run: Run, tmp_path: Path, text: str, words: tuple[str, ...], told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "own.csv").write_text(text, "utf-8")
    try:
        answer = run("teach", tmp_path / "own.csv", *words)
    except SystemExit as stopped:
        assert stopped.code == 2
        assert told in capsys.readouterr().err
    else:
        assert answer.status == 2
        assert told in answer.told
