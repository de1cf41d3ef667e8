"""The real tables of ../shared/datasets are read whole, and nothing about them is told."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from incidents.intake.reading.files import read_table
from incidents.table.settings import ROOT

DATASETS = Path(ROOT).parent / "shared" / "datasets"

# file: rows, columns
TABLES = {
    "geocausal_airstrikes.csv.gz": (3_938, 4),
    "geocausal_insurgencies.csv.gz": (68_573, 4),
    "libgeonames_names_by_language_IQ_SY.csv": (477, 12),
    "ucdp_ged19x_syria.csv.gz": (16_566, 41),
    "ucdp_ged231_sample1000_global.csv": (1_000, 49),
    "ucdp_places_truth.csv": (2_834, 12),
    "us_forces_attacks_press_compiled.csv": (34, 7),
}


@pytest.mark.real
@pytest.mark.parametrize(("file", "shape"), TABLES.items(), ids=list(TABLES))
def test_real_tables_are_read_whole(file: str, shape: tuple[int, int]) -> None:
    path = DATASETS / file
    if not path.exists():
        pytest.skip(f"{file} is not here")
    table = read_table(path)
    assert table.rows.shape == shape
    assert table.problems.empty and table.read == shape[0]
    data = path.read_bytes()
    text = (gzip.decompress(data) if file.endswith(".gz") else data).decode("utf-8-sig")
    plain = list(csv.reader(io.StringIO(text, newline="")))
    assert plain[0] == list(table.rows.columns)
    assert plain[1:] == table.rows.to_numpy().tolist()
