"""The difference between two versions: what came, went and changed, cell by cell; nothing else."""

import csv
import io
import random
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from incidents.asking import differences
from incidents.asking.differences import CellChange, Differences, RowChange
from incidents.table.columns import CLAIM_COLUMNS, REPORT_COLUMNS
from incidents.table.csv_files import BOM
from incidents.table.errors import DamagedError, TableError
from incidents.table.problems import problems_frame
from incidents.versions import keeping
from incidents.versions.keeping import write_snapshot
from tests.incidents.conftest import frame_of

Row = Mapping[str, Any]
Keep = Callable[..., Path]


@pytest.fixture
def keep(make_incidents: Callable[..., pd.DataFrame], home: Path) -> Keep:
    """Folder of a snapshot of a few incidents."""

    def keep(
        *rows: Row, reports: tuple[Row, ...] = (), claims: tuple[Row, ...] = (), **more: Any
    ) -> Path:
        tables = {
            "incidents": make_incidents(*rows).reset_index().assign(**more),
            "reports": frame_of(REPORT_COLUMNS, reports),
            "claims": frame_of(CLAIM_COLUMNS, claims),
        }
        return write_snapshot(home, tables, problems_frame([]), "test.csv", 0).folder

    return keep


def tell(before: Path, after: Path, table: str = "incidents") -> list[tuple[str, str, str, Any]]:
    """Every cell that is different: id, change, column, before and after."""
    return [
        (entry.id, entry.change, cell.column, (cell.before, cell.after))
        for entry in Differences(before, after).list_entries(table)
        for cell in entry.cells
    ]


CELLS = [
    ({"killed_max": 3}, {"killed_max": 4}, ("killed_max", ("3", "4"))),
    ({"killed_max": None}, {"killed_max": 0}, ("killed_max", (None, "0"))),
    ({"killed_max": 0}, {"killed_max": None}, ("killed_max", ("0", None))),
    ({"lat": 33.8}, {"lat": 33.85}, ("lat", ("33.8", "33.85"))),
    ({"lat": None}, {"lat": 0.0}, ("lat", (None, "0"))),
    ({"summary": None}, {"summary": "عين الأسد"}, ("summary", (None, "عين الأسد"))),
    ({"actor": "A"}, {"actor": "a"}, ("actor", ("A", "a"))),
    ({"date": "2021-07-07"}, {"date": "2021-07-08"}, ("date", ("2021-07-07", "2021-07-08"))),
]


@pytest.mark.parametrize(("before", "after", "cell"), CELLS, ids=[str(c[2]) for c in CELLS])
def test_a_cell_that_is_different(keep: Keep, before: Row, after: Row, cell: Any) -> None:
    assert tell(keep(before, {}), keep(after, {})) == [("A", "changed", *cell)]


def test_missing_and_empty_are_the_same(keep: Keep) -> None:
    assert tell(keep({"summary": None}), keep({"summary": ""})) == []


def test_two_versions_that_tell_the_same_have_no_difference(keep: Keep) -> None:
    before = keep({"killed_max": 2}, {}, match_reason="found")
    after = keep({"incident": "B"}, {"incident": "A", "killed_max": 2}, match_reason="found again")
    assert before != after
    compared = Differences(before, after)
    assert compared.differing == 0
    assert compared.list_entries("incidents") == []


def test_counts_come_first_and_columns_are_counted(keep: Keep) -> None:
    before = keep({}, {}, {"killed_max": 1}, {"killed_max": 1})
    after = keep({}, {"type": "air strike"}, {"killed_max": 2, "type": "x"}, {"incident": "N"})
    compared = Differences(before, after)
    tally = compared.tallies["incidents"]
    assert (tally.before, tally.after) == (4, 4)
    assert (tally.added, tally.removed, tally.changed, tally.differing) == (1, 1, 2, 4)
    assert compared.count_columns("incidents") == {"type": 2, "killed_max": 1}
    assert compared.differing == 4


def test_added_and_removed_rows_tell_all_that_they_hold(keep: Keep) -> None:
    compared = Differences(
        keep({"incident": "old", "place": "Erbil"}), keep({"incident": "new", "killed_min": 0})
    )
    assert compared.list_entries("incidents") == [
        RowChange(
            "new",
            "new",
            "added",
            (CellChange("date", None, "2021-07-07"), CellChange("killed_min", None, "0")),
        ),
        RowChange(
            "old",
            "old",
            "removed",
            (CellChange("date", "2021-07-07", None), CellChange("place", "Erbil", None)),
        ),
    ]


def test_a_changed_id_is_a_row_that_went_and_one_that_came(keep: Keep) -> None:
    tally = Differences(keep({"incident": "1"}), keep({"incident": "2"})).tallies["incidents"]
    assert (tally.added, tally.removed, tally.changed) == (1, 1, 0)


def test_reports_and_claims_are_told_with_their_incident(keep: Keep) -> None:
    report = {"report": "r1", "incident": "A", "publisher": "X"}
    claim = {"claim": "c1", "report": "r1", "incident": "A", "measure": "killed", "low": 1}
    before = keep({}, reports=(report,), claims=(claim,))
    after = keep({}, reports=({**report, "publisher": "Y"},), claims=({**claim, "low": 2},))
    compared = Differences(before, after)
    assert compared.list_entries("reports") == [
        RowChange("r1", "A", "changed", (CellChange("publisher", "X", "Y"),))
    ]
    assert compared.list_entries("claims") == [
        RowChange("c1", "A", "changed", (CellChange("low", "1", "2"),))
    ]


def drop_column(folder: Path, name: str) -> Path:
    """The snapshot as an older version of the code wrote it, without this column."""
    path = folder / "incidents.parquet"
    table = pq.read_table(path).drop_columns([name])
    pq.write_table(table, path)
    return folder


def test_a_column_of_one_version_is_said_and_makes_no_row_different(keep: Keep) -> None:
    before = drop_column(keep({"incident": "A"}, {"incident": "old"}), "dataset")
    after = keep({"incident": "A", "dataset": "UCDP"}, {"incident": "new", "dataset": "UCDP"})
    compared = Differences(before, after)
    tally = compared.tallies["incidents"]
    assert (tally.only_before, tally.only_after) == ((), ("dataset",))
    assert (tally.added, tally.removed, tally.changed) == (1, 1, 0)
    assert (
        CellChange("dataset", None, "UCDP") in compared.list_entries("incidents", "added")[0].cells
    )
    back = Differences(after, before).tallies["incidents"]
    assert (back.only_before, back.only_after) == (("dataset",), ())


def test_a_column_of_another_type_is_compared_as_text(keep: Keep) -> None:
    before, after = keep({"killed_max": 3}, {}), keep({"killed_max": 3}, {"killed_max": 1}, {})
    path = before / "incidents.parquet"
    table = pq.read_table(path)
    at = table.column_names.index("killed_max")
    pq.write_table(table.set_column(at, "killed_max", table["killed_max"].cast(pa.string())), path)
    assert Differences(before, after).count_columns("incidents") == {"killed_max": 1}


def test_entries_are_in_the_order_of_days_then_ids_and_come_in_pages(
    keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "ROW_GROUP", 7)
    days = [date(2021, 1, 1 + number % 9).isoformat() for number in range(30)]
    rows = [{"incident": f"I{number:02}", "date": day} for number, day in enumerate(days)]
    before = keep(*rows[:20])
    after = keep(*rows[10:], *({**row, "place": "Erbil"} for row in rows[:5]))
    compared = Differences(before, after)
    whole = compared.list_entries("incidents")
    expected = sorted(rows[:10] + rows[20:], key=lambda row: (row["date"], row["incident"]))
    assert [entry.id for entry in whole] == [row["incident"] for row in expected]
    pages = [compared.list_entries("incidents", start=start, limit=3) for start in range(0, 21, 3)]
    assert [entry for page in pages for entry in page] == whole
    removed = [entry for entry in whole if entry.change == "removed"]
    assert compared.list_entries("incidents", "removed") == removed
    assert compared.list_entries("incidents", "removed", start=99) == []


def test_as_a_file_each_cell_has_its_row(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "BATCH", 2)
    report = {"report": "r1", "incident": "A", "publisher": "=cmd()"}
    before = keep({"lon": -3.5}, {"actor": "+x"}, {"incident": "D"})
    after = keep({"lon": -4.5}, {"actor": "y, z"}, {"incident": "E"}, reports=(report,))
    written = b"".join(Differences(before, after).to_csv())
    assert written.startswith(BOM) and written.count(BOM) == 1
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows == [
        list(differences.CELL_COLUMNS),
        ["incidents", "A", "A", "changed", "lon", "-3.5", "-4.5"],
        ["incidents", "B", "B", "changed", "actor", "'+x", "y, z"],
        ["incidents", "D", "D", "removed", "date", "2021-07-07", ""],
        ["incidents", "E", "E", "added", "date", "", "2021-07-07"],
        ["reports", "A", "r1", "added", "incident", "", "A"],
        ["reports", "A", "r1", "added", "publisher", "", "'=cmd()"],
    ]


def test_the_name_of_its_table_makes_no_row_different(keep: Keep) -> None:
    before = keep({"dataset": "export_march"}, {"dataset": "export_march", "killed_max": 1})
    after = keep({"dataset": "export_april"}, {"dataset": "export_april", "killed_max": 2}, {})
    compared = Differences(before, after)
    assert tell(before, after)[0] == ("B", "changed", "killed_max", ("1", "2"))
    assert compared.count_columns("incidents") == {"killed_max": 1}
    tally = compared.tallies["incidents"]
    assert (tally.added, tally.removed, tally.changed) == (1, 0, 1)


def test_rows_of_one_id_are_told_apart_by_their_table(keep: Keep) -> None:
    ours, theirs = {"incident": "1", "dataset": "A"}, {"incident": "1", "dataset": "B"}
    before = keep({**ours, "killed_max": 1}, {**theirs, "killed_max": 5})
    after = keep({**theirs, "killed_max": 6}, {**ours, "killed_max": 1})
    assert tell(before, after) == [("1", "changed", "killed_max", ("5", "6"))]


def test_readers_at_once_get_the_same(keep: Keep) -> None:
    compared = Differences(keep({"killed_max": 1}), keep({"killed_max": 2}))
    with ThreadPoolExecutor(8) as readers:
        told = readers.map(lambda _: compared.list_entries("incidents"), range(40))
    assert list(told) == [compared.list_entries("incidents")] * 40


def test_a_damaged_file_is_told(keep: Keep) -> None:
    before, after = keep({"killed_max": 1}), keep({"killed_max": 2})
    (after / "claims.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(DamagedError, match="cannot be read"):
        Differences(before, after)


def damage(path: Path, seed: int) -> None:
    """Flip bits, cut, or blank, as a disk or a copy does it; the end has what tells the rest."""
    chance, data = random.Random(seed), bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    if seed % 4 == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif seed % 4 == 1:
        data[-1 - chance.randrange(3000)] ^= 1 << chance.randrange(8)
    elif seed % 4 == 2:
        data[at : at + 200] = bytes(200)
    else:
        del data[at:]
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("is_open", [False, True])
def test_no_damage_is_told_otherwise_than_as_damage(keep: Keep, seed: int, is_open: bool) -> None:
    before, after = keep({"killed_max": 1}, {}), keep({"killed_max": 2, "summary": "x" * 300})
    compared = Differences(before, after)
    damage(after / "incidents.parquet", seed)
    with suppress(DamagedError):
        compared = compared if is_open else Differences(before, after)
        compared.list_entries("incidents")
        b"".join(compared.to_csv())


def test_a_disk_that_cannot_be_written_is_no_damage(
    keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(differences, "configure", fail)
    with pytest.raises(TableError, match="cannot be compared: the disk is full"):
        Differences(keep({"killed_max": 1}), keep({"killed_max": 2}))
