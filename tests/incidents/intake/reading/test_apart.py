"""Files read in a process apart: what comes back, and what becomes of too much."""

import io
import os
from collections.abc import Callable

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.hostile_files import (
    geojson_of_empty_features,
    geojson_of_numbers,
)
from benchmarks.hostile_workbooks import workbook_of_two_corners
from incidents.intake.reading import apart
from incidents.intake.reading.apart import Process, ReadingFault, read_apart, warm
from incidents.intake.reading.files import table_from_bytes
from incidents.intake.reading.sizes import STRANGERS
from incidents.table.errors import TableError


def write_parquet(table: pa.Table) -> bytes:
    written = io.BytesIO()
    pq.write_table(table, written)
    return written.getvalue()


GEOJSON = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"date":'
    b' "2021"}, "geometry": {"type": "Point", "coordinates": [44, 33]}}, "torn"]}'
)
FILES = {
    "csv": b"date,place,row,0\n2021,\xd8\xb9\xd9\x8a\xd9\x86,1,a\n2021,b,2\n\n2022,,#N/A,d\n",
    "utf-16": "date;place\n2021;عين\n".encode("utf-16"),
    "tags": b"date,place\n#date,#loc +name\n2021,a\n",
    "no rows": b"date,place\n",
    "geojson": GEOJSON,
    "parquet": write_parquet(pa.table({"date": ["2021", None], "n": [1.0, 2.5], "@": [1, 2]})),
}


@pytest.mark.parametrize("data", FILES.values(), ids=list(FILES))
def test_the_same_table_comes_back_as_from_the_own_process(data: bytes) -> None:
    own, other = table_from_bytes(data, "a"), read_apart(data, "a")
    for name in ("rows", "problems", "torn"):
        pd.testing.assert_frame_equal(getattr(own, name), getattr(other, name))
    for name in ("name", "read", "encoding", "separator", "tags", "origins", "made_names"):
        assert getattr(own, name) == getattr(other, name)


def test_what_is_no_table_is_told_as_by_the_own_process() -> None:
    with pytest.raises(TableError, match=r"^a\.pdf is a PDF document\. Save the table as CSV"):
        read_apart(b"%PDF-1.4", "a.pdf")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """The processes that are started from here on, none of which waits already."""
    apart._end_idle()
    processes: list[Process] = []
    start = apart._start

    def note() -> Process:
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(apart, "_start", note)
    return processes


def is_gone(process: Process) -> bool:
    """Whether a process has ended, and every one that it started."""
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return process.returncode is not None
    return False


def test_one_process_serves_file_after_file(started: list[Process]) -> None:
    warm()
    warm()
    for number in range(3):
        table = read_apart(f"date,place\n2021,{number}\n".encode(), "a.csv")
        assert table.rows["place"].tolist() == [str(number)]
    with pytest.raises(TableError):
        read_apart(b"", "a.csv")
    read_apart(b"date,place\n", "a.csv")
    assert len(started) == 1


TOO_MUCH: dict[str, tuple[Callable[[], None], str]] = {
    "memory": (
        lambda: read_apart(geojson_of_numbers(1_000_000), "a.json", memory=200_000_000),
        r"^a\.json takes more than 0\.2 GB of memory to read\. Leave out rows",
    ),
    "time": (
        lambda: read_apart(geojson_of_empty_features(500_000), "a.json", seconds=0),
        r"^a\.json takes more than 0 seconds to read\. Leave out rows",
    ),
    "what ends the process": (
        lambda: read_apart(workbook_of_two_corners(1_048_576), "a.xlsx"),
        r"^a\.xlsx broke off while it was read: it is damaged, or too large\. Save",
    ),
}


@pytest.mark.parametrize(("read", "words"), TOO_MUCH.values(), ids=list(TOO_MUCH))
def test_what_is_too_much_becomes_a_sentence_and_the_next_file_is_read(
    started: list[Process], read: Callable[[], None], words: str
) -> None:
    with pytest.raises(TableError, match=words):
        read()
    assert all(map(is_gone, started))
    assert len(read_apart(b"date,place\n2021,a\n", "b.csv").rows) == 1


def test_a_reading_ends_when_nobody_waits_for_it(started: list[Process]) -> None:
    class GoneError(Exception):
        pass

    def leave(done: int, total: int) -> None:
        raise GoneError

    with pytest.raises(GoneError):
        read_apart(geojson_of_numbers(5_000_000), "a.json", tell=leave)
    assert len(started) == 1 and is_gone(started[0])


def test_a_process_that_ended_while_it_waited_is_replaced(started: list[Process]) -> None:
    read_apart(b"date,place\n", "a.csv")
    started[0].kill()
    started[0].wait()
    assert len(read_apart(b"date,place\n2021,a\n", "a.csv").rows) == 1
    assert len(started) == 2


def test_a_fault_of_the_program_is_no_sentence(started: list[Process]) -> None:
    # No reader of a file raises by itself, so that the request is what is wrong.
    with pytest.raises(ReadingFault, match="TypeError"):
        read_apart(b"date,place\n2021,a\n", "a.csv", STRANGERS.__class__(1, "no number", 1))  # type: ignore[arg-type]
    assert len(read_apart(b"date,place\n", "a.csv").rows) == 0
