"""Small files that become large when they are read: a sentence, or a table that was little work.

The sizes are small enough for a test; `benchmarks/hostile.py` shows that time and memory grow in
step with them.
"""

from collections.abc import Callable

import pytest

from benchmarks import hostile_files as hostile
from benchmarks import hostile_workbooks as workbooks
from incidents.intake.reading.apart import read_apart
from incidents.intake.reading.formats import read_content
from incidents.intake.reading.sizes import STRANGERS
from incidents.table.errors import TableError
from tests.growth import IN_STEP, grow

COLUMNS = "columns, and at most 5,000 are read"
LARGE = "which is too large to read"
UNPACKS = "unpacks to more than 500 MB"
REFUSED: dict[str, tuple[Callable[[int], bytes], int, str]] = {
    "a property of its own in each feature": (hostile.geojson_of_own_properties, 6_000, COLUMNS),
    "features nested": (hostile.geojson_nested, 100_000, "looks like GeoJSON but cannot be read"),
    "many empty columns": (hostile.parquet_of_empty_columns, 1_000_000, LARGE),
    "columns of one name": (hostile.parquet_of_equal_names, 8_000, COLUMNS),
    "one long text": (hostile.parquet_of_one_text, 10_000, UNPACKS),
    "one long blob": (hostile.parquet_of_one_blob, 10_000, UNPACKS),
    "blank lines": (hostile.gzip_of_blank_lines, 20_000_000, LARGE),
    "short rows": (hostile.zip_of_short_rows, 20_000_000, LARGE),
    "rows of commas": (hostile.zip_of_commas, 20_000, LARGE),
    "a zip within a zip": (hostile.zip_within_zip, 100, "holds another packed file"),
    "many columns": (hostile.csv_of_columns, 1_000_000, "columns or more, and at most 5,000"),
    "far cells": (workbooks.workbook_of_far_cells, 500, COLUMNS),
    "two corners": (workbooks.workbook_of_two_corners, 1_048_576, "broke off while it was read"),
    "one long text in all cells": (workbooks.workbook_of_one_text, 3_000, "takes more than 1.5 GB"),
    "a view without an end": (hostile.geopackage_of_tables_view, 100_000, "goes on and on"),
    "computed cells": (hostile.geopackage_of_generated_cells, 1_000, UNPACKS),
    "an old workbook of noise": (workbooks.old_workbook_of_noise, 100, "takes more than 1.5 GB"),
}


@pytest.mark.parametrize(("make", "size", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_too_large_gets_a_sentence(
    make: Callable[[int], bytes], size: int, words: str
) -> None:
    data = make(size)
    assert len(data) < 10_000_000
    with pytest.raises(TableError, match=words):
        read_apart(data, "a")


READ: dict[str, tuple[Callable[[int], bytes], int, tuple[int, int]]] = {
    "a property of its own in each feature": (hostile.geojson_of_own_properties, 300, (300, 302)),
    "a shape of many corners": (hostile.geojson_of_numbers, 10_000, (1, 5)),
    "many empty columns": (hostile.parquet_of_empty_columns, 1_000, (0, 100)),
    "columns of one name": (hostile.parquet_of_equal_names, 500, (1, 500)),
    "numbers": (hostile.parquet_of_numbers, 10_000, (10_000, 20)),
    "lists": (hostile.parquet_of_lists, 1_000, (100, 2)),
    "blank lines": (hostile.gzip_of_blank_lines, 10_000, (1, 2)),
    "torn rows": (hostile.zip_of_torn_rows, 10_000, (0, 2)),
    "a quote that never closes": (hostile.csv_open_quote, 1_000_000, (1, 3)),
    "one cell": (hostile.csv_of_one_cell, 1_000_000, (1, 3)),
    "line ends in a cell": (hostile.csv_of_line_ends_in_a_cell, 1_000_000, (1, 3)),
    "columns of one name in text": (hostile.csv_of_equal_names, 500, (1, 500)),
    "headers again": (hostile.csv_of_repeated_headers, 10_000, (1, 2)),
    "quotation marks": (hostile.csv_of_quotes, 1_000_000, (1, 2)),
    "errors": (hostile.csv_of_errors, 1_000, (1_000, 2)),
    "empty formulas": (workbooks.workbook_of_empty_formulas, 300, (0, 300)),
}


@pytest.mark.parametrize(("make", "size", "shape"), READ.values(), ids=list(READ))
def test_what_is_odd_but_small_is_read(
    make: Callable[[int], bytes], size: int, shape: tuple[int, int]
) -> None:
    assert read_apart(make(size), "a").rows.shape == shape


def test_a_view_is_no_layer() -> None:
    with pytest.raises(TableError, match="holds no layer"):
        read_apart(hostile.geopackage_of_view(1_000_000), "a.gpkg")


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (hostile.parquet_of_equal_names, 500),
        (hostile.csv_of_equal_names, 500),
        (hostile.geojson_of_own_properties, 200),
        (workbooks.workbook_of_empty_formulas, 50),
    ],
)
def test_columns_are_not_put_beside_each_other(make: Callable[[int], bytes], size: int) -> None:
    assert grow(make, lambda data: read_content(data, "a", STRANGERS), size) < IN_STEP
