"""A table as it was brought, as CSV."""

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from incidents.table.csv_files import BOM
from incidents.versions.source_files import source_to_csv


def read_source(tmp_path: Path, **columns: list[Any]) -> list[list[str]]:
    path = tmp_path / "source_0_incidents.parquet"
    pd.DataFrame(columns).to_parquet(path)
    written = b"".join(source_to_csv(path))
    assert written.startswith(BOM)
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_source_has_every_row_with_what_became_of_it(tmp_path: Path) -> None:
    rows = read_source(
        tmp_path,
        **{"@row": [2, 3, 4], "@status": ["accepted", "set aside", "set aside"]},
        **{"@incident": ["x", None, None], "Дата": ["7 July", "عين", None]},
        **{"@text": [None, None, "torn, row"]},
    )
    assert rows == [
        ["row", "status", "incident", "Дата", "text"],
        ["2", "accepted", "x", "7 July", ""],
        ["3", "set aside", "", "عين", ""],
        ["4", "set aside", "", "", "torn, row"],
    ]


SOURCE_CELLS = [("-99", "-99"), ("+3", "+3"), ("-33.81", "-33.81"), ("-1e3", "-1e3"),
                ("=1", "'=1"), ("-1+1", "'-1+1"), ("@x", "'@x"), ("-", "'-"),
                ("-1\n=2", "'-1\n'=2"), ("+49 30", "'+49 30")]  # fmt: skip


@pytest.mark.parametrize(("cell", "written"), SOURCE_CELLS, ids=[c[0] for c in SOURCE_CELLS])
def test_source_leaves_numbers_and_defuses_formulas(
    tmp_path: Path, cell: str, written: str
) -> None:
    assert read_source(tmp_path, **{"@row": [2], "name": [cell]})[1] == ["2", written]


def test_names_of_a_source_may_be_hostile_or_ours(tmp_path: Path) -> None:
    rows = read_source(tmp_path, **{"@row": [2], "row": ["own"], "=cmd()": ["x"]})
    assert rows == [["'@row", "row", "'=cmd()"], ["2", "own", "x"]]
