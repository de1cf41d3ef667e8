"""`snapshots`, `export` and `diff`: what is written of the versions that are kept."""

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.incidents.serving.commands.conftest import (
    DOUBTFUL,
    GOOD,
    Run,
    Write,
    read_csv,
)


def test_a_version_that_is_not_kept_is_told(run: Run) -> None:
    assert (
        run("export", "newest").told
        == "No version of a table is kept here yet. `import` makes one.\n"
    )
    answer = run("export", "../../etc")
    assert answer.status == 2
    assert answer.told.startswith('Version "../../etc" is not kept here.')


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
