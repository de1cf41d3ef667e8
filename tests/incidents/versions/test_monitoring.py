"""The monitored period, as the data package beside a table states it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from incidents.versions import monitoring
from incidents.versions.monitoring import find_package, read_monitored

PERIOD = {"start": "2021-01-01", "end": "2021-07-31"}
DAYS = (date(2021, 1, 1), date(2021, 7, 31))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("date\n2021-07-07\n", "utf-8")
    return path


def describe(table: Path, package: Any) -> None:
    text = package if isinstance(package, str) else json.dumps(package)
    find_package(table).write_text(text, "utf-8")


def test_beside_a_file_and_inside_a_folder(table: Path) -> None:
    assert find_package(table) == table.with_name("own.datapackage.json")
    assert find_package(table.parent) == table.parent / "datapackage.json"


@pytest.mark.parametrize("place", ["file", "folder"])
def test_is_read(table: Path, place: str) -> None:
    where = table if place == "file" else table.parent
    describe(where, {"name": "x", "temporal": PERIOD})
    assert read_monitored(where) == (DAYS, [])


def test_one_day_and_a_mark_at_the_start_of_the_file(table: Path) -> None:
    day = {"start": "2021-07-07", "end": "2021-07-07"}
    describe(table, "\ufeff" + json.dumps({"temporal": day}))
    assert read_monitored(table) == ((date(2021, 7, 7),) * 2, [])


def test_of_another_file_is_not_read(table: Path) -> None:
    describe(table.with_name("other.csv"), {"temporal": {"start": "soon"}})
    describe(table.parent, {"temporal": PERIOD})
    assert read_monitored(table) == (None, [])


@pytest.mark.parametrize("package", [{}, {"temporal": None}, {"name": "x"}])
def test_may_be_silent(table: Path, package: Any) -> None:
    describe(table, package)
    assert read_monitored(table) == (None, [])


BAD = [
    ("no JSON", "{", "not JSON in UTF-8"),
    ("nothing", "", "not JSON in UTF-8"),
    ("very deep", "[" * 100_000, "not JSON in UTF-8"),
    ("very many digits", "9" * 10_000, "not JSON in UTF-8"),
    ("a list", [], "no description of a table"),
    ("a word", {"temporal": "2021"}, '"temporal" does not hold "start" and "end"'),
    ("no end", {"temporal": {"start": "2021-01-01"}}, '"end" is missing'),
    ("no start", {"temporal": {"end": "2021-01-01"}}, '"start" is missing'),
    ("no dates", {"temporal": PERIOD | {"start": "soon"}}, '"start" is "soon", not a date'),
    ("no such day", {"temporal": PERIOD | {"end": "2021-02-30"}}, '"2021-02-30", not a date'),
    ("a time", {"temporal": PERIOD | {"end": "2021-07-31T00:00:00Z"}}, "not a date"),
    ("a week", {"temporal": PERIOD | {"end": "2021-W30-1"}}, "not a date"),
    ("a number", {"temporal": PERIOD | {"end": 20210731}}, "not a date"),
    ("a long text", {"temporal": PERIOD | {"end": "x" * 9999}}, "not a date"),
    ("reversed", {"temporal": {"start": "2021-07-31", "end": "2021-01-01"}},
     "it ends on 1 Jan 2021, before it starts on 31 Jul 2021"),
    ("beyond all years", {"temporal": PERIOD | {"end": "9999-01-01"}}, "between 1900 and 2100"),
]  # fmt: skip


@pytest.mark.parametrize(("package", "words"), [case[1:] for case in BAD],
                         ids=[case[0] for case in BAD])  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence(table: Path, package: Any, words: str) -> None:
    describe(table, package)
    monitored, (problem,) = read_monitored(table)
    assert monitored is None
    assert words in problem.message and problem.file == "own.datapackage.json"
    assert len(problem.message) < 250 and problem.level == "warning"


def test_other_encodings_are_told(table: Path) -> None:
    find_package(table).write_bytes(json.dumps({"temporal": PERIOD}).encode("utf-16"))
    assert "UTF-8" in read_monitored(table)[1][0].message


def test_a_file_that_is_too_large_is_not_read(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    describe(table, {"temporal": PERIOD})
    monkeypatch.setattr(monitoring, "LARGEST", 10)
    assert "too large" in read_monitored(table)[1][0].message
