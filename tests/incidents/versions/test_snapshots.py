"""Snapshots: named by their content, whole or not there."""

import json
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from incidents.table.problems import make_problem, problems_frame
from incidents.versions import content, keeping
from incidents.versions.content import hash_files, hash_tables
from incidents.versions.keeping import write_snapshot
from incidents.versions.notes import recall, remember
from incidents.versions.snapshots import find_snapshot

NO_PROBLEMS = problems_frame([])
ROWS = (
    {"place": "Ain al-Asad", "lat": 33.8, "lon": 42.4, "killed_min": 0, "time": "05:10"},
    {"place": "عين الأسد", "date_end": "2021-07-09", "summary": ""},
)


@pytest.fixture
def frames(make_incidents: Callable[..., pd.DataFrame]) -> dict[str, pd.DataFrame]:
    few = pd.DataFrame({"report": ["R1"], "incident": ["A"]})
    return {"incidents": make_incidents(*ROWS), "reports": few, "claims": few}


def write(home: Path, frames: dict[str, pd.DataFrame], problems: pd.DataFrame = NO_PROBLEMS) -> Any:
    return write_snapshot(home, frames, problems, "table.csv", 3)


def test_is_found_as_it_was_written(home: Path, frames: dict[str, pd.DataFrame]) -> None:
    written = write(home, frames)
    assert (written.rows, written.located, written.set_aside) == (2, 1, 3)
    assert find_snapshot(home, written.id) == written


def test_same_content_has_the_same_id_anywhere(
    tmp_path: Path, frames: dict[str, pd.DataFrame]
) -> None:
    copies = {name: frame.copy() for name, frame in frames.items()}
    assert write(tmp_path / "a", frames).id == write(tmp_path / "b", copies).id


STORED_OTHERWISE = [
    ("object texts", {"place": object}),
    ("categories", {"place": "category"}),
    ("small integers", {"killed_min": "Int8"}),
]


@pytest.mark.parametrize("types", [case[1] for case in STORED_OTHERWISE],
                         ids=[case[0] for case in STORED_OTHERWISE])  # fmt: skip
def test_id_does_not_depend_on_how_values_are_stored(
    tmp_path: Path, frames: dict[str, pd.DataFrame], types: dict[str, Any]
) -> None:
    other = frames | {"incidents": frames["incidents"].astype(types)}
    assert write(tmp_path / "a", frames).id == write(tmp_path / "b", other).id


def test_id_does_not_depend_on_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pa.table({"place": ["a", None, "c", "d"]})
    parts = pa.concat_tables([whole.slice(0, 1), whole.slice(1, 1), whole.slice(2)])
    assert hash_tables({"t": whole}) == hash_tables({"t": parts})
    monkeypatch.setattr(content, "BLOCK", 1)
    assert hash_tables({"t": whole}) == hash_tables({"t": parts})


@pytest.mark.parametrize("row", [0, 1])
def test_any_change_of_a_cell_changes_the_id(
    home: Path, frames: dict[str, pd.DataFrame], row: int
) -> None:
    ids = {write(home, frames).id}
    incidents = frames["incidents"]
    for column in incidents.columns:
        changed = incidents.copy()
        old = changed[column].iloc[row]
        new: Any = "x" if changed[column].dtype == "str" else 7
        if changed[column].dtype.kind == "M":
            new = pd.Timestamp("2020-01-01")
        changed.iloc[row, changed.columns.get_loc(column)] = new
        assert pd.isna(old) or old != new
        ids.add(write(home, frames | {"incidents": changed}).id)
    assert len(ids) == 1 + len(incidents.columns)


DIFFERENT = [
    ("missing, empty", [None], [""]),
    ("missing, NUL", [None], ["\x00"]),
    ("missing, its word", [None], ["None"]),
    ("border of cells", ["ab", "c"], ["a", "bc"]),
    ("separator in a cell", ["a\x1fb", "c"], ["a", "b\x1fc"]),
    ("order of rows", ["a", "b"], ["b", "a"]),
    ("number of rows", ["a"], ["a", ""]),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in DIFFERENT],
                         ids=[case[0] for case in DIFFERENT])  # fmt: skip
def test_different_columns_have_different_ids(one: list[Any], other: list[Any]) -> None:
    tables = [{"t": pa.table({"c": pa.array(column, pa.string())})} for column in (one, other)]
    assert hash_tables(tables[0]) != hash_tables(tables[1])


def test_names_and_order_of_columns_are_content() -> None:
    one, two = pa.table({"a": ["1"], "b": ["1"]}), pa.table({"b": ["1"], "a": ["1"]})
    assert len({hash_tables({"t": one}), hash_tables({"t": two}), hash_tables({"u": one})}) == 3


def test_other_problems_are_another_version(home: Path, frames: dict[str, pd.DataFrame]) -> None:
    told = problems_frame([make_problem("place_missing", "table.csv", row=3)])
    first, second = write(home, frames), write(home, frames, told)
    assert first.id != second.id
    assert len(pd.read_parquet(second.folder / "problems.parquet")) == 1


def test_one_that_is_there_is_left_as_it_is(home: Path, frames: dict[str, pd.DataFrame]) -> None:
    facts = write(home, frames).folder / "snapshot.json"
    before = facts.stat().st_mtime_ns
    write(home, frames)
    assert facts.stat().st_mtime_ns == before


def test_half_written_is_never_read(
    home: Path, frames: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(keeping.pq, "ParquetWriter", fail)
        with pytest.raises(OSError, match="disk full"):
            write(home, frames)
    assert list(home.iterdir()) == []
    assert write(home, frames).folder.is_dir()


def test_a_draft_left_behind_is_no_snapshot(home: Path, frames: dict[str, pd.DataFrame]) -> None:
    written = write(home, frames)
    written.folder.rename(home / ".draft-abc")
    assert find_snapshot(home, ".draft-abc") is None


BROKEN = ["", "{", "[]", "{}", '{"id": "x"}', "\xff"]


@pytest.mark.parametrize("facts", BROKEN)
def test_broken_facts_are_no_snapshot(
    home: Path, frames: dict[str, pd.DataFrame], facts: str
) -> None:
    written = write(home, frames)
    (written.folder / "snapshot.json").write_bytes(facts.encode("latin-1"))
    assert find_snapshot(home, written.id) is None


HOSTILE = ["", ".", "..", "../x", "../../etc", "/etc/passwd", "a" * 11, "a" * 13, "A" * 12,
           "a" * 5000, "١" * 12, "aaaaaaaaaaa\n", "aaaaaaaaaaaa\n", "aaaaaa\x00aaaaa",
           "%2e%2e%2fetc.", "inputs", "g" * 12]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_ids_find_nothing(home: Path, frames: dict[str, pd.DataFrame], name: str) -> None:
    folder = write(home, frames).folder
    # Even if there were such a folder.
    if name in ("A" * 12, "g" * 12, "inputs", "a" * 13):
        folder.rename(home / name)
    assert find_snapshot(home, name) is None


def test_unknown_id_and_absent_folder_find_nothing(tmp_path: Path) -> None:
    assert find_snapshot(tmp_path / "nowhere", "0" * 12) is None


def test_many_writers_at_once_make_one_snapshot(
    home: Path, frames: dict[str, pd.DataFrame]
) -> None:
    start, written, failed = threading.Barrier(8), [], []

    def run() -> None:
        try:
            start.wait()
            written.append(write(home, frames))
            remember(home, "inputs", written[0].id)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(set(written)) == 1
    assert {path.name for path in home.iterdir()} == {written[0].id, "inputs"}
    assert recall(home, "inputs") == written[0]


def test_recalls_what_inputs_gave(home: Path, frames: dict[str, pd.DataFrame]) -> None:
    written = write(home, frames)
    assert recall(home, "abc") is None
    remember(home, "abc", written.id)
    assert recall(home, "abc") == written
    (home / "inputs" / "abc").write_bytes(b"\xff\xfe")
    assert recall(home, "abc") is None


def test_hash_of_files_tells_bytes_names_and_code(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_bytes(b"a")
    two.write_bytes(b"a")
    hashes = {hash_files([one], ""), hash_files([two], ""), hash_files([one], "code")}
    one.write_bytes(b"b")
    assert len(hashes | {hash_files([one], "")}) == 4


def test_facts_are_plain_json(home: Path, frames: dict[str, pd.DataFrame]) -> None:
    written = write(home, frames)
    facts = json.loads((written.folder / "snapshot.json").read_text("utf-8"))
    assert facts == {
        "id": written.id,
        "source": "table.csv",
        "rows": 2,
        "set_aside": 3,
        "located": 1,
        "origin": "table",
        "protection": "",
    }


MONITORED = (date(2021, 1, 1), date(2021, 7, 31))


def test_the_monitored_period_travels_with_the_snapshot(
    home: Path, frames: dict[str, pd.DataFrame]
) -> None:
    plain = write(home, frames)
    stated = write_snapshot(home, frames, NO_PROBLEMS, "table.csv", 3, monitored=MONITORED)
    other = write_snapshot(
        home, frames, NO_PROBLEMS, "table.csv", 3, monitored=(MONITORED[0], MONITORED[0])
    )
    # It is content: what a link shows must not change with it.
    assert len({plain.id, stated.id, other.id}) == 3
    assert find_snapshot(home, stated.id) == stated
    assert (plain.monitored, stated.monitored) == (None, MONITORED)
    facts = json.loads((stated.folder / "snapshot.json").read_text("utf-8"))
    assert facts["monitored"] == ["2021-01-01", "2021-07-31"]


@pytest.mark.parametrize("period", ["[]", '["2021-01-01"]', '"soon"', '["x", "y"]', "7"])
def test_a_broken_monitored_period_is_no_snapshot(
    home: Path, frames: dict[str, pd.DataFrame], period: str
) -> None:
    written = write_snapshot(home, frames, NO_PROBLEMS, "table.csv", 3, monitored=MONITORED)
    path = written.folder / "snapshot.json"
    path.write_text(
        path.read_text("utf-8").replace('["2021-01-01", "2021-07-31"]', period), "utf-8"
    )
    assert find_snapshot(home, written.id) is None
