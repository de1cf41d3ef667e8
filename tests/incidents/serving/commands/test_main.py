"""The command line: what each command answers, with which exit status, in whose words."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from incidents.serving.commands.bringing import bring_files
from incidents.serving.commands.files import write_file
from incidents.serving.commands.main import main
from incidents.serving.commands.screen import Screen, clean
from incidents.table import kept_files
from incidents.table.settings import ROOT
from incidents.versions.catalog import Catalog
from incidents.versions.drafts import prepare, publish
from incidents.versions.snapshots import list_snapshots

GOOD = "incident,date,place,killed,summary\nI1,2021-07-07,Hit,3,one\nI2,2021-07-08,Erbil,,two\n"
DOUBTFUL = GOOD + "I3,2021-07-09,Narnia,1,three\n"
BAD = GOOD + "I4,nonsense,Hit,1,four\nI5,2021-07-09,Hit,-99,five\n"


@dataclass(frozen=True)
class Answer:
    """What a command wrote, and its exit status."""

    status: int
    written: bytes
    told: str

    @property
    def said(self) -> str:
        return self.written.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.written)


Run = Callable[..., Answer]


@pytest.fixture
def run(shipped_catalog: Catalog, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in this process, with an empty folder of snapshots."""

    def run(*arguments: object) -> Answer:
        catalog = Catalog(
            replace(shipped_catalog.settings, snapshots=home, gazetteers=home.parent / "gazetteers")
        )
        world = shipped_catalog.world  # made once for all tests
        monkeypatch.setattr(Catalog, "world", world)
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        status = main([str(each) for each in arguments], catalog, Screen(out, err))
        out.flush(), err.flush()
        told = err.buffer.getvalue().decode()
        return Answer(status, out.buffer.getvalue(), told)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A file of this content."""

    def write(content: str, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_text(content, "utf-8")
        return path

    return write


Write = Callable[..., Path]
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


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("no.csv", None, "no.csv is not there. Check the name of the file."),
        ("x.pdf", "%PDF-1.7", "x.pdf is a PDF document"),
        ("reports.csv", "report,incident\nr,I1\n", "There is no table of incidents here"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    run: Run, tmp_path: Path, write: Write, name: str, content: str | None, words: str
) -> None:
    path = tmp_path / name if content is None else write(content, name)
    answer = run("check", path)
    assert (answer.status, answer.written) == (2, b"")
    assert answer.told.startswith(words) and answer.told.count("\n") == 1


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


def test_a_version_that_is_not_kept_is_told(run: Run) -> None:
    assert (
        run("export", "newest").told
        == "No version of a table is kept here yet. `import` makes one.\n"
    )
    answer = run("export", "../../etc")
    assert answer.status == 2
    assert answer.told.startswith('Version "../../etc" is not kept here.')


def read_csv(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_export_writes_what_the_filters_ask_for(run: Run, write: Write, tmp_path: Path) -> None:
    run("import", write(GOOD))
    assert [r["incident"] for r in read_csv(run("export", "newest").written)] == ["I1", "I2"]
    chosen = run("export", "newest", "--filter", "place=Hit").written
    assert [row["incident"] for row in read_csv(chosen)] == ["I1"]
    document = run("export", "newest", "--format", "geojson", "--filter", "q=two").json
    assert [each["id"] for each in document["features"]] == ["I2"]
    answer = run("export", "newest", "--out", tmp_path / "out.parquet")
    assert answer.told == "Wrote out.parquet: 2 of 2 incidents. All incidents.\n"
    assert pq.read_table(tmp_path / "out.parquet")["incident"].to_pylist() == ["I1", "I2"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--filter", "place"], '"place" is no filter.'),
        (["--filter", "nope=1"], '"nope" is not a filter.'),
        (["--filter", "who=men"], '"who":'),
        (["--format", "source", "--filter", "place=Hit"], "--format source writes every row"),
        (["--format", "source", "--dataset", "x"], 'It holds no dataset "x", but: table.'),
        (["--format", "source", "--part", "claims"], '"table" was brought without claims.'),
    ],
)
def test_options_that_cannot_be_used(
    run: Run, write: Write, options: list[str], words: str
) -> None:
    run("import", write(GOOD))
    answer = run("export", "newest", *options)
    assert (answer.status, answer.written) == (2, b"")
    assert answer.told.startswith(words)


def test_a_file_that_cannot_be_written_is_told_by_its_name(
    run: Run, write: Write, tmp_path: Path
) -> None:
    run("import", write(GOOD))
    path = tmp_path / "no" / "out.csv"
    answer = run("export", "newest", "--out", path)
    assert (answer.status, answer.told) == (
        2,
        f'"{path}" cannot be read or written: No such file or directory.\n',
    )


ROUND_TRIP = (
    'date,place,killed,Оценка,"a, b",date\n'
    '2021-07-07,Hit,3,"two\nlines","=1+1, x",x\n'
    "nonsense,Эрбиль,-99,عين الأسد,  ,y\n"
    "2021-07-08,Hit,1\n"
    '2021-07-09,Narnia,"2-4",@x,+1,z\n'
    "2021-07-09,Narnia,2-4,too,many,cells,here\n"
    "2021-07-10,Hit,0,ok,,\n"
)


def test_no_row_and_no_cell_is_lost_from_file_to_source(run: Run, write: Write, home: Path) -> None:
    table = write(ROUND_TRIP)
    counted = run("import", table, "--json").json
    assert counted["rows"] == counted["accepted"] + counted["set_aside"] == 6
    rows = read_csv(run("export", "newest", "--format", "source").written)
    assert [row["row"] for row in rows] == ["2", "3", "4", "5", "6", "7"]
    assert [row["status"] for row in rows].count("accepted") == counted["accepted"]
    kept = {row["incident"] for row in read_csv(run("export", "newest").written)}
    assert {row["incident"] for row in rows if row["status"] == "accepted"} == kept
    given = list(csv.reader(io.StringIO(ROUND_TRIP, newline="")))
    for row, cells in zip(rows, given[1:], strict=True):
        written = "|".join(value for value in row.values() if value)
        for cell in cells:
            assert cell.strip() in written, (row, cell)


def test_what_is_exported_and_imported_again_has_the_same_ids(
    run: Run, write: Write, tmp_path: Path
) -> None:
    table = write(GOOD.replace("I1,", ",").replace("I2,", "Q,"))
    run("import", table)
    for kind in ("csv", "parquet", "source"):
        path = tmp_path / f"again.{'parquet' if kind == 'parquet' else 'csv'}"
        run("import", table)
        written = run("export", "newest", "--format", kind, "--out", path)
        assert written.status == 0
        first = read_csv(run("export", "newest").written)
        version = run("import", path, "--json").json["snapshot"]
        again = read_csv(run("export", version).written)
        assert [row["incident"] for row in again] == [row["incident"] for row in first]
        assert [row["killed_max"] for row in again] == [row["killed_max"] for row in first]


def test_diff_tells_counts_then_rows_and_writes_cells(
    run: Run, write: Write, tmp_path: Path
) -> None:
    before = run("import", write(GOOD), "--json").json["snapshot"]
    after = run("import", write(GOOD.replace("Hit,3", "Hit,4")), "--json").json["snapshot"]
    told = run("diff", before, after, "--out", tmp_path / "cells.csv")
    assert told.status == 1
    assert told.said.splitlines()[1] == "incidents\t0\t0\t1\t2\t2"
    assert 'changed incident I1: killed_min was "3", is "4"' in told.said
    cells = read_csv((tmp_path / "cells.csv").read_bytes())
    assert [[c["id"], c["column"], c["before"], c["after"]] for c in cells] == [
        ["I1", "killed_min", "3", "4"],
        ["I1", "killed_max", "3", "4"],
    ]
    answer = run("diff", before, after, "--json").json["incidents"]
    assert (answer["changed"], answer["changed_columns"]) == (1, {"killed_min": 1, "killed_max": 1})
    assert run("diff", after, after).status == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "�[31mred"),
        ("a\nb\tc", "a b c"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("عين", "عين"),
    ],
)
def test_no_text_of_a_table_steers_a_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_hostile_cells_are_told_as_they_are_without_escapes(run: Run, write: Write) -> None:
    said = run("check", write("date,place\n\x1b[2J[red]x[/red],Hit\n")).said
    assert "\x1b" not in said and "[red]x[/red]" in said


def test_help_tells_the_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["check", "--help"], ["diff", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        assert "exit status:" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["nope"], ["check"], ["check", "x", "--most", "-1"]])
def test_a_command_that_is_not_understood(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


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
write = keeping._write_table
def stop(table, path, tell):
    write(table, path, tell)
    print("halfway", flush=True)
    sys.stdin.read()
keeping._write_table = stop
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


def test_it_runs_as_a_program(home: Path, write: Write) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "incidents", "import", str(write(GOOD))],
        cwd=ROOT,
        env={"INCIDENTS_SNAPSHOTS": str(home), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"Kept as version {list_snapshots(home)[0].id}." in ended.stdout


def test_what_goes_wrong_is_told_to_programs_too(run: Run) -> None:
    answer = run("check", "no.csv", "--json")
    assert answer.status == 2
    assert answer.json == {"error": answer.told.strip()}


def test_a_damaged_version_is_told(run: Run, write: Write, home: Path) -> None:
    version = run("import", write(DOUBTFUL), "--json").json["snapshot"]
    for path in (home / version).glob("*.parquet"):
        path.write_bytes(b"PAR1 damaged")
    for options in (("--format", "csv"), ("--format", "source")):
        answer = run("export", version, *options)
        assert answer.status == 2
        assert f'Version "{version}" is damaged' in answer.told


def test_a_damaged_version_is_made_anew_by_each_command(run: Run, write: Write, home: Path) -> None:
    table = write(GOOD)
    version = run("import", table, "--json").json["snapshot"]
    exported = run("export", version).written
    for command in (("export", version), ("export", "newest"), ("diff", version, "newest")):
        (home / version / "incidents.parquet").write_bytes(b"PAR1 damaged")
        (home / version / "snapshot.json").unlink()
        assert run(*command).status == 0
    assert run("export", version).written == exported
    for path in (home / version).iterdir():
        path.unlink()
    assert run("import", table, "--json").json["snapshot"] == version
    assert run("export", version).written == exported
    assert [each["id"] for each in run("snapshots", "--json").json] == [version]


def test_as_parquet_the_source_has_each_cell_exactly(
    run: Run, write: Write, tmp_path: Path
) -> None:
    cells = ["=1+1", "'-x", "+964 770", "-99", " a "]
    rows = "".join(f'2021-07-07,Hit,"{cell}"\n' for cell in cells)
    run("import", write("date,place,note\n" + rows))
    out = tmp_path / "source.parquet"
    assert run("export", "newest", "--format", "source", "--out", out).status == 0
    table = pq.read_table(out)
    assert table["note"].to_pylist() == cells
    assert table["status"].to_pylist() == ["accepted"] * len(cells)


def date_back(home: Path, version: str, days: int) -> None:
    """As if nobody had opened it for so many days."""
    for path in (home / version).iterdir():
        then = path.stat().st_mtime - days * 86400
        os.utime(path, (then, then))


def publish_as_visitor(catalog: Catalog, home: Path, path: Path) -> str:
    draft = prepare(bring_files([path], catalog.profiles), catalog.world)
    return publish(draft, home, "upload").id


def test_prune_takes_away_what_visitors_have_not_opened_for_long(
    run: Run, write: Write, home: Path, shipped_catalog: Catalog
) -> None:
    hosts = run("import", write(DOUBTFUL), "--json").json["snapshot"]
    old = publish_as_visitor(shipped_catalog, home, write(GOOD))
    date_back(home, old, 400)
    date_back(home, hosts, 4000)
    looked = run("prune", "--dry-run")
    assert looked.status == 0
    head, row = looked.said.splitlines()
    assert head.split("\t") == ["version", "last opened (UTC)", "MB", "why"]
    assert row.split("\t")[0] == old and row.endswith("not opened for 365 days")
    assert looked.told == (
        "1 versions that visitors published would expire. 0 of at most 500 are left, 0.0 MB of at "
        "most 2,000.\n"
    )
    assert run("prune", "--dry-run", "--json").json["expired"][0]["version"] == old
    pruned = run("prune", "--json").json
    assert [each["version"] for each in pruned["expired"]] == [old]
    assert pruned["left"] == {"versions": 0, "size": 0} and not pruned["dry_run"]
    again = run("prune")
    assert again.said == "" and "0 versions that visitors published expired." in again.told
    told = run("export", old)
    assert told.status == 2 and "was brought by a visitor and expired on" in told.told
    assert run("export", hosts).status == 0


def test_prune_tells_what_is_named_and_not_here(shipped_catalog: Catalog, home: Path) -> None:
    settings = replace(shipped_catalog.settings, snapshots=home, keep=("0123456789ab",))
    out, err = io.StringIO(), io.StringIO()
    assert main(["prune"], Catalog(settings), Screen(out, err)) == 0
    last = err.getvalue().splitlines()[-1]
    assert last == "INCIDENTS_KEEP names version 0123456789ab, which is not kept here."


# A process that is killed, or told to end, while it writes a file.
ENDED = """
import os, signal, sys
from pathlib import Path
from incidents.serving.commands.files import write_file

signal.signal(signal.SIGTERM, signal.default_int_handler)
def give():
    yield b"half"
    os.kill(os.getpid(), int(sys.argv[2]))
    yield b"whole"
write_file(Path(sys.argv[1]), give())
"""


@pytest.mark.parametrize(("sign", "left"), [(signal.SIGTERM, 1), (signal.SIGKILL, 2)])
def test_what_a_killed_export_leaves_is_taken_away(
    tmp_path: Path, sign: signal.Signals, left: int
) -> None:
    out, own = tmp_path / "out [1].csv", tmp_path / ".out [1].csv.bak"
    own.write_text("the user's")
    command = [sys.executable, "-c", ENDED, str(out), str(int(sign))]
    subprocess.run(command, check=False, capture_output=True, cwd=ROOT)
    assert not out.exists() and len(list(tmp_path.iterdir())) == left

    def give() -> Iterator[bytes]:
        # Another one that still writes is left alone.
        write_file(out, iter([b"other"]))
        yield b"mine"

    write_file(out, give())
    assert out.read_bytes() == b"mine"
    assert sorted(tmp_path.iterdir()) == [own, out]


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
    lines = list(csv.DictReader(written.read_text("utf-8").splitlines()))
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
