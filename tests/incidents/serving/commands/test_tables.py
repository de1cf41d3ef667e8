"""`check` and `import`: what is counted, told and kept, also in the middle of a kill."""

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from incidents.serving.commands.bringing import bring_files
from incidents.table import kept_files
from incidents.table.settings import ROOT
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.snapshots import list_snapshots
from tests.incidents.serving.commands.conftest import (
    BAD,
    DOUBTFUL,
    GOOD,
    Answer,
    Run,
    Write,
    read_csv,
)

CHECKS = [(GOOD, 0, 2, 0), (DOUBTFUL, 0, 3, 0), (BAD, 1, 4, 1), ("date,place\n", 1, 0, 0),
          ("when,what\n1,2\n", 1, 1, 1)]  # fmt: skip


@pytest.mark.parametrize(("content", "status", "rows", "aside"), CHECKS)
def test_check_counts_rows_and_rates_them(
    run: Run, write: Write, home: Path, content: str, status: int, rows: int, aside: int
) -> None:
    answer = run("check", write(content), "--json")
    assert answer.status == status
    assert (answer.json["rows"], answer.json["set_aside"]) == (rows, aside)
    assert answer.json["rows"] == answer.json["accepted"] + answer.json["set_aside"]
    assert not home.exists(), "nothing is kept"


def test_check_lists_each_problem_with_row_column_and_remedy(run: Run, write: Write) -> None:
    answer = run("check", write(BAD), "--json")
    problems = [[p["row"], p["column"], p["kind"]] for p in answer.json["problems"]]
    assert problems == [[4, "date", "date_invalid"], [5, "killed", "count_negative"]]
    assert {each["kind"]: each["count"] for each in answer.json["kinds"]} == {
        "date_invalid": 1,
        "count_negative": 1,
    }
    said = run("check", write(BAD)).said
    assert 'error: Row 4, column "date": "nonsense" is not a date' in said
    assert "error\t1\tNot a date\n" in said
    assert "and 1 more" in run("check", write(BAD), "--most", 1).said


def test_an_unknown_profile_is_told(run: Run, write: Write) -> None:
    answer = run("check", write(GOOD), "--profile", "nope")
    assert answer.status == 2
    assert answer.told.startswith('There is no profile "nope". Name a file with one, or one of: ')
    assert "acled" in answer.told


def test_import_keeps_a_version_that_snapshots_lists(run: Run, write: Write, home: Path) -> None:
    answer = run("import", write(BAD), "--name", "press", "--json")
    assert answer.status == 1
    assert (answer.json["accepted"], answer.json["set_aside"]) == (3, 1)
    (kept,) = list_snapshots(home)
    assert (kept.id, kept.source, kept.origin) == (answer.json["snapshot"], "press", "import")
    listed = run("snapshots", "--json")
    assert [each["id"] for each in listed.json] == [kept.id]
    assert "folder" not in listed.json[0]
    assert run("snapshots").said.splitlines()[1].split("\t")[0] == kept.id


def test_what_a_visitor_brought_first_is_listed_once_it_is_imported(
    run: Run, write: Write, home: Path, shipped_catalog: Catalog
) -> None:
    older = run("import", write("date,place\n2021-07-01,Hit\n", "older.csv"), "--json")
    table = write(GOOD)
    bundle = replace(bring_files([table], ()), source="secret name")
    brought = publish(prepare(bundle, shipped_catalog.world), home, "upload")
    assert run("export", "newest").written.count(b"\n") == 2
    answer = run("import", table)
    assert f"Kept as version {brought.id}." in answer.said
    assert "A visitor had brought the same before; it is listed" in answer.said
    listed = run("snapshots", "--json").json
    assert {each["id"] for each in listed} == {brought.id, older.json["snapshot"]}
    (own,) = [each for each in listed if each["id"] == brought.id]
    assert own["source"] == "table.csv"
    assert [each["by"] for each in own["origins"]] == ["upload", "import"]
    assert "upload, import" in run("snapshots").said
    # The last that the host made, though its content was there before.
    assert run("export", "newest").status == 0
    assert b"I1" in run("export", "newest").written
    assert "visitor" not in run("import", write(DOUBTFUL)).said


def test_import_of_nothing_usable_keeps_nothing(run: Run, write: Write, home: Path) -> None:
    answer = run("import", write("when,what\n1,2\n"))
    assert (answer.status, answer.written) == (2, b"")
    assert answer.told.endswith("Nothing was kept: no row can be used.\n")
    assert list_snapshots(home) == []


def test_two_tables_keep_their_names_and_their_duplicates_are_told(run: Run, write: Write) -> None:
    row = "date,place,gov,country,type\n2021-07-07,Hit,Anbar,IQ,air strike\n"
    answer = run("import", write(row, "one.csv"), write(row, "two.csv"), "--json")
    assert [each["dataset"] for each in answer.json["tables"]] == ["one", "two"]
    assert [p["kind"] for p in answer.json["problems"]] == ["possible_duplicate"] * 2
    assert answer.json["accepted"] == 2


def test_places_set_by_hand_are_used(run: Run, write: Write) -> None:
    overrides = write(
        "place,country,gov,lat,lon,precision,who,why,when\n"
        "Narnia,,,33.3,44.4,town,me,the author says so,2021-08-01\n"
        "Hit,,,99,44,town,,,\nErewhon,,,33,44,town,me,,\n",
        "overrides.csv",
    )
    answer = run("import", write(DOUBTFUL), "--overrides", overrides, "--json")
    assert answer.json["located"] == 3
    kinds = {p["kind"] for p in answer.json["problems"]}
    assert kinds == {"override_unusable", "override_unused"}


def list_files(home: Path) -> dict[str, bytes]:
    """Every file that can be found by an id."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.relative_to(home).parts[0].startswith(".")
    }


STOP_HALFWAY = """
import sys
from incidents.versions import keeping
from incidents.serving.commands.bringing import bring_files
from incidents.serving.commands.main import main
write = keeping.write_table
def stop(table, path, tell):
    write(table, path, tell)
    print("halfway", flush=True)
    sys.stdin.read()
keeping.write_table = stop
main(sys.argv[1:])
"""


def test_a_kill_in_the_middle_leaves_the_store_as_it_was(
    run: Run, write: Write, home: Path
) -> None:
    run("import", write(GOOD))
    before = list_files(home)
    table = write(DOUBTFUL)
    command = [sys.executable, "-c", STOP_HALFWAY, "import", str(table)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={"INCIDENTS_SNAPSHOTS": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "halfway\n"
        process.kill()
        process.wait()
    assert any(home.glob(".draft-*")), "it was killed while it wrote"
    assert list_files(home) == before
    assert len(run("snapshots", "--json").json) == 1
    assert run("import", table).status == 0
    assert len(list_snapshots(home)) == 2


@pytest.mark.parametrize("contents", [(GOOD, BAD), (GOOD, GOOD)], ids=["two tables", "one table"])
def test_two_imports_at_once_do_not_mix(
    run: Run, write: Write, home: Path, contents: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2, timeout=60)
    make_draft = kept_files.tempfile.mkdtemp
    waited: set[int] = set()

    def wait_for_other(*arguments: Any, **named: Any) -> str:
        # Once each: a draft that the other takes for abandoned is begun again.
        if threading.get_ident() not in waited:
            waited.add(threading.get_ident())
            both.wait()
        return make_draft(*arguments, **named)

    monkeypatch.setattr(kept_files.tempfile, "mkdtemp", wait_for_other)
    answers: dict[int, Answer] = {}

    def work(number: int) -> None:
        table = write(contents[number], f"{number}.csv")
        answers[number] = run("import", table, "--name", "same", "--json")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.undo()
    ids = {answers[number].json["snapshot"] for number in range(2)}
    assert {each.id for each in list_snapshots(home)} == ids
    assert len(ids) == len(set(contents))
    assert not list(home.glob(".draft-*"))
    for number, content in enumerate(contents):
        rows = read_csv(run("export", answers[number].json["snapshot"]).written)
        assert len(rows) == answers[number].json["accepted"]
        assert {row["summary"] for row in rows} <= set(content.replace("\n", ",").split(","))
